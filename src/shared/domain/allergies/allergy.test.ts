import { expect, it } from 'vitest';
import { allergyState, isCoded } from './allergy.ts';

const penicillin = {
  codeKind: 'ingredient',
  clinicalStatus: 'active',
  verificationStatus: 'confirmed',
} as const;
const none = { ...penicillin, codeKind: 'none-known' } as const;

it('nobody asked is not the same as none known', () => {
  expect(allergyState([])).toBe('not-asked');
  expect(allergyState([none])).toBe('none-known');
  expect(allergyState([penicillin])).toBe('some');
});

it('none known beside an allergy is a contradiction, beside a refuted or resolved one it is not', () => {
  expect(allergyState([none, penicillin])).toBe('contradiction');
  expect(allergyState([none, { ...penicillin, verificationStatus: 'refuted' }])).toBe('none-known');
  expect(allergyState([none, { ...penicillin, clinicalStatus: 'resolved' }])).toBe('none-known');
});

it('checks find an ingredient or a class by its code', () => {
  expect(isCoded('ingredient', 'amoxicillin')).toBe(true);
  expect(isCoded('ingredient', null)).toBe(false);
  expect(isCoded('other', 'x')).toBe(false);
});
