import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useMinute } from '#renderer/ui/useMinute.ts';
import type { Imprint } from './PaperPage.tsx';

/** Where, when and by whom something is printed now. */
export function useImprint(): Imprint {
  const format = useFormat();
  const now = useMinute();
  const head = useCall('settings.here', {}).data?.letterhead;
  const by = useCurrentUser()?.displayName ?? '';
  const address = [head?.address, head && formatPhone(head.phone)].filter(Boolean).join(' · ');
  return { clinic: head?.name ?? '', address, by, printedAt: format.dateTime(new Date(now).toISOString()) };
}
