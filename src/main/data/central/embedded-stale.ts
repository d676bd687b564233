import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { program, type RunAs } from './embedded-binaries.ts';
import { EmbeddedCentreError } from './embedded-error.ts';
import { runToEnd } from './embedded-process.ts';

/** The process that a postmaster.pid names, or null when there is none. */
const readPid = async (cluster: string): Promise<number | null> => {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
};

/** Whether that process is a PostgreSQL on this very folder: after a restart of the machine its number may be another program's. */
const isOurs = async (pid: number, cluster: string): Promise<boolean> => {
  if (platform() === 'win32') {
    const { stdout } = spawnSync(
      join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'tasklist.exe'),
      ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'],
      {
        encoding: 'utf8',
      },
    );
    return /postgres/i.test(stdout ?? '');
  }
  if (platform() === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.split('\0').includes(cluster);
  }
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  return (stdout ?? '').includes(cluster);
};

const ownerFile = (dataFolder: string): string => join(dataFolder, 'owner.pid');

/** Notes that this process owns the PostgreSQL of `dataFolder`. */
export const claim = (dataFolder: string): Promise<void> =>
  writeFile(ownerFile(dataFolder), `${process.pid}\n`);

/** Whether the process that started PostgreSQL is there; when it is gone, PostgreSQL is just about to end. */
const ownerIsAlive = async (dataFolder: string): Promise<boolean> => {
  const pid = Number.parseInt(await readFile(ownerFile(dataFolder), 'utf8').catch(() => ''), 10);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * After a kill: removes a postmaster.pid whose process is gone, and gives a PostgreSQL that is just stopping the time to do so.
 * Throws `already-running` when one goes on running: another start of the product owns it.
 */
export const clearStaleLock = async (
  dataFolder: string,
  bin: string,
  cluster: string,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<void> => {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const pid = await readPid(cluster);
    if (pid === null) return;
    if (!(await isOurs(pid, cluster))) {
      log('The last run did not end orderly; PostgreSQL recovers its data now');
      await rm(join(cluster, 'postmaster.pid'), { force: true });
      return;
    }
    if ((await ownerIsAlive(dataFolder)) || Date.now() > deadline)
      throw new EmbeddedCentreError(
        'already-running',
        `ClinicHub is already running on this data folder (process ${pid}). Stop it first.`,
      );
    if (platform() === 'win32')
      await runToEnd(program(bin, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast'], runAs, cluster);
    await setTimeout(100);
  }
};
