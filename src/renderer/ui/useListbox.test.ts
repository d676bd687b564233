import { expect, it } from 'vitest';
import { optionAfterKey } from './useListbox.ts';

it('moves one option at a time and stops at the ends', () => {
  expect(optionAfterKey('ArrowDown', 0, 3)).toBe(1);
  expect(optionAfterKey('ArrowDown', 2, 3)).toBe(2);
  expect(optionAfterKey('ArrowUp', 2, 3)).toBe(1);
  expect(optionAfterKey('ArrowUp', 0, 3)).toBe(0);
});

it('leaves every other key to the field', () => {
  expect(optionAfterKey('a', 0, 3)).toBeNull();
  expect(optionAfterKey('Home', 2, 3)).toBeNull();
});
