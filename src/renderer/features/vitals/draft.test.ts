import { expect, test } from 'vitest';
import { emptyDraft, readDraft } from './draft.ts';

test('what may be two numbers is not taken for either, and what is none is told from it', () => {
  const typed = {
    weight: '3,250',
    height: '1.500',
    temperature: '36,6',
    heartRate: 'fast',
    spo2: ' ',
    headCircumference: '35.25',
  };
  const { vitals, unreadable } = readDraft({ ...emptyDraft, typed }, () => 'kg');
  expect(vitals).toEqual({
    temperature: { value: '36.6', unit: 'kg' },
    headCircumference: { value: '35.25', unit: 'kg' },
  });
  expect(unreadable).toEqual({ weight: 'two-numbers', height: 'two-numbers', heartRate: 'number' });
});
