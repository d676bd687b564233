import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { shred } from '#main/core/wipe.ts';
import { NoSafePlaceError } from './no-safe-place.ts';

/** Small secrets of this workstation, encrypted by the operating system for the signed-in system user. */
export interface Secrets {
  /** The secret, or null when there is none yet. Throws when there is one that cannot be read. */
  get(name: string): Promise<string | null>;
  /** Durable when it resolves. */
  set(name: string, value: string): Promise<void>;
  /** Writes over the secret and removes it; nothing happens when there is none. */
  remove(name: string): Promise<void>;
}

/** The file of a secret kept in `folder`. */
export const sealedFile = (folder: string, name: string): string => join(folder, `${name}.sealed`);

/** Refuses the back end that only looks like encryption: on Linux without a keyring the key is in every copy of Chromium. */
const requireSafePlace = async (): Promise<void> => {
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') {
      throw new NoSafePlaceError('noKeyring');
    }
  }
  if (!(await safeStorage.isAsyncEncryptionAvailable())) {
    throw new NoSafePlaceError('keyringLocked');
  }
};

const read = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw reason;
  }
};

const decrypt = async (sealed: Buffer): Promise<string> => {
  try {
    return (await safeStorage.decryptStringAsync(sealed)).result;
  } catch (cause) {
    throw new NoSafePlaceError('unreadable', { cause });
  }
};

const write = async (folder: string, file: string, sealed: Buffer): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(sealed);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};

/** The secrets kept in `folder`. Call after Electron is ready. Throws {@link NoSafePlaceError}. */
export const openSecrets = async (folder: string): Promise<Secrets> => {
  await requireSafePlace();
  return {
    get: async (name) => {
      const sealed = await read(sealedFile(folder, name));
      return sealed === null ? null : decrypt(sealed);
    },
    set: async (name, value) =>
      write(folder, sealedFile(folder, name), await safeStorage.encryptStringAsync(value)),
    remove: async (name) => shred(sealedFile(folder, name)),
  };
};
