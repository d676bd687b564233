import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { useFormat } from './useFormat.ts';

/** Says that the copy on this computer was damaged and made anew, and how much of the work in it was saved. */
export function Rebuilt({ rebuilt }: { rebuilt: SyncStatus['rebuilt'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rebuilt === null) return null;
  const { at, saved, lost } = rebuilt;
  return (
    <p role="status">
      {t('sync.rebuilt.saved', { at: format.dateTime(at), count: saved })}
      {lost === null && ` ${t('sync.rebuilt.unknown')}`}
      {lost !== null && lost > 0 && ` ${t('sync.rebuilt.lost', { count: lost })}`}
    </p>
  );
}
