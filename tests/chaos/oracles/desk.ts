import type { Database } from 'better-sqlite3';
import type { Local } from '#main/data/local/open.ts';
import type { ReplicaState } from '#main/data/local/state.ts';
import { type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationPayload } from '#shared/sync/wire.ts';
import { hides, holds, patientOfRow } from '../model/scope.ts';
import type { ModelState } from '../model/state.ts';
import type { Truth } from '../truth.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Heard } from './centre.ts';
import { prepared } from './prepared.ts';
import { Violation } from './violation.ts';

type Row = Readonly<Record<string, Cell>>;

const payloadOf = (text: string | undefined): MutationPayload | null =>
  text === undefined ? null : (JSON.parse(text) as MutationPayload);

interface Entry {
  readonly n: number;
  readonly status: string;
  readonly hash: string;
  readonly payload: string;
}

const idOf = (payload: string): string => (JSON.parse(payload) as MutationPayload).id;

/** Some mutations of one workstation: by number under the login it had, by their own ids under any other. */
export interface Mutations {
  readonly login: number;
  readonly numbers: ReadonlySet<number>;
  readonly ids: ReadonlySet<string>;
}

interface Named {
  readonly n: number;
  readonly payload: string;
}

const isAmong = ({ login, numbers, ids }: Mutations, at: number, n: number, id: () => string): boolean =>
  login === at ? numbers.has(n) : ids.has(id());

const entriesOf = (db: Database): readonly Entry[] =>
  prepared(db, 'SELECT n, status, hash, payload FROM outbox ORDER BY n').all() as Entry[];

/** I7 */
export const namesHold = (name: string, { db }: Local): void => {
  // Prepared, for it names every key of every table, and this is asked after each commit.
  const broken = prepared(db, 'PRAGMA foreign_key_check').all() as readonly { table: string }[];
  if (broken.length > 0)
    throw new Violation('I7', `${name}: a row of ${broken[0]?.table} names one that is not there`);
};

/** I2: two patients of one household, and a new patient with the task that says so, are never seen apart. */
export const groupsWhole = (
  name: string,
  { db }: Local,
  twins: readonly [string, string],
  pairs: readonly (readonly [patient: string, task: string])[],
): void => {
  const codes = prepared(db, 'SELECT DISTINCT postal_code FROM patient WHERE id IN (?, ?)').all(...twins);
  if (codes.length > 1) throw new Violation('I2', `${name} shows one half of a household's change`);
  if (pairs.length === 0) return;
  const ids = (table: string) => new Set(prepared(db, `SELECT id FROM ${table}`).pluck().all());
  const [patients, tasks] = [ids('patient'), ids('task')];
  for (const [patient, task] of pairs) {
    if (patients.has(patient) !== tasks.has(task)) {
      throw new Violation('I2', `${name} has one half of a registration`);
    }
  }
};

/**
 * I5: the newest pending change of each column is what the screen shows. `decided` are mutations that had their verdict and were out
 * of sight when a centre that was restored, once or again, forgot them: they wait once more, below what had come of them, until all is copied anew.
 */
export const ownWorkSeen = (name: string, login: number, { db }: Local, decided: Mutations | null): void => {
  const wanted = new Map<string, { n: number; tbl: string; pk: string; column: string; value: Cell }>();
  const inserted = new Set<string>();
  for (const { n, status, payload } of entriesOf(db)) {
    if (status === 'parked') continue;
    if (decided !== null && isAmong(decided, login, n, () => idOf(payload))) continue;
    for (const { tbl, pk, op, values } of (JSON.parse(payload) as MutationPayload).changes) {
      if (op === 'insert') {
        inserted.add(`${tbl} ${pk}`);
        // Of two refused ones sent again in another order, a change now comes before the row it changes: it changes nothing.
        for (const key of wanted.keys()) if (key.startsWith(`${tbl} ${pk} `)) wanted.delete(key);
      } else {
        for (const [column, value] of Object.entries(values)) {
          wanted.set(`${tbl} ${pk} ${column}`, { n, tbl, pk, column, value });
        }
      }
    }
  }
  for (const key of inserted) {
    const [tbl = '', pk = ''] = key.split(' ');
    if (prepared(db, `SELECT 1 FROM ${tbl} WHERE id = ?`).get(pk) === undefined) {
      throw new Violation('I5', `${name} does not show a row of ${tbl} made there`);
    }
  }
  for (const { n, tbl, pk, column, value } of wanted.values()) {
    const row = prepared(db, `SELECT ${column} AS shown FROM ${tbl} WHERE id = ?`).get(pk) as Row | undefined;
    if (row !== undefined && row.shown !== value) {
      throw new Violation(
        'I5',
        `${name} shows ${tbl}.${column} as ${row.shown}, its mutation ${n} made it ${value}`,
      );
    }
  }
};

/** Acknowledged mutations that are neither in the outbox nor in its history. */
export const mutationsGone = (
  { db }: Local,
  login: number,
  acknowledged: readonly Acknowledged[],
): readonly Acknowledged[] => {
  const rows = prepared(
    db,
    'SELECT n, payload FROM outbox UNION ALL SELECT n, payload FROM outbox_history',
  ).all();
  const here = rows as readonly Named[];
  const numbers = new Set(here.map(({ n }) => n));
  const enrolledAnew = acknowledged.some((write) => write.login !== login);
  const ids = new Set(enrolledAnew ? here.map(({ payload }) => idOf(payload)) : []);
  return acknowledged.filter(
    (write) => !isAmong({ login, numbers, ids }, write.login, write.n, () => write.payload.id),
  );
};

/** Mutations that have their verdict and are out of sight: gone, or refused. */
export const mutationsDecided = ({ db }: Local, login: number, gone: readonly Acknowledged[]): Mutations => {
  const parked = prepared(
    db,
    `SELECT n, payload FROM outbox WHERE status = 'parked'`,
  ).all() as readonly Named[];
  // By number, for of some nobody was told that they are safe: it died between the commit and the record of it.
  const left = prepared(
    db,
    `WITH RECURSIVE k (n) AS (SELECT last_n FROM sync_state UNION ALL SELECT n - 1 FROM k WHERE n > 1)
      SELECT n FROM k EXCEPT SELECT n FROM outbox EXCEPT SELECT n FROM outbox_history`,
  )
    .pluck()
    .all() as readonly number[];
  return {
    login,
    numbers: new Set([...left, ...parked.map(({ n }) => n)]),
    ids: new Set([...gone.map(({ payload }) => payload.id), ...parked.map(({ payload }) => idOf(payload))]),
  };
};

/** Both, of one login. */
export const together = (some: Mutations, more: Mutations): Mutations => ({
  login: more.login,
  numbers: new Set([...some.numbers, ...more.numbers]),
  ids: new Set([...some.ids, ...more.ids]),
});

/** I5: a mutation leaves the outbox when its effect is here, not before. */
export const nothingLeavesEarly = (
  name: string,
  login: number,
  state: ReplicaState,
  gone: readonly Acknowledged[],
  truth: Truth,
): void => {
  for (const { n } of gone.filter((write) => write.login === login)) {
    const place = truth.places.get(`${login}/${n}`);
    if (place !== undefined && place > state.cursor) {
      throw new Violation(
        'I5',
        `${name} at ${state.cursor} no longer holds mutation ${n}, whose effect is at ${place}`,
      );
    }
  }
};

const differs = (row: Row, cells: Cells, version: number): string | null => {
  if (row.row_version !== version) return `has version ${row.row_version} instead of ${version}`;
  const column = Object.keys(cells).find((key) => (row[key] ?? null) !== (cells[key] ?? null));
  return column === undefined ? null : `has ${column} ${row[column]} instead of ${cells[column]}`;
};

/**
 * I4 at any instant: each row without local work is as the ledger has it at this workstation's cursor, and none is missing.
 * Tables whose history is `arriving` have rows of later moments, and lack some.
 */
export const rowsAsLedger = (
  name: string,
  { db }: Local,
  cursor: number,
  truth: Truth,
  whole: boolean,
  arriving: readonly TableName[],
): void => {
  const withWork = new Set(
    (prepared(db, 'SELECT tbl, pk FROM sync_base').all() as { tbl: string; pk: string }[]).map(
      ({ tbl, pk }) => `${tbl} ${pk}`,
    ),
  );
  for (const tbl of tableNames) {
    if (arriving.includes(tbl)) continue;
    const expected = truth.table(tbl, cursor);
    const rows = prepared(db, `SELECT * FROM ${tbl}`).all() as Row[];
    const seen = new Set<string>();
    for (const row of rows) {
      const id = String(row.id);
      seen.add(id);
      if (withWork.has(`${tbl} ${id}`)) continue;
      const state = expected.get(id);
      if (state?.cells == null)
        throw new Violation('I4', `${name} at ${cursor} has a row of ${tbl} that nobody made`);
      const difference = differs(row, state.cells, state.version);
      if (difference !== null)
        throw new Violation('I4', `${name} at ${cursor}: a row of ${tbl} ${difference}`);
    }
    // What a site's workstation lacks is looked at when all is at rest: who held what when is not in the ledger.
    for (const id of whole ? expected.keys() : []) {
      if (!seen.has(id) && !withWork.has(`${tbl} ${id}`)) {
        throw new Violation('I4', `${name} at ${cursor} lacks a row of ${tbl}`);
      }
    }
  }
};

/** I4 at rest: the very rows of the centre in this workstation's scope, and nothing put aside. I8: none outside it. */
export const replicaEqualsCentre = (name: string, login: number, local: Local, centre: ModelState): void => {
  const { db } = local;
  const device = centre.devices.get(login);
  if (device === undefined) throw new Violation('I8', `${name} is no workstation of the centre`);
  for (const tbl of tableNames) {
    const rows = prepared(db, `SELECT * FROM ${tbl} ORDER BY id`).all() as Row[];
    const inScope = (cells: Cells) => !hides(device, tbl) && holds(centre, device, patientOfRow(tbl, cells));
    const expected = [...(centre.rows.get(tbl)?.values() ?? [])].filter(({ cells }) => inScope(cells));
    for (const row of rows) {
      const held = centre.rows.get(tbl)?.get(String(row.id));
      if (held === undefined) throw new Violation('I4', `${name} has a row of ${tbl} the centre has not`);
      if (!inScope(held.cells)) throw new Violation('I8', `${name} has a row of ${tbl} outside its scope`);
      const difference = differs(row, held.cells, held.version);
      if (difference !== null) throw new Violation('I4', `${name} at rest: a row of ${tbl} ${difference}`);
    }
    if (rows.length !== expected.length) {
      throw new Violation(
        'I4',
        `${name} has ${rows.length} rows of ${tbl}, the centre ${expected.length} for it`,
      );
    }
  }
  const left = prepared(db, 'SELECT count(*) FROM sync_base').pluck().get();
  if (left !== 0) throw new Violation('I4', `${name} at rest keeps ${left} base images`);
};

/** I1: nothing the user was told is safe is gone: it waits, is parked, is in the history, or the centre has taken it. */
export const acknowledgedKept = (
  name: string,
  local: Local,
  login: number,
  acknowledged: readonly Acknowledged[],
  centre: ModelState,
  heard: Heard,
): void => {
  const decided = new Map<string, string>();
  for (const { hash, status } of centre.mutations.values()) {
    const payload = payloadOf(heard.get(hash));
    if (payload === null || payload.kind === 'held') continue;
    // Two copies of one folder may have sent it: it stands when one of them was not refused.
    const earlier = decided.get(payload.id);
    if (earlier === undefined || earlier === 'rejected') decided.set(payload.id, status);
  }
  const outbox = new Map(entriesOf(local.db).map((entry) => [entry.n, entry]));
  const another = ({ n, login: at, payload }: Acknowledged) => {
    const entry = outbox.get(n);
    return at === login && entry !== undefined && idOf(entry.payload) !== payload.id;
  };
  const gone = new Set(mutationsGone(local, login, acknowledged));
  const history = new Set(prepared(local.db, 'SELECT n FROM outbox_history').pluck().all());
  for (const write of acknowledged) {
    const { n, payload } = write;
    if (!gone.has(write) && (history.has(n) || !another(write))) continue;
    const verdict = decided.get(payload.id);
    if (verdict === undefined) throw new Violation('I1', `${name}: mutation ${n} (${payload.kind}) is gone`);
    if (verdict === 'rejected') {
      throw new Violation(
        'I1',
        `${name}: mutation ${n} (${payload.kind}) was refused and nobody there knows`,
      );
    }
  }
};

/** I9: a workstation stops as a copy only where a folder was copied, and never all that share a login. */
export const stoppedWithReason = (
  desks: readonly { readonly name: string; readonly login: number; readonly stopped: boolean }[],
  copied: ReadonlySet<number>,
): void => {
  for (const { name, login, stopped } of desks) {
    if (!stopped) continue;
    if (!copied.has(login)) throw new Violation('I9', `${name} stopped as a copy, and nobody copied it`);
    const sharing = desks.filter((desk) => desk.login === login);
    if (sharing.length > 1 && sharing.every((desk) => desk.stopped)) {
      throw new Violation(
        'I9',
        `${sharing.map((desk) => desk.name).join(' and ')} stopped, each as the other's copy`,
      );
    }
  }
};

/** I10 */
export const fileSound = (name: string, { db }: Local): void => {
  const found = db.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Violation('I10', `${name}: ${found}`);
  const { last, most } = prepared(
    db,
    'SELECT (SELECT last_n FROM sync_state) AS last, (SELECT coalesce(max(n), 0) FROM outbox) AS most',
  ).get() as { last: number; most: number };
  if (most > last) throw new Violation('I10', `${name} holds mutation ${most}, but gave out only ${last}`);
};
