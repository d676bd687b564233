import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CentreKeep } from '#main/core/enrolment.ts';
import type { KeyKeep } from '#main/core/key-change.ts';
import type { Secrets } from '#main/security/secrets.ts';

const keyName = 'database-key';
const centreName = 'centre';
const enrolmentName = 'enrolment';

/** Every secret of a workstation; the key first: without it the database is only noise. */
export const secretNames = [keyName, centreName, enrolmentName] as const;

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

/** The keyring as the place of the database's key. */
export const keyringKeyKeep = (secrets: Secrets): KeyKeep => ({
  read: async () => {
    const known = await secrets.get(keyName);
    if (known === null) throw new KeyMissingError();
    return Buffer.from(known, 'hex');
  },
  replace: (key) => secrets.set(keyName, key.toString('hex')),
});

const Pending = z.object({ code: z.string(), password: z.string() });

/** What the keyring keeps of the centre. The address is there before the code it came from goes. */
export const keyringKeep = (secrets: Secrets): CentreKeep => ({
  read: async () => {
    const pending = await secrets.get(enrolmentName);
    return {
      centre: await secrets.get(centreName),
      enrolment: pending === null ? null : Pending.parse(JSON.parse(pending)),
    };
  },
  write: async ({ centre, enrolment }) => {
    if (centre !== null) await secrets.set(centreName, centre);
    if (enrolment !== null) await secrets.set(enrolmentName, JSON.stringify(enrolment));
    else await secrets.remove(enrolmentName);
  },
});
