import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isWaiting, visitState } from '#shared/domain/visits/course.ts';
import { stepKeys, usualStep } from '#shared/domain/visits/steps.ts';
import { publicNumber } from '#shared/domain/visits/ticket.ts';
import { minutesSince } from '#shared/domain/visits/waiting.ts';
import { KeyHint } from '../keys/KeyHint.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { type Steppable, useVisitSteps } from './useVisitSteps.ts';
import classes from './VisitCourse.module.css';
import { stateText } from './visit-words.ts';
import { Waiting } from './Waiting.tsx';
import { useWaitingLimits } from './waiting-limits.tsx';

/** The course of one visit: where it is, and the steps it can take next, each with its key. */
export function VisitCourse({
  visit,
  now,
}: {
  visit: Steppable & { readonly ticket: string | null };
  now: number;
}) {
  const { t } = useTranslation();
  const limits = useWaitingLimits();
  const steps = useVisitSteps();
  const next = steps.next(visit);
  useKeys(
    t('visits.course'),
    next
      .filter((step, at) => next.findIndex((one) => stepKeys[one] === stepKeys[step]) === at)
      .map((step) => ({
        keys: stepKeys[step],
        label: t(`visits.step.${step}`),
        run: () => void steps.take(visit, step),
      })),
  );
  const usual = usualStep(visit, next);
  const section = useRef<HTMLElement>(null);
  const over = next.length === 0;
  // The last button goes with the last step.
  useEffect(() => {
    if (over && document.activeElement === document.body) section.current?.focus();
  }, [over]);
  if (over && visit.stage === null) return null;
  const state = visitState(visit);
  return (
    <section ref={section} tabIndex={-1} className={classes.course} aria-label={t('visits.course')}>
      <p className={classes.state}>
        <strong>{stateText(t, visit, { now, limits })}</strong>
        {isWaiting(state) && <Waiting minutes={minutesSince(visit.stageAt, now)} />}
        {visit.stage !== null && (
          <span className={classes.number}>
            {t('visits.number')} {publicNumber(visit.id, visit.ticket)}
          </span>
        )}
      </p>
      <div className={classes.steps}>
        {next.map((step, at) => (
          <Button
            // By place: the button somebody pressed becomes that of the next step and keeps the focus.
            key={at}
            size="compact-sm"
            variant={step === usual ? 'filled' : 'default'}
            onClick={() => void steps.take(visit, step)}
            rightSection={
              next.findIndex((one) => stepKeys[one] === stepKeys[step]) === at ? (
                <KeyHint keys={stepKeys[step]} quiet />
              ) : null
            }
          >
            {t(`visits.step.${step}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
