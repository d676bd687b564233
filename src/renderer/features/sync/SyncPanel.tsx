import { Button } from '@mantine/core';
import { type FocusEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { detailOf, kindOf, refusalOf, roots } from '#renderer/ui/outbox-words.ts';
import { Rebuilt } from '#renderer/ui/Rebuilt.tsx';
import { SignInBound } from '#renderer/ui/SignInBound.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { DecidedWork, OutboxEntry, SyncStatus } from '#shared/contract/sync.ts';
import { Comparison } from './Comparison.tsx';
import { useFix } from './fix-store.ts';
import { OlderRecords } from './OlderRecords.tsx';
import classes from './SyncPanel.module.css';
import { useAbout } from './useAbout.ts';

/** The particulars behind the pill: last contact, what the centre refused and why, what still waits, what was decided. */
export function SyncPanel({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const status = useCall('sync.status', {}).data;
  const outbox = useCall('sync.outbox', {});
  const history = useCall('sync.history', {}).data ?? [];
  const parked = outbox.data?.filter((entry) => entry.status === 'parked') ?? [];
  const waiting = outbox.data?.filter((entry) => entry.status !== 'parked') ?? [];
  const { panel, onFocus } = useKeptFocus();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only takes note of where the focus is
    <div ref={panel} tabIndex={-1} className={classes.panel} onFocus={onFocus}>
      <h2 className={classes.title}>{t('sync.panel.title')}</h2>
      {status?.problem && <p className={classes.problem}>{t(`sync.problem.${status.problem}`)}</p>}
      {status && <LeaseWarning status={status} />}
      <SignInBound />
      {status?.mirrorBehind && <p className={classes.problem}>{t('sync.panel.mirrorBehind')}</p>}
      {status && <Rebuilt rebuilt={status.rebuilt} />}
      {status && <Contact status={status} />}
      {status?.bootstrap?.phase === 'history' && <OlderRecords bootstrap={status.bootstrap} />}
      {status && <Comparison status={status} />}
      {status !== undefined && status.tasks > 0 && (
        <div className={classes.tasks}>
          <span>{t('sync.panel.tasks', { count: status.tasks })}</span>
          <Link href="/tasks" className={classes.link} onClick={onLeave}>
            {t('sync.panel.openTasks')}
          </Link>
        </div>
      )}
      {outbox.error && <Failure failure={outbox.error} onRetry={() => void outbox.refetch()} />}
      {parked.length > 0 && (
        <Section title={t('sync.panel.parked')} count={parked.length}>
          {roots(parked).map((entry) => (
            <Parked key={entry.n} entry={entry} parked={parked} onLeave={onLeave} />
          ))}
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title={t('sync.panel.waiting')} count={waiting.length}>
          {waiting.map((entry) => (
            <li key={entry.n} className={classes.entry}>
              <What work={entry} />
            </li>
          ))}
        </Section>
      )}
      {status !== undefined && status.files > 0 && (
        <p className={classes.quiet}>{t('sync.panel.files', { count: status.files })}</p>
      )}
      {outbox.data?.length === 0 && status?.files === 0 && (
        <p className={classes.quiet}>{t('sync.panel.nothing')}</p>
      )}
      {history.length > 0 && <History work={history} />}
    </div>
  );
}

/** Days before its end at which a lease that is running out is spoken of. */
const warnDays = 3;

function LeaseWarning({ status: { connection, leaseDaysLeft } }: { status: SyncStatus }) {
  const { t } = useTranslation();
  if (connection === 'live' || leaseDaysLeft === null || leaseDaysLeft > warnDays) return null;
  return (
    <p className={classes.problem} role="alert">
      {t('sync.panel.lease', { count: leaseDaysLeft })}
    </p>
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

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>
        {title} <span className={classes.count}>{count}</span>
      </h3>
      <ul className={classes.entries}>{children}</ul>
    </section>
  );
}

/** What was done, to whom, when and by whom. */
function What({ work }: { work: OutboxEntry | DecidedWork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const about = useAbout()(work);
  return (
    <>
      <div className={classes.line}>
        <span className={classes.what}>
          {t(`sync.kind.${kindOf(work.kind)}`)}
          {about && <span className={classes.subject}>: {about}</span>}
        </span>
        <span className={classes.when}>{format.time(work.at)}</span>
      </div>
      {work.userName && <div className={classes.quiet}>{t('sync.panel.by', { name: work.userName })}</div>}
    </>
  );
}

function Why({ work }: { work: OutboxEntry | DecidedWork }) {
  const { t } = useTranslation();
  const detail = detailOf(work);
  return (
    <>
      {t(`sync.refused.${refusalOf(work)}`)} {detail && <span className={classes.quiet}>{detail}</span>}
    </>
  );
}

interface ParkedProps {
  readonly entry: OutboxEntry;
  readonly parked: readonly OutboxEntry[];
  readonly onLeave: () => void;
}

/** What the centre refused, with what depends on it, and the ways out. */
function Parked({ entry, parked, onLeave }: ParkedProps) {
  const { t } = useTranslation();
  const mayDecide = mayCall(useCurrentUser(), 'sync.resend');
  const dependents = parked.filter(({ n }) => entry.dependents.includes(n));
  return (
    <li className={classes.entry}>
      <What work={entry} />
      <div className={classes.why}>
        <Why work={entry} />
      </div>
      {dependents.length > 0 && (
        <details className={classes.more}>
          <summary>{t('sync.panel.dependents', { count: dependents.length })}</summary>
          <ul className={classes.entries}>
            {dependents.map((one) => (
              <li key={one.n} className={classes.entry}>
                <What work={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {mayDecide && <Decide entry={entry} onLeave={onLeave} />}
    </li>
  );
}

/** Withdrawing cannot be undone, so it is asked twice, in place. */
function Decide({ entry, onLeave }: { entry: OutboxEntry; onLeave: () => void }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  const openFix = useFix((state) => state.open);
  const resend = useCommand('sync.resend');
  const withdraw = useCommand('sync.withdraw');
  const { n } = entry;
  const count = entry.dependents.length + 1;
  const onError = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  const fix = () => {
    openFix(n);
    onLeave();
  };
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
      {entry.fixable && (
        <Button size="compact-sm" variant="default" onClick={fix}>
          {t('sync.panel.fix')}
        </Button>
      )}
      {sure ? (
        <Button
          size="compact-sm"
          color="red.8"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate({ n }, { onError, onSuccess: () => toast(t('sync.panel.withdrawn')) })
          }
        >
          {count > 1 ? t('sync.panel.withdrawAll', { count }) : t('sync.panel.withdrawSure')}
        </Button>
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={() => setSure(true)}>
          {t('sync.panel.withdraw')}
        </Button>
      )}
    </div>
  );
}

/** What was refused and then sent again or given up: nothing vanishes. */
function History({ work }: { work: readonly DecidedWork[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <details className={classes.more}>
      <summary>
        {t('sync.panel.history')} <span className={classes.count}>{work.length}</span>
      </summary>
      <ul className={classes.entries}>
        {work.map((one) => {
          const time = format.dateTime(one.decidedAt);
          return (
            <li key={one.n} className={classes.entry}>
              <What work={one} />
              <div className={classes.quiet}>
                {one.outcome === 'withdrawn'
                  ? t('sync.panel.outcomeWithdrawn', { time })
                  : t('sync.panel.outcomeResent', { time })}
                {'. '}
                <Why work={one} />
              </div>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
