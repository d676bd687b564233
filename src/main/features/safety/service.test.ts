import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { PrescriptionDraft } from '#shared/contract/safety.ts';
import { subjectOf } from '#shared/domain/safety/facts.ts';
import type { CheckCode } from '#shared/domain/safety/finding.ts';
import { testFacts } from '#shared/domain/safety/test-facts.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf, type TableName } from '#shared/sync/catalogue.ts';
import { someAllergy, someObservation, somePrescription } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';
import { monthsOld } from './patient.ts';

let clinic: Clinic;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const id = habimana.id as PatientId;
const day = (date: string) => `${date}T08:00:00.000Z`;
const store = () => clinic.temporary.local.store;
const put = <T extends TableName>(table: T, row: RowOf<T> & { readonly id: string }): string => {
  store().mutate({ kind: 'test', user: null }, (writer) => writer.insert<T>(table, row));
  return row.id;
};
const observed = (code: string, value: string, unit: string, at: string) =>
  put('observation', someObservation({ patient_id: id, code, value, unit, effective_at: at }));

const draft: PrescriptionDraft = {
  name: 'Ibupa 400 mg tablet',
  ingredients: [{ key: 'ibupa', name: 'Ibupa', value: '400', unit: 'mg' }],
  unitOfDose: 'tablet',
  doseValue: '1',
  doseUnit: 'tablet',
  route: 'po',
  frequency: 'TDS',
  asNeeded: false,
  maxPerDay: null,
};
const amoxicillin: PrescriptionDraft = {
  ...draft,
  name: 'Amoxicillin 500 mg capsule',
  ingredients: [{ key: 'amoxicillin', name: 'Amoxicillin', value: '500', unit: 'mg' }],
};

/** Puts the small set of the tests in the place of the bundled one. */
const useTestSet = (facts = testFacts, stated = facts.length): void => {
  const datasetId = put('safety_dataset', {
    ...blank('safety_dataset'),
    id: '01900000-0000-7000-8000-0000000f0000',
    name: 'Test set',
    version: '1',
    released_on: '2026-11-01',
    publisher: 'Tests',
    status: 'active',
    imported_at: day('2026-11-02'),
  });
  const fact = (n: number, kind: string, subject: string, data: unknown) =>
    put('safety_fact', {
      id: `01900000-0000-7000-8000-0000000f1${String(n).padStart(3, '0')}`,
      dataset_id: datasetId,
      kind,
      subject,
      data: JSON.stringify(data),
    });
  fact(0, 'manifest', 'facts', { facts: stated });
  for (const [n, one] of facts.entries()) fact(n + 1, one.kind, subjectOf(one), one);
};

const said = async (check: CheckCode, what = draft, excludes: readonly string[] = []) => {
  const { findings } = await clinic.get(
    'safety.check',
    { patientId: id, draft: what, excludes: [...excludes] },
    doctor,
  );
  return findings
    .filter((finding) => finding.check === check)
    .map(({ status, reason }) => `${status} ${reason}`);
};
const prescribed = (more: Partial<RowOf<'medication_request'>>) =>
  put(
    'medication_request',
    somePrescription({ patient_id: id, medication: 'Warfa 5 MG Oral Tablet', status: 'active', ...more }),
  );

describe('a prescription is checked against the chart', () => {
  it('with the bundled set where no other is active, and names it', async () => {
    put('allergy_intolerance', someAllergy({ patient_id: id, substance: 'Penicillin V' }));
    const { findings, dataset } = await clinic.get(
      'safety.check',
      { patientId: id, draft: amoxicillin },
      doctor,
    );
    expect(dataset).toMatchObject({ name: 'ClinicHub starter set', bundled: true });
    expect(dataset?.note).toMatch(/not complete/);
    expect(findings[0]).toMatchObject({ reason: 'allergy-same-class', severity: 'high' });
    expect(findings[0]?.dataset).toBe(`${dataset?.name} ${dataset?.version}`);
  });

  it('with what was recorded of allergies: nothing, that there are none, or some', async () => {
    useTestSet();
    expect(await said('allergy-ingredient')).toEqual(['not-checked allergies-not-recorded']);
    put('allergy_intolerance', someAllergy({ patient_id: id, substance: 'None', code_kind: 'none-known' }));
    expect(await said('allergy-ingredient')).toEqual(['ok no-allergies']);
    put(
      'allergy_intolerance',
      someAllergy({ patient_id: id, substance: 'Ibupa', code_kind: 'ingredient', code: 'ibupa' }),
    );
    expect(await said('allergy-ingredient')).toEqual(['warning allergy-to-ingredient']);
  });

  it('with the latest weight and its age, in pounds or kilograms', async () => {
    useTestSet();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', id, { birth_date: '2022-05-01' }),
    );
    const small = { ...draft, doseValue: '160', doseUnit: 'mg' };
    expect(await said('dose', small)).toEqual(['not-checked weight-missing']);
    observed('29463-7', '16', 'kg', day('2026-01-02'));
    expect(await said('dose', small)).toEqual(['not-checked weight-too-old']);
    observed('29463-7', '35.3', '[lb_av]', day('2026-11-20'));
    expect(await said('dose', small)).toEqual(['ok nothing-found']);
    expect(await said('dose', { ...small, doseValue: '240' })).toEqual([
      'warning dose-above',
      'warning day-above',
    ]);
  });

  it('with the kidneys, measured or worked out from creatinine, whichever is newer', async () => {
    useTestSet();
    const metfa = {
      ...draft,
      name: 'Metfa',
      ingredients: [{ key: 'metfa', name: 'Metfa', value: '500', unit: 'mg' }],
    };
    expect(await said('renal', metfa)).toEqual(['not-checked renal-unknown']);
    observed('62238-1', '80', 'mL/min/{1.73_m2}', day('2026-06-01'));
    expect(await said('renal', metfa)).toEqual(['ok nothing-found']);
    observed('2160-0', '300', 'umol/L', day('2026-11-01'));
    expect(await said('renal', metfa)).toEqual(['warning renal-advice']);
  });

  it('with pregnancy as it was stated, and its trimester from the day of delivery', async () => {
    useTestSet();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', id, { gender: 'female' }),
    );
    expect(await said('pregnancy')).toEqual(['not-checked pregnancy-unknown']);
    put(
      'observation',
      someObservation({
        patient_id: id,
        code: '11778-8',
        value: null,
        unit: null,
        value_text: '2027-01-10',
        effective_at: day('2026-10-01'),
      }),
    );
    const { findings } = await clinic.get('safety.check', { patientId: id, draft }, doctor);
    expect(findings.filter(({ check }) => check === 'pregnancy')).toMatchObject([
      { reason: 'pregnancy-advice', severity: 'high', params: { trimesters: '3' } },
    ]);
  });

  it('with what else is taken: versions that hold, not those that are over or are replaced', async () => {
    useTestSet();
    expect(await said('interaction')).toEqual(['ok no-other-medicines']);
    const first = prescribed({});
    expect(await said('interaction')).toEqual(['warning interacts']);
    expect(await said('interaction', draft, [first])).toEqual(['ok no-other-medicines']);
    prescribed({ parent_id: first, status: 'stopped', created_at: day('2026-11-22') });
    expect(await said('interaction')).toEqual(['ok no-other-medicines']);
    prescribed({ end_date: '2026-11-01' });
    expect(await said('interaction')).toEqual(['ok no-other-medicines']);
    prescribed({ status: 'on-hold' });
    expect(await said('interaction')).toEqual(['warning interacts']);
  });

  it('with the route of what else is taken, however it was written', async () => {
    useTestSet();
    const severity = async (route: string | null) => {
      prescribed({ route, medication: 'Napra 10 MG Topical Gel' });
      const warfa = {
        ...draft,
        name: 'Warfa',
        ingredients: [{ key: 'warfa', name: 'Warfa', value: '5', unit: 'mg' }],
      };
      const { findings } = await clinic.get('safety.check', { patientId: id, draft: warfa }, doctor);
      return findings.filter(({ reason }) => reason === 'interacts').map((finding) => finding.severity);
    };
    expect(await severity('topical')).toEqual(['low']);
    expect(await severity('PO')).toEqual(['high', 'low']);
  });

  it('with how often it is taken: a weekly dose every day is said, by code or as the most of a day', async () => {
    useTestSet();
    const weekla: PrescriptionDraft = {
      ...draft,
      name: 'Weekla 70 mg tablet',
      ingredients: [{ key: 'weekla', name: 'Weekla', value: '70', unit: 'mg' }],
    };
    expect(await said('dose', { ...weekla, frequency: 'QW' })).toEqual(['ok nothing-found']);
    expect(await said('dose', { ...weekla, frequency: 'STAT' })).toEqual(['ok nothing-found']);
    expect(await said('dose', { ...weekla, frequency: 'OD' })).toEqual(['warning schedule-too-often']);
    expect(await said('dose', { ...weekla, frequency: 'Q8H' })).toEqual(['warning schedule-too-often']);
    expect(await said('dose', { ...weekla, frequency: null })).toEqual(['not-checked schedule-not-told']);
    const asNeeded = { ...weekla, frequency: null, asNeeded: true, maxPerDay: '1' };
    expect(await said('dose', asNeeded)).toEqual(['warning schedule-too-often']);
  });

  it('reads a prescription again when an allergy has come', async () => {
    useTestSet();
    const prescriptionId = prescribed({ medication: 'Ibupa 400 MG Oral Tablet' });
    put(
      'allergy_intolerance',
      someAllergy({ patient_id: id, substance: 'Napra', code_kind: 'ingredient', code: 'napra' }),
    );
    const { prescriptions } = await clinic.get('safety.recheck', { patientId: id }, doctor);
    expect(prescriptions).toMatchObject([{ prescriptionId, medication: 'Ibupa 400 MG Oral Tablet' }]);
    expect(prescriptions[0]?.findings[0]).toMatchObject({ reason: 'allergy-same-class', status: 'warning' });
  });
});

describe('a data set that is not whole here', () => {
  it('checks nothing and says so, rather than with fewer facts or another set', async () => {
    useTestSet(testFacts.slice(0, 5), 20);
    const { findings, dataset } = await clinic.get('safety.check', { patientId: id, draft }, doctor);
    expect(dataset).toBeNull();
    expect(new Set(findings.map(({ reason }) => reason))).toEqual(new Set(['dataset-incomplete']));
  });
});

describe('substances to pick for an allergy', () => {
  const pick = async (text: string) =>
    (await clinic.get('safety.substances', { text }, doctor)).map(({ kind, key, alias }) =>
      [kind, key, alias].filter(Boolean).join(' '),
    );
  it('are found by any of their names', async () => {
    expect(await pick('penic')).toEqual(
      expect.arrayContaining(['class penicillins', 'ingredient phenoxymethylpenicillin penicillin V']),
    );
    expect(await pick('aspirin')).toEqual(['ingredient acetylsalicylic-acid aspirin']);
    expect(await pick('')).toEqual([]);
  });
});

it('nobody but who treats is told anything', async () => {
  const admin = await clinic.signedIn('admin');
  expect(await clinic.ask('safety.check', { patientId: id, draft }, admin)).toMatchObject({
    error: { code: 'not-permitted' },
  });
  put('flag', {
    ...blank('flag'),
    id: '01900000-0000-7000-8000-0000000f9999',
    patient_id: id,
    category: 'restricted',
    text: 'x',
    created_at: day('2026-11-01'),
  });
  for (const call of ['safety.recheck', 'safety.check'] as const)
    expect(await clinic.ask(call, { patientId: id, draft }, doctor), call).toMatchObject({
      error: { code: 'restricted' },
    });
});

it.each([
  ['2026-11-23', '2026-11-23', 0],
  ['2025-11-24', '2026-11-23', 11],
  ['1985-02-03', '2026-11-23', 501],
  ['2027-01-01', '2026-11-23', null],
  [null, '2026-11-23', null],
])('months from %s to %s', (birth, today, months) => {
  expect(monthsOld(birth, today)).toBe(months);
});
