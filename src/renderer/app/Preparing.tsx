import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Rebuilt } from '#renderer/ui/Rebuilt.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './CalmPage.module.css';

/** The first copy of the clinic is arriving: how much, how fast, how long still. */
export function Preparing({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const arriving = status.bootstrap !== null;
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <h1>{t(arriving ? 'app.preparing.title' : 'app.preparing.waiting')}</h1>
        <p>{t(arriving ? 'app.preparing.text' : 'app.preparing.waitingText')}</p>
        {status.problem && status.problem !== 'unreachable' && (
          <p role="status">{t(`sync.problem.${status.problem}`)}</p>
        )}
        <Rebuilt rebuilt={status.rebuilt} />
        {status.bootstrap && <Copying bootstrap={status.bootstrap} />}
      </div>
    </main>
  );
}

function Copying({ bootstrap }: { bootstrap: NonNullable<SyncStatus['bootstrap']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, rows, total, rowsPerSecond, secondsLeft } = bootstrap;
  // The history arrives behind the screens; here it is the end.
  const step = phase === 'history' ? 'catching-up' : phase;
  const share = total > 0 ? Math.min(100, (rows / total) * 100) : 0;
  return (
    <div className={classes.progress}>
      <Progress value={share} aria-label={t(`app.preparing.phase.${step}`)} transitionDuration={100} />
      <div className={classes.facts}>
        <span>{t(`app.preparing.phase.${step}`)}</span>
        {phase === 'copying' && (
          <>
            <span>{t('app.preparing.rows', { done: format.number(rows), total: format.number(total) })}</span>
            <span>{t('app.preparing.rate', { rate: format.number(rowsPerSecond) })}</span>
          </>
        )}
        {secondsLeft !== null && (
          <span>{t('app.preparing.left', { time: format.duration(secondsLeft) })}</span>
        )}
      </div>
    </div>
  );
}
