import { basename, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { ConceptImport } from '#shared/contract/concepts.ts';
import { type CodeSystemName, codeSystems, conceptId } from '#shared/domain/concepts/concept.ts';
import { isBadLine, type ReadCode } from '#shared/domain/concepts/read-codes.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { codesIn, isFile, readText } from './file.ts';
import { conceptsByIds } from './repository.ts';

/** Codes in one mutation. */
const batch = 200;
const mostProblems = 500;
/** The event loop is given back after this long, so that a screen stays quick. Milliseconds. */
const longestBlock = 8;

export interface ConceptImporter {
  /** Starts; fails with `busy` or `not-found`. */
  start(
    wanted: { file: string; system: CodeSystemName; edition: string },
    user: string | null,
  ): Promise<Result<ConceptImport>>;
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
  done: 0,
  total: 0,
  problems: [],
  failure: null,
});

interface Job {
  readonly report: Report;
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

/** The good codes of a text, each once. */
const readAll = async (text: string, { report, signal }: Job): Promise<readonly ReadCode[]> => {
  const step = stepper(signal);
  const codes = new Map<string, ReadCode>();
  for (const item of codesIn(text)) {
    if (isBadLine(item)) refuse(report, item.line, item.problem);
    else if (codes.has(item.code)) refuse(report, item.line, 'duplicate-code');
    else codes.set(item.code, item);
    await step();
  }
  return [...codes.values()];
};

const run = async (deps: Pick<FeatureDeps, 'store' | 'engine'>, job: Job, path: string): Promise<void> => {
  const { report, signal } = job;
  const read = await readText(path);
  if ('failure' in read) {
    report.phase = 'failed';
    report.failure = read.failure;
    return;
  }
  const codes = await readAll(read.text, job);
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
  report.phase = 'done';
  deps.engine.wake();
};

/** The importer of code systems of one workstation: one file at a time. */
export const createConceptImporter = (
  deps: Pick<FeatureDeps, 'store' | 'engine' | 'log'>,
): ConceptImporter => {
  let report = emptyReport();
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;
  const attempt = async (job: Job, path: string) => {
    try {
      await run(deps, job, path);
    } catch (error) {
      job.report.phase = job.signal.aborted ? 'cancelled' : 'failed';
      if (job.signal.aborted) return;
      job.report.failure = 'stopped';
      deps.log.error('import of codes failed', error);
    }
  };
  const copy = (): ConceptImport => ({ ...report, problems: [...report.problems] });
  return {
    start: async ({ file, system, edition }, user) => {
      const path = resolve(file);
      if (!(await isFile(path))) return fail('not-found', { fields: { file: 'not-found' } });
      if (running !== null) return fail('busy');
      report = { ...emptyReport(), phase: 'reading', file: basename(path), system, edition };
      const abort = new AbortController();
      const job = { report, system: codeSystems[system], user, signal: abort.signal };
      const ended = attempt(job, path).finally(() => {
        running = null;
      });
      running = { abort, ended };
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
