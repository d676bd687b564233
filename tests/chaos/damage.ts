import { existsSync, rmSync } from 'node:fs';
import { databaseFile } from '#main/data/local/files.ts';
import type { Random } from './random.ts';

/** What a person with a file manager does to a workstation that is off. Returns what it was. */
export const damageFiles = (folder: string, random: Random): string => {
  const file = databaseFile(folder);
  const log = `${file}-wal`;
  if (random.chance(0.6) && existsSync(log)) {
    rmSync(log);
    return 'the write-ahead log is deleted';
  }
  rmSync(file, { force: true });
  rmSync(log, { force: true });
  return 'the database is deleted';
};
