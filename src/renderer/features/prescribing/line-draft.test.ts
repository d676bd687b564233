import { describe, expect, it } from 'vitest';
import type { PrescribedMedicineView, PrescriptionView } from '#shared/contract/prescriptions.ts';
import type { PatientId, PrescriptionId } from '#shared/kernel/ids.ts';
import {
  computedQuantity,
  emptyLine,
  fromPrescription,
  fromQuickEntry,
  lineInput,
  problemsOf,
  withMedicine,
} from './line-draft.ts';

const amoxicillin: PrescribedMedicineView = {
  id: '01900000-0000-7000-8000-f00000000001',
  name: 'Amoxicillin 500 mg capsule',
  form: 'capsule',
  strength: '500 mg',
  route: 'oral',
  unitOfDose: 'capsule',
  ingredients: [{ key: 'amoxicillin', name: 'Amoxicillin', value: '500', unit: 'mg' }],
};
const empty = emptyLine('2026-11-23', 'a');

describe('a line that is typed', () => {
  it('takes its fields from one line, and its units and route from the medicine', () => {
    const draft = withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), amoxicillin);
    expect(draft).toMatchObject({
      medication: amoxicillin.name,
      doseValue: '500',
      doseUnit: 'mg',
      route: 'oral',
      frequency: '3 times a day',
      duration: '7 days',
    });
    expect(problemsOf(draft)).toEqual({});
    expect(computedQuantity(draft)).toEqual({ value: '21', unit: 'capsule' });
    expect(lineInput(draft)).toMatchObject({
      frequency: 'TDS',
      duration: { value: 7, unit: 'd' },
      endDate: '2026-11-29',
      quantity: null,
      quantityComputed: true,
    });
  });

  it('asks for the unit of a bare number where several ingredients could be meant, and takes units for units', () => {
    const [amount] = amoxicillin.ingredients;
    if (!amount) return;
    const both = {
      ...amoxicillin,
      ingredients: [amount, { ...amount, name: 'Clavulanic acid', value: '125' }],
    };
    const draft = withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), both);
    expect(problemsOf(draft)).toEqual({ doseUnit: 'required' });
    const insulin = {
      ...amoxicillin,
      unitOfDose: 'ml',
      ingredients: [{ ...amount, value: '100', unit: 'unit' }],
    };
    expect(withMedicine(fromQuickEntry(empty, 'ins 10 od', 'en'), insulin).doseUnit).toBe('unit');
  });

  it('counts a small bare number, and reads words of French back', () => {
    const one = withMedicine(fromQuickEntry(empty, 'amox 0,5 3 fois par jour 10 jours', 'fr'), amoxicillin);
    expect(one).toMatchObject({ doseValue: '0,5', doseUnit: 'capsule', frequency: '3 fois par jour' });
    expect(lineInput(one)).toMatchObject({
      doseValue: '0.5',
      frequency: 'TDS',
      duration: { value: 10, unit: 'd' },
    });
  });

  it('never takes another quantity than the one typed', () => {
    const draft = {
      ...withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), amoxicillin),
      quantity: '15',
    };
    expect(lineInput(draft)).toMatchObject({
      quantity: '15',
      quantityUnit: 'capsule',
      quantityComputed: false,
    });
  });

  it.each([
    [{ doseValue: '0' }, { doseValue: 'above-zero' }],
    [{ doseValue: 'x' }, { doseValue: 'number' }],
    [{ duration: 'a while' }, { duration: 'duration' }],
    [{ frequency: 'often' }, { frequency: 'frequency' }],
    [{ endDate: '2026-11-01' }, { endDate: 'order' }],
    [{ repeats: '1,5' }, { repeats: 'repeats' }],
    [{ medication: '' }, { medication: 'required' }],
  ])('with %o says what is wrong', (more, problems) => {
    const draft = withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), amoxicillin);
    expect(problemsOf({ ...draft, ...more })).toEqual(problems);
  });

  it.each([
    ['0.5', '0,5'],
    ['2.125', '2.125'],
    ['1.500', '1,5'],
    ['1500', '1500'],
  ])('of a renewal in French, %s is in the field so that it is read as the same number', (kept, shown) => {
    const line = lineInput(withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), amoxicillin));
    const before = { ...line, doseValue: kept, quantity: null } as unknown as PrescriptionView;
    const draft = fromPrescription(empty, before, 'renew', amoxicillin, 'fr');
    expect(draft.doseValue).toBe(shown);
    expect(Number(lineInput(draft).doseValue)).toBe(Number(kept));
  });

  it('of a renewal says what the earlier one said, from today', () => {
    const before = {
      ...lineInput(withMedicine(fromQuickEntry(empty, 'amox 500 tds 7d', 'en'), amoxicillin)),
      id: '01900000-0000-7000-8000-f00000000002' as PrescriptionId,
      patientId: '01900000-0000-7000-8000-c00000000001' as PatientId,
      startDate: '2026-01-01',
      quantity: '21',
    } as unknown as PrescriptionView;
    const draft = fromPrescription(empty, before, 'renew', amoxicillin, 'en');
    expect(draft).toMatchObject({ startDate: '2026-11-23', quantity: '', answers: { kind: 'renew' } });
    expect(fromPrescription(empty, before, 'change', amoxicillin, 'en').startDate).toBe('2026-01-01');
  });
});
