import { closeSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { databaseFile } from '#main/data/local/files.ts';
import type { Random } from './random.ts';

/** Turns some bits of a file over, as a failing disk does. */
const flipBits = (file: string, random: Random): void => {
  const { size } = statSync(file);
  const descriptor = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  for (let left = random.between(1, 6); left > 0 && size > 0; left -= 1) {
    const at = random.between(0, size - 1);
    readSync(descriptor, byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8() ^ (1 << random.between(0, 7)));
    writeSync(descriptor, byte, 0, 1, at);
  }
  closeSync(descriptor);
};

/**
 * What a person with a file manager, or a failing disk, does to a workstation that is off. Bits are turned over only
 * where the last end was not in order: then all is read at the next start, and what was turned is found there and not by
 * whoever happens to look later. Returns what it was.
 */
export const damageFiles = (folder: string, random: Random, inOrder: boolean): string => {
  const file = databaseFile(folder);
  const log = `${file}-wal`;
  const logged = existsSync(log);
  if (!inOrder && existsSync(file) && random.chance(0.7)) {
    const target = logged && random.chance(0.4) ? log : file;
    flipBits(target, random);
    return `bits of the ${target === log ? 'write-ahead log' : 'database'} are turned over`;
  }
  if (random.chance(0.6) && logged) {
    rmSync(log);
    return 'the write-ahead log is deleted';
  }
  rmSync(file, { force: true });
  rmSync(log, { force: true });
  return 'the database is deleted';
};
