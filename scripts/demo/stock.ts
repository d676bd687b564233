import { batchId, levelId } from '#shared/domain/stock/ids.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { demoId } from './random.ts';

/** What the demonstration clinic keeps, in a store of each site. */
export interface DemoStock {
  readonly stores: readonly RowOf<'location'>[];
  readonly items: readonly RowOf<'stock_item'>[];
  readonly levels: readonly RowOf<'stock_level'>[];
  readonly batches: readonly RowOf<'stock_batch'>[];
  readonly movements: readonly RowOf<'stock_movement'>[];
}

interface Kept {
  readonly title: string;
  readonly unit: string;
  /** What its medicine is called; none for what is no medicine. */
  readonly medicine: string | null;
  readonly minimum: number;
  /** Days from today to the expiry, how much was received, and what a hundred cost in francs. */
  readonly batches: readonly (readonly [expiresIn: number, quantity: number, cost: number])[];
}

/** One expired, several that expire soon, two below their minimum: as a small pharmacy is. */
const kept: readonly Kept[] = [
  {
    title: 'Amoxicillin 500 mg capsules',
    unit: 'capsule',
    medicine: 'Amoxicillin 500 mg capsule',
    minimum: 300,
    batches: [
      [-20, 240, 4200],
      [35, 120, 4200],
      [400, 500, 3900],
    ],
  },
  {
    title: 'Paracetamol 500 mg tablets',
    unit: 'tablet',
    medicine: 'Paracetamol 500 mg tablet',
    minimum: 1000,
    batches: [
      [60, 400, 900],
      [520, 2000, 850],
    ],
  },
  {
    title: 'Amlodipine 5 mg tablets',
    unit: 'tablet',
    medicine: 'Amlodipine 5 mg tablet',
    minimum: 200,
    batches: [[300, 84, 2600]],
  },
  {
    title: 'Metformin 500 mg tablets',
    unit: 'tablet',
    medicine: 'Metformin 500 mg tablet',
    minimum: 400,
    batches: [
      [-3, 300, 1500],
      [210, 60, 1500],
    ],
  },
  {
    title: 'Salbutamol inhaler 100 mcg',
    unit: 'puff',
    medicine: 'Salbutamol 0.1 mg/puff inhaler',
    minimum: 1000,
    batches: [[250, 4000, 1400]],
  },
  {
    title: 'Examination gloves, medium',
    unit: 'piece',
    medicine: null,
    minimum: 500,
    batches: [[900, 1500, 3500]],
  },
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const storeOf = (site: RowOf<'location'>): RowOf<'location'> => ({
  ...blank('location'),
  id: demoId(`store ${site.id}`),
  kind: 'store',
  part_of: site.id,
  name: 'Pharmacy',
  time_zone: site.time_zone,
  active: 1,
});

/** The stock room as it is on the day `today`: one receipt for each batch. */
export const makeStock = (
  today: string,
  locations: readonly RowOf<'location'>[],
  medicines: readonly RowOf<'medicine'>[],
): DemoStock => {
  const stores = locations.filter(({ kind }) => kind === 'site').map(storeOf);
  const byName = new Map(medicines.map(({ id, name }) => [plain(name), id]));
  const items = kept.map(({ title, unit, medicine }) => ({
    id: demoId(`stock ${title}`),
    title,
    unit,
    medicine_id: medicine === null ? null : (byName.get(plain(medicine)) ?? null),
    active: 1 as const,
  }));
  const received = stores.flatMap((store, at) =>
    kept.flatMap(({ title, batches }) =>
      batches.map(([expiresIn, quantity, cost], place) => {
        const item_id = demoId(`stock ${title}`);
        const lot = `${title.slice(0, 3).toUpperCase()}${at + 1}${place + 1}7`;
        const expiry_date = addDays(today, expiresIn);
        const batch = { id: batchId(item_id, lot, expiry_date), item_id, lot, expiry_date };
        const movement: RowOf<'stock_movement'> = {
          ...blank('stock_movement'),
          id: demoId(`receipt ${batch.id}`),
          kind: 'receive',
          batch_id: batch.id,
          location_id: store.id,
          delta: quantity,
          held: 0,
          cost,
          cost_units: 100,
          currency: 'RWF',
          recorded_at: `${addDays(today, -30)}T08:00:00.000Z`,
        };
        return { batch, movement };
      }),
    ),
  );
  return {
    stores,
    items,
    levels: stores.flatMap(({ id: location_id }) =>
      kept.map(({ title, minimum }) => {
        const item_id = demoId(`stock ${title}`);
        return { id: levelId(item_id, location_id), item_id, location_id, minimum, fill_to: minimum * 3 };
      }),
    ),
    batches: received.map(({ batch }) => batch),
    movements: received.map(({ movement }) => movement),
  };
};
