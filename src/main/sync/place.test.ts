import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import type { ChainLink } from '#shared/sync/wire.ts';
import { openReady, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { createHistorySteps } from './history.ts';
import { noteMoment } from './place.ts';
import { pullOnce } from './pull.ts';

/** Rows that came from beyond the cursor, and a centre that may have lost them. */
let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
  temporary.local.db.prepare('UPDATE sync_state SET history_table = ?').run(historyTables.at(-1));
});
afterEach(() => temporary.remove());

const zeros = '0'.repeat(64);
const link = (seq: number): ChainLink => ({ seq, chain: String(seq).padStart(64, 'a') });

/** A centre at `head` that knows these places, and has nothing else to tell. */
const centreAt = (head: number, known: readonly number[] = [head]): Centre => ({
  ...connectCentre('postgres://nobody@127.0.0.1:1/none'),
  place: async () => link(head),
  common: async (links) => Math.max(0, ...links.map(({ seq }) => seq).filter((seq) => known.includes(seq))),
  pull: async (from) => ({
    ...{ from, to: head, head, before: from === 0 ? zeros : link(from).chain, chain: link(head).chain },
    ...{ txs: head - from, changes: [] },
  }),
  estimate: async () => new Map(),
  bootPage: async () => [],
});

const lost = { sqlstate: 'CH004' };

test('a pull is not taken from a centre that has lost them, although it knows the cursor', async () => {
  const { replica } = temporary.local;
  await noteMoment(replica, centreAt(9));
  await expect(pullOnce(replica, centreAt(12, [12]), 10)).rejects.toMatchObject(lost);
  expect(replica.state().cursor).toBe(0);
  await pullOnce(replica, centreAt(12, [9, 12]), 10);
  expect(replica.state().cursor).toBe(12);
  expect(replica.ahead()).toBeNull();
});

test('nor are more of them', async () => {
  const { replica } = temporary.local;
  await noteMoment(replica, centreAt(9));
  await expect(noteMoment(replica, centreAt(12, [12]))).rejects.toMatchObject(lost);
  expect(replica.ahead()).toEqual(link(9));
  await pullOnce(replica, centreAt(9), 10);
  await expect(noteMoment(replica, centreAt(5))).rejects.toMatchObject(lost);
});

test('the place of them is remembered until the cursor is there, however far away it is', async () => {
  const { replica } = temporary.local;
  await noteMoment(replica, centreAt(1120));
  // The places of these two share a slot with it.
  for (const to of [96, 1050]) await pullOnce(replica, centreAt(to, [to, 1120]), 10);
  expect(replica.ahead()).toEqual(link(1120));
});

test('the history is whole only when the cursor is there', async () => {
  const { replica } = temporary.local;
  let head = 9;
  const { next } = createHistorySteps({
    replica,
    centre: () => centreAt(head),
    contact: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
    turn: async () => undefined,
  });
  await noteMoment(replica, centreAt(head));
  expect(await next()).toEqual({ type: 'history', more: true, stale: true });
  expect(replica.history.position()).not.toBeNull();
  head = 11;
  await pullOnce(replica, centreAt(head, [9, 11]), 10);
  expect(await next()).toEqual({ type: 'history', more: false, stale: false });
  expect(replica.history.position()).toBeNull();
});
