import { type ReleasedKind, releaseSetting } from '#shared/domain/panel/release.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import { blank, columnsOf, type RowOf, type TableName } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, now, uwase } from './core-clinic.ts';

/** An instant so many minutes before the clinic's now. */
export const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

/** Says when patients see a kind of thing, for the whole clinic. */
export const release = (clinic: Clinic, kind: ReleasedKind, value: string): void => {
  const key = releaseSetting[kind];
  const id = settingId(key, null);
  const { store } = clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) => {
    const known = clinic.temporary.local.db.prepare('SELECT 1 FROM setting WHERE id = ?').get(id);
    if (known === undefined)
      writer.insert('setting', { id, key, location_id: null, value: JSON.stringify(value) });
    else writer.update('setting', id, { value: JSON.stringify(value) });
  });
};

/** What is written in a column that a patient never sees. */
export const inside = 'zz-inside';

/** A row with the canary in every column of text that is not given. */
export const planted = <T extends TableName>(table: T, given: Partial<RowOf<T>>): RowOf<T> =>
  ({
    ...blank(table),
    ...Object.fromEntries(
      columnsOf(table).flatMap(([name, { type }]) =>
        type === 'text' && !(name in given) ? [[name, `${inside} ${table}.${name}`]] : [],
      ),
    ),
    ...given,
  }) as unknown as RowOf<T>;

const rowId = (n: number): string => `01900000-0000-7000-8000-fa${String(n).padStart(10, '0')}`;

export const chartIds = {
  allergy: rowId(1),
  problem: rowId(2),
  report: rowId(3),
  potassium: rowId(4),
  pressure: rowId(5),
  note: rowId(6),
  addendum: rowId(7),
  vaccination: rowId(8),
  document: rowId(9),
  prescription: rowId(10),
  invoice: rowId(11),
  acknowledgement: rowId(12),
  encounter: rowId(13),
} as const;

const of = { patient_id: habimana.id };
const recorded = { recorded_at: before(60), recorded_by: uwase.id };

/** One row of every kind that a patient may see, as it is written at a desk, with a canary in all that is not theirs to see. */
export const chartRows = () =>
  ({
    encounter: planted('encounter', {
      ...of,
      id: chartIds.encounter,
      practitioner_id: uwase.id,
      status: 'finished',
      start_at: before(60),
      end_at: before(40),
      created_at: before(60),
      voided_at: null,
    }),
    allergy_intolerance: planted('allergy_intolerance', {
      ...of,
      ...recorded,
      id: chartIds.allergy,
      substance: 'Penicillin',
      reaction: 'Rash',
      severity: 'severe',
      criticality: 'high',
      onset: '2010',
      clinical_status: 'active',
      verification_status: 'confirmed',
      code_kind: 'class',
      void_reason: null,
    }),
    condition: planted('condition', {
      ...of,
      ...recorded,
      id: chartIds.problem,
      display: 'Hypertension',
      severity: 'moderate',
      onset: '2019',
      abatement: null,
      clinical_status: 'active',
      verification_status: 'confirmed',
    }),
    diagnostic_report: planted('diagnostic_report', {
      ...of,
      ...recorded,
      id: chartIds.report,
      code: '24362-6',
      display: 'Kidney function and electrolytes',
      performer: 'Own laboratory',
      conclusion: 'Slightly low',
      abnormal: 'abnormal',
      status: 'final',
      effective_at: before(60),
    }),
    result_acknowledgement: planted('result_acknowledgement', {
      ...of,
      ...recorded,
      id: chartIds.acknowledgement,
      report_id: chartIds.report,
    }),
    value: planted('observation', {
      ...of,
      ...recorded,
      id: chartIds.potassium,
      report_id: chartIds.report,
      code: '2823-3',
      value: '3.2',
      value_text: null,
      comparator: null,
      unit: 'mmol/L',
      reference_low: '3.5',
      reference_high: '5.1',
      interpretation: 'L',
      status: 'final',
      effective_at: before(60),
    }),
    vital: planted('observation', {
      ...of,
      ...recorded,
      id: chartIds.pressure,
      code: '8480-6',
      value: '148',
      value_text: null,
      comparator: null,
      unit: 'mm[Hg]',
      reference_low: null,
      reference_high: null,
      interpretation: null,
      status: 'final',
      effective_at: before(30),
    }),
    composition: planted('composition', {
      ...of,
      id: chartIds.note,
      title: 'Visit',
      body: JSON.stringify({ sections: [{ title: 'Plan', text: 'Walk every day' }] }),
      status: 'final',
      author_id: uwase.id,
      signed_at: before(20),
      created_at: before(20),
    }),
    addendum: planted('composition', {
      ...of,
      id: chartIds.addendum,
      appends_id: chartIds.note,
      title: 'Visit',
      body: JSON.stringify({ sections: [{ title: '', text: 'And swim' }] }),
      status: 'final',
      author_id: uwase.id,
      signed_at: before(10),
      created_at: before(10),
    }),
    immunization: planted('immunization', {
      ...of,
      ...recorded,
      id: chartIds.vaccination,
      display: 'Tetanus',
      status: 'completed',
      occurrence_at: before(500),
    }),
    document_reference: planted('document_reference', {
      ...of,
      id: chartIds.document,
      category: 'letter',
      title: 'Letter of the hospital',
      content_type: 'application/pdf',
      size: 10,
      hash: 'ab'.repeat(32),
      created_at: before(400),
    }),
    medication_request: planted('medication_request', {
      ...of,
      id: chartIds.prescription,
      medication: 'Amlodipine',
      form: 'tablet',
      strength: '5 mg',
      dosage: '1 tablet by mouth, once a day',
      dose_value: '1',
      dose_unit: 'tablet',
      route: 'oral',
      frequency: 'OD',
      as_needed: 0,
      as_needed_for: null,
      max_per_day: null,
      duration_value: 30,
      duration_unit: 'd',
      quantity: '30',
      quantity_unit: 'tablet',
      repeats: 0,
      start_date: '2026-11-20',
      end_date: '2026-12-20',
      status: 'active',
      requester_id: uwase.id,
      signed_at: before(300),
      created_at: before(300),
      source: null,
    }),
    invoice: planted('invoice', {
      ...of,
      id: chartIds.invoice,
      series: 'A',
      provisional_number: 'P-7-1',
      fiscal_number: null,
      status: 'issued',
      currency: 'RWF',
      // Of a version that kept no lines.
      kind: null,
      total: 25_000,
      issued_at: before(200),
      created_at: before(200),
      created_by: null,
    }),
  }) as const;

/** Writes them all. */
export const writeChart = ({ temporary }: Clinic): void => {
  const rows = chartRows();
  temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('encounter', rows.encounter);
    writer.insert('allergy_intolerance', rows.allergy_intolerance);
    writer.insert('condition', rows.condition);
    writer.insert('diagnostic_report', rows.diagnostic_report);
    writer.insert('observation', rows.value);
    writer.insert('observation', rows.vital);
    writer.insert('composition', rows.composition);
    writer.insert('composition', rows.addendum);
    writer.insert('immunization', rows.immunization);
    writer.insert('document_reference', rows.document_reference);
    writer.insert('medication_request', rows.medication_request);
    writer.insert('invoice', rows.invoice);
  });
};
