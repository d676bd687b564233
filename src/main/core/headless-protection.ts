import type { GivenKey } from './given-key.ts';
import { keyFile, readKey, replaceKey } from './key-file.ts';
import type { ProtectionHost } from './protection.ts';
import { settledName } from './settings-file.ts';

/** What the headless host does for the key and the backups: nobody sits at it, so folders are said with its start. */
export const headlessProtection = (folder: string, given: GivenKey | null): ProtectionHost => ({
  place: given === null ? 'file' : 'given',
  keep:
    given === null
      ? {
          read: async () => readKey(keyFile(folder)),
          replace: async (key) => replaceKey(folder, key),
        }
      : null,
  folders: null,
  settings: () => {
    const name = settledName(folder, null);
    return name === null ? {} : { name };
  },
});
