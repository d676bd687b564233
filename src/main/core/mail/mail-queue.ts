import { localDb, type OutgoingMailTable } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { FeatureDeps } from '../deps.ts';
import { isMailAddress, oneLine } from './address.ts';
import {
  type Handed,
  type Letter,
  type Mail,
  type MailFailure,
  mailFailures,
  type OutgoingMail,
} from './mail.ts';

export interface MailQueueDeps extends Pick<FeatureDeps, 'store' | 'clock' | 'log' | 'newId'> {
  /** Null: this host sends nothing. */
  readonly outgoing: OutgoingMail | null;
  readonly pace?: typeof mailPace;
}

/** How long the queue waits and what it holds, in milliseconds. */
export const mailPace = {
  /** The first and the longest pause after a try that failed; each is twice the one before. */
  backOff: 30_000,
  backOffMost: 3_600_000,
  /** How long a message is tried; what came of an appointment is known otherwise by then. */
  giveUp: 86_400_000,
  /** How long it is told that messages were given up. */
  remember: 7 * 86_400_000,
  /** How long an end waits for the message under way. */
  ending: 5_000,
  /** Messages that wait; a host without a way out must not fill its disk. */
  most: 10_000,
};

/** Failures that are remembered at most. */
const mostFailed = 1_000;
/** Rows one transaction gives up. */
const atOnce = 100;

export interface MailQueue extends Mail {
  /** Begins to send; what was in the queue before the start goes first. */
  start(): void;
  /** Ends when nothing is under way. What waits is sent after the next start. */
  stop(): Promise<void>;
}

const table = () => localDb.selectFrom('outgoing_mail');
const header = { kind: 'mail.queue', user: null } as const;

const rowOf = ({ newId, clock }: MailQueueDeps, letter: Letter): OutgoingMailTable => ({
  id: newId(),
  kind: letter.kind,
  to_name: oneLine(letter.to.name),
  to_address: letter.to.address,
  subject: oneLine(letter.subject),
  text: letter.text,
  html: letter.html,
  queued_at: clock.now(),
  until_at: letter.until,
  next_at: clock.now(),
  tries: 0,
  failure: null,
});

/** That it failed and why: neither address nor text outlives that. */
const failed = (row: OutgoingMailTable, failure: MailFailure, now: number): OutgoingMailTable => ({
  ...row,
  to_name: '',
  to_address: '',
  subject: '',
  text: '',
  html: '',
  next_at: now,
  failure,
});

/**
 * The messages of this host, one after the other, in a table of its own: a restart forgets none. One that was handed over just
 * before a kill is handed over again, with the same id.
 */
export const createMailQueue = (deps: MailQueueDeps): MailQueue => {
  const { store, clock, log, outgoing, pace = mailPace } = deps;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let started = false;
  let stopped = false;
  /** An end did not wait for what is under way: the database is closed. */
  let abandoned = false;
  /** Tries in a row in which the server could not be reached. */
  let outages = 0;

  const pauseAfter = (tries: number) => Math.min(pace.backOffMost, pace.backOff * 2 ** Math.min(tries, 20));

  const fail = (rows: readonly OutgoingMailTable[], reason: (row: OutgoingMailTable) => MailFailure) => {
    if (rows.length === 0) return;
    const now = clock.now();
    store.mutate(header, (writer) => {
      for (const row of rows) writer.keep('outgoing_mail', failed(row, reason(row), now));
    });
    for (const row of rows) log.info('mail given up', { kind: row.kind, why: reason(row), tries: row.tries });
  };

  /** Takes out what is of no use any more, whether or not somebody would take it now. */
  const sweep = () => {
    const now = clock.now();
    const isOver = (row: OutgoingMailTable) => row.until_at !== null && row.until_at <= now;
    const over = store.all(
      table()
        .selectAll()
        .where('failure', 'is', null)
        .where((is) => is.or([is('until_at', '<=', now), is('queued_at', '<=', now - pace.giveUp)]))
        .orderBy('next_at')
        .limit(atOnce),
    );
    fail(over, (row) => (isOver(row) ? 'expired' : 'unreachable'));
    const remembered = table().select('id').where('failure', 'is not', null).limit(atOnce);
    const old = [
      ...store.all(remembered.where('next_at', '<=', now - pace.remember)),
      ...store.all(remembered.orderBy('next_at', 'desc').offset(mostFailed)),
    ];
    if (old.length > 0)
      store.mutate(header, (writer) => {
        for (const { id } of old) writer.drop('outgoing_mail', id);
      });
    return over.length >= atOnce || old.length >= atOnce;
  };

  const next = (): OutgoingMailTable | undefined =>
    store.get(table().selectAll().where('failure', 'is', null).orderBy('next_at').orderBy('id').limit(1));

  /** A clock that was set back must not hold a message for longer than a pause lasts. */
  const isDue = ({ next_at }: OutgoingMailTable) => {
    const ahead = next_at - clock.now();
    return ahead <= 0 || ahead > pace.backOffMost;
  };

  const noteOutage = ({ code }: Handed) => {
    outages += 1;
    log.info('mail server out of reach', { code, times: outages });
  };

  const noteReached = () => {
    if (outages > 0) log.info('mail server answers again', { times: outages });
    outages = 0;
  };

  /** Hands over one message; false when there is no use in going on with the next. */
  const handOver = async (carrier: OutgoingMail, row: OutgoingMailTable): Promise<boolean> => {
    const { id, to_name: name, to_address: address, subject, text, html, queued_at: at } = row;
    const became = await carrier.send({ id, to: { name, address }, subject, text, html, at });
    // The message goes again after the next start.
    if (abandoned || !store.ready()) return false;
    const tried = { ...row, tries: row.tries + 1 };
    if (became.outcome === 'sent') store.mutate(header, (writer) => writer.drop('outgoing_mail', id));
    else if (became.outcome === 'refused') {
      log.info('mail refused', { kind: row.kind, code: became.code });
      fail([tried], () => 'refused');
    } else {
      // What cannot be reached is tried as soon as something is, after those that have waited longer.
      const wait = became.outcome === 'later' ? pauseAfter(row.tries) : 0;
      store.mutate(header, (writer) =>
        writer.keep('outgoing_mail', { ...tried, next_at: clock.now() + wait }),
      );
    }
    if (became.outcome === 'unreachable') noteOutage(became);
    else noteReached();
    return became.outcome !== 'unreachable';
  };

  /** Works until nothing is due; resolves to the milliseconds until something may be. */
  const work = async (carrier: OutgoingMail): Promise<number> => {
    while (!stopped && store.ready()) {
      if (sweep()) continue;
      const row = next();
      if (row === undefined) return pace.backOffMost;
      if (!isDue(row)) return row.next_at - clock.now();
      if (!(await handOver(carrier, row))) return pauseAfter(outages - 1);
    }
    return pace.backOff;
  };

  const run = (carrier: OutgoingMail) => {
    if (!started || stopped || working !== null) return;
    clearTimeout(timer);
    timer = undefined;
    working = work(carrier)
      .catch((error: unknown) => {
        log.error('mail queue failed', error);
        return pace.backOff;
      })
      .then((wait) => {
        working = null;
        if (stopped) return;
        timer = setTimeout(() => run(carrier), Math.min(Math.max(wait, 1), pace.backOffMost));
        timer.unref();
      });
  };

  /** Something new is there: sent at once, but while the server is out of reach it waits its turn. */
  const wake = () => {
    if (outgoing !== null && outages === 0) run(outgoing);
  };

  const waiting = (): number =>
    store.get(
      table()
        .select((on) => on.fn.countAll<number>().as('n'))
        .where('failure', 'is', null),
    )?.n ?? 0;

  const send = (letter: Letter, writer?: LocalWriter): boolean => {
    if (outgoing === null || !isMailAddress(letter.to.address)) return false;
    if (waiting() >= pace.most) {
      log.info('mail queue full', { kind: letter.kind });
      return false;
    }
    const row = rowOf(deps, letter);
    if (writer === undefined) store.mutate(header, (own) => own.keep('outgoing_mail', row));
    else writer.keep('outgoing_mail', row);
    // After the mutation it is part of.
    setImmediate(wake);
    return true;
  };

  return {
    on: outgoing !== null,
    send,
    status: () => {
      const found = store.all(
        table()
          .select((on) => [
            'failure' as const,
            on.fn.countAll<number>().as('n'),
            on.fn.min('queued_at').as('since'),
          ])
          .groupBy('failure'),
      );
      const of = (failure: string | null) => found.find((one) => one.failure === failure);
      const counts = mailFailures.map((failure) => [failure, of(failure)?.n ?? 0] as const);
      const waits = of(null);
      return {
        on: outgoing !== null,
        waiting: waits?.n ?? 0,
        waitingSince: waits === undefined ? null : instant(waits.since),
        failed: Object.fromEntries(counts) as Record<MailFailure, number>,
      };
    },
    start: () => {
      started = true;
      wake();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const patience = new Promise((resolve) => setTimeout(resolve, pace.ending).unref());
      await Promise.race([working, patience]);
      abandoned = true;
      outgoing?.close();
    },
  };
};
