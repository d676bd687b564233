import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { connectCentre } from './client.ts';

/**
 * The reason for the centre's clock. Numbers that a transaction takes when it writes are not in the order in which transactions become
 * visible, so a reader that follows them passes by what commits late. The same transactions carry both numbers here.
 */

const writers = 14;
const transactions = 10_000;

let centre: FreshCentre;
beforeAll(async () => {
  centre = await freshCentre();
  await withClient(centre.url, (client) =>
    client.query(
      'create table public.plain (n bigint generated always as identity primary key, id uuid not null)',
    ),
  );
});
afterAll(() => centre.drop());

/** One transaction with both numbers; it lingers before it ends, and one in ten changes its mind. */
const transaction = (id: string, lingers: number, ending: 'commit' | 'rollback'): string => `
  begin;
  insert into public.plain (id) values ('${id}');
  insert into clinichub.location (id, kind, name, time_zone, active) values ('${id}', 'site', 'x', 'UTC', true);
  select pg_sleep(${lingers});
  ${ending}`;

const write = async (client: pg.Client, work: { left: number }, committed: Set<string>): Promise<void> => {
  while (work.left > 0) {
    const id = randomUUID();
    const lingers = (Math.random() ** 3 * 0.02).toFixed(4);
    if (Math.random() < 0.1) await client.query(transaction(id, Number(lingers), 'rollback'));
    else {
      work.left -= 1;
      await client.query(transaction(id, Number(lingers), 'commit'));
      committed.add(id);
    }
  }
};

/** Follows the centre as a workstation does. Throws at the first gap. */
const followCentre = async (url: string, finished: () => boolean): Promise<readonly string[]> => {
  const desk = connectCentre(url);
  const seen: string[] = [];
  for (let cursor = 0; ; ) {
    const last = finished();
    const { from, to, txs, changes } = await desk.pull(cursor, 500);
    expect([from, to]).toEqual([cursor, cursor + txs]);
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_change, index) => cursor + 1 + index));
    seen.push(...changes.map(({ pk }) => pk));
    cursor = to;
    if (last && txs === 0) break;
    await setImmediate();
  }
  await desk.close();
  return seen;
};

/** Follows the plain sequence: everything above the highest number seen so far. */
const followSequence = (url: string, finished: () => boolean): Promise<readonly string[]> =>
  withClient(url, async (client) => {
    const seen: string[] = [];
    for (let cursor = '0'; ; ) {
      const last = finished();
      const { rows } = await client.query(
        'select n, id from public.plain where n > $1 order by n limit 500',
        [cursor],
      );
      seen.push(...rows.map(({ id }) => id));
      cursor = rows.at(-1)?.n ?? cursor;
      if (last && rows.length === 0) return seen;
      await setImmediate();
    }
  });

test(`${writers} writers, ${transactions} transactions: the centre's order misses none, a plain sequence does`, {
  timeout: 120_000,
}, async () => {
  const committed = new Set<string>();
  const work = { left: transactions };
  let over = false;
  const finished = () => over;
  const url = await centre.enrol('Reader');
  const readers = Promise.all([followCentre(url, finished), followSequence(centre.url, finished)]);
  await Promise.all(
    Array.from({ length: writers }, () => withClient(centre.url, (client) => write(client, work, committed))),
  );
  over = true;
  const [byClock, bySequence] = await readers;

  expect(committed.size).toBe(transactions);
  expect(byClock).toHaveLength(transactions);
  expect(new Set(byClock)).toEqual(committed);
  expect(bySequence.length).toBeLessThan(transactions);
});
