import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { openLocal } from '#main/data/local/open.ts';
import { type FormDraftTable, localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import { longestDraft } from '#shared/contract/drafts.ts';
import type { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';
import { temporaryFolder } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const week = 7 * 86_400_000;
const place = { patientId, subject: null, form: 'allergy' } as const;
const subjects = Array.from(
  { length: 60 },
  (_, n) => `01900000-0000-7000-8000-f${String(n).padStart(11, '0')}`,
);

const draft = (
  fields: object,
  more: Partial<Input<'drafts.save'>> = {},
  by = doctor,
): Input<'drafts.save'> => ({
  writer: by.user?.id as StaffAccountId,
  patientId,
  subject: null,
  typed: { form: 'allergy', fields },
  ...more,
});
const save = (fields: object, more: Partial<Input<'drafts.save'>> = {}, by = doctor) =>
  clinic.get('drafts.save', draft(fields, more, by), by);
const ofPatient = (by = doctor, patient = patientId) =>
  clinic.get('drafts.ofPatient', { patientId: patient }, by);
/** What a form begins with. */
const find = async (more: Partial<Input<'drafts.discard'>> = {}, by = doctor) => {
  const sought: Input<'drafts.discard'> = { ...place, ...more };
  const found = (await ofPatient(by, sought.patientId as PatientId)).filter(
    ({ typed, subject }) => typed.form === sought.form && subject === sought.subject,
  );
  expect(found.length, 'one form at most').toBeLessThan(2);
  return found[0] ?? null;
};
const rows = () => clinic.temporary.local.store.all(localDb.selectFrom('form_draft').selectAll());

describe('what is typed into a form', () => {
  it('is kept here alone, the last of each user, patient, form and subject', async () => {
    await save({ substance: 'Peni' });
    await save({ substance: 'Penicillin', onset: 'mar 20' });
    await save({ substance: 'Latex' }, {}, nurse);
    await save({ substance: 'Nuts' }, { patientId: mutesi.id as PatientId });
    await save({ note: 'Seen again' }, { subject: subjects[0] ?? null });
    await save({}, { typed: { form: 'request', fields: { words: 'Stool' } } });
    expect(await find()).toEqual({
      typed: { form: 'allergy', fields: { substance: 'Penicillin', onset: 'mar 20' } },
      subject: null,
      savedAt: new Date(now).toISOString(),
    });
    expect(await find({}, nurse)).toMatchObject({ typed: { fields: { substance: 'Latex' } } });
    expect(await find({ subject: subjects[0] ?? null })).toMatchObject({
      typed: { fields: { note: 'Seen again' } },
    });
    expect(await find({ form: 'problem' })).toBeNull();
    expect((await ofPatient()).map(({ typed }) => typed.form).sort()).toEqual([
      'allergy',
      'allergy',
      'request',
    ]);
    expect(rows()).toHaveLength(5);
    expect(JSON.stringify(clinic.temporary.local.db.prepare('SELECT * FROM outbox').all())).not.toContain(
      'Penicillin',
    );
  });

  it('is in the file once the call has answered, and there after a kill', async () => {
    await save({ substance: 'Penicillin' });
    const { folder, key } = clinic.temporary;
    const killed = temporaryFolder();
    // A killed process closes nothing: this is what it leaves behind.
    for (const name of readdirSync(folder).filter((name) => /\.db(-wal)?$/.test(name)))
      copyFileSync(join(folder, name), join(killed, name));
    const again = openLocal({ folder: killed, key });
    expect(again.db.prepare('SELECT form, fields FROM form_draft').all()).toEqual([
      { form: 'allergy', fields: '{"substance":"Penicillin"}' },
    ]);
    again.close();
    rmSync(killed, { recursive: true });
  });

  it('is forgotten when the form is saved or it is given up; others stay', async () => {
    await save({ substance: 'Penicillin' });
    await save({ substance: 'Latex' }, {}, nurse);
    await clinic.get('drafts.discard', place, doctor);
    await clinic.get('drafts.discard', place, doctor);
    expect(await find()).toBeNull();
    expect(await find({}, nurse)).not.toBeNull();
  });

  it('is not kept under somebody else’s name when the user of a window changed', async () => {
    expect(await clinic.ask('drafts.save', draft({ substance: 'x' }), nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    const reception = await clinic.signedIn('reception');
    expect(await clinic.ask('drafts.ofPatient', { patientId }, reception)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(rows()).toEqual([]);
  });

  it('that is too long, or no such form, is refused and what was there stays', async () => {
    await save({ note: 'Short' });
    const most = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`analyte ${n}`, 'x'.repeat(10_000)]),
    );
    const refused: readonly unknown[] = [
      draft({ note: 'x'.repeat(10_001) }),
      draft({}, { typed: { form: 'result', fields: { texts: most } } }),
      draft({ severity: 'enormous' }),
      { ...draft({}), typed: { form: 'invoice', fields: {} } },
      { ...draft({}), typed: { form: 'allergy', fields: 'Penicillin' } },
      { ...draft({}), subject: 'not an id' },
    ];
    for (const input of refused)
      expect(await clinic.core.dispatch('drafts.save', input, doctor)).toMatchObject({
        error: { code: 'invalid-input' },
      });
    expect(JSON.stringify(most).length).toBeGreaterThan(longestDraft);
    expect(await find()).toMatchObject({ typed: { fields: { note: 'Short' } } });
    expect(rows()).toHaveLength(1);
  });

  it('of another version that is not understood is passed over, and written over', async () => {
    await save({ substance: 'Penicillin' });
    const { db } = clinic.temporary.local;
    for (const fields of ['{"substance":["a","b"]}', '{"subst', '"x"', 'null']) {
      db.prepare('UPDATE form_draft SET fields = ?').run(fields);
      expect(await find()).toBeNull();
    }
    await save({ substance: 'Latex' });
    expect(await find()).toMatchObject({ typed: { fields: { substance: 'Latex' } } });
    expect(rows()).toHaveLength(1);
  });

  it('goes after four weeks, and the oldest of more than fifty', async () => {
    await save({ substance: 'Of a nurse' }, {}, nurse);
    clinic.clock.at += 4 * week;
    expect(await find({}, nurse)).not.toBeNull();
    clinic.clock.at += 1000;
    expect(await find({}, nurse), 'too old').toBeNull();
    for (const subject of subjects) {
      clinic.clock.at += 1000;
      await save({ note: 'x' }, { subject });
    }
    expect(rows()).toHaveLength(50);
    expect(await find({ subject: subjects[9] ?? null })).toBeNull();
    expect(await find({ subject: subjects[10] ?? null })).not.toBeNull();
  });

  it('is found from the record that goes on when two were one person', async () => {
    await save({ substance: 'Nuts' }, { patientId: mutesi.id as PatientId });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into: habimana.id }),
    );
    expect(await find()).toMatchObject({ typed: { fields: { substance: 'Nuts' } } });
    await save({ substance: 'Peanuts' });
    expect(rows()).toHaveLength(1);
    // One that came of both records, as before they were one.
    clinic.clock.at += 1000;
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      for (const row of rows())
        writer.keep('form_draft', {
          ...(row as FormDraftTable),
          id: 'another',
          patient_id: habimana.id,
          saved_at: new Date(clinic.clock.at).toISOString(),
          fields: '{"substance":"Almonds"}',
        });
    });
    expect(await ofPatient()).toMatchObject([{ typed: { fields: { substance: 'Almonds' } } }]);
    await clinic.get('drafts.discard', place, doctor);
    expect(rows()).toEqual([]);
  });

  it('goes on being kept when the chart closes, and is read when it is open again', async () => {
    await save({ substance: 'Penicillin' });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('flag', {
        ...blank('flag'),
        id: '01900000-0000-7000-8000-f10000000001',
        patient_id: patientId,
        category: 'restricted',
        text: 'x',
        created_at: new Date(now).toISOString(),
      }),
    );
    await save({ substance: 'Penicillin V' });
    expect(await clinic.ask('drafts.ofPatient', { patientId }, doctor)).toMatchObject({
      error: { code: 'restricted' },
    });
    expect(rows()).toMatchObject([{ fields: '{"substance":"Penicillin V"}' }]);
  });
});
