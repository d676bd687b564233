import Database from 'better-sqlite3';

/**
 * Every call into SQLite is a place where a process can end or a disk can fail. A gate stands before each of them, and
 * behind each COMMIT: `COMMIT done` is the instant after the data is safe and before anybody has been told.
 */
export interface Gate {
  /** May throw: then the call does not happen. `sql` is the text for `exec`, the statement's text otherwise. */
  pass(sql: string): void;
}

/** Thrown inside a workstation that has just died: nothing of it goes on. */
export class Died extends Error {
  constructor() {
    super('this workstation died');
    this.name = 'Died';
  }
}

/** An error as SQLite raises it. */
export const sqliteError = (code: string): Error => new Database.SqliteError(`simulated ${code}`, code);

const gates = new Map<string, Gate>();
const known = new WeakMap<object, Gate | null>();

const gateOf = (db: { readonly name: string }): Gate | null => {
  let gate = known.get(db);
  if (gate === undefined) {
    gate = gates.get(db.name) ?? null;
    known.set(db, gate);
  }
  return gate;
};

/** Puts `gate` before the database file `path`, for connections opened from now on. */
export const setGate = (path: string, gate: Gate): void => {
  gates.set(path, gate);
};

export const removeGate = (path: string): void => {
  gates.delete(path);
};

type Method = (this: unknown, ...parameters: unknown[]) => unknown;
let installed = false;

/** Stands before SQLite in this whole process; only the simulator's own processes do this. */
export const installBoundaries = (): void => {
  if (installed) return;
  installed = true;
  const methods = Database.prototype as unknown as Record<string, Method>;
  const exec = methods.exec as Method;
  methods.exec = function (this: unknown, ...parameters) {
    const gate = gateOf(this as Database.Database);
    const sql = String(parameters[0]);
    gate?.pass(sql);
    const result = exec.apply(this, parameters);
    if (sql === 'COMMIT') gate?.pass('COMMIT done');
    return result;
  };
  const prepare = methods.prepare as Method;
  methods.prepare = function (this: unknown, ...parameters) {
    gateOf(this as Database.Database)?.pass('prepare');
    return prepare.apply(this, parameters);
  };
  const probe = new Database(':memory:');
  const statements = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Record<string, Method>;
  probe.close();
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const original = statements[name] as Method;
    statements[name] = function (this: unknown, ...parameters) {
      const { database, source } = this as { readonly database: Database.Database; readonly source: string };
      gateOf(database)?.pass(source);
      return original.apply(this, parameters);
    };
  }
};
