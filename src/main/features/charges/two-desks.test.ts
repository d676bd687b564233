import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { raiseVisitCharge, withdrawCharges } from '#main/core/charges.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import { priceId } from '#shared/domain/prices/price.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
const visitId = v7();
beforeEach(async () => {
  clinic = await twoWorkstations();
  const entry = v7();
  clinic.a.local.store.mutate({ kind: 'price.set', user: null }, (writer) => {
    writer.insert('setting', {
      ...blank('setting'),
      id: v7(),
      key: 'clinic.currency',
      value: JSON.stringify('RWF'),
    });
    writer.insert('charge_item_definition', {
      ...blank('charge_item_definition'),
      id: entry,
      code: 'CONS',
      title: 'Consultation',
      category: 'visit',
      active: 1,
    });
    writer.insert('charge_item_price', {
      ...blank('charge_item_price'),
      id: priceId(entry, { siteId: null, payerId: null }, '2026-01-01'),
      definition_id: entry,
      valid_from: '2026-01-01',
      amount: 5000,
      currency: 'RWF',
    });
  });
  await clinic.a.settled();
  await clinic.b.settled();
});
afterEach(() => clinic.end());

const chargesAt = (desk: Desk) =>
  desk.local.store.all(localDb.selectFrom('charge_item').selectAll().orderBy('id'));

const raiseAt = (desk: Desk): string => {
  const { store } = desk.local;
  const timeZone = clinic.location.time_zone;
  const deps = {
    clock: systemClock,
    settings: settingsOf(store),
    home: () => ({ name: null, timeZone, country: null }),
  };
  const visit = {
    id: visitId,
    patient_id: clinic.patient.id,
    practitioner_id: clinic.practitioner.id,
    location_id: clinic.location.id,
    visit_type_id: null,
    time_zone: timeZone,
  };
  store.mutate({ kind: 'visit.step', user: null }, (writer) => raiseVisitCharge(deps, writer, visit, null));
  return chargesAt(desk)[0]?.id ?? '';
};
const removeAt = (desk: Desk, id: string) =>
  desk.local.store.mutate({ kind: 'charge.remove', user: null }, (writer) =>
    writer.update('charge_item', id, { status: 'not-billable', status_reason: 'Follow-up' }),
  );
const withdrawAt = (desk: Desk) =>
  desk.local.store.mutate({ kind: 'visit.undo', user: null }, (writer) =>
    withdrawCharges(writer, 'visit', visitId),
  );

const part = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};
const meet = async (first: Desk, second: Desk) => {
  await first.online();
  await first.settled();
  await second.online();
  await second.settled();
  await first.settled();
};
const atCentre = () =>
  clinic.query<{ status: string; status_reason: string | null }>(
    'select status, status_reason from clinichub.charge_item',
  );

it('two desks that check in the same visit apart raise one charge', async () => {
  const { a, b } = clinic;
  await part();
  expect(raiseAt(a)).toBe(raiseAt(b));
  await meet(a, b);
  expect(await atCentre()).toEqual([{ status: 'billable', status_reason: null }]);
  expect(chargesAt(b)).toMatchObject([{ unit_price: 5000, status: 'billable' }]);
  await expectConverged(clinic.a, clinic.b);
});

it.each(['the one who removes', 'the one who raises'])(
  'a charge one desk takes away while the other raises it stays away, whoever comes first: %s',
  async (first) => {
    const { a, b } = clinic;
    await part();
    removeAt(a, raiseAt(a));
    raiseAt(b);
    await meet(...(first === 'the one who removes' ? ([a, b] as const) : ([b, a] as const)));
    expect(await atCentre()).toEqual([{ status: 'not-billable', status_reason: 'Follow-up' }]);
    for (const desk of [a, b]) expect(chargesAt(desk)).toMatchObject([{ status: 'not-billable' }]);
    await expectConverged(clinic.a, clinic.b);
  },
);

it('a charge one desk takes away while the other undoes the check-in and checks in again stays away', async () => {
  const { a, b } = clinic;
  raiseAt(a);
  await a.settled();
  await b.settled();
  await part();
  removeAt(a, chargesAt(a)[0]?.id ?? '');
  withdrawAt(b);
  raiseAt(b);
  expect(chargesAt(b)).toMatchObject([{ status: 'billable' }]);
  await meet(a, b);
  expect(await atCentre()).toMatchObject([{ status: 'not-billable' }]);
  await expectConverged(clinic.a, clinic.b);
});
