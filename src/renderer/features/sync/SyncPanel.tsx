import { Button, Progress } from '@mantine/core';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { Rebuilt } from '#renderer/ui/Rebuilt.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OutboxEntry, SyncStatus } from '#shared/contract/sync.ts';
import { kindOf, refusalOf } from './outbox-words.ts';
import classes from './SyncPanel.module.css';

/** The particulars behind the pill: last contact, what the centre refused and why, what still waits. */
export function SyncPanel() {
  const { t } = useTranslation();
  const status = useCall('sync.status', {}).data;
  const outbox = useCall('sync.outbox', {});
  const parked = outbox.data?.filter((entry) => entry.status === 'parked') ?? [];
  const waiting = outbox.data?.filter((entry) => entry.status !== 'parked') ?? [];
  const { panel, onFocus } = useKeptFocus();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only takes note of where the focus is
    <div ref={panel} tabIndex={-1} className={classes.panel} onFocus={onFocus}>
      <h2 className={classes.title}>{t('sync.panel.title')}</h2>
      {status?.problem && <p className={classes.problem}>{t(`sync.problem.${status.problem}`)}</p>}
      {status?.mirrorBehind && <p className={classes.problem}>{t('sync.panel.mirrorBehind')}</p>}
      {status && <Rebuilt rebuilt={status.rebuilt} />}
      {status && <Contact status={status} />}
      {status?.bootstrap?.phase === 'history' && <OlderRecords bootstrap={status.bootstrap} />}
      {status !== undefined && status.tasks > 0 && (
        <div className={classes.tasks}>
          <span>{t('sync.panel.tasks', { count: status.tasks })}</span>
          <Link href="/tasks" className={classes.link}>
            {t('sync.panel.openTasks')}
          </Link>
        </div>
      )}
      {outbox.error && <Failure failure={outbox.error} onRetry={() => void outbox.refetch()} />}
      {parked.length > 0 && <Entries title={t('sync.panel.parked')} entries={parked} />}
      {waiting.length > 0 && <Entries title={t('sync.panel.waiting')} entries={waiting} />}
      {outbox.data?.length === 0 && <p className={classes.quiet}>{t('sync.panel.nothing')}</p>}
    </div>
  );
}

/** What was decided goes, and its buttons with it; the focus then stays in the panel, where Escape closes it. */
function useKeptFocus() {
  const panel = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (nowhere && focused.current && !focused.current.isConnected) panel.current?.focus();
  });
  const onFocus = (event: FocusEvent) => {
    focused.current = event.target;
  };
  return { panel, onFocus };
}

function Contact({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useCommand('sync.retry');
  const behind = Math.max(0, status.head - status.cursor);
  return (
    <div className={classes.contact}>
      <dl className={classes.facts}>
        <div>
          <dt>{t('sync.panel.lastContact')}</dt>
          <dd>{status.lastContact ? format.dateTime(status.lastContact) : t('sync.panel.never')}</dd>
        </div>
        <div>
          <dt>{t('sync.panel.progress')}</dt>
          <dd>
            {t('sync.panel.received', {
              done: format.number(status.cursor),
              total: format.number(status.head),
            })}
            {behind > 0 && ` (${t('sync.panel.behind', { count: behind })})`}
          </dd>
        </div>
      </dl>
      {status.connection !== 'live' && (
        <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate({})}>
          {t('sync.panel.retry')}
        </Button>
      )}
    </div>
  );
}

/** What of the first copy is still to come, while the desk works. */
function OlderRecords({ bootstrap }: { bootstrap: NonNullable<SyncStatus['bootstrap']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, total, rowsPerSecond, secondsLeft } = bootstrap;
  const done = format.number(rows);
  return (
    <div className={classes.history}>
      <div>{t('sync.panel.history')}</div>
      {rowsPerSecond > 0 ? (
        <>
          <Progress
            value={total > 0 ? (rows / total) * 100 : 0}
            size="sm"
            aria-label={t('sync.panel.history')}
          />
          <div className={classes.quiet}>
            {t('sync.panel.historyRows', {
              done,
              total: format.number(total),
              rate: format.number(rowsPerSecond),
            })}
            {secondsLeft !== null &&
              `, ${t('sync.panel.historyLeft', { time: format.duration(secondsLeft) })}`}
          </div>
        </>
      ) : (
        <div className={classes.quiet}>{t('sync.panel.historyPaused', { done })}</div>
      )}
    </div>
  );
}

function Entries({ title, entries }: { title: string; entries: readonly OutboxEntry[] }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>
        {title} <span className={classes.count}>{entries.length}</span>
      </h3>
      <ul className={classes.entries}>
        {entries.map((entry) => (
          <Entry key={entry.n} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { startLocal } = entry;
  const time = startLocal && `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
  const about = [entry.subject, time].filter(Boolean).join(', ');
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        <span className={classes.what}>
          {t(`sync.kind.${kindOf(entry.kind)}`)}
          {about && <span className={classes.subject}>: {about}</span>}
        </span>
        <span className={classes.when}>{format.time(entry.at)}</span>
      </div>
      {entry.userName && <div className={classes.quiet}>{t('sync.panel.by', { name: entry.userName })}</div>}
      {entry.status === 'parked' && (
        <>
          <div className={classes.why}>
            {t(`sync.refused.${refusalOf(entry.sqlstate)}`)}{' '}
            {entry.message && <span className={classes.quiet}>{entry.message}</span>}
          </div>
          <Decide n={entry.n} />
        </>
      )}
    </li>
  );
}

/** Withdrawing cannot be undone, so it is asked twice, in place. */
function Decide({ n }: { n: number }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  const resend = useCommand('sync.resend');
  const withdraw = useCommand('sync.withdraw');
  const onError = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  return (
    <div className={classes.decide}>
      <Button
        size="compact-sm"
        variant="default"
        loading={resend.isPending}
        onClick={() => resend.mutate({ n }, { onError, onSuccess: () => toast(t('sync.panel.resent')) })}
      >
        {t('sync.panel.resend')}
      </Button>
      {sure ? (
        <Button
          size="compact-sm"
          color="red.8"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate({ n }, { onError, onSuccess: () => toast(t('sync.panel.withdrawn')) })
          }
        >
          {t('sync.panel.withdrawSure')}
        </Button>
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={() => setSure(true)}>
          {t('sync.panel.withdraw')}
        </Button>
      )}
    </div>
  );
}
