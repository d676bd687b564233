import type { RowOf } from '#shared/sync/catalogue.ts';
import { type ChartIndex, importChart, importOthersCharts } from './chart.ts';
import { newRunCodes, type RunCodes } from './chart-row.ts';
import { existingIds, freeMrn, likeness, looksLikeExisting } from './existing.ts';
import type { Finding, Mapped } from './findings.ts';
import { createIdSet } from './id-set.ts';
import {
  type ImportKind,
  idFor,
  type MappingContext,
  mapIdentifiers,
  mapLocation,
  mapPatient,
  mapPractitioner,
  synthea,
} from './mapping.ts';
import { type BadRow, isBad, type Opened, type Row, readTable, type Table } from './reader.ts';
import { indexRows, type RowIndex } from './row-index.ts';
import {
  accept,
  type ChartKind,
  countBoth,
  createStep,
  errorOf,
  type ImportedRow,
  type ImportJob,
  maxGroup,
  refuse,
  type Work,
  writeNew,
} from './work.ts';

/** The good row, or null after it was counted as refused. */
const goodRow = <T extends { readonly id: string }>(
  work: Work,
  kind: 'location' | 'practitioner' | 'patient',
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
    writeNew(work, group.map(wrap));
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

const importPatients = async (work: Work, index: ChartIndex, run: RunCodes) => {
  for await (const row of work.tables.get('patient')?.rows() ?? []) {
    const value = goodRow(work, 'patient', row, mapPatient);
    if (value !== null && !isBad(row)) {
      const first = [...newPatient(work, row.place.line, value), ...newIdentifiers(work, row, value.id)];
      await importChart(work, first, row.get('ID').toLowerCase(), index, run);
    }
    await work.step();
  }
};

/** Charts are read in this order. */
const chartKinds: readonly ChartKind[] = [
  'appointment',
  'condition',
  'allergy_intolerance',
  'medication_request',
  'observation',
  'immunization',
];
const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Opens every file. One of a chart that is not there is not imported; without the others there is nothing to import. */
const openAll = async (job: ImportJob, tables: Map<ImportKind, Table>): Promise<void> => {
  for (const kind of ['location', 'practitioner', 'patient', ...chartKinds] as const) {
    const opened: Opened | null = await readTable(
      job.folder,
      synthea[kind].file,
      synthea[kind].required,
    ).catch((error: unknown) => {
      if (isGone(error) && chartKinds.indexOf(kind as ChartKind) > 0) return null;
      throw error;
    });
    if (opened?.ok) tables.set(kind, opened.table);
    else if (opened !== null)
      job.progress.note(synthea[kind].file, 1, errorOf(opened.bad.code, opened.bad.column));
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

/** A visit has an id of its own, which must be there once. */
const checkVisit = () => {
  const seen = createIdSet();
  return (row: Row) => {
    const id = row.get('ID').toLowerCase();
    if (id === '') return errorOf('missing-value', 'ID');
    return seen.add(idFor('appointment', id)) ? null : errorOf('duplicate-id', 'ID');
  };
};

/** Reads every file once: how many rows there are, and where those of each patient stand. */
const prepare = async (work: Work): Promise<ChartIndex> => {
  const { tables, progress, step } = work;
  const index = new Map<ChartKind, RowIndex>();
  for (const kind of chartKinds) {
    const table = tables.get(kind);
    if (table === undefined) continue;
    const refused = (line: number, finding: Finding) => {
      refuse(work, kind, line, finding);
      progress.done += 1;
    };
    const check = kind === 'appointment' ? checkVisit() : () => null;
    const rows = await indexRows(table, { check, refused, step });
    countBoth(work, kind, 'read', rows.rows);
    progress.total += rows.rows;
    index.set(kind, rows);
  }
  for (const kind of ['location', 'practitioner', 'patient'] as const)
    progress.total += await countRows(tables.get(kind), step);
  return index;
};

/**
 * Reads a folder of Synthea CSV files and, unless it is a dry run, writes what is new: a patient with the chart is
 * one mutation (in groups of 200 rows), so a stop at any moment leaves nothing half-imported and a second run goes on.
 * Files are streamed; what stays in memory grows with the number of ids alone. Rejects when a file cannot be read,
 * the store cannot be written, or `signal` is aborted.
 */
export const runImport = async (job: ImportJob): Promise<void> => {
  const tables = new Map<ImportKind, Table>();
  const seen = { location: createIdSet(), practitioner: createIdSet(), patient: createIdSet() };
  const step = createStep(job.signal, job.onProgress);
  const work: Work = { ...job, tables, seen, likenesses: new Set(), step };
  try {
    await openAll(job, tables);
    const index = await prepare(work);
    const run = newRunCodes();
    await importPlain(work, 'location', mapLocation, (row) => ({ kind: 'location', row }));
    await importPlain(work, 'practitioner', mapPractitioner, (row) => ({ kind: 'practitioner', row }));
    await importPatients(work, index, run);
    await importOthersCharts(work, index, run);
  } finally {
    await Promise.all([...tables.values()].map((table) => table.close()));
  }
};
