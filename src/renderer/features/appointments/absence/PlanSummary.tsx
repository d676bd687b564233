import { useTranslation } from 'react-i18next';
import type { Output } from '#shared/contract/contract.ts';
import classes from './AbsenceScreen.module.css';
import { countPlan } from './draft.ts';

interface PlanSummaryProps {
  readonly planned: Output<'absence.plan'>;
  readonly practitionerId: string;
  readonly name: string;
}

/** How many go where, and who stands in. */
export function PlanSummary({ planned, practitionerId, name }: PlanSummaryProps) {
  const { t } = useTranslation();
  const { visits, more } = planned;
  const { own, substitutes, leave, cancel } = countPlan(visits, practitionerId);
  return (
    <section aria-label={t('absence.summary.title')}>
      <h2 className={classes.heading}>{t('absence.summary.affected', { count: visits.length + more })}</h2>
      <ul className={classes.counts}>
        {substitutes.map((one) => (
          <li key={one.name}>{t('absence.summary.substitute', one)}</li>
        ))}
        {own > 0 && <li>{t('absence.summary.own', { count: own, name })}</li>}
        {leave > 0 && <li>{t('absence.summary.leave', { count: leave })}</li>}
        {cancel > 0 && <li>{t('absence.summary.cancel', { count: cancel })}</li>}
      </ul>
      {more > 0 && <p className={classes.quiet}>{t('absence.more', { count: more })}</p>}
    </section>
  );
}
