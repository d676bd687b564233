import { mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalError } from '#main/data/local/error.ts';
import { lockFolder } from '#main/data/local/lock.ts';
import { StartProblem } from './problem.ts';

/** Where everything of one demonstration clinic is. */
export interface DataFolder {
  readonly root: string;
  /** The clinic itself; `--fresh` moves it aside. */
  readonly clinic: string;
  release(): void;
}

const megabyte = 1024 * 1024;
const neededFirst = 300 * megabyte;
const neededLater = 30 * megabyte;

/** The processes of a running start, for whoever wants to find them. */
export interface RunFile {
  readonly start: number;
  readonly supervisor: number;
  readonly centre: string;
  readonly desks: readonly { readonly name: string; readonly pid: number; readonly url: string | null }[];
}

const runFile = (root: string) => join(root, 'run.json');

/** Writes a small file whole or not at all, for its owner only. */
export const writeWhole = async (path: string, content: unknown): Promise<void> => {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
};

export const writeRunFile = (root: string, content: RunFile): Promise<void> =>
  writeWhole(runFile(root), content);
export const removeRunFile = (root: string): Promise<void> => rm(runFile(root), { force: true });

const runningAt = async (root: string): Promise<string> => {
  try {
    const { desks } = JSON.parse(await readFile(runFile(root), 'utf8')) as RunFile;
    const urls = desks.flatMap(({ url }) => (url === null ? [] : [url]));
    return urls.length > 0 ? ` at ${urls.join(' and ')}` : '';
  } catch {
    return '';
  }
};

const lock = async (root: string): Promise<() => void> => {
  try {
    return lockFolder(root);
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'in-use') throw error;
    throw new StartProblem(
      `ClinicHub is already running on ${root}${await runningAt(root)}. Use that one, stop it first, or give this start a folder of its own with --data <folder>.`,
    );
  }
};

const requireSpace = async (root: string, isNew: boolean): Promise<void> => {
  const { bavail, bsize } = await statfs(root);
  const needed = isNew ? neededFirst : neededLater;
  if (bavail * bsize >= needed) return;
  throw new StartProblem(
    `There are only ${Math.floor((bavail * bsize) / megabyte)} MB left on the disk of ${root}; ${needed / megabyte} MB are needed. What was saved before is kept. Free some space and start again.`,
  );
};

const stamp = (now: Date) => now.toISOString().slice(0, 19).replaceAll(':', '-');

/**
 * Takes the folder for this start and makes sure that it can be written. With `fresh`, the clinic that is there is
 * moved aside, and the answer says where to. Throws {@link StartProblem} and errors of the file system.
 */
export const openDataFolder = async (
  root: string,
  fresh: boolean,
  now: Date,
): Promise<{ readonly folder: DataFolder; readonly movedTo: string | null }> => {
  await mkdir(root, { recursive: true, mode: 0o711 });
  const release = await lock(root);
  try {
    const clinic = join(root, 'clinic');
    const there = (await stat(clinic).catch(() => null)) !== null;
    const movedTo = fresh && there ? `${clinic}-until-${stamp(now)}` : null;
    if (movedTo !== null) await rename(clinic, movedTo);
    await requireSpace(root, !there || movedTo !== null);
    await mkdir(clinic, { recursive: true, mode: 0o711 });
    return { folder: { root, clinic, release }, movedTo };
  } catch (error) {
    release();
    throw error;
  }
};
