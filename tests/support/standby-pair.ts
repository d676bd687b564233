import { appendFile, chmod, chown, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries, findRunAs, program } from '#main/data/central/embedded-binaries.ts';
import {
  freePort,
  type RunningPostgres,
  runPostgres,
  runToEnd,
} from '#main/data/central/embedded-process.ts';

/** Two PostgreSQL servers of a test's own, the second following the first by streaming replication. */
export interface StandbyPair {
  /** The administrator's address of the first server. */
  readonly url: string;
  readonly ports: readonly [number, number];
  /** Waits until the standby has all that the first server has. */
  level(): Promise<void>;
  /** Whether a commit on the first server waits for the standby. */
  synchronous(on: boolean): Promise<void>;
  /** Stops the standby's receiving: what is committed from now on it does not have. */
  pauseStandby(): Promise<void>;
  /** Ends the first server as a power cut does. */
  killFirst(): Promise<void>;
  /** The standby becomes a server of its own. */
  promote(): Promise<void>;
  query<T>(which: 0 | 1, text: string): Promise<readonly T[]>;
  remove(): Promise<void>;
}

const password = 'for-this-test-only';
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  lc_messages: 'C',
  max_connections: '40',
  shared_buffers: '32MB',
  wal_level: 'replica',
  hot_standby: 'on',
  wal_receiver_status_interval: '1s',
  wal_keep_size: '128MB',
};

const ownedBy = async (folder: string): Promise<void> => {
  const owner = findRunAs();
  if (!('uid' in owner)) return;
  await chown(folder, owner.uid, owner.gid);
  for (const entry of await readdir(folder, { recursive: true }))
    await chown(join(folder, entry), owner.uid, owner.gid);
};

const withServer = async <T>(port: number, database: string, work: (client: pg.Client) => Promise<T>) => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The programs are the product's own PostgreSQL, which has no pg_basebackup: the copy is made with the low-level backup calls. */
const copyToStandby = async (port: number, from: string, to: string): Promise<void> =>
  withServer(port, 'postgres', async (client) => {
    await client.query(`select pg_backup_start('standby', true)`);
    await cp(from, to, { recursive: true, filter: (file) => !file.endsWith('postmaster.pid') });
    await rm(join(to, 'pg_wal'), { recursive: true });
    await mkdir(join(to, 'pg_wal', 'archive_status'), { recursive: true });
    const { rows } = await client.query<{ labelfile: string }>('select * from pg_backup_stop(false)');
    await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
    await writeFile(join(to, 'standby.signal'), '');
    const connection = `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=standby`;
    await appendFile(join(to, 'postgresql.auto.conf'), `\nprimary_conninfo = '${connection}'\n`);
    await ownedBy(to);
    await chmod(to, 0o700);
  });

const until = async (condition: () => Promise<boolean>, what: string): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
};

const makeFirst = async (bin: string, cluster: string, root: string): Promise<void> => {
  const runAs = findRunAs();
  const secret = join(root, 'secret');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(secret, `${password}\n`, { mode: 0o600 });
  if ('uid' in runAs) for (const each of [cluster, secret]) await chown(each, runAs.uid, runAs.gid);
  const args = [
    '-D',
    cluster,
    '-U',
    'postgres',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--locale=C',
    '-N',
  ];
  await runToEnd(program(bin, 'initdb'), [...args, '--encoding=UTF8'], runAs, root);
};

export const standbyPair = async (): Promise<StandbyPair> => {
  const root = await mkdtemp(join(tmpdir(), 'clinichub-pair-'));
  await chmod(root, 0o755);
  const runAs = findRunAs();
  const bin = await findBinaries(runAs, () => undefined);
  const folders = [join(root, 'first'), join(root, 'standby')] as const;
  await makeFirst(bin, folders[0], root);
  const [one, two] = [await freePort(0), await freePort(0)];
  if (one === null || two === null) throw new Error('no free port');
  const run = (which: 0 | 1, port: number): Promise<RunningPostgres> =>
    runPostgres(bin, folders[which], port, settings, runAs, () => undefined);
  const first = await run(0, one);
  await withServer(one, 'postgres', (client) => client.query('create database clinic'));
  await copyToStandby(one, folders[0], folders[1]);
  const standby = await run(1, two);
  const query = <T>(which: 0 | 1, text: string) =>
    withServer(which === 0 ? one : two, 'clinic', async (client) => (await client.query(text)).rows as T[]);
  const reload = async (setting: string, value: string) =>
    withServer(one, 'postgres', async (client) => {
      await client.query(`alter system set ${setting} = '${value}'`);
      await client.query('select pg_reload_conf()');
    });
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${one}/clinic`,
    ports: [one, two],
    query,
    level: () =>
      until(async () => {
        const [row] = await query<{ level: boolean | null }>(
          0,
          'select bool_and(replay_lsn >= pg_current_wal_lsn()) as level from pg_stat_replication',
        );
        return row?.level === true;
      }, 'the standby follows'),
    synchronous: async (on) => {
      await reload('synchronous_standby_names', on ? 'standby' : '');
      await until(async () => {
        const [row] = await query<{ state: string }>(
          0,
          'select sync_state as state from pg_stat_replication',
        );
        return row?.state === (on ? 'sync' : 'async');
      }, 'replication is as asked');
    },
    pauseStandby: async () => {
      await withServer(two, 'postgres', async (client) => {
        await client.query(`alter system set primary_conninfo = ''`);
        await client.query('select pg_reload_conf()');
      });
      await until(
        async () => (await query(0, 'select from pg_stat_replication')).length === 0,
        'the standby stops receiving',
      );
    },
    killFirst: async () => {
      const [row] = await query<{ pid: string }>(
        0,
        `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
      );
      const pid = Number(row?.pid);
      // The other processes of a server go with its first one.
      process.kill(pid, 'SIGKILL');
      await first.ended;
    },
    promote: async () => {
      await withServer(two, 'postgres', (client) => client.query('select pg_promote()'));
    },
    remove: async () => {
      await standby.stop();
      await first.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
};
