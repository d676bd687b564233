import { expect, test } from 'vitest';
import { CentreError } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import { lost } from '#tests/support/sync-faults.ts';
import { openReady } from '#tests/support/sync-local.ts';
import { startSync } from './engine.ts';

test('a database that can no longer be read ends nothing but the exchange itself', async () => {
  const temporary = openReady();
  const set = new Map<string, () => void>();
  const events: string[] = [];
  const engine = startSync({
    local: temporary.local,
    centre: () => {
      throw lost();
    },
    app: 'test',
    timers: {
      set: (name, _milliseconds, fire) => set.set(name, fire),
      clear: (name) => set.delete(name),
      clearAll: () => set.clear(),
    },
    log: (event) => events.push(event),
  });
  await expect.poll(() => [...set.keys()]).toEqual(['retry']);
  temporary.local.db.close();
  expect(() => set.get('retry')?.()).not.toThrow();
  expect(events).toContain('look-failed');
  await engine.stop();
  temporary.remove();
});

test('a copied workstation stops also when the disk does not take the note of it', async () => {
  const temporary = openReady();
  const { local } = temporary;
  const engine = startSync({
    local: {
      replica: {
        ...local.replica,
        halt: () => {
          throw new LocalError('disk-full', 'The disk is full.');
        },
      },
    },
    centre: () => {
      throw new CentreError('another mutation is here already', 'CH002', false);
    },
    app: 'test',
    timers: { set: () => undefined, clear: () => undefined, clearAll: () => undefined },
  });
  await expect.poll(() => engine.status()).toMatchObject({ connection: 'stopped', problem: 'cloned' });
  await engine.stop();
  temporary.remove();
});
