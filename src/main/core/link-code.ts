import { createHash, randomBytes } from 'node:crypto';
import { makeCode, readCode } from '#shared/domain/accounts/code.ts';

/** A new access code as it is printed, `XXXX-XXXX-XXXX`: 59 random bits. */
export const newLinkCode = (): string => makeCode(() => randomBytes(16));

/**
 * What is kept of an access code (`patient_link_code.code_hash`), of what somebody typed or scanned; null when it can be none. A
 * quick digest is enough: nobody guesses 59 random bits.
 */
export const linkCodeHash = (typed: string): string | null => {
  const code = readCode(typed);
  return code === null ? null : createHash('sha256').update(code).digest('hex');
};
