import { basename, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { ConceptImport } from '#shared/contract/concepts.ts';
import { type CodeSystemName, codeSystems, conceptId } from '#shared/domain/concepts/concept.ts';
import { isSurelyDropped, sampleSize } from '#shared/domain/concepts/edition.ts';
import { formatOf, isBadLine, type ReadCode } from '#shared/domain/concepts/read-codes.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { codesIn, isFile, readText } from './file.ts';
import { conceptsByIds, offeredAfter } from './repository.ts';

/** Codes in one mutation. */
const batch = 200;
/** Codes looked at in one query. */
const lookedAtOnce = 2000;
const mostProblems = 500;
/** The event loop is given back after this long, so that a screen stays quick. Milliseconds. */
const longestBlock = 8;

type Deps = Pick<FeatureDeps, 'store' | 'engine'>;

export interface ConceptImporter {
  /** Starts; fails with `busy` or `not-found`. */
  start(
    wanted: { file: string; system: CodeSystemName; edition: string },
    user: string | null,
  ): Promise<Result<ConceptImport>>;
  /** What the last file did not have is not offered any more; fails with `busy`, or `not-found` when nothing is missing. */
  retire(user: string | null): Result<ConceptImport>;
  cancel(): ConceptImport;
  report(): ConceptImport;
  /** Resolves when nothing is running. */
  finished(): Promise<void>;
}

type Report = { -readonly [K in keyof ConceptImport]: ConceptImport[K] };

const emptyReport = (): Report => ({
  phase: 'idle',
  file: null,
  system: null,
  edition: '',
  added: 0,
  refined: 0,
  unchanged: 0,
  refused: 0,
  retired: 0,
  missing: null,
  done: 0,
  total: 0,
  problems: [],
  failure: null,
});

interface Job {
  readonly report: Report;
  /** Ids of codes of before that the file does not have. */
  readonly missing: string[];
  readonly system: string;
  readonly user: string | null;
  readonly signal: AbortSignal;
}

/** Writes what is new or reads otherwise now, as one mutation. */
const write = (
  { store }: Pick<FeatureDeps, 'store'>,
  { report, system, user }: Job,
  codes: readonly ReadCode[],
) => {
  const rows = codes.map(
    ({ code, title }): RowOf<'concept'> => ({
      id: conceptId(system, code),
      code_system: system,
      code,
      display: title,
      edition: report.edition || null,
      active: 1,
    }),
  );
  const here = new Map(
    conceptsByIds(
      store,
      rows.map(({ id }) => id),
    ).map((row) => [row.id, row]),
  );
  const added = rows.filter(({ id }) => !here.has(id));
  const refined = rows.filter((row) => {
    const known = here.get(row.id);
    return known && (known.display !== row.display || known.edition !== row.edition || known.active !== 1);
  });
  if (added.length + refined.length > 0)
    store.mutate({ kind: 'concepts.import', user }, (writer) => {
      for (const row of added) writer.insert('concept', row);
      for (const { id, display, edition } of refined)
        writer.update('concept', id, { display, edition, active: 1 });
    });
  report.added += added.length;
  report.refined += refined.length;
  report.unchanged += rows.length - added.length - refined.length;
  report.done += rows.length;
};

const refuse = (report: Report, line: number, problem: ConceptImport['problems'][number]['problem']) => {
  report.refused += 1;
  if (report.problems.length < mostProblems) report.problems.push({ line, problem });
};

/** A line that was refused for this was no code of the system, or one that was read elsewhere: none is hidden by it. */
const hidesNone: ReadonlySet<string> = new Set(['bad-code', 'duplicate-code']);

/** Looks for codes that are offered and that the file does not have. A code of the same edition came with another part of it. */
const findMissing = async ({ store }: Deps, job: Job, read: Read): Promise<number> => {
  const { report, system, missing } = job;
  const step = stepper(job.signal);
  const sample: string[] = [];
  let before = 0;
  for (let after = ''; ; ) {
    const rows = offeredAfter(store, system, after, lookedAtOnce);
    for (const { id, code, display, edition } of rows) {
      before += 1;
      if (read.codes.has(code) || (edition !== null && edition === report.edition)) continue;
      missing.push(id);
      if (sample.length < sampleSize) sample.push(`${code} ${display}`);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < lookedAtOnce) break;
    after = last.code;
    await step();
  }
  report.missing = missing.length === 0 ? null : { count: missing.length, sample };
  return before;
};

/**
 * Takes what is missing out of what is offered. The row stays for the charts that name it, and its edition becomes the one that no
 * longer has it.
 */
const retireMissing = async (
  { store, engine }: Deps,
  { report, missing, user, signal }: Job,
): Promise<void> => {
  report.phase = 'retiring';
  report.total = missing.length;
  report.done = 0;
  while (missing.length > 0) {
    // Another workstation may have brought one of them back meanwhile.
    const ids = conceptsByIds(store, missing.slice(0, batch))
      .filter(({ active, edition }) => active === 1 && (edition === null || edition !== report.edition))
      .map(({ id }) => id);
    if (ids.length > 0)
      store.mutate({ kind: 'concepts.retire', user }, (writer) => {
        for (const id of ids) writer.update('concept', id, { active: 0, edition: report.edition || null });
      });
    report.done += Math.min(batch, missing.length);
    report.retired += ids.length;
    missing.splice(0, batch);
    await setImmediate();
    signal.throwIfAborted();
  }
  report.missing = null;
  report.phase = 'done';
  engine.wake();
};

/** Gives the event loop back now and then; throws when it was cancelled. */
const stepper = (signal: AbortSignal) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestBlock) return;
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
};

/** What a file said. */
interface Read {
  readonly codes: ReadonlyMap<string, ReadCode>;
  /** Lines that may have had a code and could not be read. */
  readonly unread: number;
  /** Whether it is a whole edition by its format. */
  readonly isWhole: boolean;
}

/** The good codes of a text, each once. */
const readAll = async (text: string, { report, signal }: Job): Promise<Read> => {
  const step = stepper(signal);
  const codes = new Map<string, ReadCode>();
  let unread = 0;
  for (const item of codesIn(text)) {
    if (isBadLine(item)) {
      refuse(report, item.line, item.problem);
      if (!hidesNone.has(item.problem)) unread += 1;
    } else if (codes.has(item.code)) refuse(report, item.line, 'duplicate-code');
    else codes.set(item.code, item);
    await step();
  }
  // A table may be all there is, or the few somebody needs.
  return { codes, unread, isWhole: formatOf(text) !== 'csv' };
};

const run = async (deps: Deps, job: Job, path: string): Promise<void> => {
  const { report, signal } = job;
  const text = await readText(path);
  if ('failure' in text) {
    report.phase = 'failed';
    report.failure = text.failure;
    return;
  }
  const read = await readAll(text.text, job);
  const codes = [...read.codes.values()];
  if (codes.length === 0) {
    report.phase = 'failed';
    report.failure = 'no-codes';
    return;
  }
  report.phase = 'importing';
  report.total = codes.length;
  for (let at = 0; at < codes.length; at += batch) {
    write(deps, job, codes.slice(at, at + batch));
    await setImmediate();
    signal.throwIfAborted();
    if ((at / batch) % 10 === 0) deps.engine.wake();
  }
  const before = await findMissing(deps, job, read);
  if (job.missing.length > 0 && isSurelyDropped(job.missing.length, { before, ...read }))
    return retireMissing(deps, job);
  report.phase = 'done';
  deps.engine.wake();
};

/** The importer of code systems of one workstation: one file at a time. */
export const createConceptImporter = (
  deps: Pick<FeatureDeps, 'store' | 'engine' | 'log'>,
): ConceptImporter => {
  let report = emptyReport();
  let last: Omit<Job, 'user' | 'signal'> | null = null;
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;
  const attempt = async (job: Job, work: (job: Job) => Promise<void>) => {
    try {
      await work(job);
    } catch (error) {
      job.report.phase = job.signal.aborted ? 'cancelled' : 'failed';
      if (job.signal.aborted) return;
      job.report.failure = 'stopped';
      deps.log.error('import of codes failed', error);
    }
  };
  const begin = (job: Omit<Job, 'signal'>, work: (job: Job) => Promise<void>) => {
    const abort = new AbortController();
    const ended = attempt({ ...job, signal: abort.signal }, work).finally(() => {
      running = null;
    });
    running = { abort, ended };
  };
  const copy = (): ConceptImport => ({ ...report, problems: [...report.problems] });
  return {
    start: async ({ file, system, edition }, user) => {
      const path = resolve(file);
      if (!(await isFile(path))) return fail('not-found', { fields: { file: 'not-found' } });
      if (running !== null) return fail('busy');
      report = { ...emptyReport(), phase: 'reading', file: basename(path), system, edition };
      last = { report, system: codeSystems[system], missing: [] };
      begin({ ...last, user }, (job) => run(deps, job, path));
      return ok(copy());
    },
    retire: (user) => {
      if (running !== null) return fail('busy');
      if (last === null || report.missing === null) return fail('not-found');
      begin({ ...last, user }, (job) => retireMissing(deps, job));
      return ok(copy());
    },
    cancel: () => {
      running?.abort.abort();
      return copy();
    },
    report: copy,
    finished: async () => running?.ended,
  };
};
