import { expect, test } from 'vitest';
import type { Centre } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { createHistorySteps } from './history.ts';

test('a page that names rows no pull brings is asked for five times more, then it is an error', async () => {
  const replica = {
    state: () => ({ cursor: 1, chain: 'c' }),
    ahead: () => null,
    history: {
      position: () => ({ table: 'task', after: null }),
      add: () => {
        throw new LocalError('no-such-row', 'names a row that is not here');
      },
    },
  } as unknown as Replica;
  const centre = {
    estimate: async () => new Map(),
    bootPage: async () => ['[1]'],
    place: async () => ({ seq: 1, chain: 'c' }),
  } as unknown as Centre;
  const steps = createHistorySteps({
    replica,
    centre: () => centre,
    contact: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
    turn: async () => undefined,
  });
  for (let n = 1; n <= 5; n += 1)
    expect(await steps.next()).toEqual({ type: 'history', more: true, stale: true });
  await expect(steps.next()).rejects.toMatchObject({ code: 'no-such-row' });
});
