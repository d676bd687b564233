import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { readCode } from '#main/data/central/enrolment-code.ts';
import { isLocalFile } from '#main/data/local/files.ts';
import { DataFolderError, writePrivateFile } from './key-file.ts';

const markerIn = (folder: string): string => join(folder, 'wiped');

/** Whether an administrator's order to destroy what was in this folder has been carried out, or begun. */
const wasWiped = (folder: string): boolean => existsSync(markerIn(folder));

/** An administrator had this workstation wiped; it does not start again. */
export class WipedError extends DataFolderError {
  override readonly name = 'WipedError';

  constructor(folder: string) {
    super(
      `This workstation was wiped by an administrator. ${folder} holds nothing of the clinic any more. To use this computer again, ask for an enrolment code and start with --enrol.`,
    );
  }
}

/**
 * Writes over a small secret before it is removed. On a disk that writes elsewhere (flash, a journal) old bytes may stay
 * until they are used again; whoever must be sure encrypts the disk.
 */
export const shred = (file: string): void => {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, randomBytes(statSync(file).size), 0, null, 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  rmSync(file);
};

/** Notes that the end has begun: a kill from here on cannot bring the workstation back. */
const mark = (folder: string): void => {
  if (!wasWiped(folder)) writePrivateFile(markerIn(folder), 'wiped by an administrator\n');
};

/**
 * Destroys a workstation: first the secrets (the database cannot be read from then on), then every file of its own.
 * `secrets` are files; nothing else in the folder is touched. The same call finishes what a kill has cut short.
 */
export const destroyWorkstation = (folder: string, secrets: readonly string[]): void => {
  mark(folder);
  for (const file of secrets) shred(file);
  for (const name of readdirSync(folder))
    if (isLocalFile(name)) rmSync(join(folder, name), { recursive: true, force: true });
};

/**
 * A workstation that was wiped does not start again: what a kill has left is destroyed now, and a {@link WipedError}
 * thrown. With a new enrolment code the folder begins anew, as another workstation.
 */
export const refuseWiped = async (
  folder: string,
  code: string | null,
  destroy: () => Promise<void>,
): Promise<void> => {
  if (!wasWiped(folder)) return;
  await destroy();
  if (code === null) throw new WipedError(folder);
  readCode(code);
  rmSync(markerIn(folder));
};
