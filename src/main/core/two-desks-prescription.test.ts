import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PrescriptionLineInput, PrescriptionView } from '#shared/contract/prescriptions.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type OfflineDesk, offlineDesk, seedDoctor } from '#tests/support/offline-desk.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;
let first: PrescriptionView;

const line: PrescriptionLineInput = {
  medicineId: null,
  medication: 'Amlodipine 5 mg',
  doseValue: '1',
  doseUnit: 'tablet',
  route: 'oral',
  frequency: 'OD',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 30, unit: 'd' },
  quantity: null,
  quantityUnit: null,
  quantityComputed: true,
  repeats: 0,
  indication: null,
  conditionId: null,
  note: null,
  startDate: dayAt(Date.now(), 'Europe/Paris'),
  endDate: null,
  answers: null,
};
const patientId = () => clinic.patient.id as PatientId;
const write = async (desk: OfflineDesk, more: Partial<PrescriptionLineInput> = {}) => {
  const [view] = await desk.get('prescriptions.write', {
    patientId: patientId(),
    lines: [{ ...line, ...more }],
    sign: true,
    language: 'en',
    overrides: [],
    pin: null,
  });
  if (view === undefined) throw new Error('nothing was signed');
  return view;
};
const change = (desk: OfflineDesk, doseValue: string, id = first.id) =>
  write(desk, { doseValue, answers: { kind: 'change', id } });
const current = async (desk: OfflineDesk) =>
  (await desk.get('prescriptions.current', { patientId: patientId() })).prescriptions;
const handOut = (desk: OfflineDesk, id: PrescriptionView['id']) =>
  desk.get('prescriptions.dispense', {
    id,
    quantity: '1',
    note: '',
    overrides: [],
    doctorId: null,
    pin: null,
  });
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedDoctor(a, clinic);
  await a.settled();
  await b.settled();
  atA = await offlineDesk(a, 'doctor');
  atB = await offlineDesk(b, 'doctor');
  first = await write(atA);
  await a.settled();
  await b.settled();
  await a.offline();
  await b.offline();
});
afterEach(() => clinic.end());

it('changed at two desks without a centre, both versions are there at both, and nothing is handed out until one is chosen', async () => {
  const { a, b } = clinic;
  await change(atA, '2');
  await change(atB, '3');
  await meet(a, b);
  for (const desk of [atA, atB]) {
    const [one, ...more] = await current(desk);
    expect(more).toEqual([]);
    expect(one?.versions.map(({ doseValue }) => doseValue)).toEqual(['2', '3']);
    expect(one?.conflictId).not.toBeNull();
    for (const { id } of one?.versions ?? []) await expect(handOut(desk, id)).rejects.toThrow('forked');
    await expect(change(desk, '4', one?.versions[0]?.id)).rejects.toThrow('forked');
  }

  const [conflict] = await atB.get('conflicts.open', {});
  expect(conflict).toMatchObject({ table: 'medication_request', mayDecide: true });
  if (!conflict) return;
  await atB.get('conflicts.settle', { id: conflict.id, resolution: 'attempted', seen: conflict.seen });
  await meet(b, a);
  for (const desk of [atA, atB]) {
    const [one] = await current(desk);
    expect(one).toMatchObject({ versions: [{ doseValue: '3', state: 'active' }], conflictId: null });
    await handOut(desk, one?.versions[0]?.id as PrescriptionView['id']);
  }
  const [held] = (await current(atA))[0]?.versions ?? [];
  const sheet = { patientId: patientId(), number: held?.number ?? '' };
  await atA.get('prescriptions.printed', sheet);
  await meet(a, b);
  expect(await current(atA)).toMatchObject([{ remaining: '88' }]);
  // What was printed at one desk is a copy at the other.
  expect((await atB.get('prescriptions.sheet', sheet)).firstPrintedAt).not.toBeNull();
  await expectConverged(a, b);
});

it('stopped at one desk and changed at the other is a fork as well: nobody takes on what was stopped unseen', async () => {
  const { a, b } = clinic;
  await atA.get('prescriptions.step', { id: first.id, action: 'stop', reason: 'Swollen ankles' });
  await change(atB, '2');
  await meet(a, b);
  for (const desk of [atA, atB])
    expect((await current(desk))[0]?.versions.map(({ state }) => state)).toEqual(['stopped', 'active']);
  await expectConverged(a, b);
});
