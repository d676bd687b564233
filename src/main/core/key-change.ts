import { realDisk } from '#main/data/local/disk.ts';
import { recoveryFile } from '#main/data/local/files.ts';
import { prepareRekey } from '#main/data/local/rekey.ts';
import { shred } from './wipe.ts';

/** Where a host keeps the database's key. */
export interface KeyKeep {
  read(): Promise<Buffer>;
  /** Puts another key in its place, in one step: whatever is killed when, the old one or the new one is there. Durable when it resolves. */
  replace(key: Buffer): Promise<void>;
}

/**
 * Has everything of a workstation encrypted with the key `next`; its database must not be open. From the moment `keep` has
 * it, `next` counts, and the next `openLocal` finishes. The recovery key of before is of no use from then on.
 * Throws what `prepareRekey` and `keep` throw: then what `keep` has is the key, and it opens everything.
 */
export const changeKey = async (
  folder: string,
  key: Buffer,
  next: Buffer,
  keep: Pick<KeyKeep, 'replace'>,
): Promise<void> => {
  const release = prepareRekey({ disk: realDisk, folder, key, next });
  try {
    shred(recoveryFile(folder));
    await keep.replace(next);
  } finally {
    release();
  }
};
