import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { ImportReport } from '#shared/contract/import.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { createProgress, type Progress } from './progress.ts';
import { runImport } from './run.ts';

export interface ImportDeps extends Pick<FeatureDeps, 'store' | 'clock' | 'log' | 'home'> {
  /** Takes the report while an import goes on, ten times a second at most, and at its end. */
  readonly emit: (report: ImportReport) => void;
  readonly engine: Pick<FeatureDeps['engine'], 'wake'>;
}

/** The importer of one workstation: one import at a time. */
export interface Importer {
  /** Starts a check or an import. Fails with `busy` or `not-found`; else the report follows through `emit`. */
  start(folder: string, dryRun: boolean, user: string | null): Promise<Result<ImportReport>>;
  cancel(): ImportReport;
  report(): ImportReport;
  /** Resolves when nothing is running. */
  finished(): Promise<void>;
}

const emitEvery = 100;

/** What went wrong, for the person who imports. File names and reasons only, no values of rows. */
const explain = (error: unknown): string => {
  if (error instanceof LocalError) return error.message;
  if (error instanceof Error && 'code' in error && 'path' in error) {
    const reason = error.code === 'ENOENT' ? 'is not there' : `cannot be read (${String(error.code)})`;
    return `${String(error.path)} ${reason}.`;
  }
  return 'The import stopped because of an unexpected error.';
};

const isFolder = async (folder: string): Promise<boolean> => {
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() ?? false;
};

export const createImporter = ({ store, clock, log, home, emit, engine }: ImportDeps): Importer => {
  let progress: Progress = createProgress(null, false, 'idle');
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;

  const run = async (current: Progress, folder: string, user: string | null, signal: AbortSignal) => {
    const dryRun = current.phase === 'checking';
    let emitted = clock.now();
    const tell = () => {
      emitted = clock.now();
      emit(current.report());
      // What is here already is sent while the rest is read.
      if (!dryRun) engine.wake();
    };
    const onProgress = () => {
      if (clock.now() - emitted >= emitEvery) tell();
    };
    try {
      const { timeZone } = home();
      const now = clock.now();
      const context = { today: dayAt(now, timeZone), timeZone, at: instant(now), user };
      await runImport({ folder, dryRun, store, context, progress: current, signal, onProgress });
      current.phase = dryRun ? 'checked' : 'done';
    } catch (error) {
      current.phase = signal.aborted ? 'cancelled' : 'failed';
      if (!signal.aborted) {
        current.message = explain(error);
        log.error('import failed', error);
      }
    }
    tell();
  };

  return {
    start: async (typed, dryRun, user) => {
      const folder = resolve(typed);
      if (!(await isFolder(folder))) return fail('not-found', { fields: { folder: 'not-found' } });
      if (running !== null) return fail('busy');
      const abort = new AbortController();
      progress = createProgress(folder, dryRun, dryRun ? 'checking' : 'importing');
      const report = progress.report();
      const ended = run(progress, folder, user, abort.signal).finally(() => {
        running = null;
      });
      running = { abort, ended };
      return ok(report);
    },
    cancel: () => {
      running?.abort.abort();
      return progress.report();
    },
    report: () => progress.report(),
    finished: async () => running?.ended,
  };
};

/** The calls of the import screen. */
export const importHandlers = (
  deps: ImportDeps,
): Handlers<'import.check' | 'import.run' | 'import.cancel' | 'import.status'> => {
  const importer = createImporter(deps);
  const user = (connection: Connection) => connection.user?.id ?? null;
  return {
    'import.check': ({ folder }, connection) => importer.start(folder, true, user(connection)),
    'import.run': ({ folder }, connection) => importer.start(folder, false, user(connection)),
    'import.cancel': () => ok(importer.cancel()),
    'import.status': () => ok(importer.report()),
  };
};
