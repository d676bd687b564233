import type { Analyte, Range } from './analyte.ts';
import { sources } from './sources.ts';

const years = (count: number) => count * 12;
const adult = years(18);

/** Haemoglobin: without anaemia is normal, severe anaemia is critical; g/dL. Adults have an upper bound as well. */
const haemoglobin = (
  at: string,
  severe: string,
  fromMonths: number,
  more: Partial<Range> = {},
): { readonly range: Range; readonly critical: Range } => ({
  range: { low: at, fromMonths, ...more, source: sources.whoHaemoglobin },
  critical: {
    low: severe,
    fromMonths,
    ...(more.belowMonths === undefined ? {} : { belowMonths: more.belowMonths }),
    ...(more.sex === undefined ? {} : { sex: more.sex }),
    source: sources.whoHaemoglobin,
  },
});

/** Severe anaemia is below 7.0 g/dL in the youngest and below 8.0 g/dL in all others: the last value that is so. */
const haemoglobins = [
  haemoglobin('10.5', '6.9', 6, { belowMonths: 24 }),
  haemoglobin('11.0', '6.9', 24, { belowMonths: years(5) }),
  haemoglobin('11.5', '7.9', years(5), { belowMonths: years(12) }),
  haemoglobin('12.0', '7.9', years(12), { belowMonths: years(15) }),
  haemoglobin('12.0', '7.9', years(15), { sex: 'female' }),
  haemoglobin('13.0', '7.9', years(15), { sex: 'male' }),
];

export const haematology = [
  {
    key: 'haemoglobin',
    name: 'Haemoglobin',
    kind: 'number',
    units: [
      { unit: 'g/dL', code: '718-7', factor: '1' },
      { unit: 'g/L', code: '718-7', factor: '10' },
    ],
    ranges: haemoglobins.map(({ range }) => range),
    critical: haemoglobins.map(({ critical }) => critical),
    possible: ['0.5', '35'],
    likely: ['3', '22'],
  },
  {
    key: 'white-cells',
    name: 'White blood cells',
    kind: 'number',
    units: [{ unit: '10*9/L', code: '6690-2', factor: '1' }],
    ranges: [{ low: '4.0', high: '11.0', fromMonths: adult, source: sources.abim }],
    critical: [],
    possible: ['0', '2000'],
    likely: ['0.5', '150'],
  },
  {
    key: 'neutrophils',
    name: 'Neutrophils',
    kind: 'number',
    units: [{ unit: '10*9/L', code: '751-8', factor: '1' }],
    ranges: [],
    critical: [{ low: '0.49', source: sources.severn }],
    possible: ['0', '1000'],
    likely: ['0.1', '80'],
  },
  {
    key: 'platelets',
    name: 'Platelets',
    kind: 'number',
    units: [{ unit: '10*9/L', code: '777-3', factor: '1' }],
    ranges: [{ low: '150', high: '450', fromMonths: adult, source: sources.abim }],
    critical: [{ low: '29', source: sources.severn }],
    possible: ['0', '10000'],
    likely: ['5', '2000'],
  },
  {
    key: 'mcv',
    name: 'Mean cell volume (MCV)',
    kind: 'number',
    units: [{ unit: 'fL', code: '787-2', factor: '1' }],
    ranges: [{ low: '80', high: '98', fromMonths: adult, source: sources.abim }],
    critical: [],
    possible: ['20', '250'],
    likely: ['50', '150'],
  },
  {
    key: 'inr',
    name: 'INR',
    kind: 'number',
    units: [{ unit: '{INR}', code: '6301-6', factor: '1' }],
    ranges: [],
    critical: [{ high: '6.6', source: sources.severn }],
    possible: ['0.1', '50'],
    likely: ['0.7', '15'],
  },
  {
    key: 'malaria',
    name: 'Malaria antigen',
    kind: 'choice',
    code: '70569-9',
    options: ['negative', 'positive', 'invalid'],
    normal: ['negative', 'invalid'],
  },
  {
    key: 'pregnancy',
    name: 'Pregnancy test, urine',
    kind: 'choice',
    code: '2106-3',
    options: ['negative', 'positive', 'invalid'],
    // Neither is abnormal.
    normal: ['negative', 'positive', 'invalid'],
  },
] as const satisfies readonly Analyte[];
