import { expect } from 'vitest';
import type { Centre } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import type { Local } from '#main/data/local/open.ts';
import { type SyncEngine, type SyncOptions, startSync } from '#main/sync/engine.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { columnsOf, schemaVersion, tableNames } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre, withClient } from './fresh-centre.ts';
import {
  openTemporary,
  someLocation,
  somePatient,
  somePractitioner,
  type TemporaryLocal,
} from './sync-local.ts';

/** A workstation of a test: its database, its way to the centre, and the synchronisation when it runs. */
export interface Desk {
  readonly name: string;
  readonly url: string;
  readonly temporary: TemporaryLocal;
  readonly local: Local;
  readonly engine: SyncEngine;
  /** Starts synchronising; a running synchronisation is stopped first. */
  online(options?: Partial<SyncOptions>): Promise<void>;
  /** Stops synchronising: the network is gone. */
  offline(): Promise<void>;
  /** Waits until `condition` holds; looks after each change of the status. */
  until(condition: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** Wakes, and waits until nothing waits here and everything of the centre is here. */
  settled(): Promise<void>;
  remove(): Promise<void>;
}

/** Resolves when `condition` holds, asked again each time `subscribe` calls back. Rejects after a minute with what was last seen. */
const when = <T>(
  subscribe: (look: () => void) => () => void,
  read: () => T,
  condition: (value: T) => boolean,
): Promise<T> =>
  new Promise((resolve, reject) => {
    let off = () => undefined as unknown;
    const done = () => {
      clearTimeout(patience);
      clearInterval(beat);
      off();
    };
    const look = () => {
      const value = read();
      if (!condition(value)) return;
      done();
      resolve(value);
    };
    const patience = setTimeout(() => {
      done();
      reject(new Error(`waited in vain; last seen ${JSON.stringify(read())}`));
    }, 60_000);
    // What the status does not tell (the outbox emptied by a pull) is seen on the next beat.
    const beat = setInterval(look, 10);
    off = subscribe(look);
    look();
  });

export const openDesk = (name: string, url: string, temporary = openTemporary()): Desk => {
  let engine: SyncEngine | null = null;
  const running = (): SyncEngine => {
    if (engine === null) throw new Error(`${name} is offline`);
    return engine;
  };
  const until: Desk['until'] = (condition) =>
    when(
      (look) => running().onStatus(look),
      () => running().status(),
      condition,
    );
  const offline = async () => {
    await engine?.stop();
    engine = null;
  };
  return {
    name,
    url,
    temporary,
    get local() {
      return temporary.local;
    },
    get engine() {
      return running();
    },
    online: async (options = {}) => {
      await offline();
      engine = startSync({
        local: temporary.local,
        centre: () => connectCentre(url),
        app: '0.1.0',
        ...options,
      });
    },
    offline,
    until,
    settled: async () => {
      running().wake();
      await until(({ connection }) => connection === 'live' && inOutbox(temporary.local) === 0);
      const probe = connectCentre(url);
      const { head } = await probe.hello({
        schema: schemaVersion,
        app: 'test',
        epoch: null,
        cursor: null,
        chain: null,
        scope: null,
      });
      await probe.close();
      await until(({ cursor }) => cursor >= head && inOutbox(temporary.local) === 0);
    },
    remove: async () => {
      await offline();
      temporary.remove();
    },
  };
};

/** Mutations not yet done with, parked ones aside. */
const inOutbox = ({ db }: Local): number =>
  Number(db.prepare(`SELECT count(*) FROM outbox WHERE status <> 'parked'`).pluck().get());

/** Every synced row of a workstation's database, by table and id, with its version. */
export const replicaOf = ({ db }: Local): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    tableNames.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY id`).all()]),
  );

/** Every synced row of the centre as a workstation should have it. */
export const centreRows = async (centre: Centre): Promise<Readonly<Record<string, readonly unknown[]>>> => {
  const all: Record<string, readonly unknown[]> = {};
  for (const table of tableNames) all[table] = await pagesOf(centre, table);
  return all;
};

const pagesOf = async (centre: Centre, table: (typeof tableNames)[number]) => {
  const columns = columnsOf(table).map(([name]) => name);
  const rows: unknown[] = [];
  for (let after: string | null = null; ; ) {
    const page = await centre.bootPage(table, after, 1000);
    if (page.length === 0) return rows;
    for (const line of page) {
      const [row_version, ...values] = JSON.parse(line) as unknown[];
      rows.push({
        ...Object.fromEntries(columns.map((name, index) => [name, values[index]])),
        row_version,
      });
      after = String(values[0]);
    }
  }
};

/** Two workstations of one centre, with a site, a practitioner and a patient everybody has. */
export interface TwoWorkstations {
  readonly centre: FreshCentre;
  readonly a: Desk;
  readonly b: Desk;
  readonly location: RowOf<'location'>;
  readonly practitioner: RowOf<'practitioner'>;
  readonly patient: RowOf<'patient'>;
  /** Asks the centre as an administrator. */
  query<T>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
  end(): Promise<void>;
}

export const twoWorkstations = async (): Promise<TwoWorkstations> => {
  const centre = await freshCentre();
  const a = openDesk('Desk A', await centre.enrol('Desk A'));
  const b = openDesk('Desk B', await centre.enrol('Desk B'));
  const location = someLocation();
  const practitioner = somePractitioner();
  const patient = somePatient({ mrn: 'SHARED-1' });
  await a.online();
  await b.online();
  await a.until(({ connection }) => connection === 'live');
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('location', location);
    writer.insert('practitioner', practitioner);
    writer.insert('patient', patient);
  });
  await a.settled();
  await b.settled();
  return {
    centre,
    a,
    b,
    location,
    practitioner,
    patient,
    query: (text, values = []) =>
      withClient(centre.url, async (client) => (await client.query(text, [...values])).rows),
    end: async () => {
      await a.remove();
      await b.remove();
      await centre.drop();
    },
  };
};

/** These desks hold exactly what the centre holds, sound and with nothing of their own on top (I4, I7, I10). */
export const expectConverged = async (...desks: readonly [Desk, ...Desk[]]): Promise<void> => {
  const centre = connectCentre(desks[0].url);
  const truth = await centreRows(centre);
  await centre.close();
  for (const desk of desks) {
    expect(replicaOf(desk.local), desk.name).toEqual(truth);
    expect(desk.local.db.prepare('SELECT count(*) FROM sync_base').pluck().get(), desk.name).toBe(0);
    expect(desk.local.db.pragma('integrity_check'), desk.name).toEqual([{ integrity_check: 'ok' }]);
    expect(desk.local.db.pragma('foreign_key_check'), desk.name).toEqual([]);
  }
};
