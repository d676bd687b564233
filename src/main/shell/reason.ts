import { DataFolderError } from '#main/core/key-file.ts';
import { tellError } from '#main/core/log.ts';
import { AddressError } from '#main/data/central/address.ts';
import { CentreError } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';

/** The system's words, or our own; of anything else only the class and place, since its message may quote a row. */
export const reasonOf = (reason: unknown): string => {
  const fromSystem = reason instanceof Error && 'syscall' in reason;
  const ours = [DataFolderError, LocalError, AddressError, CentreError].some(
    (kind) => reason instanceof kind,
  );
  return fromSystem || ours ? (reason as Error).message : tellError(reason);
};
