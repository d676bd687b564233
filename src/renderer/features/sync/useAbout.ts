import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OutboxEntry } from '#shared/contract/sync.ts';

/** Whom work is about and, of an appointment, when. */
export function useAbout(): (work: Pick<OutboxEntry, 'subject' | 'startLocal'>) => string {
  const format = useFormat();
  return ({ subject, startLocal }) => {
    const time = startLocal && `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
    return [subject, time].filter(Boolean).join(', ');
  };
}
