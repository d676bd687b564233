import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { MedicineImport } from '#shared/contract/formulary.ts';
import { isSurelyDropped, sampleSize } from '#shared/domain/concepts/edition.ts';
import { MedicineDraft, readMedicine } from '#shared/domain/formulary/medicine.ts';
import type { Matcher } from '#shared/domain/safety/matching.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type Incoming, medicineIdOfCode, putMedicine } from './put.ts';
import { medicinesAfter, medicinesById } from './repository.ts';
import { readRxNorm, rxNormFiles, rxNormSystem } from './rxnorm.ts';

type Problem = MedicineImport['problems'][number];
type Deps = Pick<FeatureDeps, 'store' | 'clock' | 'engine' | 'log'> & { readonly match: () => Matcher };

/** What a file brings, one line at a time: a medicine or why there is none, with its id where the line says which it is. */
type Item = { readonly incoming: Incoming } | { readonly problem: Problem; readonly id: string | null };

/** A file that is read: its lines, and whether it is a whole release by its format. */
interface Source {
  readonly items: AsyncGenerator<Item>;
  /** What its medicines say they are from. */
  readonly name: string;
  readonly isWhole: boolean;
}

/** What an import found: the medicines of the file, its code systems, and how many lines may have had one more. */
interface Found {
  readonly ids: Set<string>;
  readonly systems: Set<string>;
  unread: number;
}

/** One mutation has so many medicines: small enough for the wire, large enough to be quick. */
const batchSize = 500;
const mostProblems = 200;
const mostCsvField = 10_000;
/** Medicines looked at in one query. */
const lookedAtOnce = 1000;
const rxNormSource = 'RxNorm';

const idle: MedicineImport = {
  phase: 'idle',
  source: null,
  read: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  retired: 0,
  missing: null,
  unoffered: null,
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

/** What a medicine of a file says it is from. */
const sourceOf = (path: string): string => basename(path).slice(0, 200);

const itemOfRow = (row: CsvRow, place: Pick<Problem, 'file' | 'line'>, match: Matcher): Item => {
  const refuse = (column: string | null, code: Problem['code']): Item => ({
    problem: { ...place, column, code },
    id: null,
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
  return { incoming: { columns: read.columns, codeSystem, code, source: sourceOf(place.file) } };
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
      yield { problem: { file, line: 1, column: missing, code: 'missing-column' }, id: null };
      return;
    }
    isFirst = false;
    const item = itemOfRow(record, place, match);
    const key = 'incoming' in item ? (item.incoming.code ?? item.incoming.columns.name.toLowerCase()) : null;
    if (key !== null && seen.has(key)) {
      yield { problem: { ...place, column: null, code: 'duplicate' }, id: null };
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
    const id = medicineIdOfCode(rxNormSystem, drug.rxcui);
    if (columns === null) yield { problem: { ...place, code: 'no-ingredient' }, id };
    else if (drug.name.length > 200) yield { problem: { ...place, code: 'too-long' }, id };
    else yield { incoming: { columns, codeSystem: rxNormSystem, code: drug.rxcui, source: rxNormSource } };
  }
};

const isThere = async (format: 'csv' | 'rxnorm', path: string): Promise<boolean> => {
  const files = format === 'csv' ? [path] : rxNormFiles.map((file) => join(path, file));
  const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return found.every((one) => one?.isFile() ?? false);
};

/** Other calls have their turn. */
const turn = async (signal: AbortSignal): Promise<void> => {
  await new Promise((done) => setImmediate(done));
  signal.throwIfAborted();
};

/** Brings medicines of a file into the formulary: one import at a time, batch by batch, so that the desk goes on working. */
export const createMedicineImporter = ({ store, clock, engine, log, match }: Deps) => {
  let state = idle;
  let running: AbortController | null = null;
  let missing: string[] = [];
  let unoffered: string[] = [];

  const write = (batch: readonly Incoming[], user: string | null, found: Found): void => {
    const stamp = { at: instant(clock.now()), user };
    const { value } = store.mutate({ kind: 'formulary.import', user }, (writer) =>
      batch.map((incoming) => putMedicine(writer, incoming, stamp)),
    );
    const counts = { added: state.added, changed: state.changed, unchanged: state.unchanged };
    for (const { id, became, active } of value) {
      counts[became] += 1;
      found.ids.add(id);
      if (!active) unoffered.push(id);
    }
    for (const { codeSystem } of batch) if (codeSystem !== null) found.systems.add(codeSystem);
    state = { ...state, ...counts };
    engine.wake();
  };

  const refuse = (problem: Problem): void => {
    const problems = state.problems.length < mostProblems ? [...state.problems, problem] : state.problems;
    state = { ...state, refused: state.refused + 1, problems };
  };

  /** What of the same source is offered and not in the file; how many of that source are offered. */
  const findMissing = async ({ name }: Source, found: Found, signal: AbortSignal): Promise<number> => {
    const sample: string[] = [];
    let before = 0;
    for (let after: { readonly name: string; readonly id: string } | null = null; ; ) {
      const rows = medicinesAfter(store, after, lookedAtOnce);
      for (const row of rows) {
        const isOfSource = row.source === name || found.systems.has(row.code_system ?? '');
        if (row.active === 0 || !isOfSource) continue;
        before += 1;
        if (found.ids.has(row.id)) continue;
        missing.push(row.id);
        if (sample.length < sampleSize) sample.push(row.name);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < lookedAtOnce) break;
      after = { name: last.name, id: last.id };
      await turn(signal);
    }
    state = { ...state, missing: missing.length === 0 ? null : { count: missing.length, sample } };
    return before;
  };

  /** Medicines are offered or are no longer, batch by batch; `done` hears of each. */
  const offer = async (
    ids: readonly string[],
    active: 0 | 1,
    user: string | null,
    signal: AbortSignal,
    done: (changed: number) => void = () => undefined,
  ): Promise<void> => {
    const kind = active === 1 ? 'formulary.offer' : 'formulary.retire';
    for (let at = 0; at < ids.length; at += batchSize) {
      const others = medicinesById(store, ids.slice(at, at + batchSize)).filter(
        (row) => row.active !== active,
      );
      if (others.length > 0)
        store.mutate({ kind, user }, (writer) => {
          for (const { id } of others) writer.update('medicine', id, { active });
        });
      done(others.length);
      await turn(signal);
    }
    engine.wake();
  };

  const retireMissing = async (user: string | null, signal: AbortSignal): Promise<void> => {
    await offer(missing, 0, user, signal, (changed) => {
      state = { ...state, retired: state.retired + changed };
    });
    missing = [];
    state = { ...state, missing: null };
  };

  const offerAgain = async (user: string | null, signal: AbortSignal): Promise<void> => {
    await offer(unoffered, 1, user, signal);
    unoffered = [];
    state = { ...state, unoffered: null };
  };

  /** What the file has and nobody is offered. */
  const nameUnoffered = (): void => {
    if (unoffered.length === 0) return;
    const sample = medicinesById(store, unoffered.slice(0, sampleSize)).map(({ name }) => name);
    state = { ...state, unoffered: { count: unoffered.length, sample } };
  };

  /** Does the work of an import and says how it ended. */
  const attempt = async (work: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    try {
      await work();
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

  const run = async (source: Source, user: string | null, signal: AbortSignal) => {
    const found: Found = { ids: new Set(), systems: new Set(), unread: 0 };
    let batch: Incoming[] = [];
    const flush = async () => {
      if (batch.length > 0) write(batch, user, found);
      batch = [];
      await turn(signal);
    };
    for await (const item of source.items) {
      signal.throwIfAborted();
      state = { ...state, read: state.read + 1 };
      if ('incoming' in item) batch.push(item.incoming);
      else {
        refuse(item.problem);
        if (item.id === null) found.unread += 1;
        else found.ids.add(item.id);
      }
      if (batch.length >= batchSize) await flush();
    }
    await flush();
    nameUnoffered();
    // A file of nothing but refused lines says nothing about what is no longer offered.
    if (found.ids.size === 0) return;
    const before = await findMissing(source, found, signal);
    const { isWhole } = source;
    if (missing.length > 0 && isSurelyDropped(missing.length, { before, isWhole, unread: found.unread }))
      await retireMissing(user, signal);
  };

  const begin = (work: (signal: AbortSignal) => Promise<void>): void => {
    const abort = new AbortController();
    running = abort;
    void attempt(() => work(abort.signal), abort.signal).finally(() => {
      running = null;
    });
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
      state = { ...idle, phase: 'running', source: path };
      missing = [];
      unoffered = [];
      begin((signal) => {
        const source =
          format === 'csv'
            ? { items: csvItems(path, match(), signal), name: sourceOf(path), isWhole: false }
            : { items: rxNormItems(path, match(), signal), name: rxNormSource, isWhole: true };
        return run(source, user, signal);
      });
      return ok(state);
    },
    /** What the last file did not have is not offered any more; fails with `busy`, or `not-found` when nothing is missing. */
    retire: (user: string | null): Result<MedicineImport> => {
      if (running !== null) return fail('busy');
      if (state.missing === null) return fail('not-found');
      state = { ...state, phase: 'running' };
      begin((signal) => retireMissing(user, signal));
      return ok(state);
    },
    /** What the last file has and is not offered is offered again; fails with `busy`, or `not-found` when there is nothing. */
    offer: (user: string | null): Result<MedicineImport> => {
      if (running !== null) return fail('busy');
      if (state.unoffered === null) return fail('not-found');
      state = { ...state, phase: 'running' };
      begin((signal) => offerAgain(user, signal));
      return ok(state);
    },
  };
};
