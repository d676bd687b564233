import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './CalmPage.module.css';

/** Whether nobody may work here: too long without contact, or an administrator has ordered the end of this copy. */
export const isClosed = ({ problem, leaseDaysLeft }: SyncStatus): boolean =>
  problem === 'wipe' || leaseDaysLeft === 0;

const stateOf = ({ problem, waiting, leaseDaysLeft }: SyncStatus) =>
  problem !== 'wipe' ? 'expired' : waiting > 0 || leaseDaysLeft !== null ? 'wiping' : 'wiped';

/** Why nobody may work here, and what to do. */
export function Closed({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const state = stateOf(status);
  return (
    <main className={classes.page}>
      <div className={classes.card} role="alert">
        <h1>{t(`app.closed.${state}`)}</h1>
        <p>{t(`app.closed.${state}Text`)}</p>
        {status.waiting > 0 && <p>{t('app.closed.unsent', { count: status.waiting })}</p>}
      </div>
    </main>
  );
}
