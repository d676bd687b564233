import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import type { ModelChange, ModelState } from './model/state.ts';

/** One state of a row, by the ledger alone: what the centre's own tables say does not count here. */
export interface RowState {
  readonly seq: number;
  readonly version: number;
  /** Null after a delete. */
  readonly cells: Cells | null;
  /** Who set each column last, at which version. */
  readonly setters: ReadonlyMap<string, readonly [version: number, writer: number]>;
}

export interface Truth {
  /** Reads what the ledger has gained; begins again after a restore. `seen` is called for each change, before it counts. */
  catchUp(state: ModelState): void;
  /** The row when everything up to `seq` had happened. */
  at(tbl: TableName, pk: string, seq: number): RowState | undefined;
  /** All rows of a table at `seq`, by id. */
  table(tbl: TableName, seq: number): ReadonlyMap<string, RowState>;
  history(tbl: TableName, pk: string): readonly RowState[];
  /** The seq of each mutation's changes, by `device/n`. */
  readonly places: ReadonlyMap<string, number>;
}

export type Seen = (change: ModelChange, seq: number, writer: number, before: RowState | undefined) => void;

const next = (before: RowState | undefined, change: ModelChange, seq: number, writer: number): RowState => {
  const setters = new Map(change.op === 'update' ? before?.setters : []);
  for (const column of Object.keys(change.patch)) setters.set(column, [change.v, writer]);
  const cells =
    change.op === 'delete'
      ? null
      : change.op === 'insert'
        ? change.patch
        : { ...before?.cells, ...change.patch };
  return { seq, version: change.v, cells, setters };
};

export const createTruth = (seen: Seen): Truth => {
  const tables = new Map<TableName, Map<string, RowState[]>>();
  const places = new Map<string, number>();
  let read: ModelState['ledger'] = [];

  const historyOf = (tbl: TableName, pk: string): RowState[] => {
    const rows = tables.get(tbl) ?? new Map<string, RowState[]>();
    tables.set(tbl, rows);
    const history = rows.get(pk) ?? [];
    rows.set(pk, history);
    return history;
  };
  const stateAt = (history: readonly RowState[] | undefined, seq: number): RowState | undefined =>
    history?.findLast((state) => state.seq <= seq);

  return {
    places,
    catchUp: ({ ledger }) => {
      const last = read.at(-1);
      if (last !== undefined && ledger[last.seq - 1] !== last) {
        tables.clear();
        places.clear();
        read = [];
      }
      for (const entry of ledger.slice(read.length)) {
        for (const change of entry.changes) {
          if (change.op === 'enter' || change.op === 'evict') continue;
          const history = historyOf(change.tbl, change.pk);
          const before = history.at(-1);
          seen(change, entry.seq, entry.writer, before);
          history.push(next(before, change, entry.seq, entry.writer));
          if (change.mutation !== null) places.set(`${entry.writer}/${change.mutation}`, entry.seq);
        }
      }
      read = ledger.slice();
    },
    at: (tbl, pk, seq) => stateAt(tables.get(tbl)?.get(pk), seq),
    table: (tbl, seq) => {
      const rows = new Map<string, RowState>();
      for (const [pk, history] of tables.get(tbl) ?? []) {
        const state = stateAt(history, seq);
        if (state !== undefined && state.cells !== null) rows.set(pk, state);
      }
      return rows;
    },
    history: (tbl, pk) => tables.get(tbl)?.get(pk) ?? [],
  };
};
