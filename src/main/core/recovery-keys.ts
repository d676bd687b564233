import { existsSync, statSync } from 'node:fs';
import { recoveryFile } from '#main/data/local/files.ts';
import { newRecoveryKey, sealUnder } from './recovery.ts';

/** The recovery key of a workstation, as it is made on a screen. */
export interface RecoveryKeys {
  /** When the one that counts was made; null when there is none. */
  madeAt(): string | null;
  /** A new one, to be shown. It counts when {@link confirm} is told its last group; until then the one of before does. */
  make(): string;
  /** Whether `typed` is the last group of the one that was made last, which counts from then on. */
  confirm(typed: string): boolean;
}

/** What was typed without blanks, in capital letters. */
const bare = (typed: string): string => typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');

/** `key` gives the database's key as it is then. */
export const createRecoveryKeys = (folder: string, key: () => Buffer): RecoveryKeys => {
  let made: string | null = null;
  return {
    madeAt: () =>
      existsSync(recoveryFile(folder)) ? statSync(recoveryFile(folder)).mtime.toISOString() : null,
    make: () => {
      made = newRecoveryKey();
      return made;
    },
    confirm: (typed) => {
      if (made === null || bare(typed) !== made.split('-').at(-1)) return false;
      sealUnder(folder, key(), made);
      made = null;
      return true;
    },
  };
};
