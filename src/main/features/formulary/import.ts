import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { MedicineImport } from '#shared/contract/formulary.ts';
import { MedicineDraft, readMedicine } from '#shared/domain/formulary/medicine.ts';
import type { Matcher } from '#shared/domain/safety/matching.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type Incoming, putMedicine } from './put.ts';
import { readRxNorm, rxNormFiles, rxNormSystem } from './rxnorm.ts';

type Problem = MedicineImport['problems'][number];
type Deps = Pick<FeatureDeps, 'store' | 'clock' | 'engine' | 'log'> & { readonly match: () => Matcher };

/** What a file brings, one line at a time: a medicine or why there is none. */
type Item = { readonly incoming: Incoming } | { readonly problem: Problem };

/** One mutation has so many medicines: small enough for the wire, large enough to be quick. */
const batchSize = 500;
const mostProblems = 200;
const mostCsvField = 10_000;

const idle: MedicineImport = {
  phase: 'idle',
  source: null,
  read: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  problems: [],
  failure: null,
};

const problemCodes: Readonly<Record<string, Problem['code']>> = {
  required: 'required',
  strength: 'strength',
  characters: 'characters',
};

/**
 * The columns of a CSV formulary: `name` and `ingredients` are needed; `strength`, `form`, `unit_of_dose`, `route`,
 * `code_system` and `code` may be. UTF-8, comma or semicolon.
 */
const csvColumns = [
  'name',
  'ingredients',
  'strength',
  'form',
  'unit_of_dose',
  'route',
  'code_system',
  'code',
];

type CsvRow = Readonly<Record<string, string | undefined>>;

const itemOfRow = (row: CsvRow, place: Pick<Problem, 'file' | 'line'>, match: Matcher): Item => {
  const refuse = (column: string | null, code: Problem['code']): Item => ({
    problem: { ...place, column, code },
  });
  const cell = (column: string) => (row[column] ?? '').trim();
  const draft = MedicineDraft.safeParse({
    name: cell('name'),
    ingredients: cell('ingredients'),
    strength: cell('strength'),
    form: cell('form'),
    unitOfDose: cell('unit_of_dose'),
    route: cell('route'),
  });
  if (!draft.success) {
    const [issue] = draft.error.issues;
    return refuse(String(issue?.path[0] ?? ''), problemCodes[issue?.message ?? ''] ?? 'too-long');
  }
  const read = readMedicine(draft.data, match);
  if (!read.ok) {
    const [[column, code] = ['', '']] = Object.entries(read.fields);
    return refuse(column, problemCodes[code] ?? 'malformed-row');
  }
  const code = cell('code') || null;
  if ((code?.length ?? 0) > 64 || cell('code_system').length > 200) return refuse('code', 'too-long');
  const codeSystem = code === null ? null : cell('code_system') || place.file;
  return { incoming: { columns: read.columns, codeSystem, code, source: place.file.slice(0, 200) } };
};

/** Spreadsheets of half the world write semicolons: the header tells. */
const delimiterOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1000), 0, 1000, 0);
    const [header = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
    return header.includes(';') && !header.includes(',') ? ';' : ',';
  } finally {
    await file.close();
  }
};

const csvItems = async function* (path: string, match: Matcher, signal: AbortSignal): AsyncGenerator<Item> {
  const file = basename(path);
  const seen = new Set<string>();
  const parser = parse({
    bom: true,
    columns: (header: readonly string[]) => header.map((name) => name.trim().toLowerCase()),
    delimiter: await delimiterOf(path),
    info: true,
    max_record_size: mostCsvField * csvColumns.length,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // An end that comes early, of the file or of patience, reaches the parser and so whoever reads from it.
  const reader = pipeline(createReadStream(path, { signal }), parser, () => undefined);
  let isFirst = true;
  for await (const found of reader) {
    const { record, info } = found as { readonly record: CsvRow; readonly info: { readonly lines: number } };
    const place = { file, line: info.lines };
    const missing = ['name', 'ingredients'].find((column) => isFirst && !(column in record));
    if (missing !== undefined) {
      yield { problem: { file, line: 1, column: missing, code: 'missing-column' } };
      return;
    }
    isFirst = false;
    const item = itemOfRow(record, place, match);
    const key = 'incoming' in item ? (item.incoming.code ?? item.incoming.columns.name.toLowerCase()) : null;
    if (key !== null && seen.has(key)) {
      yield { problem: { ...place, column: null, code: 'duplicate' } };
      continue;
    }
    if (key !== null) seen.add(key);
    yield item;
  }
};

const rxNormItems = async function* (
  folder: string,
  match: Matcher,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  for await (const drug of readRxNorm(folder, match, { signal, onRow: () => undefined })) {
    const place = { file: rxNormFiles[0], line: drug.line, column: null };
    const { columns } = drug;
    if (columns === null) yield { problem: { ...place, code: 'no-ingredient' } };
    else if (drug.name.length > 200) yield { problem: { ...place, code: 'too-long' } };
    else yield { incoming: { columns, codeSystem: rxNormSystem, code: drug.rxcui, source: 'RxNorm' } };
  }
};

const isThere = async (format: 'csv' | 'rxnorm', path: string): Promise<boolean> => {
  const files = format === 'csv' ? [path] : rxNormFiles.map((file) => join(path, file));
  const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return found.every((one) => one?.isFile() ?? false);
};

/** Brings medicines of a file into the formulary: one import at a time, batch by batch, so that the desk goes on working. */
export const createMedicineImporter = ({ store, clock, engine, log, match }: Deps) => {
  let state = idle;
  let running: AbortController | null = null;

  const write = (batch: readonly Incoming[], user: string | null): void => {
    const stamp = { at: instant(clock.now()), user };
    const { value } = store.mutate({ kind: 'formulary.import', user }, (writer) =>
      batch.map((incoming) => putMedicine(writer, incoming, stamp)),
    );
    const counts = { added: state.added, changed: state.changed, unchanged: state.unchanged };
    for (const result of value) counts[result] += 1;
    state = { ...state, ...counts };
    engine.wake();
  };

  const refuse = (problem: Problem): void => {
    const problems = state.problems.length < mostProblems ? [...state.problems, problem] : state.problems;
    state = { ...state, refused: state.refused + 1, problems };
  };

  const run = async (items: AsyncGenerator<Item>, user: string | null, signal: AbortSignal) => {
    let batch: Incoming[] = [];
    const flush = async () => {
      if (batch.length > 0) write(batch, user);
      batch = [];
      // Other calls have their turn between two batches.
      await new Promise((done) => setImmediate(done));
    };
    try {
      for await (const item of items) {
        signal.throwIfAborted();
        state = { ...state, read: state.read + 1 };
        if ('problem' in item) refuse(item.problem);
        else batch.push(item.incoming);
        if (batch.length >= batchSize) await flush();
      }
      await flush();
      state = { ...state, phase: 'done' };
    } catch (error) {
      state = {
        ...state,
        phase: signal.aborted ? 'cancelled' : 'failed',
        failure: signal.aborted ? null : 'unreadable',
      };
      if (!signal.aborted) log.error('formulary import failed', error);
    }
  };

  return {
    status: (): MedicineImport => state,
    cancel: (): MedicineImport => {
      running?.abort();
      return state;
    },
    start: async (
      format: 'csv' | 'rxnorm',
      typed: string,
      user: string | null,
    ): Promise<Result<MedicineImport>> => {
      const path = resolve(typed);
      if (running !== null) return fail('busy');
      if (!(await isThere(format, path))) return fail('not-found', { fields: { path: 'not-found' } });
      const abort = new AbortController();
      const { signal } = abort;
      running = abort;
      state = { ...idle, phase: 'running', source: path };
      const items = format === 'csv' ? csvItems(path, match(), signal) : rxNormItems(path, match(), signal);
      void run(items, user, signal).finally(() => {
        running = null;
      });
      return ok(state);
    },
  };
};
