import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { completed, missingBinaries, readLock } from './complete.ts';

test('the lock names a binary for every system', () => {
  const lock = readLock(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8'));
  expect([...missingBinaries(lock).keys()], 'run: node scripts/complete-lock.ts').toEqual([]);
});

test('what npm dropped comes back with its system and version, what is there stays', () => {
  const lock = readLock(
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { name: 'x' },
        'node_modules/tool': {
          version: '1.2.3',
          dev: true,
          license: 'MIT',
          optionalDependencies: {
            '@tool/cli-linux-x64': '1.2.3',
            '@tool/cli-linux-arm64-musl': '1.2.3',
            '@tool/cli-win32-x64': '1.2.3',
            fsevents: '^2.0.0',
          },
        },
        'node_modules/@tool/cli-linux-x64': { version: '1.2.3', integrity: 'sha512-a' },
      },
    }),
  );
  const { packages } = completed(lock);
  expect(packages['node_modules/@tool/cli-linux-x64']).toEqual({ version: '1.2.3', integrity: 'sha512-a' });
  expect(packages['node_modules/@tool/cli-win32-x64']).toEqual({
    version: '1.2.3',
    os: ['win32'],
    cpu: ['x64'],
    dev: true,
    license: 'MIT',
    optional: true,
  });
  expect(packages['node_modules/@tool/cli-linux-arm64-musl']).toMatchObject({
    os: ['linux'],
    libc: ['musl'],
  });
  expect(Object.keys(packages)).toHaveLength(5);
  expect(missingBinaries(completed(lock)).size).toBe(0);
});
