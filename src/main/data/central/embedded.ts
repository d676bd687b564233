import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { clusterFolder, findBinaries, findRunAs, program, type RunAs } from './embedded-binaries.ts';
import { EmbeddedCentreError, fileProblem } from './embedded-error.ts';
import { readIdentity, writeIdentity } from './embedded-identity.ts';
import { freePort, type RunningPostgres, runPostgres, runToEnd } from './embedded-process.ts';
import { claim, clearStaleLock } from './embedded-stale.ts';

export interface EmbeddedOptions {
  /** A folder of its own; it is made when missing and kept between starts. */
  readonly dataFolder: string;
  /** Without one: the port of the last start when it is free, else any free port. */
  readonly port?: number;
  readonly log: (line: string) => void;
  /** PostgreSQL settings on top of the standard ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running embedded centre. `url` is the administrator's. */
export interface EmbeddedCentre {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Stops and deletes all data, also where root had to put it elsewhere. For centres that were never meant to last. */
  remove(): Promise<void>;
  /** Resolves when PostgreSQL has ended, also by itself. */
  readonly ended: Promise<void>;
}

const major = '18';
const admin = 'clinichub_admin';
const database = 'clinichub';

const standing = (file: string) => stat(file).catch(() => null);

/** Refuses a folder that PostgreSQL would refuse, in words that say what to do. */
const inspect = async (cluster: string): Promise<'new' | 'ready'> => {
  if ((await standing(cluster)) === null) return 'new';
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null)
    throw new EmbeddedCentreError(
      'damaged',
      `${cluster} is not a whole PostgreSQL data folder (PG_VERSION is missing). Put back a backup of it, or move it away to begin with an empty one.`,
    );
  if (version.trim() !== major)
    throw new EmbeddedCentreError(
      'damaged',
      `${cluster} was made by PostgreSQL ${version.trim()}, but this is PostgreSQL ${major}. Move it away, or use the version that made it.`,
    );
  return 'ready';
};

/** Makes the cluster beside its place and moves it there when it is whole: a start that was cut short leaves nothing half done. */
const initialise = async (bin: string, cluster: string, password: string, runAs: RunAs): Promise<void> => {
  const coming = `${cluster}.new`;
  const secret = `${cluster}.secret`;
  await rm(coming, { recursive: true, force: true });
  try {
    await mkdir(coming, { mode: 0o700 });
    await writeFile(secret, `${password}\n`, { mode: 0o600 });
    if ('uid' in runAs) {
      await chown(coming, runAs.uid, runAs.gid);
      await chown(secret, runAs.uid, runAs.gid);
    }
    const args = [
      '-D',
      coming,
      '-U',
      admin,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    await runToEnd(program(bin, 'initdb'), args, runAs, dirname(cluster));
    await rename(coming, cluster);
  } finally {
    await rm(secret, { force: true });
    await rm(coming, { recursive: true, force: true });
  }
};

const choosePort = async (wanted: number | undefined, last: number | null): Promise<number> => {
  if (wanted !== undefined) {
    if ((await freePort(wanted)) !== null) return wanted;
    throw new EmbeddedCentreError(
      'port-in-use',
      `Port ${wanted} is used by another program. Stop that program or choose another port.`,
    );
  }
  const found = (last !== null && (await freePort(last))) || (await freePort(0));
  if (found !== null) return found;
  throw new EmbeddedCentreError('port-in-use', 'No port is free on this machine.');
};

const createDatabase = async (url: URL): Promise<void> => {
  const address = new URL(url);
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
};

/** Milliseconds that what is left of a killed PostgreSQL gets to notice it; a query that only computes looks at its end. */
const patience = 60_000;

/** As `run`, again while processes of a PostgreSQL that was killed are still at work. */
const afterTheLast = async (run: () => Promise<RunningPostgres>): Promise<RunningPostgres> => {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const ending = error instanceof EmbeddedCentreError && error.code === 'still-ending';
      if (!ending || Date.now() > until) throw error;
      await setTimeout(250);
    }
  }
};

const begin = async (options: EmbeddedOptions, folder: string): Promise<EmbeddedCentre> => {
  const runAs = findRunAs();
  const identity = await readIdentity(folder);
  const bin = await findBinaries(runAs, options.log);
  const cluster = await clusterFolder(folder, identity.id, runAs, options.log);
  if ((await inspect(cluster)) === 'new') {
    options.log('Preparing the database for the first time');
    await initialise(bin, cluster, identity.password, runAs);
  }
  await clearStaleLock(folder, bin, cluster, runAs, options.log);
  const port = await choosePort(options.port, identity.port);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    lc_messages: 'C',
    max_connections: '100',
    ...options.settings,
  };
  const running = await afterTheLast(() => runPostgres(bin, cluster, port, settings, runAs, options.log));
  const url = new URL(`postgresql://${admin}:${identity.password}@127.0.0.1:${port}/${database}`);
  try {
    await claim(folder);
    await createDatabase(url);
    if (identity.port !== port) await writeIdentity(folder, { ...identity, port });
  } catch (error) {
    await running.stop();
    throw error;
  }
  const remove = async () => {
    await running.stop();
    await rm(dirname(cluster), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { url: url.href, port, stop: running.stop, ended: running.ended, remove };
};

/**
 * Starts a PostgreSQL of our own on loopback and keeps its data in `dataFolder`, as root or as an ordinary user. It ends when
 * `stop` is called or when this process ends, however that happens. Throws an {@link EmbeddedCentreError}.
 */
export const startEmbeddedCentre = async (options: EmbeddedOptions): Promise<EmbeddedCentre> => {
  const folder = resolve(options.dataFolder);
  try {
    return await begin(options, folder);
  } catch (error) {
    throw fileProblem(error, folder);
  }
};
