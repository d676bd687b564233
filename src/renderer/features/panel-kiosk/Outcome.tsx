import { Button } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Output } from '#shared/contract/contract.ts';
import classes from './Kiosk.module.css';

/** What is to be said: what the clinic answered, or that it cannot be asked. */
export type Told =
  | Output<'kiosk.checkIn'>
  | { readonly outcome: 'waits'; readonly seconds: number }
  | { readonly outcome: 'failed' };

interface OutcomeProps {
  readonly told: Told;
  readonly live: boolean;
  readonly onAgain: () => void;
  readonly onHome: () => void;
}

/** What came of it, large and in few words, and what to do now. */
export function Outcome({ told, live, onAgain, onHome }: OutcomeProps) {
  const { t } = useTranslation();
  const { outcome } = told;
  const answer = 'given' in told ? told : { given: null, time: null, number: null };
  const isDone = outcome === 'arrived' || outcome === 'already';
  const Icon = isDone ? IconCircleCheck : IconInfoCircle;
  const words = {
    given: answer.given ?? '',
    time: answer.time ?? '',
    seconds: 'seconds' in told ? told.seconds : 0,
  };
  return (
    <>
      <div className={classes.outcome} role="status" data-done={isDone || undefined}>
        <Icon size={88} stroke={1.4} aria-hidden />
        <h1 className={classes.title}>{t(`kiosk.outcome.${outcome}`, words)}</h1>
        <p className={classes.text}>{t(`kiosk.say.${outcome}`, words)}</p>
        {answer.number !== null && (
          <p className={classes.ticket}>
            <span>{t('kiosk.ticket')}</span>
            <strong>{answer.number}</strong>
          </p>
        )}
        {outcome === 'arrived' && !live && <p className={classes.text}>{t('kiosk.here')}</p>}
      </div>
      <div className={classes.actions}>
        {(outcome === 'unknown' || outcome === 'waits') && (
          <Button className={classes.big ?? ''} onClick={onAgain}>
            {t('kiosk.tryAgain')}
          </Button>
        )}
        <Button
          variant={isDone ? 'filled' : 'default'}
          className={classes.big ?? ''}
          onClick={onHome}
          autoFocus={isDone}
        >
          {isDone ? t('common.done') : t('kiosk.startOver')}
        </Button>
      </div>
    </>
  );
}
