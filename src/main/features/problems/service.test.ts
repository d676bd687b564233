import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { ProblemWords } from '#shared/contract/problems.ts';
import { conceptId } from '#shared/domain/concepts/concept.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const asthma: ProblemWords = {
  display: 'Asthma',
  codeSystem: 'http://hl7.org/fhir/sid/icd-10',
  code: 'J45.9',
  clinicalStatus: 'active',
  verificationStatus: 'provisional',
  severity: 'mild',
  onset: '2019-03',
  abatement: null,
  note: '',
};
const add = (more: Partial<ProblemWords> = {}) =>
  clinic.get('problems.add', { patientId, problem: { ...asthma, ...more } }, doctor);
const change = (id: string, more: Partial<ProblemWords>) =>
  clinic.ask('problems.change', { id, problem: { ...asthma, ...more } }, doctor);
const list = () => clinic.get('problems.list', { patientId }, doctor);

describe('problems', () => {
  it('are written in the encounter of today; what goes on comes first', async () => {
    await add({ display: 'Fracture', clinicalStatus: 'resolved', onset: '2021', abatement: '2021' });
    await add({ codeSystem: null, code: null, display: 'Low mood', onset: null });
    await add();
    expect((await list()).map(({ display, code, recordedBy }) => [display, code, recordedBy])).toEqual([
      ['Asthma', 'J45.9', 'doctor'],
      ['Low mood', null, 'doctor'],
      ['Fracture', 'J45.9', 'doctor'],
    ]);
    const { store } = clinic.temporary.local;
    const [encounter] = store.all(localDb.selectFrom('encounter').select('id'));
    expect(
      new Set(
        store.all(localDb.selectFrom('condition').select('encounter_id')).map((row) => row.encounter_id),
      ),
    ).toEqual(new Set([encounter?.id]));
  });

  it('say that an edition no longer has their code, and stay as they are', async () => {
    await add();
    await add({ code: 'J45.8', display: 'Mixed asthma' });
    const concept = (code: string, active: 0 | 1) => ({
      id: conceptId(asthma.codeSystem ?? '', code),
      code_system: asthma.codeSystem ?? '',
      code,
      display: 'x',
      edition: '2026',
      active,
    });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.insert('concept', concept('J45.9', 0));
      writer.insert('concept', concept('J45.8', 1));
    });
    expect((await list()).map(({ code, notIn }) => [code, notIn]).toSorted()).toEqual([
      ['J45.8', null],
      ['J45.9', '2026'],
    ]);
    const [first] = (await list()).filter(({ code }) => code === 'J45.9');
    expect(await change(first?.id ?? '', { severity: 'severe' })).toMatchObject({
      ok: true,
      value: { code: 'J45.9', notIn: '2026' },
    });
  });

  it('cannot end before they began, nor begin before the patient was born', async () => {
    const ask = (more: Partial<ProblemWords>) =>
      clinic.ask('problems.add', { patientId, problem: { ...asthma, ...more } }, doctor);
    expect(await ask({ clinicalStatus: 'resolved', abatement: '2018' })).toMatchObject({
      error: { code: 'invalid-input', fields: { abatement: 'order' } },
    });
    expect(await ask({ onset: '1970' })).toMatchObject({ error: { fields: { onset: 'before-birth' } } });
    expect(await list()).toEqual([]);
  });

  it('are resolved, and come back as a recurrence', async () => {
    const { id } = await add();
    expect((await change(id, { clinicalStatus: 'resolved', abatement: '2026-11' })).ok).toBe(true);
    expect(await change(id, { clinicalStatus: 'relapse' })).toMatchObject({
      error: { fields: { clinicalStatus: 'transition' } },
    });
    expect((await change(id, { clinicalStatus: 'recurrence' })).ok).toBe(true);
    expect(await list()).toMatchObject([{ clinicalStatus: 'recurrence', abatement: null }]);
    const again = { clinicalStatus: 'recurrence' } as const;
    await change(id, { ...again, verificationStatus: 'confirmed' });
    expect(await change(id, { ...again, verificationStatus: 'provisional' })).toMatchObject({
      error: { fields: { verificationStatus: 'transition' } },
    });
  });

  it('that should not have been written are withdrawn with the reason', async () => {
    const { id } = await add();
    await clinic.get('problems.withdraw', { id, reason: 'Other patient' }, doctor);
    expect(await list()).toEqual([]);
    expect(await change(id, {})).toMatchObject({ error: { code: 'not-found' } });
  });
});
