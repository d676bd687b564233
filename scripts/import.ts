/** `npm run import`: brings patients with their charts, practitioners, sites and past visits from another system into a workstation. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { homeOf } from '#main/core/home.ts';
import { DataFolderError, readOrMakeKey } from '#main/core/key-file.ts';
import { jsonLog } from '#main/core/log.ts';
import { realDisk } from '#main/data/local/disk.ts';
import { LocalError } from '#main/data/local/error.ts';
import { holdsData } from '#main/data/local/files.ts';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { createImporter } from '#main/features/import/service.ts';
import type { ImportReport } from '#shared/contract/import.ts';
import { systemClock } from '#shared/kernel/clock.ts';

const usage = `Usage: npm run import -- --from synthea <folder> [options]

  --from synthea <folder>   a folder with patients.csv, organizations.csv, providers.csv and encounters.csv, and of the
                            charts what there is of conditions.csv, allergies.csv, medications.csv, observations.csv
                            and immunizations.csv
  --dry-run                 read and check everything, write nothing
  --data <folder>           the workstation to import into (otherwise the first one of npm start)

The workstation must not be running; a running one has the same on its import screen. What is imported goes to the
centre when the workstation starts. A second import of the same folder changes nothing.`;

/** A failure a person can do something about. */
class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}

interface Options {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly data: string;
}

const root = resolve(import.meta.dirname, '..');

const readOptions = (args: readonly string[]): Options | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      data: { type: 'string', default: join(root, '.clinichub/clinic/desk-1') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const [folder, ...more] = positionals;
  if (values.from !== 'synthea' || folder === undefined || more.length > 0) throw new ImportProblem(usage);
  return { folder: resolve(folder), dryRun: values['dry-run'], data: resolve(values.data) };
};

const openWorkstation = (data: string): Local => {
  if (!holdsData(realDisk, data)) {
    throw new ImportProblem(
      `There is no workstation in ${data}. Start it once, or say where it is with --data <folder>.`,
    );
  }
  try {
    const local = openLocal({ folder: data, key: readOrMakeKey(data) });
    if (local.store.ready()) return local;
    local.close();
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'in-use') throw error;
    throw new ImportProblem(
      `The workstation in ${data} is running. Use its import screen, or stop it first.`,
    );
  }
  throw new ImportProblem(
    'This workstation has no whole copy of the clinic yet. Let it reach the centre once.',
  );
};

const wide = (text: string | number, width = 20) => String(text).padStart(width);

const printReport = (report: ImportReport): void => {
  for (const { file, line, severity, code, column } of report.problems) {
    console.log(`${file}, line ${line}: ${severity}, ${code}${column === null ? '' : ` (${column})`}`);
  }
  const hidden = report.problemCount - report.problems.length;
  if (hidden > 0) console.log(`... and ${hidden} more`);
  const added = report.dryRun ? 'would be new' : 'added';
  console.log(`\n${['', 'read', added, 'unchanged', 'refused'].map((title) => wide(title)).join('')}`);
  for (const { kind, ...count } of report.counts) {
    const cells = [kind.replaceAll('_', ' '), count.read, count.added, count.unchanged, count.refused];
    console.log(cells.map((cell) => wide(cell)).join(''));
  }
};

const endings: Partial<Record<ImportReport['phase'], string>> = {
  checked: 'This was a dry run: nothing was written.',
  done: 'Done. The changes go to the centre when the workstation runs.',
  cancelled: 'Cancelled. What was written is whole; the same command goes on from here.',
};

const showProgress = ({ done, total }: ImportReport): void => {
  if (process.stderr.isTTY && total > 0) process.stderr.write(`\r${done} of ${total} rows\x1b[K`);
};

const runImport = async ({ folder, dryRun, data }: Options): Promise<number> => {
  const local = openWorkstation(data);
  try {
    const { store } = local;
    const importer = createImporter({
      store,
      clock: systemClock,
      log: jsonLog((line) => process.stderr.write(line), systemClock.now),
      home: () => homeOf(store),
      emit: showProgress,
      // Nothing is exchanged here: what was written goes when the workstation runs.
      engine: { wake: () => undefined },
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, importer.cancel);
    const started = await importer.start(folder, dryRun, null);
    if (!started.ok) throw new ImportProblem(`There is no folder ${folder}.`);
    await importer.finished();
    if (process.stderr.isTTY) process.stderr.write('\n');
    const report = importer.report();
    printReport(report);
    console.log(`\n${report.message ?? endings[report.phase] ?? ''}`);
    return report.phase === 'checked' || report.phase === 'done' ? 0 : 1;
  } finally {
    local.close();
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(usage);
  else process.exitCode = await runImport(options);
} catch (error) {
  const isArgument = error instanceof TypeError && 'code' in error;
  const known =
    error instanceof ImportProblem || error instanceof LocalError || error instanceof DataFolderError;
  if (!isArgument && !known) throw error;
  console.error(isArgument ? `${error.message}\n\n${usage}` : (error as Error).message);
  process.exitCode = 1;
}
