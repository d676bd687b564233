import pg from 'pg';
import { beginHistory, type History } from '#shared/domain/billing/history.ts';
import type { StepKind } from '#shared/domain/billing/history-acts.ts';
import type { Mutation } from '#shared/domain/billing/history-rows.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type BillingRows, billingRows } from './billing-rows.ts';
import { makeMedicines } from './medicines.ts';
import { makePatients } from './patients.ts';
import { createRandom, demoId } from './random.ts';
import { insertRows } from './seed.ts';
import { accountId, locations, practitioners, siteIds, staff } from './staff.ts';
import { makeStock } from './stock.ts';
import { makeMoves } from './stock-moves.ts';

const stepsADay = 20;
const firstDay = '2026-11-01';
const currency = 'RWF';

/** How often people do what, of a hundred or so. */
const often: Readonly<Record<StepKind, number>> = {
  issue: 24,
  pay: 26,
  'payer-pays': 5,
  deposit: 5,
  use: 6,
  release: 2,
  refund: 8,
  credit: 5,
  'move-cash': 2,
  count: 3,
  judge: 3,
  'hand-over': 1,
  close: 4,
  sign: 3,
  meet: 2,
};
const kinds = (Object.entries(often) as [StepKind, number][]).flatMap(([kind, times]) =>
  Array.from({ length: times }, () => kind),
);

const payer: RowOf<'organization'> = {
  ...blank('organization'),
  id: demoId('payer mutual'),
  kind: 'payer',
  name: 'Mutuelle de santé',
  active: 1,
  created_at: `${firstDay}T06:00:00.000Z`,
};

const tills: readonly RowOf<'till'>[] = [1, 2].map((number) => ({
  id: demoId(`till ${number}`),
  name: `Till ${number}`,
  location_id: siteIds.kacyiru,
  active: 1,
}));

/** Made-up people of a clinic, and so many days of billing them at two desks; the same for the same seed. */
const makeDays = (seed: number, days: number) => {
  const random = createRandom(seed);
  const patients = makePatients(random, firstDay, 10);
  let made = 0;
  const history = beginHistory({
    currency,
    patients: patients.map(({ id }) => id),
    payer: payer.id,
    cashiers: [accountId('innocent'), accountId('claudine')],
    supervisor: accountId('patrick'),
    newId: () => {
      made += 1;
      return demoId(`billing ${seed} ${made}`);
    },
  });
  for (let step = 0; step < days * stepsADay; step += 1)
    history.play({
      what: kinds[random.between(0, kinds.length - 1)] ?? 'meet',
      desk: random.between(0, 1),
      numbers: Array.from({ length: 24 }, () => random.between(0, 10_000_000)),
    });
  history.settle();
  return { patients, history };
};

/** The instant of a step: between 7 and 17 o'clock of its day, in Kigali. */
const instantOf = (step: number): string => {
  const minute = 5 * 60 + Math.floor((((step - 1) % stepsADay) * 600) / stepsADay);
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${addDays(firstDay, Math.floor((step - 1) / stepsADay))}T${pad(hours)}:${pad(minutes)}:00.000Z`;
};

const writeRows = async (client: pg.Client, rows: BillingRows): Promise<void> => {
  await insertRows(client, 'till_session', rows.till_session);
  await insertRows(client, 'till_event', rows.till_event);
  await insertRows(client, 'invoice', rows.invoice);
  await insertRows(client, 'invoice_line', rows.invoice_line);
  const ids = rows.invoice.map(({ id }) => id);
  if (ids.length > 0)
    await client.query(`update clinichub.invoice set status = 'issued' where id = any($1)`, [ids]);
  await insertRows(client, 'payment', rows.payment);
};

/** Writes all of them or, where the centre refuses one, none. */
const isWritten = async (client: pg.Client, rows: BillingRows): Promise<boolean> => {
  await client.query('begin');
  try {
    await writeRows(client, rows);
    await client.query('commit');
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === 'CH102')) throw error;
    await client.query('rollback');
    return false;
  }
};

interface Arrival {
  readonly mutation: Mutation;
  readonly isTaken: boolean;
}

/** What comes to the centre, in that order, also what it is to refuse. */
const arrivals = ({ accepted, refused }: History): readonly Arrival[] => {
  const places = Map.groupBy(refused, ({ after }) => after);
  const refusedAt = (after: number): readonly Arrival[] =>
    (places.get(after) ?? []).map(({ mutation }) => ({ mutation, isTaken: false }));
  return [
    ...accepted.flatMap((mutation, index) => [...refusedAt(index), { mutation, isTaken: true }]),
    ...refusedAt(accepted.length),
  ];
};

const movesADay = 5;

/** A stock room, and so many days of work in it: what two desks count and take out without looking may fall below zero, and stands. */
const writeStock = async (client: pg.Client, seed: number, days: number): Promise<void> => {
  const medicines = makeMedicines(firstDay);
  const stock = makeStock(firstDay, locations, medicines);
  await insertRows(client, 'medicine', medicines);
  await insertRows(client, 'location', stock.stores);
  await insertRows(client, 'stock_item', stock.items);
  await insertRows(client, 'stock_batch', stock.batches);
  await insertRows(client, 'stock_movement', stock.movements);
  let made = 0;
  const newId = () => {
    made += 1;
    return demoId(`stock ${seed} ${made}`);
  };
  const instantAt = (time: number) => instantOf(1 + Math.floor((time * stepsADay) / movesADay));
  for (const rows of makeMoves(createRandom(seed), stock, days * movesADay, { newId, instantOf: instantAt }))
    await insertRows(client, 'stock_movement', rows);
};

/**
 * Writes some days of billing and of work in the stock room, made up of `seed`, into an empty centre: every step in a transaction of its own, as the desks' work
 * comes in, and the centre's guards refuse what takes too much: throws where they do otherwise than the rules. Gives how much was written and
 * refused.
 */
export const writeBilledDays = async (
  client: pg.Client,
  seed: number,
  days: number,
): Promise<{ readonly written: number; readonly refused: number }> => {
  const { patients, history } = makeDays(seed, days);
  await insertRows(client, 'location', locations);
  await insertRows(client, 'practitioner', practitioners);
  await insertRows(
    client,
    'staff_account',
    staff.map(({ row }) => ({ ...row, password_hash: 'nobody signs in here', pin_hash: null })),
  );
  await insertRows(client, 'patient', patients);
  await insertRows(client, 'organization', [payer]);
  await insertRows(client, 'till', tills);
  await writeStock(client, seed, days);
  for (const { mutation, isTaken } of arrivals(history)) {
    const at = instantOf(mutation.step);
    const rows = billingRows(mutation, { at, payer: payer.id, tills: tills.map(({ id }) => id), currency });
    if ((await isWritten(client, rows)) !== isTaken)
      throw new Error(`step ${mutation.step} is ${isTaken ? 'refused' : 'taken'} by the centre`);
  }
  return { written: history.accepted.length, refused: history.refused.length };
};
