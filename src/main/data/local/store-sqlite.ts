import type { Compilable } from 'kysely';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationChange } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { asLocalError, LocalError } from './error.ts';
import { createHistory } from './history.ts';
import { appendMutation, tablesOf } from './outbox.ts';
import { dropOwn, keepOwn } from './own-tables.ts';
import { resendParked, withdrawParked } from './parked.ts';
import { createRebase, type Rebase } from './rebase.ts';
import { inOrder, rowSql, updateSql } from './rows.ts';
import { isReady, readState } from './state.ts';
import type { Certainty, LocalReader, LocalStore, LocalWriter, Workstation } from './store.ts';

/** 2: the centre refused a change of the row. 1: a change waits. 0: the centre took all of them as they are. */
const doubt = `max(CASE WHEN o.status = 'parked' THEN 2 WHEN o.status = 'settled' AND o.verdict = 'applied' THEN 0 ELSE 1 END)`;
const certaintyOf = (value: number | null | undefined): Certainty =>
  value === 2 ? 'parked' : value === 1 ? 'provisional' : 'confirmed';

/** Ids asked about in one statement. */
const idsPerQuery = 500;

/** Throws when services may not read or write. */
const refuseWhileClosed = ({ statements, lease }: LocalContext): void => {
  // A copy that was destroyed has no state left to read.
  if (lease.wiping()) lease.check();
  if (!isReady(statements)) {
    throw new LocalError('not-ready', 'The first copy from the centre has not arrived yet.');
  }
  lease.check();
};

const closureOf = ({ statements, lease }: LocalContext): ReturnType<LocalStore['closure']> =>
  lease.wiping() ? 'wiped' : isReady(statements) ? lease.closure() : 'not-ready';

const createReader = (context: LocalContext): LocalReader => {
  const { statements } = context;
  const guarded = <T>(work: () => T): T => {
    refuseWhileClosed(context);
    try {
      return work();
    } catch (error) {
      throw asLocalError(error);
    }
  };
  const reader: LocalReader = {
    all: <T>(query: Compilable<T>) =>
      guarded(() => {
        const { sql, parameters } = query.compile();
        return statements.all<T>(sql, ...parameters);
      }),
    get: <T>(query: Compilable<T>) =>
      guarded(() => {
        const { sql, parameters } = query.compile();
        return statements.get<T>(sql, ...parameters);
      }),
    certainty: (table, id) =>
      guarded(() => {
        const sql = `SELECT ${doubt} AS doubt FROM outbox_row r JOIN outbox o ON o.n = r.n WHERE r.tbl = ? AND r.pk = ?`;
        return certaintyOf(statements.get<{ doubt: number | null }>(sql, table, id)?.doubt);
      }),
    uncertain: (table, ids) =>
      guarded(() => {
        const found = new Map<string, Exclude<Certainty, 'confirmed'>>();
        for (let from = 0; from < ids.length; from += idsPerQuery) {
          const some = ids.slice(from, from + idsPerQuery);
          const sql = `SELECT r.pk AS pk, ${doubt} AS doubt FROM outbox_row r JOIN outbox o ON o.n = r.n
            WHERE r.tbl = ? AND r.pk IN (SELECT value FROM json_each(?)) GROUP BY r.pk`;
          for (const { pk, doubt } of statements.all<{ pk: string; doubt: number }>(
            sql,
            table,
            JSON.stringify(some),
          )) {
            const certainty = certaintyOf(doubt);
            if (certainty !== 'confirmed') found.set(pk, certainty);
          }
        }
        return found;
      }),
  };
  return reader;
};

const createOwnWriter = ({ statements }: Pick<LocalContext, 'statements'>) =>
  ({
    keep: (table, row) => keepOwn(statements, table, row),
    drop: (table, key) => dropOwn(statements, table, key),
  }) satisfies Pick<LocalWriter, 'keep' | 'drop'>;

/** Writes rows and remembers what was changed; lives as long as one mutation. */
const createWriter = (
  { statements }: LocalContext,
  reader: LocalReader,
  rebase: Rebase,
  changes: MutationChange[],
): LocalWriter => ({
  ...reader,
  insert: <T extends TableName>(table: T, row: RowOf<T>) => {
    const values = row as unknown as Cells;
    const pk = String(values.id);
    statements.run(rowSql[table].insert, ...inOrder(table, values), 0);
    rebase.capture({ tbl: table, pk }, null, 0);
    changes.push({ tbl: table, op: 'insert', pk, base: 0, values });
  },
  update: <T extends TableName>(table: T, id: string, patch: Partial<Omit<RowOf<T>, 'id'>>) => {
    const row = statements.get<Cells>(rowSql[table].select, id);
    if (row === undefined) throw new LocalError('no-such-row', `There is no such row in ${table}.`);
    // Only what really changes travels: a form that sends every field must not contest fields it left alone.
    const changed = Object.entries(patch as Cells).filter(
      ([name, value]) => value !== undefined && value !== row[name],
    );
    if (changed.length === 0) return;
    const base = Number(row.row_version);
    rebase.capture({ tbl: table, pk: id }, inOrder(table, row), base);
    const values: Record<string, Cell> = Object.fromEntries(changed);
    statements.run(updateSql(table, Object.keys(values)), ...Object.values(values), id);
    changes.push({ tbl: table, op: 'update', pk: id, base, values });
  },
  ...createOwnWriter({ statements }),
});

const workstationOf = ({ db, statements }: LocalContext): Workstation | null => {
  if (!db.open) return null;
  const { device_id, device_no, device_name, location_id, scope } = readState(statements);
  if (device_id === null || device_no === null) return null;
  return {
    deviceId: device_id,
    deviceNo: device_no,
    deviceName: device_name ?? '',
    locationId: location_id,
    wholeClinic: scope === null || scope.startsWith('clinic/'),
  };
};

/** The features' view of the workstation's database. */
export const createLocalStore = (context: LocalContext): LocalStore => {
  const reader = createReader(context);
  const rebase = createRebase(context);
  return {
    ...reader,
    mutate: (header, write) => {
      refuseWhileClosed(context);
      const changes: MutationChange[] = [];
      const done = context.transaction(() => {
        const value = write(createWriter(context, reader, rebase, changes));
        if (value instanceof Promise) throw new TypeError('A mutation cannot wait for a promise.');
        return { value, n: changes.length === 0 ? 0 : appendMutation(context, header, changes) };
      });
      context.changes.emit(tablesOf(changes));
      return done;
    },
    keepSoon: (write) => {
      refuseWhileClosed(context);
      context.repeatable(() => write({ ...reader, ...createOwnWriter(context) }));
    },
    // While a copy is loaded nobody else writes.
    resend: (n, corrections) =>
      isReady(context.statements) ? resendParked(context, rebase, n, corrections) : null,
    withdraw: (n) => isReady(context.statements) && withdrawParked(context, n),
    workstation: () => workstationOf(context),
    ready: () => closureOf(context) === null,
    closure: () => closureOf(context),
    contact: () => context.lease.contact(),
    complete: createHistory(context, rebase).complete,
  };
};
