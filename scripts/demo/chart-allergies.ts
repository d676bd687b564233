import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { Charted } from './charts.ts';
import { demoId } from './random.ts';

type Allergy = RowOf<'allergy_intolerance'>;

/** What patients say when they are asked, in turn; null: nobody has asked this one. */
const answers: readonly (Partial<Allergy> | null)[] = [
  {
    substance: 'Penicillin',
    code_kind: 'class',
    code: 'penicillins',
    type: 'allergy',
    category: 'medication',
    reaction: 'Swollen face and difficulty breathing within an hour',
    severity: 'severe',
    criticality: 'high',
  },
  { substance: 'No known allergies', code_kind: 'none-known' },
  {
    substance: 'Ibuprofen',
    code_kind: 'ingredient',
    code: 'ibuprofen',
    type: 'intolerance',
    category: 'medication',
    reaction: 'Stomach ache',
    severity: 'mild',
    criticality: 'low',
  },
  null,
  { substance: 'No known allergies', code_kind: 'none-known' },
  {
    substance: 'Peanut',
    code_kind: 'other',
    type: 'allergy',
    category: 'food',
    reaction: 'Rash',
    severity: 'moderate',
  },
];

/** What is recorded of somebody's allergies. */
export const allergiesOf = ({ place, patient, author }: Charted, today: string): readonly Allergy[] => {
  const answer = answers[place % answers.length] ?? null;
  if (answer === null) return [];
  return [
    {
      ...blank('allergy_intolerance'),
      id: demoId(`chart ${patient.id} allergy`),
      patient_id: patient.id,
      substance: '',
      clinical_status: 'active',
      verification_status: 'confirmed',
      recorded_by: author,
      recorded_at: `${addDays(today, -330)}T08:15:00.000Z`,
      ...answer,
    },
  ];
};
