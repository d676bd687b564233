import { expect, test } from 'vitest';
import type { Secrets } from '#main/security/secrets.ts';
import { centreAddress, databaseKey, KeyMissingError } from './vault.ts';

const inMemory = (): Secrets & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => {
      kept.set(name, value);
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

test('the centre said last is kept', async () => {
  const secrets = inMemory();
  expect(await centreAddress(secrets, null)).toBeNull();
  expect(await centreAddress(secrets, 'postgres://a')).toBe('postgres://a');
  expect(await centreAddress(secrets, null)).toBe('postgres://a');
  expect(await centreAddress(secrets, 'postgres://b')).toBe('postgres://b');
  expect(await centreAddress(secrets, null)).toBe('postgres://b');
});
