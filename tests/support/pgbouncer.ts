import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findRunAs } from '#main/data/central/embedded-binaries.ts';
import { freePort } from '#main/data/central/embedded-process.ts';
import { withClient } from './fresh-centre.ts';

const find = (): string | null =>
  ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, 'pgbouncer'))
    .find((file) => existsSync(file)) ?? null;

const installer = 'apt-get';

const apt = (...args: readonly string[]): boolean =>
  spawnSync(installer, args, {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** The program, from Debian's package when it is not here and we are root. Throws with what is missing. */
const ensureProgram = (): string => {
  const here = find();
  if (here !== null) return here;
  if (process.getuid?.() === 0) {
    const install = ['install', '-y', '--no-install-recommends', 'pgbouncer'];
    if (apt(...install) || (apt('update') && apt(...install))) {
      const installed = find();
      if (installed !== null) return installed;
    }
  }
  throw new Error(
    'The test of connection pooling needs PgBouncer and none could be found or installed. Install it (Debian: apt-get install pgbouncer).',
  );
};

/** A PgBouncer in front of one database. */
export interface Pooler {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * What an administrator sets up once: a role for the pooler that may ask for the verifier of one login at a time
 * (docs/security.md, "A pooler in front").
 */
const lookup = (role: string, password: string) => `
  create role ${role} login password '${password}';
  create schema pooler;
  create function pooler.verifier(inout login text, out verifier text) returns record
    language sql security definer set search_path = pg_catalog
    as 'select rolname::text, rolpassword from pg_authid where rolname = login and rolcanlogin';
  revoke all on function pooler.verifier(text) from public;
  grant usage on schema pooler to ${role};
  grant execute on function pooler.verifier(text) to ${role};`;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

const waitFor = async (child: ChildProcess, port: number, output: () => string): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers(port)) return;
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`PgBouncer does not answer: ${output()}`);
};

/**
 * Starts PgBouncer before the database at `url` (an administrator's), with transaction pooling and a fresh server
 * connection for each transaction in turn, so that whatever is bound to a session breaks.
 */
export const startPooler = async (url: string): Promise<Pooler> => {
  const program = ensureProgram();
  const { hostname, port: serverPort, pathname } = new URL(url);
  const database = pathname.slice(1);
  const role = `pooler_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await withClient(url, (client) => client.query(lookup(role, password)));
  const port = await freePort(0);
  if (port === null) throw new Error('no free port');
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-pooler-'));
  const runAs = findRunAs();
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(users, `"${role}" "${password}"\n`);
  await writeFile(
    settings,
    `[databases]
${database} = host=${hostname} port=${serverPort} dbname=${database}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = 3
server_round_robin = 1
auth_type = scram-sha-256
auth_user = ${role}
auth_file = ${users}
auth_query = select login, verifier from pooler.verifier($1)
max_client_conn = 100
`,
  );
  if ('uid' in runAs) for (const each of [folder, users, settings]) await chown(each, runAs.uid, runAs.gid);
  await chmod(folder, 0o700);
  const child = spawn(program, [settings], { ...runAs, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await waitFor(child, port, () => output);
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await withClient(url, (client) => client.query(`drop schema pooler cascade; drop role ${role}`));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
