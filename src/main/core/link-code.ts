import { createHash } from 'node:crypto';
import { readLinkCode } from '#shared/domain/panel/link-code.ts';

/** What is kept of a code that reception printed, and what one that is typed in is looked for by; null when it can be none. */
export const linkCodeHash = (typed: string): string | null => {
  const code = readLinkCode(typed);
  return code === null ? null : createHash('sha256').update(code).digest('hex');
};
