import type { Measured, Range } from './analyte.ts';
import { sources } from './sources.ts';

const adult = 18 * 12;
const grown = 16 * 12;

const adults = (low: string | undefined, high: string | undefined, sex?: 'female' | 'male'): Range => ({
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
  ...(sex === undefined ? {} : { sex }),
  fromMonths: adult,
  source: sources.abim,
});

const critical = (low: string | undefined, high: string | undefined, ages: Partial<Range> = {}): Range => ({
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
  ...ages,
  source: sources.rcpath,
});

const from16 = { fromMonths: grown };
const below16 = { belowMonths: grown };

/** Blood chemistry. */
export const chemistry = [
  {
    key: 'sodium',
    name: 'Sodium',
    kind: 'number',
    units: [{ unit: 'mmol/L', code: '2951-2', factor: '1' }],
    ranges: [adults('136', '145')],
    critical: [critical('120', '160', from16), critical('130', '160', below16)],
    possible: ['80', '220'],
    likely: ['105', '175'],
  },
  {
    key: 'potassium',
    name: 'Potassium',
    kind: 'number',
    units: [{ unit: 'mmol/L', code: '2823-3', factor: '1' }],
    ranges: [adults('3.5', '5.0')],
    critical: [critical('2.5', '6.5')],
    possible: ['0.5', '20'],
    likely: ['1.5', '9'],
  },
  {
    key: 'urea',
    name: 'Urea',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '22664-7', factor: '1' },
      { unit: 'mg/dL', code: '3091-6', factor: '6.006' },
    ],
    ranges: [adults('2.9', '7.1')],
    critical: [critical(undefined, '30', from16), critical(undefined, '10', below16)],
    possible: ['0', '150'],
    likely: ['0.5', '80'],
  },
  {
    key: 'creatinine',
    name: 'Creatinine',
    kind: 'number',
    units: [
      { unit: 'umol/L', code: '14682-9', factor: '1' },
      { unit: 'mg/dL', code: '2160-0', factor: '0.01131' },
    ],
    ranges: [adults('61.9', '115', 'male'), adults('44.2', '97.2', 'female')],
    critical: [critical(undefined, '354', from16), critical(undefined, '200', below16)],
    possible: ['1', '5000'],
    likely: ['10', '2000'],
  },
  {
    key: 'calcium',
    name: 'Calcium',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '2000-8', factor: '1' },
      { unit: 'mg/dL', code: '17861-6', factor: '4.008' },
    ],
    ranges: [adults('2.15', '2.55')],
    critical: [critical('1.8', '3.5')],
    possible: ['0.3', '8'],
    likely: ['1.2', '4.5'],
  },
  {
    key: 'glucose-fasting',
    name: 'Glucose, fasting',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '14771-0', factor: '1' },
      { unit: 'mg/dL', code: '1558-6', factor: '18.016' },
    ],
    ranges: [{ low: '3.9', high: '5.5', source: sources.ada }],
    critical: [critical('2.5', '25', from16), critical('2.5', '15', below16)],
    possible: ['0', '150'],
    likely: ['1', '60'],
  },
  {
    key: 'glucose',
    name: 'Glucose, random',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '14749-6', factor: '1' },
      { unit: 'mg/dL', code: '2345-7', factor: '18.016' },
    ],
    // With symptoms, 11.1 mmol/L or more is diabetes; below, a value after a meal says little.
    ranges: [{ high: '11.0', source: sources.ada }],
    critical: [critical('2.5', '25', from16), critical('2.5', '15', below16)],
    possible: ['0', '150'],
    likely: ['1', '60'],
  },
  {
    key: 'hba1c',
    name: 'Haemoglobin A1c',
    kind: 'number',
    units: [{ unit: '%', code: '4548-4', factor: '1' }],
    ranges: [{ high: '5.6', source: sources.ada }],
    critical: [],
    possible: ['1', '30'],
    likely: ['3', '20'],
  },
  {
    key: 'alt',
    name: 'Alanine aminotransferase (ALT)',
    kind: 'number',
    units: [{ unit: 'U/L', code: '1742-6', factor: '1' }],
    ranges: [adults('10', '40')],
    critical: [],
    possible: ['0', '50000'],
    likely: ['1', '5000'],
  },
  {
    key: 'ast',
    name: 'Aspartate aminotransferase (AST)',
    kind: 'number',
    units: [{ unit: 'U/L', code: '1920-8', factor: '1' }],
    ranges: [adults('10', '40')],
    critical: [],
    possible: ['0', '50000'],
    likely: ['1', '5000'],
  },
  {
    key: 'alp',
    name: 'Alkaline phosphatase (ALP)',
    kind: 'number',
    units: [{ unit: 'U/L', code: '6768-6', factor: '1' }],
    ranges: [adults('30', '120')],
    critical: [],
    possible: ['0', '20000'],
    likely: ['5', '3000'],
  },
  {
    key: 'bilirubin',
    name: 'Bilirubin, total',
    kind: 'number',
    units: [
      { unit: 'umol/L', code: '14631-6', factor: '1' },
      { unit: 'mg/dL', code: '1975-2', factor: '0.05848' },
    ],
    ranges: [adults('5.1', '17.1')],
    critical: [],
    possible: ['0', '2000'],
    likely: ['1', '700'],
  },
  {
    key: 'albumin',
    name: 'Albumin',
    kind: 'number',
    units: [
      { unit: 'g/L', code: '1751-7', factor: '1' },
      { unit: 'g/dL', code: '1751-7', factor: '0.1' },
    ],
    ranges: [adults('35', '55')],
    critical: [],
    possible: ['1', '120'],
    likely: ['10', '70'],
  },
  {
    key: 'crp',
    name: 'C-reactive protein (CRP)',
    kind: 'number',
    units: [{ unit: 'mg/L', code: '1988-5', factor: '1' }],
    ranges: [adults(undefined, '8.0')],
    critical: [critical(undefined, '300')],
    possible: ['0', '2000'],
    likely: ['0', '700'],
  },
  {
    key: 'tsh',
    name: 'Thyrotropin (TSH)',
    kind: 'number',
    units: [{ unit: 'm[IU]/L', code: '3016-3', factor: '1' }],
    ranges: [adults('0.5', '4.0')],
    critical: [],
    possible: ['0', '2000'],
    likely: ['0', '200'],
  },
  {
    key: 'cholesterol',
    name: 'Cholesterol, total',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '14647-2', factor: '1' },
      { unit: 'mg/dL', code: '2093-3', factor: '38.67' },
    ],
    ranges: [{ high: '5.15', fromMonths: adult, source: sources.atp3 }],
    critical: [],
    possible: ['0.1', '60'],
    likely: ['1', '20'],
  },
  {
    key: 'hdl',
    name: 'HDL cholesterol',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '14646-4', factor: '1' },
      { unit: 'mg/dL', code: '2085-9', factor: '38.67' },
    ],
    ranges: [{ low: '1.03', fromMonths: adult, source: sources.atp3 }],
    critical: [],
    possible: ['0', '20'],
    likely: ['0.2', '5'],
  },
  {
    key: 'triglycerides',
    name: 'Triglycerides',
    kind: 'number',
    units: [
      { unit: 'mmol/L', code: '14927-8', factor: '1' },
      { unit: 'mg/dL', code: '2571-8', factor: '88.57' },
    ],
    ranges: [{ high: '1.68', fromMonths: adult, source: sources.atp3 }],
    critical: [],
    possible: ['0', '200'],
    likely: ['0.2', '50'],
  },
] as const satisfies readonly Measured[];
