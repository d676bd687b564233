import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The disk of the second place: a stick or a share, which may be slow or gone. Nobody waits for it, so nothing here blocks. */
export interface SecondDisk {
  readonly exists: (file: string) => Promise<boolean>;
  readonly size: (file: string) => Promise<number>;
  /** The names in a folder; none for a folder that is not there. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly makeFolder: (folder: string) => Promise<void>;
  /** Puts `bytes` in place of the whole file: after a crash, or when the stick is pulled out, it is the old one or the new one. */
  readonly replace: (file: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Where backups are put a second time. */
export interface SecondPlace {
  /** The folder somebody chose: it must be there, or nothing is written. */
  readonly chosen: string;
  /** This workstation's own folder in it. */
  readonly own: string;
  /** What is to be there, beside what is there already: the file's name and its bytes, read when they are needed. */
  readonly files: ReadonlyMap<string, () => Uint8Array>;
  /** Files whose text may have changed since they were put there; null: it is to be gone. */
  readonly replaced: ReadonlyMap<string, Uint8Array | null>;
  /** Names of folders in the chosen one that an earlier key's backups were in. */
  readonly earlier: readonly string[];
  /** Which of the names there are one too many. */
  readonly superfluous: (
    names: readonly { readonly name: string; readonly size: number }[],
  ) => readonly string[];
}

/** Brings the second place up to date. False when what was chosen is not there: a stick that is not plugged in must not become a folder. */
export const keepSecondPlace = async (disk: SecondDisk, place: SecondPlace): Promise<boolean> => {
  const { chosen, own, files, replaced, earlier, superfluous } = place;
  if (!(await disk.exists(chosen))) return false;
  await disk.makeFolder(own);
  const there = new Set(await disk.list(own));
  for (const [name, bytes] of files) if (!there.has(name)) await disk.replace(join(own, name), bytes());
  for (const [name, bytes] of replaced)
    await (bytes === null ? disk.remove(join(own, name)) : disk.replace(join(own, name), bytes));
  const sizes = [];
  for (const name of await disk.list(own)) sizes.push({ name, size: await disk.size(join(own, name)) });
  for (const name of superfluous(sizes)) await disk.remove(join(own, name));
  for (const name of earlier) await disk.remove(join(chosen, name));
  return true;
};

/** The computer's own. */
export const realSecondDisk: SecondDisk = {
  exists,
  size: async (file) => (await stat(file)).size,
  list: async (folder) => ((await exists(folder)) ? readdir(folder) : []),
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  replace: async (file, bytes) => {
    const handle = await open(`${file}.new`, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
  },
  remove: (file) => rm(file, { force: true, recursive: true }),
};
