import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectCentre } from '#main/data/central/client.ts';
import { startEmbeddedCentre } from '#main/data/central/embedded.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { checkpointsInWorker, copyInWorker } from '#main/sync/copy-in-worker.ts';
import { type SyncEngine, startSync } from '#main/sync/engine.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { removeFolder, temporaryFolder } from './local.ts';

/** A centre of its own with PostgreSQL's durable defaults. */
export interface BenchCentre {
  readonly url: string;
  enrol(name: string): Promise<string>;
  stop(): Promise<void>;
}

export const startCentre = async (settings: Readonly<Record<string, string>> = {}): Promise<BenchCentre> => {
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-bench-centre-'));
  const centre = await startEmbeddedCentre({
    dataFolder: join(folder, 'centre'),
    log: () => undefined,
    settings,
  });
  await migrateCentre(centre.url);
  return {
    url: centre.url,
    enrol: async (name) => (await enrolDevice(centre.url, { name })).url,
    stop: async () => {
      await centre.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Runs `work` on an administrator's connection. */
export const asAdmin = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

export interface BenchDesk {
  readonly local: Local;
  readonly engine: SyncEngine;
  /** Starts synchronising anew, after `engine.stop()`. */
  reconnect(): SyncEngine;
  stop(): Promise<void>;
}

/**
 * A workstation with its synchronisation running on `url`; resolves at once. Its first copy is loaded by a thread of its
 * own as in the product, or `here`, where dozens of workstations share a process.
 */
export const startDesk = (url: string, copying: 'apart' | 'here' = 'apart'): BenchDesk => {
  const folder = temporaryFolder();
  const key = randomBytes(32);
  const local = openLocal({ folder, key });
  const access = { folder, key, source: url };
  const threads = { copier: copyInWorker(access), checkpoints: checkpointsInWorker(access) };
  const start = () =>
    startSync({
      local,
      centre: () => connectCentre(url),
      app: 'bench',
      ...(copying === 'apart' ? threads : {}),
    });
  let engine = start();
  return {
    local,
    get engine() {
      return engine;
    },
    reconnect: () => {
      engine = start();
      return engine;
    },
    stop: async () => {
      await engine.stop();
      local.close();
      removeFolder(folder);
    },
  };
};

/** Resolves when the workstation's status fits. */
export const until = (engine: SyncEngine, fits: (status: SyncStatus) => boolean): Promise<void> =>
  new Promise((resolve) => {
    let stop = (): void => undefined;
    const look = (status: SyncStatus): void => {
      if (!fits(status)) return;
      stop();
      resolve();
    };
    stop = engine.onStatus(look);
    look(engine.status());
  });

export const live = (status: SyncStatus): boolean => status.connection === 'live';
