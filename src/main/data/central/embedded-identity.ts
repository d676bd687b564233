import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EmbeddedCentreError } from './embedded-error.ts';

const Identity = z.object({ id: z.string(), password: z.string(), port: z.number().int().nullable() });
/** What an embedded centre keeps beside its data: the administrator's password and the port it had last. */
export type Identity = z.infer<typeof Identity>;

const fileOf = (dataFolder: string): string => join(dataFolder, 'centre.json');

/** Writes durably, readable by the owner only, whole or not at all. */
export const writeIdentity = async (dataFolder: string, identity: Identity): Promise<void> => {
  const coming = `${fileOf(dataFolder)}.new`;
  const file = await open(coming, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify(identity)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(coming, fileOf(dataFolder));
};

/** The identity of the centre in `dataFolder`; a new one with a random password for a new folder. */
export const readIdentity = async (dataFolder: string): Promise<Identity> => {
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const text = await readFile(fileOf(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) {
    const made = {
      id: randomBytes(8).toString('hex'),
      password: randomBytes(24).toString('base64url'),
      port: null,
    };
    await writeIdentity(dataFolder, made);
    return made;
  }
  try {
    return Identity.parse(JSON.parse(text));
  } catch (error) {
    throw new EmbeddedCentreError(
      'damaged',
      `${fileOf(dataFolder)} is damaged: the database cannot be opened without it. Put back a backup of the folder.`,
      error,
    );
  }
};
