import { setImmediate } from 'node:timers/promises';
import type { LocalStore } from '#main/data/local/store.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { existingIds, freeMrn, likeness, looksLikeExisting } from './existing.ts';
import type { Finding, Mapped } from './findings.ts';
import { createIdSet, type IdSet } from './id-set.ts';
import {
  type ImportKind,
  idFor,
  type MappingContext,
  mapAppointment,
  mapIdentifiers,
  mapLocation,
  mapPatient,
  mapPractitioner,
  synthea,
} from './mapping.ts';
import type { Progress } from './progress.ts';
import { type BadRow, isBad, type Opened, type Row, readTable, type Table } from './reader.ts';
import { indexVisits, type VisitIndex } from './visits.ts';

/** Rows in one mutation at most; a patient with more visits than this takes several. */
const maxGroup = 200;
/** The event loop is given back after this long, so that a screen stays quick. Milliseconds. */
const longestBlock = 8;

export interface ImportJob {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly store: LocalStore;
  readonly context: MappingContext;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Called after each group. */
  readonly onProgress: () => void;
}

type Written = ImportKind | 'patient_identifier';
type ImportedRow = { readonly [K in Written]: { readonly kind: K; readonly row: RowOf<K> } }[Written];

/** One run of {@link runImport}: what it knows between rows. */
interface Work extends ImportJob {
  readonly tables: ReadonlyMap<ImportKind, Table>;
  /** Ids of this run's files: of good rows, by kind. */
  readonly seen: Readonly<Record<ImportKind, IdSet>>;
  readonly likenesses: Set<string>;
  readonly step: () => Promise<void>;
}

const errorOf = (code: Finding['code'], column: string | null): Finding => ({
  severity: 'error',
  code,
  column,
});

const createStep = (signal: AbortSignal, onProgress: () => void) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestBlock) return;
    onProgress();
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
};

const refuse = (work: Work, kind: ImportKind, line: number, finding: Finding) => {
  work.progress.note(synthea[kind].file, line, finding);
  work.progress.count(kind, 'refused');
};

/** Notes what was found and gives the value, or null when the row is refused. */
const accept = <T>(work: Work, kind: ImportKind, line: number, mapped: Mapped<T>): T | null => {
  for (const finding of mapped.findings) work.progress.note(synthea[kind].file, line, finding);
  if (mapped.value === null) work.progress.count(kind, 'refused');
  return mapped.value;
};

/** Writes a group as one mutation: all of it or nothing. */
const write = (work: Work, rows: readonly ImportedRow[]) => {
  if (rows.length > 0 && !work.dryRun) {
    work.store.mutate({ kind: 'import', user: work.context.user }, (writer) => {
      for (const { kind, row } of rows) writer.insert(kind, row);
    });
  }
  for (const { kind } of rows) if (kind !== 'patient_identifier') work.progress.count(kind, 'added');
};

/** The good row, or null after it was counted as refused. */
const goodRow = <T extends { readonly id: string }>(
  work: Work,
  kind: ImportKind,
  row: Row | BadRow,
  map: (row: Row, context: MappingContext) => Mapped<T>,
): T | null => {
  work.progress.count(kind, 'read');
  work.progress.done += 1;
  if (isBad(row)) {
    refuse(work, kind, row.place.line, errorOf(row.code, row.column));
    return null;
  }
  const value = accept(work, kind, row.place.line, map(row, work.context));
  if (value === null) return null;
  if (work.seen[kind].add(value.id)) return value;
  refuse(work, kind, row.place.line, errorOf('duplicate-id', 'ID'));
  return null;
};

const importPlain = async <T extends { readonly id: string }>(
  work: Work,
  kind: 'location' | 'practitioner',
  map: (row: Row, context: MappingContext) => Mapped<T>,
  wrap: (row: T) => ImportedRow,
) => {
  let group: T[] = [];
  const flush = () => {
    const ids = group.map(({ id }) => id);
    const here = existingIds(work.store, kind, ids);
    work.progress.count(kind, 'unchanged', here.size);
    write(work, group.filter(({ id }) => !here.has(id)).map(wrap));
    group = [];
  };
  for await (const row of work.tables.get(kind)?.rows() ?? []) {
    const value = goodRow(work, kind, row, map);
    if (value !== null) group.push(value);
    if (group.length >= maxGroup) flush();
    await work.step();
  }
  flush();
};

const known = (work: Work, kind: ImportKind, id: string): boolean =>
  work.seen[kind].has(id) || existingIds(work.store, kind, [id]).has(id);

/** A visit whose doctor and place exist, or null after it was counted as refused. */
const goodVisit = (work: Work, row: Row): RowOf<'appointment'> | null => {
  const value = accept(work, 'appointment', row.place.line, mapAppointment(row, work.context));
  if (value === null) return null;
  const missing = !known(work, 'practitioner', value.practitioner_id)
    ? 'PROVIDER'
    : !known(work, 'location', value.location_id)
      ? 'ORGANIZATION'
      : null;
  if (missing === null) return value;
  refuse(work, 'appointment', row.place.line, errorOf('unknown-reference', missing));
  return null;
};

/** Writes `first` (a new patient and new identifiers, or nothing) with the visits at `places`. */
const importVisits = async (
  work: Work,
  first: readonly ImportedRow[],
  places: ReturnType<VisitIndex['take']>,
) => {
  const table = work.tables.get('appointment');
  let group = [...first];
  const flush = () => {
    const visits = group.filter(({ kind }) => kind === 'appointment').map(({ row }) => row.id);
    const here = existingIds(work.store, 'appointment', visits);
    work.progress.count('appointment', 'unchanged', here.size);
    write(
      work,
      group.filter(({ row }) => !here.has(row.id)),
    );
    group = [];
  };
  for (const place of places) {
    for await (const row of table?.rows(place) ?? []) {
      work.progress.done += 1;
      const visit = isBad(row) ? null : goodVisit(work, row);
      if (visit !== null) group.push({ kind: 'appointment', row: visit });
      if (group.length >= maxGroup) flush();
      await work.step();
    }
  }
  flush();
  await work.step();
};

/** A patient as it will be written; nothing when it is already here. */
const newPatient = (
  work: Work,
  line: number,
  patient: Omit<RowOf<'patient'>, 'mrn'>,
): readonly ImportedRow[] => {
  if (existingIds(work.store, 'patient', [patient.id]).size > 0) {
    work.progress.count('patient', 'unchanged');
    return [];
  }
  const key = likeness(patient);
  if (key !== null && (work.likenesses.has(key) || looksLikeExisting(work.store, patient))) {
    work.progress.note(synthea.patient.file, line, {
      severity: 'warning',
      code: 'looks-like-existing',
      column: null,
    });
  }
  if (key !== null) work.likenesses.add(key);
  return [{ kind: 'patient', row: { ...patient, mrn: freeMrn(work.store, patient.id) } }];
};

/** Identifiers that are not here yet, of a patient who may be: they were not always imported. */
const newIdentifiers = (work: Work, row: Row, patientId: string): readonly ImportedRow[] => {
  const { rows, findings } = mapIdentifiers(row, patientId, work.context);
  for (const finding of findings) work.progress.note(synthea.patient.file, row.place.line, finding);
  const here = existingIds(
    work.store,
    'patient_identifier',
    rows.map(({ id }) => id),
  );
  return rows
    .filter(({ id }) => !here.has(id))
    .map((identifier) => ({ kind: 'patient_identifier', row: identifier }));
};

const importPatients = async (work: Work, visits: VisitIndex) => {
  for await (const row of work.tables.get('patient')?.rows() ?? []) {
    const value = goodRow(work, 'patient', row, mapPatient);
    if (value !== null && !isBad(row)) {
      const first = [...newPatient(work, row.place.line, value), ...newIdentifiers(work, row, value.id)];
      await importVisits(work, first, visits.take(row.get('ID').toLowerCase()));
    }
    await work.step();
  }
};

/** Visits of patients that are not in the file: they may be here from an earlier import. */
const importOthersVisits = async (work: Work, visits: VisitIndex) => {
  for (const patient of visits.patients()) {
    const places = visits.take(patient);
    if (existingIds(work.store, 'patient', [idFor('patient', patient)]).size > 0) {
      await importVisits(work, [], places);
      continue;
    }
    for (const place of places) {
      for await (const row of work.tables.get('appointment')?.rows(place) ?? []) {
        work.progress.done += 1;
        refuse(work, 'appointment', row.place.line, errorOf('unknown-reference', 'PATIENT'));
        await work.step();
      }
    }
  }
};

const openAll = async (job: ImportJob, tables: Map<ImportKind, Table>): Promise<void> => {
  for (const kind of ['location', 'practitioner', 'patient', 'appointment'] as const) {
    const opened: Opened = await readTable(job.folder, synthea[kind].file, synthea[kind].required);
    if (opened.ok) tables.set(kind, opened.table);
    else job.progress.note(synthea[kind].file, 1, errorOf(opened.bad.code, opened.bad.column));
  }
};

const countRows = async (table: Table | undefined, step: () => Promise<void>): Promise<number> => {
  let rows = 0;
  for await (const _ of table?.rows() ?? []) {
    rows += 1;
    await step();
  }
  return rows;
};

const noVisits: VisitIndex = { rows: 0, patients: () => [], take: () => [] };

const prepare = async (work: Work): Promise<VisitIndex> => {
  const { tables, progress, step } = work;
  const table = tables.get('appointment');
  const refused = (line: number, finding: Finding) => {
    refuse(work, 'appointment', line, finding);
    progress.done += 1;
  };
  const visits = table === undefined ? noVisits : await indexVisits(table, { refused, step });
  progress.count('appointment', 'read', visits.rows);
  progress.total = visits.rows;
  for (const kind of ['location', 'practitioner', 'patient'] as const) {
    progress.total += await countRows(tables.get(kind), step);
  }
  return visits;
};

/**
 * Reads a folder of Synthea CSV files and, unless it is a dry run, writes what is new: a patient with its visits is
 * one mutation (in groups of 200 rows), so a stop at any moment leaves nothing half-imported and a second run goes on.
 * Files are streamed; what stays in memory grows with the number of ids alone. Rejects when a file cannot be read,
 * the store cannot be written, or `signal` is aborted.
 */
export const runImport = async (job: ImportJob): Promise<void> => {
  const tables = new Map<ImportKind, Table>();
  const seen = {
    location: createIdSet(),
    practitioner: createIdSet(),
    patient: createIdSet(),
    appointment: createIdSet(),
  };
  const step = createStep(job.signal, job.onProgress);
  const work: Work = { ...job, tables, seen, likenesses: new Set(), step };
  try {
    await openAll(job, tables);
    const visits = await prepare(work);
    await importPlain(work, 'location', mapLocation, (row) => ({ kind: 'location', row }));
    await importPlain(work, 'practitioner', mapPractitioner, (row) => ({ kind: 'practitioner', row }));
    await importPatients(work, visits);
    await importOthersVisits(work, visits);
  } finally {
    await Promise.all([...tables.values()].map((table) => table.close()));
  }
};
