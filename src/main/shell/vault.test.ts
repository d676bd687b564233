import { expect, test } from 'vitest';
import type { Secrets } from '#main/security/secrets.ts';
import { databaseKey, KeyMissingError, keyringKeep } from './vault.ts';

const inMemory = (): Secrets & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => {
      kept.set(name, value);
    },
    remove: async (name) => {
      kept.delete(name);
    },
  };
};

test('the key is made once: 256 bits, and the same afterwards', async () => {
  const secrets = inMemory();
  const key = await databaseKey(secrets, false);
  expect(key).toHaveLength(32);
  expect(await databaseKey(secrets, true)).toEqual(key);
  expect(await databaseKey(inMemory(), false)).not.toEqual(key);
});

test('a database without its key gets no new one', async () => {
  const secrets = inMemory();
  await expect(databaseKey(secrets, true)).rejects.toBeInstanceOf(KeyMissingError);
  expect(secrets.kept.size).toBe(0);
});

test('the address is in the keyring before the code it came from goes', async () => {
  const secrets = inMemory();
  const keep = keyringKeep(secrets);
  expect(await keep.read()).toEqual({ centre: null, enrolment: null });
  const pending = { centre: null, enrolment: { code: 'CH1.x.y', password: 'p' } };
  await keep.write(pending);
  expect(await keep.read()).toEqual(pending);
  const done = { centre: 'postgres://a', enrolment: null };
  const cut = keyringKeep({ ...secrets, remove: () => Promise.reject(new Error('killed')) });
  await expect(cut.write(done)).rejects.toThrow('killed');
  expect(await keep.read()).toEqual({ ...pending, centre: 'postgres://a' });
  await keep.write(done);
  expect([...secrets.kept.keys()]).toEqual(['centre']);
});
