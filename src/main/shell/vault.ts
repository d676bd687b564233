import { randomBytes } from 'node:crypto';
import type { Secrets } from '#main/security/secrets.ts';

const keyName = 'database-key';
const centreName = 'centre';

/** There is a database and its key is not in the keyring: a new key would only make that worse. */
export class KeyMissingError extends Error {
  override readonly name = 'KeyMissingError';
}

/**
 * The key of the workstation's database: made once, 256 random bits, and durable before anything is encrypted with it.
 * Throws {@link KeyMissingError} when there `isDatabase` but no key.
 */
export const databaseKey = async (secrets: Secrets, isDatabase: boolean): Promise<Buffer> => {
  const known = await secrets.get(keyName);
  if (known !== null) return Buffer.from(known, 'hex');
  if (isDatabase) throw new KeyMissingError();
  const key = randomBytes(32);
  await secrets.set(keyName, key.toString('hex'));
  return key;
};

/** The centre's address: `said` at this start, and then kept; else the one kept before; null when there is none. */
export const centreAddress = async (secrets: Secrets, said: string | null): Promise<string | null> => {
  const known = await secrets.get(centreName);
  if (said === null || said === known) return known;
  await secrets.set(centreName, said);
  return said;
};
