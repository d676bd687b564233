import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
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
    const { stdout } = spawnSync('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'], {
      encoding: 'utf8',
    });
    return /postgres/i.test(stdout ?? '');
  }
  if (platform() === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.split('\0').includes(cluster);
  }
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  return (stdout ?? '').includes(cluster);
};

/**
 * After a kill: removes a postmaster.pid whose process is gone, and gives a PostgreSQL that is just stopping the time to do so.
 * Throws `already-running` when one goes on running: another start of the product owns it.
 */
export const clearStaleLock = async (
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
    if (platform() === 'win32') {
      await runToEnd(program(bin, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast'], runAs, cluster);
    } else if (Date.now() > deadline) {
      throw new EmbeddedCentreError(
        'already-running',
        `ClinicHub is already running on this data folder (process ${pid}). Stop it first.`,
      );
    }
    await setTimeout(100);
  }
};
