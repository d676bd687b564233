import { join } from 'node:path';
import { type AppendFile, type Disk, realDisk } from '#main/data/local/disk.ts';
import { neverBack, systemClock } from '#shared/kernel/clock.ts';
import { jsonLog, type Log } from './log.ts';

/** The log of a workstation on its own disk, bounded whatever happens. */
export interface LogFile {
  /** Adds a line that brings its end. It never throws: a line the disk does not take is counted. */
  write(line: string): void;
  /** The last lines, at most `bytes` of them, the oldest first; of the file before, too, when this one is young. */
  tail(bytes: number): readonly string[];
}

export interface LogFileOptions {
  readonly disk?: Disk;
  /** A file that has grown to this many bytes is put aside. */
  readonly bytes?: number;
  /** How many are kept, the one that is written to included. */
  readonly files?: number;
  readonly now?: () => number;
}

/** Where the logs are, inside a data folder. */
export const logFolder = (folder: string): string => join(folder, 'logs');

/** The least time between two tries on a disk that is full or failing, milliseconds. */
const patience = 5_000;

const fileNames = (folder: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) =>
    join(logFolder(folder), n === 0 ? 'clinichub.log' : `clinichub.${n}.log`),
  );

/** The log in `logs` of a data folder: `clinichub.log`, and `clinichub.1.log` and so on, which are older. */
export const openLogFile = (folder: string, options: LogFileOptions = {}): LogFile => {
  const { disk = realDisk, bytes = 1_000_000, files = 5, now = neverBack(systemClock).now } = options;
  const names = fileNames(folder, files);
  const [newest = ''] = names;
  let file: AppendFile | null = null;
  let failedAt: number | null = null;
  let lost = 0;

  const rotate = () => {
    file?.close();
    file = null;
    for (const [n, name] of [...names.entries()].toReversed()) {
      if (!disk.exists(name)) continue;
      const older = names[n + 1];
      if (older === undefined) disk.remove(name);
      else disk.move(name, older);
    }
  };

  const add = (line: string) => {
    disk.makeFolder(logFolder(folder));
    file ??= disk.append(newest);
    if (file.size() > 0 && file.size() + line.length > bytes) rotate();
    file ??= disk.append(newest);
    file.append(Buffer.from(line));
  };

  const catchUp = () => {
    if (lost === 0) return;
    add(`${JSON.stringify({ level: 'error', event: 'log-lines-lost', lines: lost })}\n`);
    lost = 0;
  };

  const linesOf = (name: string): readonly string[] =>
    disk.exists(name) ? disk.read(name).toString('utf8').split('\n').filter(Boolean) : [];

  return {
    write: (line) => {
      if (failedAt !== null && now() - failedAt < patience) {
        lost += 1;
        return;
      }
      try {
        catchUp();
        add(line);
        failedAt = null;
      } catch {
        failedAt = now();
        lost += 1;
      }
    },
    tail: (most) => {
      const kept: string[] = [];
      let size = 0;
      for (const name of names) {
        for (const line of linesOf(name).toReversed()) {
          size += line.length + 1;
          if (size > most) return kept.toReversed();
          kept.push(line);
        }
      }
      return kept.toReversed();
    },
  };
};

/** The log of a workstation: written, and read again by who asks for its last lines. */
export interface WorkstationLog extends Log {
  tail(bytes: number): readonly string[];
}

/** Notes on standard error, which belongs to whoever started the workstation, and in the workstation's own file. */
export const workstationLog = (folder: string): WorkstationLog => {
  const file = openLogFile(folder);
  const log = jsonLog((line) => {
    process.stderr.write(line);
    file.write(line);
  }, systemClock.now);
  return { ...log, tail: file.tail };
};
