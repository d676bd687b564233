import { catalogue, type TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationChange } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { readPayload } from './query.ts';
import { asCells, inOrder, isTable, referrers, rowSql } from './rows.ts';
import { asReplica } from './signed.ts';

/** A row by table and id. */
export interface RowKey {
  readonly tbl: TableName;
  readonly pk: string;
}

/**
 * Rows with local work on top of what the centre has. The centre's image is kept in `sync_base`; the row on screen is
 * that image with the pending mutations replayed in order. All calls belong inside a transaction.
 */
export interface Rebase {
  /** Remembers the centre's image before the first local change of a row. */
  capture(row: RowKey, image: readonly Cell[] | null, version: number): void;
  /** The centre's image of a row with local changes, or undefined for a row without. */
  base(row: RowKey): { readonly version: number; readonly image: readonly Cell[] | null } | undefined;
  setBase(row: RowKey, image: readonly Cell[] | null, version: number): void;
  /** Shows each row as its base image with the pending mutations on top; forgets the base of a row without any. */
  replay(rows: Iterable<RowKey>): void;
  /** Whether any row has local changes. */
  any(): boolean;
}

const pendingSql = `SELECT o.n, o.payload FROM outbox_row r JOIN outbox o ON o.n = r.n
  WHERE r.tbl = ? AND r.pk = ? AND o.status <> 'parked' ORDER BY o.n`;
const ghostsSql = `SELECT tbl, pk FROM sync_base b WHERE gone = 1 AND NOT EXISTS (
  SELECT 1 FROM outbox_row r JOIN outbox o ON o.n = r.n
  WHERE r.tbl = b.tbl AND r.pk = b.pk AND o.status <> 'parked')`;

/** A payload is parsed once however many rows it touches. */
const createPayloads = () => {
  const parsed = new Map<number, ReadonlyMap<string, readonly MutationChange[]>>();
  return (n: number, payload: string, row: RowKey): readonly MutationChange[] => {
    let byRow = parsed.get(n);
    if (byRow === undefined) {
      byRow = Map.groupBy(readPayload(payload).changes, ({ tbl, pk }) => `${tbl} ${pk}`);
      parsed.set(n, byRow);
    }
    return byRow.get(`${row.tbl} ${row.pk}`) ?? [];
  };
};

/**
 * One pending change on top of an image. An insert on a row the centre already has is in that image, possibly as
 * the centre decided otherwise, and adds nothing; but of a table where the last writer is right it will write the row over.
 */
const replayed = (tbl: TableName, image: Cells | null, change: MutationChange): Cells | null => {
  if (change.op === 'insert' && catalogue[tbl].policy !== 'last-write') return image ?? change.values;
  if (change.op === 'insert') return { ...image, ...change.values };
  return image === null ? null : { ...image, ...change.values };
};

export const createRebase = ({ db, statements }: Pick<LocalContext, 'db' | 'statements'>): Rebase => {
  const { run, get, all } = statements;

  const base: Rebase['base'] = ({ tbl, pk }) => {
    const found = get<{ row_version: number; image: string | null }>(
      'SELECT row_version, image FROM sync_base WHERE tbl = ? AND pk = ?',
      tbl,
      pk,
    );
    return (
      found && {
        version: found.row_version,
        image: found.image === null ? null : (JSON.parse(found.image) as readonly Cell[]),
      }
    );
  };

  const forget = ({ tbl, pk }: RowKey) => run('DELETE FROM sync_base WHERE tbl = ? AND pk = ?', tbl, pk);

  const referred = ({ tbl, pk }: RowKey): boolean =>
    referrers(tbl).some(
      ([table, column]) =>
        get(
          `SELECT 1 FROM ${table} WHERE ${column} = ? AND (id <> ? OR ? <> ?) LIMIT 1`,
          pk,
          pk,
          table,
          tbl,
        ) !== undefined,
    );

  /** Takes away rows that neither the centre nor a pending mutation has, children before the rows they name. */
  const sweep = () => {
    for (let gone = true; gone; ) {
      gone = false;
      for (const ghost of all<RowKey>(ghostsSql)) {
        // While a pending mutation still leans on the row it stays in sight, or a foreign key would hang in the air.
        if (referred(ghost)) continue;
        run(rowSql[ghost.tbl].delete, ghost.pk);
        forget(ghost);
        gone = true;
      }
    }
  };

  const replayRow = (row: RowKey, changesOf: ReturnType<typeof createPayloads>) => {
    const known = base(row);
    if (known === undefined) return;
    const pending = all<{ n: number; payload: string }>(pendingSql, row.tbl, row.pk);
    let cells: Cells | null = known.image === null ? null : asCells(row.tbl, known.image);
    for (const { n, payload } of pending) {
      for (const change of changesOf(n, payload, row)) cells = replayed(row.tbl, cells, change);
    }
    if (cells !== null) run(rowSql[row.tbl].put, ...inOrder(row.tbl, cells), known.version);
    if (pending.length > 0) return;
    if (known.image !== null) forget(row);
    else run('UPDATE sync_base SET gone = 1 WHERE tbl = ? AND pk = ?', row.tbl, row.pk);
  };

  return {
    capture: ({ tbl, pk }, image, version) => {
      run(
        'INSERT INTO sync_base (tbl, pk, row_version, image) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        tbl,
        pk,
        version,
        image && JSON.stringify(image),
      );
    },
    base,
    setBase: ({ tbl, pk }, image, version) => {
      if (!isTable(tbl)) throw new LocalError('replica', 'A change names a table that is not synced.');
      run(
        `INSERT INTO sync_base (tbl, pk, row_version, image) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET row_version = excluded.row_version, image = excluded.image, gone = 0`,
        tbl,
        pk,
        version,
        image && JSON.stringify(image),
      );
    },
    replay: (rows) => {
      const changesOf = createPayloads();
      asReplica({ db }, () => {
        for (const row of rows) replayRow(row, changesOf);
        sweep();
      });
    },
    any: () => get('SELECT 1 FROM sync_base LIMIT 1') !== undefined,
  };
};
