import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { databaseFile } from '#main/data/local/files.ts';

const change = (file: string, edit: (bytes: Buffer) => void) => {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  if (bytes.length === 0) return;
  edit(bytes);
  writeFileSync(file, bytes);
};

/** Ways to damage a workstation's database that no process has open; `random` gives numbers from 0 up to 1. */
export const damages: Readonly<Record<string, (folder: string, random: () => number) => void>> = {
  'bits of the database': (folder, random) =>
    change(databaseFile(folder), (bytes) => {
      for (let page = 0; page * 4096 < bytes.length; page += 1) {
        if (page > 0 && random() < 0.5) continue;
        const at = page * 4096 + 100 + Math.floor(random() * 3900);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
    }),
  'bits of the write-ahead log': (folder, random) =>
    change(`${databaseFile(folder)}-wal`, (bytes) => {
      for (let i = 0; i < 20; i += 1) {
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
    }),
  'the end of the database': (folder, random) => {
    const file = databaseFile(folder);
    truncateSync(file, Math.floor(readFileSync(file).length * random()));
    rmSync(`${file}-wal`, { force: true });
  },
  'no write-ahead log': (folder) => rmSync(`${databaseFile(folder)}-wal`, { force: true }),
  'no database': (folder) => rmSync(databaseFile(folder)),
  'a page of zeros': (folder) => {
    change(databaseFile(folder), (bytes) => bytes.fill(0, 0, 4096));
    rmSync(`${databaseFile(folder)}-wal`, { force: true });
  },
};
