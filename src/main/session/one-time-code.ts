import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { codeDays, makeCode, readCode } from '#shared/domain/accounts/code.ts';
import { instant } from '#shared/kernel/clock.ts';

/** A code to be told once, and what is kept of it. */
export interface OneTimeCode {
  readonly code: string;
  readonly hash: string;
  readonly until: string;
}

/** A new one-time code that counts for some days from `now`, in milliseconds since 1970. */
export const newOneTimeCode = async (now: number): Promise<OneTimeCode> => {
  const code = makeCode(() => randomBytes(16));
  return { code, hash: await hash(code), until: instant(now + codeDays * 86_400_000) };
};

/** Whether somebody typed the code. A wrong hash in the database refuses like a wrong code. */
export const isCode = async (codeHash: string, typed: string): Promise<boolean> => {
  const code = readCode(typed);
  return code !== null && (await verify(codeHash, code).catch(() => false));
};
