import { EnrolmentError } from '#main/core/enrolment.ts';
import { DataFolderError } from '#main/core/key-file.ts';
import { tellError } from '#main/core/log.ts';
import { AddressError } from '#main/data/central/address.ts';
import { EnrolmentCodeError } from '#main/data/central/enrolment-code.ts';
import { LocalError } from '#main/data/local/error.ts';
import { OptionError, usage } from './options.ts';
import { HttpHostError } from './server.ts';

/** What a person who started it can do something about is said in words; anything else is a bug and shows where. */
export const explain = (error: unknown): string => {
  if (error instanceof OptionError) return `${error.message}\n\n${usage}`;
  const known = [
    DataFolderError,
    EnrolmentError,
    EnrolmentCodeError,
    AddressError,
    LocalError,
    HttpHostError,
  ].some((kind) => error instanceof kind);
  return known ? (error as Error).message : tellError(error);
};
