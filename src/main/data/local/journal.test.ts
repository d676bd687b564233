import { afterEach, beforeEach, expect, test } from 'vitest';
import { helloReply, openReady, type TemporaryLocal } from '#tests/support/sync-local.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
});
afterEach(() => temporary.remove());

test('of what no backup holds the last 100,000 mutations are remembered', () => {
  const { db, replica } = temporary.local;
  db.exec(`INSERT INTO journal (n, kind, at, payload, hash, seq)
    WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 100500)
    SELECT n, 'x', '2026-11-23T08:00:00.000Z', '{}', '', n FROM k`);
  const remembered = () => db.prepare('SELECT min(n) AS first, count(*) AS rows FROM journal').get();
  replica.greeted(helloReply({ durable: 200, last_n: 100_500 }));
  expect(remembered()).toEqual({ first: 501, rows: 100_000 });
  replica.greeted(helloReply({ durable: 600, last_n: 100_500 }));
  expect(remembered()).toEqual({ first: 601, rows: 99_900 });
});
