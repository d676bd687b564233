import { IconArrowsSplit2, IconCheck, IconGitFork } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ConflictView, SettledConflict } from '#shared/contract/conflicts.ts';
import classes from './ConflictLine.module.css';
import { conflictTitle } from './inbox.ts';

/** One conflict in the list: what happened, at which desk, since when. */
export function ConflictLine({ conflict }: { conflict: ConflictView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = conflict.kind === 'version' ? IconGitFork : IconArrowsSplit2;
  const desks = [conflict.kept.device, conflict.attempted.device].filter(Boolean);
  return (
    <span className={classes.line}>
      <span className={classes.lineName}>{conflictTitle(t, conflict)}</span>
      {desks.length > 0 && <span className={classes.lineAbout}>{[...new Set(desks)].join(' · ')}</span>}
      <span className={classes.lineWhy}>
        <Icon size={14} stroke={1.8} aria-hidden />
        {t('conflicts.since', { time: format.dateTime(conflict.createdAt) })}
      </span>
    </span>
  );
}

/** One that is settled: who decided how, and when. */
export function SettledLine({ conflict }: { conflict: SettledConflict }) {
  const { t } = useTranslation();
  return (
    <span className={classes.line}>
      <span className={classes.lineName}>{conflictTitle(t, conflict)}</span>
      <span className={classes.lineWhy} data-done>
        <IconCheck size={14} stroke={1.8} aria-hidden />
        <SettledWords conflict={conflict} />
      </span>
    </span>
  );
}

/** Who decided, when and how, in one line. */
export function SettledWords({ conflict }: { conflict: SettledConflict }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes.words}>
      {t('conflicts.decidedBy', {
        name: conflict.resolvedBy ?? t('conflicts.trace.unknown'),
        time: conflict.resolvedAt === null ? '' : format.dateTime(conflict.resolvedAt),
        outcome: t(`conflicts.outcome.${conflict.resolution}`),
      })}
    </span>
  );
}
