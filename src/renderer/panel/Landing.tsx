import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import classes from './Panel.module.css';

/** What whoever is not signed in sees first. */
export function Landing() {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  return (
    <main className={classes.page}>
      <h1>{info?.clinic ?? t('panel.title')}</h1>
      <p>{t('panel.landing')}</p>
    </main>
  );
}
