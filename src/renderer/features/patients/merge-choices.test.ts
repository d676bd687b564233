import { describe, expect, it } from 'vitest';
import type { MergePreview, MergeSide } from '#shared/contract/patient-merge.ts';
import { fieldSide, mergeWish, noChoices } from './merge-choices.ts';

const side = (id: string, city: string | null) =>
  ({ patient: { id }, values: { family: id, city } }) as unknown as MergeSide;
const field = (column: 'family' | 'city' | 'given', better: 'left' | 'right' | null, differs = true) => ({
  column,
  format: 'text',
  differs,
  better,
});
const preview = {
  left: side('old', null),
  right: side('new', 'Huye'),
  goesOn: 'left',
  fields: [field('family', null), field('given', null, false), field('city', 'right')],
} as unknown as MergePreview;

describe('a merge as it is sent', () => {
  it('takes from the other record what it knows better, and nothing else', () => {
    expect(mergeWish(preview, noChoices)).toEqual({
      id: 'old',
      otherId: 'new',
      take: ['city'],
      was: { own: preview.left.values, other: preview.right.values },
    });
  });

  it('takes what was chosen', () => {
    const choices = { goesOn: null, fields: { family: 'right', city: 'left' } } as const;
    expect(mergeWish(preview, choices).take).toEqual(['family']);
  });

  it('goes on in the record that was chosen; what is not chosen is of that record', () => {
    expect(mergeWish(preview, { goesOn: 'right', fields: {} })).toMatchObject({
      id: 'new',
      otherId: 'old',
      take: [],
      was: { own: preview.right.values, other: preview.left.values },
    });
    // What was chosen for a field stays with its side.
    expect(mergeWish(preview, { goesOn: 'right', fields: { family: 'left' } }).take).toEqual(['family']);
  });
});

it('a field is of the record that goes on unless the other knows better', () => {
  const sides = preview.fields.map((one) => fieldSide(preview, noChoices, one));
  expect(sides).toEqual(['left', 'left', 'right']);
});
