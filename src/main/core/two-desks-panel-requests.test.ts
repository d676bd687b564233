import { afterEach, beforeEach, expect, it } from 'vitest';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import {
  accountLink,
  patientAccount,
  patientAccountId,
  patientEmail,
  patientPassword,
} from '#tests/support/core-panel.ts';
import {
  deskOf,
  type OfflineDesk,
  offlineDesk,
  seedDoctor,
  seedReception,
} from '#tests/support/offline-desk.ts';
import { type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

/** What a patient asks for at the host of the panel, and what a desk and a doctor at another workstation make of it. */

let clinic: TwoWorkstations;
let panel: OfflineDesk;
let doctor: OfflineDesk;
let reception: OfflineDesk;
const patientId = () => clinic.patient.id as PatientId;

/** Both go on until neither has anything to send or to fetch. */
const meet = async () => {
  for (const desk of [clinic.a, clinic.b, clinic.a]) await desk.settled();
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedDoctor(a, clinic);
  seedReception(a, clinic, []);
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('patient_account', patientAccount(patientAccountId, patientEmail));
    writer.insert('patient_account_link', accountLink(patientAccountId, clinic.patient.id));
  });
  await meet();
  panel = await deskOf(a, 'panel.signIn', { email: patientEmail, password: patientPassword });
  doctor = await offlineDesk(b, 'doctor');
  reception = await offlineDesk(b);
});
afterEach(() => clinic.end());

it('a request for records written without the centre reaches the other desk, and its answer the patient', async () => {
  const { a } = clinic;
  await a.offline();
  const asked = await panel.get('panel.requestRecords', {
    patientId: patientId(),
    what: 'My results',
    why: '',
  });
  expect(asked.certainty).toBe('provisional');
  expect(await reception.get('records.requests', {})).toEqual([]);
  await a.online();
  await meet();
  expect(await reception.get('records.requests', {})).toMatchObject([{ id: asked.id, what: 'My results' }]);
  await reception.get('records.answer', { id: asked.id, status: 'completed', words: 'They are at the desk' });
  await meet();
  expect(await panel.get('panel.requests', { patientId: patientId() })).toMatchObject([
    { status: 'completed', answer: 'They are at the desk', certainty: 'confirmed' },
  ]);
});

it('a renewal asked for without the centre reaches the doctor elsewhere, who renews it', async () => {
  const { a } = clinic;
  const line = {
    medicineId: null,
    medication: 'Amlodipine 5 mg',
    doseValue: '1',
    doseUnit: 'tablet',
    route: 'oral',
    frequency: 'OD',
    asNeeded: false,
    asNeededFor: null,
    maxPerDay: null,
    duration: { value: 30, unit: 'd' as const },
    quantity: null,
    quantityUnit: null,
    quantityComputed: true,
    repeats: 0,
    indication: null,
    conditionId: null,
    note: null,
    startDate: dayAt(Date.now(), 'Europe/Paris'),
    endDate: null,
  };
  const write = { patientId: patientId(), sign: true, language: 'en' as const, overrides: [], pin: null };
  const [first] = await doctor.get('prescriptions.write', { ...write, lines: [{ ...line, answers: null }] });
  await meet();
  await a.offline();
  const [shown] = (await panel.get('panel.prescriptions', { patientId: patientId() })).items;
  if (shown === undefined || first === undefined) throw new Error('no prescription');
  await panel.get('panel.requestRenewal', {
    patientId: patientId(),
    prescriptionId: shown.id,
    words: 'Nearly out',
  });
  await a.online();
  await meet();
  const [request] = await doctor.get('prescriptions.renewals', {});
  expect(request).toMatchObject({ words: 'Nearly out', whose: 'own', prescription: { id: first.id } });
  await doctor.get('prescriptions.write', {
    ...write,
    lines: [{ ...line, answers: { kind: 'renew', id: first.id } }],
  });
  expect(await doctor.get('prescriptions.renewals', {})).toEqual([]);
  await meet();
  expect(await panel.get('panel.requests', { patientId: patientId() })).toMatchObject([
    { kind: 'renewal', status: 'completed' },
  ]);
  expect((await panel.get('panel.prescriptions', { patientId: patientId() })).items).toMatchObject([
    { state: 'active', renewal: null },
  ]);
});

it('answered at two desks that knew nothing of each other, the first answer holds, whole, and the other desk is told', async () => {
  const { a, b } = clinic;
  const { id } = await panel.get('panel.requestRecords', { patientId: patientId(), what: 'x', why: '' });
  await meet();
  const other = await offlineDesk(a);
  await a.offline();
  await b.offline();
  await reception.get('records.answer', { id, status: 'rejected', words: 'Refused at B' });
  // Nothing is said to it: the words of the other answer must not stand beside it.
  await other.get('records.answer', { id, status: 'completed', words: '' });
  await a.online();
  await a.settled();
  await b.online();
  await meet();
  const [request] = await panel.get('panel.requests', { patientId: patientId() });
  expect([request?.status, request?.answer]).toEqual(['completed', '']);
  expect(await reception.get('conflicts.open', {})).toMatchObject([
    { table: 'task', mine: true, fields: [{ column: 'status', kept: 'completed', attempted: 'rejected' }] },
  ]);
});
