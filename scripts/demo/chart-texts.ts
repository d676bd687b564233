import type { Section } from '#shared/domain/notes/sections.ts';

/** What the charts of the demonstration say. Nobody of them lives. */

export interface Medicine {
  readonly name: string;
  readonly dose: string;
  readonly unit: string;
  readonly route: string;
  readonly frequency: string;
  readonly indication: string;
}

export interface Story {
  /** Problems as they are written where nobody has imported codes. */
  readonly problems: readonly { readonly display: string; readonly years: number }[];
  readonly medicines: readonly Medicine[];
  /** Upper and lower blood pressure, pulse: the latest and what they were before. */
  readonly pressure: readonly (readonly [number, number, number])[];
  readonly kilograms: number;
  readonly centimetres: number;
  readonly note: readonly Section[];
}

const oral = (
  name: string,
  frequency: string,
  indication: string,
  dose = '1',
  unit = 'tablet',
): Medicine => ({ name, dose, unit, route: 'oral', frequency, indication });

const soap = (...texts: readonly [string, string, string, string]): readonly Section[] =>
  ['Subjective', 'Objective', 'Assessment', 'Plan'].map((title, index) => ({
    title,
    text: texts[index] ?? '',
  }));

export const adultStories: readonly Story[] = [
  {
    problems: [{ display: 'Hypertension', years: 7 }],
    medicines: [oral('Amlodipine 5 mg tablet', 'OD', 'Hypertension')],
    pressure: [
      [148, 92, 76],
      [142, 88, 74],
      [156, 96, 80],
    ],
    kilograms: 78,
    centimetres: 168,
    note: soap(
      'No headache, no chest pain. Takes the tablets most days.',
      'BP 142/88, pulse 74 regular. No oedema.',
      'Hypertension, not yet at target.',
      'Go on with amlodipine, less salt, again in two months.',
    ),
  },
  {
    problems: [
      { display: 'Diabetes mellitus type 2', years: 5 },
      { display: 'Hypertension', years: 4 },
    ],
    medicines: [
      oral('Metformin 500 mg tablet', 'BD', 'Diabetes mellitus type 2'),
      oral('Lisinopril 10 mg tablet', 'OD', 'Hypertension'),
    ],
    pressure: [
      [134, 84, 78],
      [138, 86, 82],
      [136, 82, 80],
    ],
    kilograms: 84,
    centimetres: 171,
    note: soap(
      'Thirsty at night for some weeks. Feet feel normal.',
      'BP 138/86. Feet: pulses and feeling normal.',
      'Diabetes type 2, control in doubt.',
      'HbA1c and kidney function, then decide.',
    ),
  },
  {
    problems: [{ display: 'Asthma', years: 12 }],
    medicines: [
      {
        name: 'Salbutamol 100 mcg inhaler',
        dose: '2',
        unit: 'puff',
        route: 'inhaled',
        frequency: 'QID',
        indication: 'Asthma',
      },
    ],
    pressure: [
      [118, 74, 72],
      [122, 76, 70],
      [120, 78, 74],
    ],
    kilograms: 63,
    centimetres: 164,
    note: soap(
      'Wheeze with dust, twice a week, none at night.',
      'Chest clear, speaks whole sentences.',
      'Asthma, controlled.',
      'Inhaler technique shown again. Come back if it wakes you.',
    ),
  },
  {
    problems: [{ display: 'Low back pain', years: 1 }],
    medicines: [oral('Paracetamol 500 mg tablet', 'TDS', 'Low back pain', '2')],
    pressure: [
      [126, 78, 68],
      [124, 80, 72],
      [128, 82, 70],
    ],
    kilograms: 70,
    centimetres: 173,
    note: soap(
      'Back pain after lifting, no pain in the legs, no fever.',
      'Bends halfway, straight leg raise free on both sides.',
      'Mechanical back pain, no warning signs.',
      'Keep moving, paracetamol, again if it is not better in four weeks.',
    ),
  },
];

export const childStory: Story = {
  problems: [{ display: 'Recurrent otitis media', years: 1 }],
  medicines: [],
  pressure: [],
  kilograms: 16,
  centimetres: 102,
  note: soap(
    'Ear ache for two days, fever last night, drinks well.',
    'Temperature 38.1. Right drum red, bulging. Throat clear.',
    'Otitis media, right.',
    'Paracetamol; come back in two days, or at once if drowsy or vomiting.',
  ),
};

/** Templates of notes: headings with what one asks for under them. */
export const noteTemplates: readonly {
  readonly name: string;
  readonly speciality: string | null;
  readonly sections: readonly Section[];
}[] = [
  { name: 'SOAP', speciality: null, sections: soap('', '', '', '') },
  {
    name: 'Antenatal visit',
    speciality: 'Obstetrics and gynaecology',
    sections: [
      { title: 'Pregnancy', text: 'Weeks: \nMovements: ' },
      { title: 'Complaints', text: '' },
      { title: 'Examination', text: 'Fundal height: \nPresentation: \nFetal heart: ' },
      { title: 'Advice and plan', text: '' },
    ],
  },
  {
    name: 'Child under five',
    speciality: 'Paediatrics',
    sections: [
      { title: 'Danger signs', text: 'Drinks: \nVomits everything: \nConvulsions: \nLethargic: ' },
      { title: 'History', text: '' },
      { title: 'Examination', text: '' },
      { title: 'Feeding and growth', text: '' },
      { title: 'Plan', text: '' },
    ],
  },
];
