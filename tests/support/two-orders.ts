import { expect } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { LocalRowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cells, Verdict } from '#shared/sync/wire.ts';
import { type Desk, expectConverged, type TwoWorkstations } from './two-workstations.ts';

/** Whose work reaches the centre first. */
export const orders = ['A', 'B'] as const;
export type Order = (typeof orders)[number];

/** The people at the two desks. */
export const users = {
  A: '01900000-0000-7000-8000-0000000000a1',
  B: '01900000-0000-7000-8000-0000000000b1',
} as const;

/** A conflict with its values read. */
export type ReadConflict = Omit<LocalRowOf<'conflict'>, 'attempted' | 'kept'> & {
  readonly attempted: Cells;
  readonly kept: Cells;
};

export const conflictsOn = (desk: Desk): readonly ReadConflict[] =>
  desk.local.store
    .all(localDb.selectFrom('conflict').selectAll().orderBy('created_at').orderBy('id'))
    .map((row) => ({
      ...row,
      attempted: JSON.parse(row.attempted) as Cells,
      kept: JSON.parse(row.kept) as Cells,
    }));

export const rowsOn = <T extends TableName>(desk: Desk, table: T): readonly LocalRowOf<T>[] =>
  desk.local.db.prepare(`SELECT * FROM ${table} ORDER BY id`).all() as LocalRowOf<T>[];

/** What a desk does while it hears of nobody. */
export type Act = (writer: LocalWriter) => void;

/**
 * Both desks do their part offline, then come back, the one of `order` first. Waits until all is quiet and holds both desks against
 * the centre. Returns the verdicts by desk.
 */
export const apartThenTogether = async (
  { a, b }: TwoWorkstations,
  order: Order,
  acts: { readonly A: Act; readonly B: Act },
): Promise<{ readonly first: Verdict | null; readonly second: Verdict | null }> => {
  await a.offline();
  await b.offline();
  const made = { A: act(a, 'A', acts.A), B: act(b, 'B', acts.B) };
  const [first, second] = order === 'A' ? ([a, b] as const) : ([b, a] as const);
  const verdicts = {
    first: await comeBack(first, made[order]),
    second: await comeBack(second, made[order === 'A' ? 'B' : 'A']),
  };
  await first.settled();
  await expectConverged(a, b);
  return verdicts;
};

export const act = (desk: Desk, who: Order, write: Act): number =>
  desk.local.store.mutate({ kind: 'test', user: users[who] }, write).n;

const comeBack = async (desk: Desk, n: number) => {
  await desk.online();
  const verdict = n === 0 ? null : await desk.engine.verdict(n, 10_000);
  await desk.settled();
  return verdict;
};

/** I6: a losing value can be read back with author, time and workstation of both versions. */
export const expectAttributed = (conflict: ReadConflict | undefined, loser: Order): void => {
  const winner = loser === 'A' ? 'B' : 'A';
  expect(conflict).toMatchObject({
    attempted_by: users[loser],
    attempted_device_name: `Desk ${loser}`,
    kept_by: users[winner],
    kept_device_name: `Desk ${winner}`,
    status: 'open',
  });
  for (const moment of [conflict?.attempted_at, conflict?.kept_at]) {
    expect(Math.abs(Date.parse(moment ?? '') - Date.now())).toBeLessThan(60_000);
  }
};
