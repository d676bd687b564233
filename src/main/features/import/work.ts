import { setImmediate } from 'node:timers/promises';
import type { LocalStore } from '#main/data/local/store.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { existingIds } from './existing.ts';
import type { Finding, Mapped } from './findings.ts';
import type { IdSet } from './id-set.ts';
import { type ImportKind, type MappingContext, synthea } from './mapping.ts';
import type { Progress } from './progress.ts';
import type { Table } from './reader.ts';

/** Rows in one mutation at most; a patient with more than this takes several. */
export const maxGroup = 200;
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

/** What a row of a file may bring along that is no row of a file itself. */
export type Derived = 'patient_identifier' | 'diagnostic_report' | 'medicine' | 'concept';
export type Written = ImportKind | Derived;
/** The files whose rows belong to a patient; `appointment` is that of the visits, which become encounters too. */
export type ChartKind = Exclude<ImportKind, 'location' | 'practitioner' | 'patient' | 'encounter'>;

/** A row to write; a `derived` one is not counted, as no row of a file stands for it. */
export type ImportedRow = {
  readonly [K in Written]: { readonly kind: K; readonly row: RowOf<K>; readonly derived?: true };
}[Written];

/** One run of an import: what it knows between rows. */
export interface Work extends ImportJob {
  readonly tables: ReadonlyMap<ImportKind, Table>;
  /** Ids of this run's files: of good rows, by kind. */
  readonly seen: Readonly<Record<'location' | 'practitioner' | 'patient', IdSet>>;
  readonly likenesses: Set<string>;
  readonly step: () => Promise<void>;
}

export const errorOf = (code: Finding['code'], column: string | null): Finding => ({
  severity: 'error',
  code,
  column,
});

export const createStep = (signal: AbortSignal, onProgress: () => void) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestBlock) return;
    onProgress();
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
};

/** A visit is an appointment and an encounter: what is counted of one is counted of the other. */
export const countBoth = (work: Work, kind: ImportKind, what: 'read' | 'refused', rows = 1) => {
  work.progress.count(kind, what, rows);
  if (kind === 'appointment') work.progress.count('encounter', what, rows);
};

export const refuse = (work: Work, kind: ImportKind, line: number, finding: Finding) => {
  work.progress.note(synthea[kind].file, line, finding);
  countBoth(work, kind, 'refused');
};

/** Notes what was found and gives the value, or null when the row is refused. */
export const accept = <T>(work: Work, kind: ImportKind, line: number, mapped: Mapped<T>): T | null => {
  for (const finding of mapped.findings) work.progress.note(synthea[kind].file, line, finding);
  if (mapped.value === null) countBoth(work, kind, 'refused');
  return mapped.value;
};

/** Writes what of `rows` is not here yet as one mutation: all of it or nothing. */
export const writeNew = (work: Work, rows: readonly ImportedRow[]) => {
  const here = new Set<string>();
  for (const [kind, some] of Map.groupBy(rows, (row) => row.kind)) {
    const ids = some.map(({ row }) => row.id);
    for (const id of existingIds(work.store, kind, ids)) here.add(`${kind} ${id}`);
  }
  const isHere = ({ kind, row }: ImportedRow) => here.has(`${kind} ${row.id}`);
  const fresh = rows.filter((row) => !isHere(row));
  if (fresh.length > 0 && !work.dryRun) {
    work.store.mutate({ kind: 'import', user: work.context.user }, (writer) => {
      for (const { kind, row } of fresh) writer.insert(kind, row);
    });
  }
  for (const row of rows) count(work, row, isHere(row) ? 'unchanged' : 'added');
};

const isDerived = (kind: Written): kind is Derived =>
  kind === 'patient_identifier' || kind === 'diagnostic_report' || kind === 'medicine' || kind === 'concept';

const count = (work: Work, { kind, derived }: ImportedRow, what: 'added' | 'unchanged') => {
  if (!isDerived(kind) && derived !== true) work.progress.count(kind, what);
};

export interface Group {
  /** Takes rows that belong together; writes when a mutation is full, before or after them. */
  add(rows: readonly ImportedRow[]): void;
  flush(): void;
}

/** Gathers rows into mutations of {@link maxGroup} rows. Rows of one call are in one mutation. */
export const createGroup = (work: Work): Group => {
  let rows: ImportedRow[] = [];
  const flush = () => {
    if (rows.length > 0) writeNew(work, rows);
    rows = [];
  };
  return {
    flush,
    add: (more) => {
      if (rows.length + more.length > maxGroup) flush();
      rows.push(...more);
    },
  };
};
