import { expect, it } from 'vitest';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import { changeOf } from './draft.ts';
import { type BulkDraft, bulkKinds } from './store.ts';

const draft: BulkDraft = { kind: 'days', practitionerId: null, days: '1', visitTypeId: null };

it.each([
  ['7', 7],
  [' -3 ', -3],
  ['+1', 1],
  ['0', null],
  ['367', null],
  ['1.5', null],
  ['', null],
  ['tomorrow', null],
])('days %j are %j', (days, expected) => {
  expect(changeOf({ ...draft, days })).toEqual(
    expected === null ? null : { kind: 'move', practitionerId: null, days: expected },
  );
});

it('is nothing while a doctor or a type is to be chosen', () => {
  const missing = bulkKinds.filter((kind) => changeOf({ ...draft, kind }) === null);
  expect(missing).toEqual(['doctor', 'visit-type']);
  expect(changeOf({ ...draft, kind: 'doctor', practitionerId: 'x' as PractitionerId })).toEqual({
    kind: 'move',
    practitionerId: 'x',
    days: 0,
  });
});
