import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 5 * 1024 * 1024;

/** A log that never fails its writer: on a full disk it is silent. */
export interface LogFile {
  readonly path: string;
  line(text: string): void;
}

const keepSmall = (path: string): void => {
  try {
    if (statSync(path).size > maxBytes) renameSync(path, `${path}.1`);
  } catch {
    // There is none yet.
  }
};

/** Opens `start.log` in `folder`, which must exist. */
export const openLogFile = (folder: string): LogFile => {
  const path = join(folder, 'start.log');
  keepSmall(path);
  let file: number | null = openSync(path, 'a', 0o600);
  return {
    path,
    line: (text) => {
      if (file === null) return;
      try {
        writeSync(file, `${new Date().toISOString()} ${text.trimEnd()}\n`);
      } catch {
        closeSync(file);
        file = null;
      }
    },
  };
};
