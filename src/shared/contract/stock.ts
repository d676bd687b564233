import { z } from 'zod';
import { movementKinds } from '#shared/domain/stock/movement.ts';
import { exclusions } from '#shared/domain/stock/usable.ts';
import { LocationId, MedicineId, StockBatchId, StockItemId, StockMovementId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'too-long')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');
const needed = (most: number) => text(most).min(1, 'required');
/** As somebody typed it: the service reads it and says what is wrong with it. */
const typed = z.string().max(40);
const day = z.iso.date();
const quantity = z.number().int();

export const StoreView = z.object({
  id: LocationId,
  name: z.string(),
  siteId: LocationId,
  siteName: z.string(),
  active: z.boolean(),
  certainty,
});
export type StoreView = z.infer<typeof StoreView>;

export const StockItemDetails = z.object({
  title: needed(200),
  /** The smallest unit: a tablet, a millilitre. Quantities are whole numbers of it. */
  unit: needed(50),
  /** The medicine of the formulary that it is: a prescription of it finds the item. */
  medicineId: MedicineId.nullable(),
  active: z.boolean(),
});
export type StockItemDetails = z.infer<typeof StockItemDetails>;

/** What is in a store of an item, and why some of it may not be used. */
const usable = {
  usable: quantity,
  /** All that is there by the book, what may not be used too; negative where more went out than came in. */
  quantity,
  excluded: z.array(z.object({ why: z.enum(exclusions), quantity, batches: z.number().int() })),
  /** Batches of which more went out than came in: to be looked into. */
  negative: z.number().int(),
};
const level = { minimum: quantity.nullable(), fillTo: quantity.nullable() };

export const StockLine = StockItemDetails.extend({
  id: StockItemId,
  medicineName: z.string().nullable(),
  ...usable,
  ...level,
  /** The first day on which something usable expires. */
  nextExpiry: z.string().nullable(),
  /** What of it expires within `expiringDays` of today. */
  expiring: quantity,
  certainty,
});
export type StockLine = z.infer<typeof StockLine>;

export const BatchView = z.object({
  id: StockBatchId,
  lot: z.string(),
  expiry: z.string().nullable(),
  recalled: z.boolean(),
  recallReason: z.string().nullable(),
  quantity,
  held: quantity,
  usable: quantity,
  excluded: z.enum(exclusions).nullable(),
  /** What a receipt of it cost last, in minor units for `costUnits` of the smallest unit. */
  cost: z.object({ amount: z.number().int(), units: z.number().int(), currency: z.string() }).nullable(),
  certainty,
});
export type BatchView = z.infer<typeof BatchView>;

export const MovementView = z.object({
  id: StockMovementId,
  kind: z.enum(movementKinds),
  lot: z.string(),
  expiry: z.string().nullable(),
  delta: quantity,
  held: quantity,
  /** Of a transfer: the other store. */
  otherStore: z.string().nullable(),
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  counted: quantity.nullable(),
  expected: quantity.nullable(),
  /** It was handed out to somebody: it is taken back at the prescription. */
  dispensed: z.boolean(),
  /** What a reversal takes back. */
  reverses: z.enum(movementKinds).nullable(),
  takenBack: z.boolean(),
  at: z.string(),
  by: z.string().nullable(),
  certainty,
});
export type MovementView = z.infer<typeof MovementView>;

export const ReorderLine = z.object({
  itemId: StockItemId,
  title: z.string(),
  unit: z.string(),
  ...usable,
  minimum: quantity,
  fillTo: quantity.nullable(),
  /** How much to order. */
  order: quantity,
});
export type ReorderLine = z.infer<typeof ReorderLine>;

export const ExpiryLine = z.object({
  itemId: StockItemId,
  batchId: StockBatchId,
  title: z.string(),
  unit: z.string(),
  lot: z.string(),
  expiry: z.string(),
  quantity,
  expired: z.boolean(),
});
export type ExpiryLine = z.infer<typeof ExpiryLine>;

/** A batch to be counted: what is expected of it is not told. */
export const CountLine = z.object({
  batchId: StockBatchId,
  itemId: StockItemId,
  title: z.string(),
  unit: z.string(),
  lot: z.string(),
  expiry: z.string().nullable(),
});
export type CountLine = z.infer<typeof CountLine>;

const Counted = z.object({ batchId: StockBatchId, counted: z.number().int().min(0).max(1_000_000_000) });

const moved = z.object({ ids: z.array(StockMovementId) });
const place = { batchId: StockBatchId, locationId: LocationId };

export const stockCalls = defineCalls({
  /** The stores of the clinic by site and name, those closed too, and the one that is likely meant here. At most 200. */
  'stock.stores': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({}),
    output: z.object({
      stores: z.array(StoreView),
      here: LocationId.nullable(),
      sites: z.array(z.object({ id: LocationId, name: z.string() })),
    }),
  },
  /** A new store of a site (`id` null), or another name for it. `duplicate` at `name`. */
  'stock.saveStore': {
    kind: 'command',
    needs: 'stock.update',
    input: z.object({
      id: LocationId.nullable(),
      siteId: LocationId,
      name: needed(200),
      active: z.boolean(),
    }),
    output: z.object({ id: LocationId }),
  },
  /** What a store has of every item, by title; at most 1,000 items. */
  'stock.list': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({ locationId: LocationId }),
    output: z.object({ items: z.array(StockLine), today: z.string(), currency: z.string().nullable() }),
  },
  /**
   * A new item (`id` null), or other words for it. `duplicate` at `title`; the unit of an item that has moved stays, `moved` at `unit`.
   */
  'stock.saveItem': {
    kind: 'command',
    needs: 'stock.update',
    input: StockItemDetails.extend({ id: StockItemId.nullable() }),
    output: z.object({ id: StockItemId }),
  },
  /** How much of an item a store wants to have; empty for no such wish. */
  'stock.setLevel': {
    kind: 'command',
    needs: 'stock.update',
    input: z.object({ itemId: StockItemId, locationId: LocationId, minimum: typed, fillTo: typed }),
    output: z.null(),
  },
  /** An item in a store: its batches there, the first to expire first (at most 500), and what other stores have. */
  'stock.item': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({ id: StockItemId, locationId: LocationId }),
    output: z.object({
      item: StockLine,
      batches: z.array(BatchView),
      elsewhere: z.array(z.object({ locationId: LocationId, name: z.string(), usable: quantity })),
      today: z.string(),
    }),
  },
  /** What moved of an item in a store, the latest first. */
  'stock.movements': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({
      id: StockItemId,
      locationId: LocationId,
      before: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ items: z.array(MovementView), next: z.string().nullable() }),
  },
  /** What came in. `cost` is what `costUnits` of it cost (empty: of all that came); `no-currency` until the clinic has one. */
  'stock.receive': {
    kind: 'command',
    needs: 'stock.create',
    input: z.object({
      itemId: StockItemId,
      locationId: LocationId,
      lot: needed(64),
      expiry: day.nullable(),
      quantity: typed,
      cost: typed,
      costUnits: typed,
      reference: text(200),
    }),
    output: moved,
  },
  /** From one store to another, in one piece. `stock-short` when less is there. */
  'stock.transfer': {
    kind: 'command',
    needs: 'stock.create',
    input: z.object({ ...place, to: LocationId, quantity: typed, reason: text(1000) }),
    output: moved,
  },
  /** What is thrown away. `stock-short` when less is there. */
  'stock.waste': {
    kind: 'command',
    needs: 'stock.create',
    input: z.object({ ...place, quantity: typed, reason: needed(1000) }),
    output: moved,
  },
  /** What is put aside for somebody: it is there and may not be handed out. `stock-short` when less may be used. */
  'stock.putAside': {
    kind: 'command',
    needs: 'stock.create',
    input: z.object({ ...place, quantity: typed, reason: needed(1000) }),
    output: moved,
  },
  /** What the book has wrong: `quantity` is what is added, or with a minus taken off. */
  'stock.adjust': {
    kind: 'command',
    needs: 'stock.approve',
    input: z.object({ ...place, quantity: typed, reason: needed(1000) }),
    output: moved,
  },
  /**
   * Takes a movement back by another; of a transfer both sides. `changed-meanwhile` for one that is taken back already; what was handed
   * out is taken back at its prescription, `not-found` here.
   */
  'stock.takeBack': {
    kind: 'command',
    needs: 'stock.approve',
    input: z.object({ id: StockMovementId, reason: needed(1000) }),
    output: moved,
  },
  /** Recalls a batch wherever it is, or says that it is not recalled after all. */
  'stock.recall': {
    kind: 'command',
    needs: 'stock.update',
    input: z.object({ batchId: StockBatchId, recalled: z.boolean(), reason: needed(1000) }),
    output: z.null(),
  },
  /** What is to be ordered for a store: of which less may be used than there should be. */
  'stock.reorder': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({ locationId: LocationId }),
    output: z.object({ lines: z.array(ReorderLine), today: z.string() }),
  },
  /** What of a store is expired or will be within some days, the first to expire first. At most 2,000. */
  'stock.expiry': {
    kind: 'query',
    needs: 'stock.read',
    input: z.object({ locationId: LocationId, days: z.number().int().min(0).max(3650) }),
    output: z.object({ lines: z.array(ExpiryLine), today: z.string() }),
  },
  /** What is to be counted in a store, by item and expiry. What is expected is not in it. At most 2,000. */
  'stock.toCount': {
    kind: 'query',
    needs: 'stock.approve',
    input: z.object({ locationId: LocationId }),
    output: z.object({ lines: z.array(CountLine), today: z.string() }),
  },
  /** What was counted beside what was expected: told once it is counted. */
  'stock.compare': {
    kind: 'query',
    needs: 'stock.approve',
    input: z.object({ locationId: LocationId, counts: z.array(Counted).min(1).max(2000) }),
    output: z.array(z.object({ batchId: StockBatchId, counted: quantity, expected: quantity })),
  },
  /**
   * Writes what was counted, each batch a piece of work of its own. `expected` is what was compared with: `changed-meanwhile` when something
   * moved since, and nothing is written. A difference needs a reason: `required` at `reason`.
   */
  'stock.applyCount': {
    kind: 'command',
    needs: 'stock.approve',
    input: z.object({
      locationId: LocationId,
      counts: z
        .array(Counted.extend({ expected: quantity, reason: text(1000) }))
        .min(1)
        .max(2000),
    }),
    output: z.object({ counted: z.number().int(), differences: z.number().int() }),
  },
});
