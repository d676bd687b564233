import { expect, it } from 'vitest';
import {
  comparedColumns,
  type MergeColumn,
  type MergeValues,
  otherKnowsBetter,
  saysTheSame,
} from './merge.ts';

const nothing = Object.fromEntries(comparedColumns.map((column) => [column, null])) as MergeValues;
const values = (more: Partial<MergeValues>): MergeValues => ({
  ...nothing,
  birth_date_estimated: 0,
  ...more,
});

it.each<[MergeColumn, Partial<MergeValues>, Partial<MergeValues>, boolean]>([
  ['phone', {}, { phone: '1' }, true],
  ['phone', { phone: '' }, { phone: '1' }, true],
  ['phone', { phone: '1' }, {}, false],
  ['phone', { phone: '1' }, { phone: '2' }, false],
  ['gender', { gender: 'unknown' }, { gender: 'female' }, true],
  ['gender', { gender: 'male' }, { gender: 'unknown' }, false],
  ['gender', { gender: 'unknown' }, { gender: 'unknown' }, false],
  ['birth_date', { birth_date: '1990-01-01', birth_date_estimated: 1 }, { birth_date: '1990-04-05' }, true],
  ['birth_date', { birth_date: '1990-04-05' }, { birth_date: '1990-01-01', birth_date_estimated: 1 }, false],
])('%s: %o beside %o, the other knows better: %s', (column, own, other, better) => {
  expect(otherKnowsBetter(column, values(own), values(other))).toBe(better);
});

it('one date that is known and one that is guessed are two things to say', () => {
  const known = values({ birth_date: '1990-01-01' });
  const guessed = values({ birth_date: '1990-01-01', birth_date_estimated: 1 });
  expect(saysTheSame('birth_date', known, guessed)).toBe(false);
  expect(saysTheSame('birth_date', known, known)).toBe(true);
  expect(saysTheSame('phone', known, guessed)).toBe(true);
});
