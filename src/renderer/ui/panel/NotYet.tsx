import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './Parts.module.css';
import { usePerson } from './usePerson.ts';

/** Why nothing of a record is shown yet, and what can be done meanwhile. Nothing for a person the clinic has confirmed. */
export function NotYet() {
  const { t } = useTranslation();
  const { person } = usePerson();
  if (person?.approved) return null;
  return person === undefined ? (
    <section className={classes.card}>
      <p className={classes.text}>{t('panelRecords.home.nobody')}</p>
      <p className={classes.quiet}>{t('panelRecords.home.nobodyHint')}</p>
      <Link href="/profile" className={classes.all ?? ''}>
        {t('panelRecords.home.toProfile')}
      </Link>
    </section>
  ) : (
    <section className={classes.card}>
      <h2>{t('panelRecords.home.notYetTitle')}</h2>
      <p className={classes.quiet}>{t('panelRecords.home.notYet')}</p>
      <Link href="/appointments" className={classes.all ?? ''}>
        {t('panelRecords.home.toBook')}
      </Link>
    </section>
  );
}
