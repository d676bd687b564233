import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { pageAddress } from '#shared/domain/shell/screens.ts';

/** Opens a screen in a further window: a browser does it by itself, the desktop when it is asked. */
export function useFurtherWindow() {
  const { t } = useTranslation();
  const isDesktop = useCall('app.info', {}).data?.host === 'desktop';
  const ask = useCommand('shell.openWindow');
  const open = (address: string): void => {
    if (isDesktop)
      ask.mutate({ address }, { onError: (failure) => toast(errorText(t, failure), { tone: 'attention' }) });
    else window.open(pageAddress(address), '_blank', 'noopener');
  };
  /** What makes an `a` of it, so that a browser's own ways with a link work. */
  const link = (address: string) => ({
    component: 'a' as const,
    href: pageAddress(address),
    target: '_blank',
    rel: 'noopener',
    onClick: (event: MouseEvent) => {
      if (!isDesktop) return;
      event.preventDefault();
      open(address);
    },
  });
  return { open, link };
}
