import { v7 } from 'uuid';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';

/** Whole clinical rows: the least that is valid, with what a test cares about given by it. */
const at = '2026-11-24T08:00:00.000Z';
const notVoided = { voided_at: null, voided_by: null, void_reason: null } as const;

type OfPatient<
  T extends 'allergy_intolerance' | 'observation' | 'composition' | 'medication_request' | 'invoice',
> = Partial<RowOf<T>> & Pick<RowOf<T>, 'patient_id'>;

/** A medicine of the formulary. */
export const amoxicillin: RowOf<'medicine'> = {
  ...blank('medicine'),
  id: '01900000-0000-7000-8000-f00000000001',
  name: 'Amoxicillin 500 mg capsule',
  ingredients: JSON.stringify([{ key: 'amoxicillin', name: 'Amoxicillin', value: '500', unit: 'mg' }]),
  form: 'capsule',
  strength: '500 mg',
  unit_of_dose: 'capsule',
  active: 1,
  created_at: '2026-01-01T00:00:00.000Z',
};

export const someAllergy = (more: OfPatient<'allergy_intolerance'>): RowOf<'allergy_intolerance'> => ({
  ...blank('allergy_intolerance'),
  id: v7(),
  substance: 'Penicillin',
  clinical_status: 'active',
  verification_status: 'confirmed',
  criticality: null,
  note: null,
  recorded_by: null,
  recorded_at: at,
  ...notVoided,
  ...more,
});

export const someObservation = (more: OfPatient<'observation'>): RowOf<'observation'> => ({
  ...blank('observation'),
  id: v7(),
  code: '8867-4',
  value: '72',
  unit: '/min',
  status: 'final',
  effective_at: at,
  recorded_by: null,
  recorded_at: at,
  corrects: null,
  note: null,
  ...more,
});

export const someNote = (more: OfPatient<'composition'>): RowOf<'composition'> => ({
  ...blank('composition'),
  id: v7(),
  parent_id: null,
  title: 'Consultation',
  body: 'No fever.',
  status: 'final',
  author_id: null,
  signed_at: at,
  created_at: at,
  created_by: null,
  ...notVoided,
  ...more,
});

export const somePrescription = (more: OfPatient<'medication_request'>): RowOf<'medication_request'> => ({
  ...blank('medication_request'),
  id: v7(),
  parent_id: null,
  medication: 'Amoxicillin 500 mg',
  dosage: 'One capsule three times a day for seven days',
  status: 'active',
  requester_id: null,
  signed_at: at,
  created_at: at,
  created_by: null,
  ...notVoided,
  ...more,
});

export const someInvoice = (more: OfPatient<'invoice'>): RowOf<'invoice'> => ({
  ...blank('invoice'),
  id: v7(),
  series: '2026',
  provisional_number: 'A-1',
  fiscal_number: null,
  status: 'issued',
  currency: 'RWF',
  total: 15_000,
  issued_at: at,
  created_at: at,
  created_by: null,
  ...more,
});
