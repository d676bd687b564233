import { createHash } from 'node:crypto';
import { type Centre, CentreError } from '#main/data/central/centre.ts';
import type { Position } from '#main/data/local/check.ts';
import type { Difference } from '#main/data/local/check-repair.ts';
import type { Replica } from '#main/data/local/replica.ts';
import type { TableName } from '#shared/sync/catalogue.ts';
import type { PulledChange, VerifyReply, VerifyRows } from '#shared/sync/wire.ts';
import { checkPace, createPace, type Pace } from './check-pace.ts';

/** What comparing the copy with the centre needs. */
export interface CheckContext {
  readonly replica: Replica;
  /** The present connection. */
  readonly centre: () => Centre;
  /** Resolves after the event loop has had its turn. */
  readonly turn: () => Promise<void>;
  /** Milliseconds of a clock that only measures how long a piece of work took. */
  readonly elapsed: () => number;
  /** Something more urgent came: the step is left and done again later. */
  readonly urgent: () => boolean;
  readonly log: (event: string, details: Readonly<Record<string, unknown>>) => void;
}

/**
 * What a step came to:
 * - `rest`: enough for this time;
 * - `again`: there is more to do at once when nothing else is due;
 * - `pull`: the centre has gone on, pull first;
 * - `over`: a whole pass has ended, or cannot be made;
 * - `copy`: too much is wrong, load a new copy.
 */
export type CheckStep = 'rest' | 'again' | 'pull' | 'over' | 'copy';

export interface CheckJob {
  /** Compares one range, or narrows down and puts right what did not agree. `whole`: somebody waits for the end of the pass. */
  step(whole: boolean): Promise<CheckStep>;
  /** Rows that were just pulled: what was fetched of them before is out of date. */
  pulled(changes: readonly Pick<PulledChange, 'pk' | 'op'>[]): void;
  /** What was suspected is out of date: a new copy is loaded. */
  forget(): void;
}

type Range = VerifyReply['ranges'][number];

/** A range that did not agree, where it was met, and the parts of it that must still be looked at. */
interface Suspicion {
  readonly at: Position;
  readonly range: Range;
  readonly parts: readonly Range[];
}

/** Rows of the centre at a moment this copy has yet to reach, and the ids of those pulled since they were asked for. */
interface Fetched {
  readonly part: Range;
  readonly reply: VerifyRows;
  readonly pulled: Set<string>;
}

/** What is known between two steps. */
interface Memory extends CheckContext {
  readonly pace: Pace;
  suspicion: Suspicion | null;
  fetched: Fetched | null;
  /** Sums of another moment since the last ones that served. */
  tries: number;
  /** When the centre could not do it; it is asked again an hour later. */
  failedAt: number | null;
}

/** Thrown to leave a step for something more urgent. */
class Yielded extends Error {}

/** The rows of a range as they are here, a slice at a time; other work has its turn between two slices. */
async function* walk(
  { replica, urgent, pace, turn }: Memory,
  table: TableName,
  { from, to }: Pick<Range, 'from' | 'to'>,
) {
  for (let after = from; ; ) {
    const slice = pace.timed((most) => replica.check.slice(table, after, to, most));
    yield slice.lines;
    if (slice.upto === to) return;
    after = slice.upto;
    await turn();
    if (urgent()) throw new Yielded();
  }
}

const agrees = async (memory: Memory, table: TableName, range: Range): Promise<boolean> => {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const lines of walk(memory, table, range)) {
    for (const { text } of lines) hash.update(rows++ === 0 ? text : `\n${text}`);
  }
  return rows === range.rows && hash.digest('hex') === range.hash;
};

const advance = (memory: Memory, at: Position, { to, rows }: Range, whole: boolean): CheckStep => {
  const { check } = memory.replica;
  memory.tries = 0;
  check.advance(at, to, rows);
  const { table, held, stuck, repaired, rows: compared } = check.state();
  if (repaired > checkPace.mostRepairs || stuck > 1) {
    memory.log('sync-check-copies-anew', { repaired, held });
    check.reset();
    return 'copy';
  }
  if (table !== null) return whole ? 'again' : 'rest';
  memory.log('sync-checked', { rows: compared, repaired, held });
  return 'over';
};

/**
 * Sums that agree prove the range whatever moment they are of: every row here is then as the centre had it, and what is pulled
 * later is on top. Sums that do not agree say something only when they are of this copy's moment.
 */
const compare = async (memory: Memory, at: Position, whole: boolean): Promise<CheckStep> => {
  const { seq, ranges } = await memory.centre().verify(at.table, at.after, null, checkPace.rows, 1);
  memory.failedAt = null;
  const [range] = ranges;
  if (range === undefined) return 'rest';
  if (await agrees(memory, at.table, range)) return advance(memory, at, range, whole);
  memory.tries += 1;
  // Where others write all the time it is narrowed down on suspicion. `repair` compares rows of one moment in any case.
  if (memory.replica.state().cursor !== seq && memory.tries <= checkPace.tries) return 'pull';
  memory.suspicion = { at, range, parts: [range] };
  memory.tries = 0;
  return 'again';
};

const narrow = async (memory: Memory, doubt: Suspicion, part: Range): Promise<CheckStep> => {
  const { table } = doubt.at;
  const { ranges } = await memory
    .centre()
    .verify(table, part.from, part.to, checkPace.fewRows, checkPace.parts);
  const wrong: Range[] = [];
  for (const range of ranges) if (!(await agrees(memory, table, range))) wrong.push(range);
  const reached = ranges.at(-1)?.to ?? null;
  const rest = reached === part.to ? [] : [{ ...part, from: reached }];
  memory.suspicion = { ...doubt, parts: [...wrong, ...rest, ...doubt.parts.slice(1)] };
  return 'again';
};

/** The rows that are not here as `texts`, the centre's rows of the range, have them. */
const differences = async (
  memory: Memory,
  table: TableName,
  range: Pick<Range, 'from' | 'to'>,
  texts: readonly string[],
): Promise<readonly Difference[]> => {
  const theirs = new Map<string, string>();
  for (const text of texts) theirs.set(String((JSON.parse(text) as readonly unknown[])[1]), text);
  const wrong: Difference[] = [];
  for await (const lines of walk(memory, table, range)) {
    for (const { id, text } of lines) {
      const their = theirs.get(id) ?? null;
      theirs.delete(id);
      if (text !== their) wrong.push({ id, text: their });
    }
  }
  for (const [id, text] of theirs) wrong.push({ id, text });
  return wrong;
};

/**
 * Puts the rows of a part right. They are compared when this copy has come to their moment; of those that were pulled
 * meanwhile the later image is here, and the next pass looks at them.
 */
const repair = async (memory: Memory, doubt: Suspicion, part: Range): Promise<CheckStep> => {
  const { replica, log, turn } = memory;
  const { table } = doubt.at;
  if (memory.fetched?.part !== part) {
    memory.fetched = null;
    const reply = await memory.centre().verifyRows(table, part.from, part.to);
    memory.fetched = { part, reply, pulled: new Set() };
  }
  const { pulled, reply } = memory.fetched;
  const { cursor } = replica.state();
  if (cursor < reply.seq) return 'pull';
  const all = await differences(memory, table, { from: part.from, to: reply.to }, reply.rows);
  const wrong = all.filter(({ id }) => !pulled.has(id));
  for (let from = 0; from < wrong.length; from += checkPace.repairedAtOnce) {
    const count = replica.check.repair(table, cursor, wrong.slice(from, from + checkPace.repairedAtOnce));
    log('sync-repaired', { table, ...count });
    await turn();
  }
  const rest = reply.to === part.to ? [] : [{ ...part, from: reply.to }];
  memory.fetched = null;
  memory.suspicion = { ...doubt, parts: [...rest, ...doubt.parts.slice(1)] };
  return 'again';
};

const hour = 60 * 60 * 1000;

/** By the clock of the computer, which paces this and decides nothing else; set back, it makes a pass due. */
const due = ({ replica, failedAt, elapsed }: Memory): boolean => {
  // The pass that failed had begun: its age would put the next try off by a day.
  if (failedAt !== null) return elapsed() - failedAt >= hour;
  const age = replica.check.age();
  return age === null || age < 0 || age >= checkPace.between || replica.check.state().held > 0;
};

const settle = (memory: Memory, doubt: Suspicion, whole: boolean): Promise<CheckStep> | CheckStep => {
  const [part] = doubt.parts;
  if (part !== undefined) {
    return part.rows > checkPace.fewRows ? narrow(memory, doubt, part) : repair(memory, doubt, part);
  }
  memory.suspicion = null;
  return advance(memory, doubt.at, doubt.range, whole);
};

const work = async (memory: Memory, whole: boolean): Promise<CheckStep> => {
  const { check } = memory.replica;
  if (check.state().table === null) {
    if (!due(memory)) return 'rest';
    check.begin();
  }
  const { table, after } = check.state();
  if (table === null) return 'rest';
  const doubt = memory.suspicion;
  // A pass that was begun anew meets again whatever was wrong.
  if (doubt === null || doubt.at.table !== table || doubt.at.after !== after) {
    memory.suspicion = null;
    memory.fetched = null;
    return compare(memory, { table, after }, whole);
  }
  return settle(memory, doubt, whole);
};

/** The comparison is the least of the exchange: what the centre cannot do of it, as one of an earlier version, stops nothing else. */
const isNoReason = (error: unknown): error is CentreError =>
  error instanceof CentreError &&
  error.sqlstate !== null &&
  !error.retryable &&
  !/^(CH|28)/.test(error.sqlstate);

/** The steps of the comparison. It remembers what it suspects between two steps. */
export const createCheckJob = (context: CheckContext): CheckJob => {
  const memory: Memory = {
    ...context,
    pace: createPace(context.elapsed),
    suspicion: null,
    fetched: null,
    tries: 0,
    failedAt: null,
  };
  return {
    step: async (whole) => {
      try {
        return await work(memory, whole);
      } catch (error) {
        if (error instanceof Yielded) return 'again';
        if (!isNoReason(error)) throw error;
        context.log('sync-check-failed', { sqlstate: error.sqlstate });
        memory.failedAt = context.elapsed();
        context.replica.check.reset();
        return 'over';
      }
    },
    pulled: (changes) => {
      // A chart that leaves the scope goes whole, under its patient's id alone.
      if (changes.some(({ op }) => op === 'evict')) memory.fetched = null;
      for (const { pk } of changes) memory.fetched?.pulled.add(pk);
    },
    forget: () => {
      memory.suspicion = null;
      memory.fetched = null;
      memory.tries = 0;
      context.replica.check.reset();
    },
  };
};
