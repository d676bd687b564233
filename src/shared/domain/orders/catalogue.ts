import type { Analyte, OrderTest } from './analyte.ts';
import { chemistry } from './chemistry.ts';
import { haematology } from './haematology.ts';

/** The tests a clinic asks for most: a small catalogue of our own. A test that is not in it is requested in words. */

export const loinc = 'http://loinc.org';

const all = [...haematology, ...chemistry] as const;
export type AnalyteKey = (typeof all)[number]['key'];

export const analytes: readonly Analyte[] = all;

export const orderTests = [
  {
    key: 'blood-count',
    name: 'Blood count',
    code: '58410-2',
    category: 'laboratory',
    analytes: ['haemoglobin', 'white-cells', 'neutrophils', 'platelets', 'mcv'],
  },
  {
    key: 'haemoglobin',
    name: 'Haemoglobin',
    code: '718-7',
    category: 'laboratory',
    analytes: ['haemoglobin'],
  },
  {
    key: 'kidney',
    name: 'Kidney function and electrolytes',
    code: '24362-6',
    category: 'laboratory',
    analytes: ['sodium', 'potassium', 'urea', 'creatinine'],
  },
  { key: 'calcium', name: 'Calcium', code: '2000-8', category: 'laboratory', analytes: ['calcium'] },
  {
    key: 'liver',
    name: 'Liver function',
    code: '24325-3',
    category: 'laboratory',
    analytes: ['alt', 'ast', 'alp', 'bilirubin', 'albumin'],
  },
  {
    key: 'glucose-fasting',
    name: 'Glucose, fasting',
    code: '14771-0',
    category: 'laboratory',
    analytes: ['glucose-fasting'],
  },
  { key: 'glucose', name: 'Glucose, random', code: '14749-6', category: 'laboratory', analytes: ['glucose'] },
  { key: 'hba1c', name: 'Haemoglobin A1c', code: '4548-4', category: 'laboratory', analytes: ['hba1c'] },
  {
    key: 'lipids',
    name: 'Lipids',
    code: '24331-1',
    category: 'laboratory',
    analytes: ['cholesterol', 'hdl', 'triglycerides'],
  },
  { key: 'crp', name: 'C-reactive protein (CRP)', code: '1988-5', category: 'laboratory', analytes: ['crp'] },
  { key: 'tsh', name: 'Thyrotropin (TSH)', code: '3016-3', category: 'laboratory', analytes: ['tsh'] },
  { key: 'inr', name: 'INR', code: '6301-6', category: 'laboratory', analytes: ['inr'] },
  {
    key: 'malaria',
    name: 'Malaria rapid test',
    code: '70569-9',
    category: 'laboratory',
    analytes: ['malaria'],
  },
  {
    key: 'pregnancy',
    name: 'Pregnancy test, urine',
    code: '2106-3',
    category: 'laboratory',
    analytes: ['pregnancy'],
  },
] as const satisfies readonly (OrderTest & { readonly analytes: readonly AnalyteKey[] })[];

export type TestKey = (typeof orderTests)[number]['key'];
export const testKeys = orderTests.map(({ key }) => key) as [TestKey, ...TestKey[]];

export const testOf = (key: string): (typeof orderTests)[number] | undefined =>
  orderTests.find((test) => test.key === key);

/** The test of a record, by its code. */
export const testOfCode = (code: string | null): (typeof orderTests)[number] | undefined =>
  orderTests.find((test) => test.code === code);

export const analyteOf = (key: string): Analyte | undefined => analytes.find((one) => one.key === key);

/** LOINC codes of an analyte: one for each way it is measured. */
export const codesOf = (analyte: Analyte): readonly string[] =>
  analyte.kind === 'choice' ? [analyte.code] : [...new Set<string>(analyte.units.map(({ code }) => code))];

const byCode = new Map(
  analytes.flatMap((analyte) => codesOf(analyte).map((code) => [code, analyte] as const)),
);

/** What was measured, by the LOINC code of the value. */
export const analyteOfCode = (code: string): Analyte | undefined => byCode.get(code);
