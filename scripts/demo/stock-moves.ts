import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { Random } from './random.ts';
import type { DemoStock } from './stock.ts';

type Row = RowOf<'stock_movement'>;

/** Some work in the stock room, each an array of movements that belong together; the same for the same numbers. */
export const makeMoves = (
  random: Random,
  { stores, batches, movements }: DemoStock,
  times: number,
  made: { readonly newId: () => string; readonly instantOf: (time: number) => string },
): readonly (readonly Row[])[] => {
  const known: Row[] = [...movements];
  const reversed = new Set<string>();
  const someOf = <T>(all: readonly T[]): T => {
    const one = all[random.between(0, all.length - 1)];
    if (one === undefined) throw new RangeError('there is nothing to choose from');
    return one;
  };
  const there = (batch: string, store: string): number =>
    known
      .filter((row) => row.batch_id === batch && row.location_id === store)
      .reduce((sum, { delta }) => sum + delta, 0);
  const transfer = (row: (more: Partial<Row>) => Row, store: string, count: number): readonly Row[] => {
    const to = someOf(stores.filter(({ id }) => id !== store)).id;
    const transfer_id = made.newId();
    return [
      row({ kind: 'transfer-out', delta: -count, transfer_id }),
      row({ kind: 'transfer-in', delta: count, transfer_id, location_id: to }),
    ];
  };
  const takeBack = (row: (more: Partial<Row>) => Row): readonly Row[] => {
    const open = known.filter(
      ({ id, kind, transfer_id }) => kind !== 'reversal' && transfer_id === null && !reversed.has(id),
    );
    const of = someOf(open);
    reversed.add(of.id);
    const { batch_id, location_id, id: corrects } = of;
    return [
      row({ kind: 'reversal', batch_id, location_id, corrects, delta: 0 - of.delta, held: 0 - of.held }),
    ];
  };
  return Array.from({ length: times }, (_, time) => {
    const [batch, store] = [someOf(batches).id, someOf(stores).id];
    const row = (more: Partial<Row>): Row => ({
      ...blank('stock_movement'),
      id: made.newId(),
      kind: 'adjust',
      batch_id: batch,
      location_id: store,
      delta: 0,
      held: 0,
      reason: 'As found',
      recorded_at: made.instantOf(time),
      ...more,
    });
    const count = random.between(1, 30);
    const expected = there(batch, store);
    const counted = Math.max(0, expected + random.between(-3, 3));
    const moves = [
      () => [row({ kind: 'receive', delta: count * 10 })],
      () => [row({ kind: 'dispense', delta: -count })],
      () => [row({ kind: 'dispense', delta: -count })],
      () => [row({ kind: 'adjust', delta: random.chance(0.5) ? count : -count })],
      () => [row({ kind: 'waste', delta: -count })],
      () => [row({ kind: 'stock-take', counted, expected, delta: counted - expected })],
      () => [row({ kind: 'reserve', held: count })],
      () => transfer(row, store, count),
      () => takeBack(row),
    ];
    const rows = someOf(moves)();
    known.push(...rows);
    return rows;
  });
};
