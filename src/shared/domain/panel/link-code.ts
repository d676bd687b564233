import { readCode } from '#shared/domain/accounts/code.ts';

/**
 * A code that reception printed, as it is compared: in any case, with or without dashes and spaces, `XXXX-XXXX-XXXX`. Null when
 * `typed` can be none. `makeCode` of the one-time codes makes them.
 */
export const readLinkCode = (typed: string): string | null => readCode(typed);

/** The page of the panel that takes a code, without it where it is typed in. */
export const linkCodePath = (code?: string): string => (code === undefined ? '/code' : `/code/${code}`);
