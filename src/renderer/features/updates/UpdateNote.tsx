import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';

const every = 60_000;

/** That a newer version is on its way, and that it waits for people, not they for it. */
export function UpdateNote({ className }: { readonly className?: string | undefined }) {
  const { t } = useTranslation();
  const update = useCall('updates.status', {}, { every }).data;
  if (!update?.version || update.state === 'off' || update.state === 'current') return null;
  return <div className={className}>{t(`app.update.${update.state}`, { version: update.version })}</div>;
}
