import type { Finding } from './findings.ts';
import { type BadRow, isBad, type Row, type Table } from './reader.ts';
import type { Place } from './records.ts';

/** Where each patient's rows stand in a file, however they are ordered there. */
export interface RowIndex {
  /** Takes a patient's runs of rows out of the index; empty when there are none. */
  take(patient: string): readonly Place[];
  /** The patients whose rows nobody has taken. */
  patients(): readonly string[];
  readonly rows: number;
}

export interface IndexEvents {
  /** Why a row cannot be imported whatever else is right, else null. */
  check(row: Row): Finding | null;
  refused(line: number, finding: Finding): void;
  /** Called between rows: the place to yield and to stop. */
  step(): Promise<void>;
}

const refusal = (row: Row | BadRow, { check }: IndexEvents): Finding | null => {
  if (isBad(row)) return { severity: 'error', code: row.code, column: row.column };
  return row.get('PATIENT') === ''
    ? { severity: 'error', code: 'missing-value', column: 'PATIENT' }
    : check(row);
};

/** Reads the whole file once. Three numbers a run are all that stays in memory. */
export const indexRows = async (table: Table, events: IndexEvents): Promise<RowIndex> => {
  const runs = new Map<string, number[]>();
  let rows = 0;
  let open: { readonly patient: string; readonly line: number; readonly start: number; end: number } | null =
    null;

  const close = () => {
    if (open === null) return;
    const list = runs.get(open.patient) ?? [];
    list.push(open.line, open.start, open.end);
    runs.set(open.patient, list);
    open = null;
  };

  for await (const row of table.rows()) {
    rows += 1;
    const finding = refusal(row, events);
    const patient = isBad(row) ? '' : row.get('PATIENT').toLowerCase();
    if (finding !== null || open === null || open.patient !== patient) close();
    if (finding !== null) events.refused(row.place.line, finding);
    else if (open === null) open = { patient, ...row.place };
    else open.end = row.place.end;
    await events.step();
  }
  close();

  return {
    rows,
    patients: () => [...runs.keys()],
    take: (patient) => {
      const list = runs.get(patient) ?? [];
      runs.delete(patient);
      const places: Place[] = [];
      for (let at = 0; at < list.length; at += 3) {
        places.push({ line: list[at] ?? 0, start: list[at + 1] ?? 0, end: list[at + 2] ?? 0 });
      }
      return places;
    },
  };
};
