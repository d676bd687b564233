import { IconArrowRight, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import classes from './Overview.module.css';

type StepName = 'site' | 'room' | 'doctor' | 'hours' | 'visitType' | 'user' | 'workstation';

interface Step {
  readonly name: StepName;
  readonly path: string;
  readonly isDone: boolean;
  /** A clinic can begin without. */
  readonly isOptional?: boolean;
}

/** What a clinic needs before anybody can be booked, in the order it is set up in; null while that is not known. */
export function useFirstSteps(): readonly Step[] | null {
  const user = useCurrentUser();
  const may = mayCall(user, 'clinic.addSite') && mayCall(user, 'clinic.addPractitioner');
  const places = useCall('clinic.places', {}, { enabled: may }).data;
  const doctors = useCall('clinic.practitioners', {}, { enabled: may }).data;
  const working = useCall('practitioners.list', {}, { enabled: may }).data;
  const visitTypes = useCall('scheduling.visitTypes', {}, { enabled: may }).data;
  const users = useCall('accounts.list', {}, { enabled: may }).data;
  const mayDesks = may && mayCall(user, 'workstations.list');
  const desks = useCall('workstations.list', {}, { enabled: mayDesks }).data;
  if (!places || !doctors || !working || !visitTypes || !users) return null;
  return [
    { name: 'site', path: '/places', isDone: places.some(({ siteId }) => siteId === null) },
    {
      name: 'room',
      path: '/places',
      isDone: places.some(({ siteId }) => siteId !== null),
      isOptional: true,
    },
    { name: 'doctor', path: '/practitioners', isDone: doctors.length > 0 },
    { name: 'hours', path: '/schedule/hours', isDone: working.length > 0 },
    { name: 'visitType', path: '/schedule/visit-types', isDone: visitTypes.length > 0, isOptional: true },
    {
      name: 'workstation',
      path: '/workstations',
      isDone: (desks?.workstations.length ?? 0) > 1,
      isOptional: true,
    },
    { name: 'user', path: '/users', isDone: users.accounts.length > 1 },
  ];
}

/** Whether a clinic is still to be set up: something is missing that it cannot begin without. */
export const isBeginning = (steps: readonly Step[] | null): steps is readonly Step[] =>
  steps?.some(({ isDone, isOptional }) => !isDone && isOptional !== true) === true;

/** Leads somebody through an empty clinic: what is done, what comes next, and what can follow later. */
export function FirstSteps({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation();
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <section className={classes.panel} aria-labelledby="first-steps">
      <h2 id="first-steps" className={classes.heading}>
        {t('overview.first.title')}
      </h2>
      <p className={classes.none}>{t('overview.first.intro')}</p>
      <ol className={classes.steps}>
        {steps.map(({ name, path, isDone, isOptional }) => (
          <li key={name} className={classes.step} data-done={isDone || undefined}>
            {isDone ? (
              <IconCircleCheck size={20} stroke={1.6} aria-label={t('overview.first.done')} />
            ) : (
              <IconCircleDashed size={20} stroke={1.6} aria-hidden />
            )}
            <span className={classes.stepText}>
              <Link
                href={path}
                className={classes.link}
                {...(next?.name === name ? { 'aria-current': 'step' } : {})}
              >
                {t(`overview.first.step.${name}`)}
              </Link>
              {isOptional && !isDone && (
                <span className={classes.stepLater}>{t('overview.first.later')}</span>
              )}
              <span className={classes.stepWhy}>{t(`overview.first.why.${name}`)}</span>
            </span>
            {next?.name === name && (
              <Link href={path} className={classes.stepNext}>
                {t('overview.first.next')}
                <IconArrowRight size={16} stroke={1.6} aria-hidden />
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
