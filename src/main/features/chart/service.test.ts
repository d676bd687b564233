import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import { someAllergy, someObservation } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const id = habimana.id as PatientId;
const store = () => clinic.temporary.local.store;
const put = <T extends TableName>(table: T, row: RowOf<T>) =>
  store().mutate({ kind: 'test', user: null }, (writer) => writer.insert(table, row));
const openChart = async (who = doctor, patient = id): Promise<OpenChart> => {
  const chart = await clinic.get('chart.open', { id: patient }, who);
  if (chart.access !== 'open') throw new Error('restricted');
  return chart;
};
const day = (date: string) => `${date}T08:00:00.000Z`;

describe('the banner', () => {
  it('says that nobody has recorded allergies, pregnancy or weight', async () => {
    expect(await openChart()).toMatchObject({
      patient: { mrn: 'OLD-1', family: 'Habimana', goesOn: null },
      restriction: null,
      allergies: [],
      allergyState: 'not-recorded',
      flags: [],
      pregnancy: null,
      weight: null,
    });
  });

  it('has allergies that hold, the gravest first', async () => {
    put('allergy_intolerance', someAllergy({ patient_id: id, substance: 'Dust', severity: 'mild' }));
    put('allergy_intolerance', someAllergy({ patient_id: id, substance: 'Penicillin', severity: 'severe' }));
    put(
      'allergy_intolerance',
      someAllergy({ patient_id: id, substance: 'Egg', clinical_status: 'resolved' }),
    );
    put(
      'allergy_intolerance',
      someAllergy({ patient_id: id, substance: 'Nuts', verification_status: 'refuted' }),
    );
    put(
      'allergy_intolerance',
      someAllergy({ patient_id: id, substance: 'Latex', voided_at: day('2026-11-01'), void_reason: 'x' }),
    );
    const chart = await openChart();
    expect(chart.allergies.map(({ substance }) => substance)).toEqual(['Penicillin', 'Dust']);
    expect(chart.allergies[0]?.certainty).toBe('provisional');
    expect(chart.allergyState).toBe('recorded');
  });

  it('tells "none known" from "nobody has asked", and an allergy from both', async () => {
    const none = { patient_id: id, substance: 'No known allergies', code_kind: 'none-known' };
    put('allergy_intolerance', someAllergy(none));
    expect(await openChart()).toMatchObject({ allergyState: 'none-known', allergies: [] });
    put('allergy_intolerance', someAllergy({ patient_id: id }));
    const chart = await openChart();
    expect(chart.allergyState).toBe('recorded');
    expect(chart.allergies).toHaveLength(1);
  });

  it('has the latest weight that was not corrected, with its day', async () => {
    const weight = (value: string, at: string, more: Partial<RowOf<'observation'>> = {}) => {
      const row = someObservation({
        patient_id: id,
        code: '29463-7',
        value,
        unit: 'kg',
        effective_at: at,
        ...more,
      });
      put('observation', row);
      return row.id;
    };
    weight('70', day('2026-05-01'));
    const wrong = weight('710', day('2026-11-02'));
    weight('71', day('2026-11-01'), { corrects: wrong });
    weight('72', day('2026-11-03'), { status: 'entered-in-error' });
    expect((await openChart()).weight).toMatchObject({ value: '71', unit: 'kg', at: day('2026-11-01') });
  });

  it('knows of a pregnancy from what was observed', async () => {
    put(
      'observation',
      someObservation({
        patient_id: id,
        code: '82810-3',
        value: null,
        unit: null,
        value_text: 'LA15173-0',
        effective_at: day('2026-10-01'),
      }),
    );
    expect((await openChart()).pregnancy).toEqual({ pregnant: true, day: '2026-10-01', due: null });
  });

  it('reads the records of one person together, and says which goes on', async () => {
    put('allergy_intolerance', someAllergy({ patient_id: id }));
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', id, { merged_into: mutesi.id }),
    );
    expect((await openChart()).patient.goesOn).toBe(mutesi.id);
    expect((await openChart(doctor, mutesi.id as PatientId)).allergies).toHaveLength(1);
  });
});

describe('alerts', () => {
  it('are on the chart from the day they are set to the day they end', async () => {
    const alert = { id, category: 'safety', text: 'Falls', endDate: '2026-11-24' } as const;
    const flag = await clinic.get('chart.addAlert', alert, doctor);
    expect((await openChart()).flags).toEqual([flag]);
    expect(flag).toMatchObject({ category: 'safety', createdBy: 'doctor', certainty: 'provisional' });
    clinic.clock.at += 86_400_000;
    expect((await openChart()).flags).toHaveLength(1);
    clinic.clock.at += 86_400_000;
    expect((await openChart()).flags).toEqual([]);
  });

  it('are ended with a reason and stay in the history', async () => {
    const flag = await clinic.get('chart.addAlert', { id, category: 'drug', text: 'Warfarin' }, doctor);
    await clinic.get('chart.endFlag', { id: flag.id, reason: 'stopped' }, doctor);
    expect((await openChart()).flags).toEqual([]);
    const row = store().get(localDb.selectFrom('flag').selectAll().where('id', '=', flag.id));
    expect(row).toMatchObject({ void_reason: 'stopped', voided_at: new Date(now).toISOString() });
    expect(await clinic.ask('chart.endFlag', { id: flag.id, reason: 'again' }, doctor)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('do not end before they begin', async () => {
    const alert = { id, category: 'drug', text: 'x', endDate: '2026-11-22' } as const;
    expect(await clinic.ask('chart.addAlert', alert, doctor)).toMatchObject({
      error: { code: 'invalid-input', fields: { endDate: 'order' } },
    });
  });

  it('are set by doctors', async () => {
    const nurse = await clinic.signedIn('nurse');
    expect(await clinic.ask('chart.addAlert', { id, category: 'drug', text: 'x' }, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});

describe('reading a chart', () => {
  const events = () =>
    store()
      .all(localDb.selectFrom('audit_event').selectAll().where('event', '=', 'chart-open'))
      .map(({ entity_id, account_id, outcome }) => ({ entity_id, account_id, outcome }));

  it('is written down once a look', async () => {
    await openChart();
    await openChart();
    expect(events()).toEqual([{ entity_id: id, account_id: doctor.user?.id, outcome: 'success' }]);
    clinic.clock.at += 16 * 60_000;
    await openChart();
    expect(events()).toHaveLength(2);
  });

  it('is for those who treat', async () => {
    for (const role of ['reception', 'admin'] as const)
      expect(await clinic.ask('chart.open', { id }, await clinic.signedIn(role))).toMatchObject({
        error: { code: 'not-permitted' },
      });
  });

  it('puts the patient among those opened lately', async () => {
    await openChart();
    const recent = await clinic.get('patients.search', { text: '', limit: 10 }, doctor);
    expect(recent.map((patient) => patient.id)).toEqual([id]);
  });
});
