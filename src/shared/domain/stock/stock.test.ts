import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allocate, byExpiry } from './allocate.ts';
import { batchId, countId, lotOf, reversalId } from './ids.ts';
import { toOrder } from './level.ts';
import { type Movement, quantities } from './movement.ts';
import { type StoredBatch, usableOf, usableSum } from './usable.ts';

const today = '2026-11-30';
const day = { today, until: null };
const batch = (more: Partial<StoredBatch> = {}): StoredBatch => ({
  batchId: 'b1',
  lot: 'A1',
  expiry: '2027-06-30',
  recalled: false,
  quantity: 100,
  held: 0,
  ...more,
});

it.each([
  [{}, { usable: 100, excluded: null }],
  [{ expiry: today }, { usable: 100, excluded: null }],
  [{ expiry: '2026-11-29' }, { usable: 0, excluded: 'expired' }],
  [{ expiry: null }, { usable: 100, excluded: null }],
  [
    { recalled: true, expiry: '2026-11-29' },
    { usable: 0, excluded: 'recalled' },
  ],
  [{ quantity: 0 }, { usable: 0, excluded: 'empty' }],
  [{ quantity: -3 }, { usable: 0, excluded: 'empty' }],
  [{ held: 40 }, { usable: 60, excluded: null }],
  [{ held: 100 }, { usable: 0, excluded: 'reserved' }],
  [{ held: -5 }, { usable: 100, excluded: null }],
] as const)('says what of a batch may be used, or why not: %o', (more, expected) => {
  expect(usableOf(batch(more), day)).toMatchObject(expected);
});

it('warns of what expires before the treatment ends, and hands it out', () => {
  const soon = batch({ expiry: '2026-12-05' });
  expect(usableOf(soon, { today, until: '2026-12-06' })).toMatchObject({
    usable: 100,
    expiresInTreatment: true,
  });
  expect(usableOf(soon, { today, until: '2026-12-05' }).expiresInTreatment).toBe(false);
});

it('sums what may be used and what is there for nothing, so that expired batches hide no lack', () => {
  const sum = usableSum(
    [
      batch({ batchId: '1', quantity: 30, held: 10 }),
      batch({ batchId: '2', quantity: 500, expiry: '2026-01-31' }),
      batch({ batchId: '3', quantity: -4 }),
      batch({ batchId: '4', quantity: 20, recalled: true }),
    ],
    today,
  );
  expect(sum).toEqual({
    usable: 20,
    quantity: 546,
    excluded: [
      { why: 'recalled', quantity: 20, batches: 1 },
      { why: 'expired', quantity: 500, batches: 1 },
      { why: 'reserved', quantity: 10, batches: 1 },
    ],
    negative: 1,
  });
});

it.each([
  [5, { minimum: 10, fillTo: null }, 15],
  [5, { minimum: 10, fillTo: 40 }, 35],
  [5, { minimum: 10, fillTo: 3 }, 5],
  [10, { minimum: 10, fillTo: 40 }, 0],
  [0, { minimum: null, fillTo: null }, 0],
] as const)('of %i usable with %o orders %i', (usable, level, expected) => {
  expect(toOrder(usable, level)).toBe(expected);
});

it('knows a batch by item, lot and day, however the lot is typed', () => {
  expect(lotOf('  ab  12 ')).toBe('AB 12');
  expect(batchId('i', 'ab 12', '2027-01-31')).toBe(batchId('i', ' AB 12', '2027-01-31'));
  const ids = [
    batchId('i', 'A', '2027-01-31'),
    batchId('i', 'A', null),
    batchId('j', 'A', null),
    countId('s', 'b', 0),
    countId('s', 'b', 1),
    reversalId('m'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

/** How many histories each property was tried with; printed, so that a report can say so. */
const runs = 500;
const holds = <Ts extends [unknown, ...unknown[]]>(name: string, property: fc.IProperty<Ts>) => {
  const { failed, numRuns } = fc.check(property, { numRuns: runs });
  console.info(`${name}: ${numRuns} cases`);
  if (failed) fc.assert(property, { numRuns: runs });
};

const days = ['2026-10-31', '2026-11-30', '2026-12-31', '2027-03-31', null] as const;
const someBatches = fc
  .array(
    fc.record({
      expiry: fc.constantFrom(...days),
      recalled: fc.boolean(),
      quantity: fc.integer({ min: -50, max: 200 }),
      held: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 8 },
  )
  .map((rows) => rows.map((row, at): StoredBatch => ({ ...row, batchId: `b${at}`, lot: `L${at % 3}` })));

it('never takes more than may be used, takes all that is wanted or says what is missing, the first to expire first', () => {
  holds(
    'allocation',
    fc.property(someBatches, fc.integer({ min: 0, max: 500 }), (batches, wanted) => {
      const { parts, missing } = allocate(batches, wanted, day);
      const byId = new Map(batches.map((one) => [one.batchId, one]));
      const taken = parts.map(({ batchId: id }) => byId.get(id) as StoredBatch);
      for (const [at, { quantity }] of parts.entries())
        expect(quantity).toBeLessThanOrEqual(usableOf(taken[at] as StoredBatch, day).usable);
      expect(parts.reduce((sum, { quantity }) => sum + quantity, missing)).toBe(wanted);
      expect(taken).toEqual(taken.toSorted(byExpiry));
      // What was passed over by a later batch was taken whole.
      const last = taken.at(-1);
      const earlier = batches.filter((one) => last !== undefined && byExpiry(one, last) < 0);
      for (const one of earlier)
        expect(parts.find(({ batchId: id }) => id === one.batchId)?.quantity ?? 0).toBe(
          usableOf(one, day).usable,
        );
      if (missing > 0) expect(wanted - missing).toBe(usableSum(batches, today).usable);
    }),
  );
});

const movement: fc.Arbitrary<Movement> = fc.record({
  storeId: fc.constantFrom('s1', 's2'),
  batchId: fc.constantFrom('b1', 'b2', 'b3'),
  delta: fc.integer({ min: -100, max: 100 }),
  held: fc.integer({ min: -5, max: 5 }),
});
const history = fc.array(movement, { maxLength: 40 });

it('adds two desks up to the same, in whatever order what they did arrives', () => {
  holds(
    'merged histories',
    fc.property(
      fc
        .tuple(history, history)
        .chain(([a, b]) =>
          fc.tuple(
            fc.constant([...a, ...b]),
            fc.shuffledSubarray([...a, ...b], { minLength: a.length + b.length }),
          ),
        ),
      ([one, other]) => {
        const sorted = (rows: readonly Movement[]) =>
          [...quantities(rows)].toSorted(([x], [y]) => (x < y ? -1 : 1));
        expect(sorted(other)).toEqual(sorted(one));
        const total = one.reduce((sum, { delta }) => sum + delta, 0);
        expect([...quantities(other).values()].reduce((sum, { quantity }) => sum + quantity, 0)).toBe(total);
      },
    ),
  );
});
