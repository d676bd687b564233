import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './CalmPage.module.css';

/** Why nobody may work here, and what to do. */
export function Closed({ status, state }: { status: SyncStatus; state: 'expired' | 'wiping' | 'wiped' }) {
  const { t } = useTranslation();
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
