import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;

it('a restricted chart shows and takes neither vitals nor allergies nor problems', async () => {
  const { id: allergy } = await clinic.get('allergies.noneKnown', { patientId }, nurse);
  const set = await clinic.get(
    'vitals.record',
    { patientId, values: { heartRate: { value: '70', unit: '/min' } } },
    nurse,
  );
  const vital = set.readings[0]?.id ?? '';
  const other = await clinic.signedIn('doctor');
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id: '01900000-0000-7000-8000-f00000000001',
      patient_id: patientId,
      category: 'restricted',
      text: 'Staff',
      created_at: new Date(clinic.clock.at).toISOString(),
    }),
  );
  const restricted = { error: { code: 'restricted' } };
  const reason = 'x';
  for (const reply of [
    await clinic.ask('vitals.latest', { patientId }, other),
    await clinic.ask('vitals.history', { patientId }, other),
    await clinic.ask('vitals.record', { patientId, values: {} }, other),
    await clinic.ask('vitals.markInError', { id: vital, reason }, other),
    await clinic.ask('allergies.list', { patientId }, other),
    await clinic.ask('allergies.noneKnown', { patientId }, other),
    await clinic.ask('allergies.withdraw', { id: allergy, reason }, other),
    await clinic.ask('problems.list', { patientId }, other),
  ])
    expect(reply).toMatchObject(restricted);
  expect(await clinic.ask('problems.withdraw', { id: vital, reason }, other)).toMatchObject({
    error: { code: 'not-found' },
  });
});
