import { spawnSync } from 'node:child_process';

const lookEvery = 500;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The process that started us: npm, behind the shell it runs scripts in. */
const starter = (): number => {
  if (process.platform === 'win32') return process.ppid;
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(process.ppid)], { encoding: 'utf8' });
  const [, above, shell] = /^\s*(\d+)\s+(\S*sh -c )?/.exec(stdout ?? '') ?? [];
  return shell === undefined ? process.ppid : Number(above);
};

/** Calls `gone` once when the program that started this one has ended. Does not keep this process alive. */
export const whenStarterDies = (gone: () => void): void => {
  const [parent, first] = [process.ppid, starter()];
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(first)) return;
    clearInterval(timer);
    gone();
  }, lookEvery);
  timer.unref();
};
