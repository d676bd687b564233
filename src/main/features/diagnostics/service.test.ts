import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLog } from '#main/core/log.ts';
import { Diagnostics } from '#shared/contract/diagnostics.ts';
import type { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { type Clinic, clinicRows, habimana, openClinic, password } from '#tests/support/core-clinic.ts';

/** Name, record number and text of a note of one patient: none of it may be in the file. */
const canary = { name: 'Zyxwvut', mrn: 'RUH-Q7Q7Q7-Q', note: 'Kryptonite before breakfast' };

const lines: string[] = [];
const log = jsonLog(
  (line) => lines.push(line),
  () => 0,
);
let clinic: Clinic;
beforeAll(() => {
  clinic = openClinic({
    log,
    diagnostics: {
      facts: () => clinic.temporary.local.facts(),
      logTail: () => ['not of our making', ...lines],
      settings: { listen: '127.0.0.1', port: 4880 },
    },
  });
});
afterAll(() => clinic.close());

it('tells an administrator what helps, and nobody else', async () => {
  const admin = await clinic.signedIn('admin');
  const found = await clinic.get('diagnostics.export', {}, admin);
  expect(found).toMatchObject({
    format: 1,
    product: { version: '0', host: 'headless' },
    settings: { port: 4880 },
    sync: { connection: 'offline', problem: 'unreachable' },
    database: {
      ready: true,
      deviceNo: 7,
      rows: { patient: 2, staff_account: clinicRows().staff_account?.length },
      integrity: ['ok'],
    },
  });
  expect(found.database?.bytes.log).toBeGreaterThan(10_000);
  expect(found.database?.migration).toBeGreaterThan(0);
  expect(found.log.length).toBeGreaterThan(0);
  for (const role of ['reception', 'nurse', 'doctor'] as const)
    expect(await clinic.ask('diagnostics.export', {}, await clinic.signedIn(role)), role).toMatchObject({
      ok: false,
      error: { code: 'not-permitted' },
    });
});

it('carries nothing of any patient, also after work that failed', async () => {
  const doctor = await clinic.signedIn('doctor');
  const desk = await clinic.signedIn('reception');
  const details = { family: canary.name, given: canary.name, gender: 'other' as const, city: canary.name };
  await clinic.get('patients.register', details, desk);
  const { db } = clinic.temporary.local;
  db.prepare('UPDATE patient SET mrn = ? WHERE family = ?').run(canary.mrn, canary.name);
  await clinic.get(
    'notes.saveDraft',
    {
      writer: doctor.user?.id as StaffAccountId,
      id: null,
      patientId: habimana.id as PatientId,
      kind: 'note',
      answers: null,
      title: canary.note,
      type: '11506-3',
      sections: [{ title: 'Subjective', text: canary.note }],
      reason: '',
      revision: 0,
    },
    doctor,
  );
  db.exec(`CREATE TRIGGER broken BEFORE INSERT ON patient BEGIN SELECT raise(ABORT, '${canary.name}'); END`);
  await clinic.ask('patients.register', { ...details, notADuplicate: true }, desk);
  db.exec('DROP TRIGGER broken');
  db.prepare(
    `INSERT INTO outgoing_mail VALUES ('m', 'verify-code', @name, @name || '@example.rw', @name, @name, @name, 0, NULL, 0, 0, NULL)`,
  ).run({ name: canary.name });
  await clinic.ask('session.signIn', { username: canary.name, password: canary.name }, clinic.core.connect());

  const admin = await clinic.signedIn('admin');
  const found = await clinic.get('diagnostics.export', {}, admin);
  expect(found.database?.mail).toEqual({ waiting: 1 });
  const text = JSON.stringify(found);
  expect(Diagnostics.parse(JSON.parse(text)).log.length).toBeGreaterThan(2);
  for (const secret of [...Object.values(canary), 'Habimana', 'Mutesi', '+250', password, 'argon2'])
    expect(text, secret).not.toContain(secret);
});
