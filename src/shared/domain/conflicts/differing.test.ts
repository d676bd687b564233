import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differingParts, type Part } from './differing.ts';

const marked = (parts: readonly Part[]) =>
  parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

it.each([
  ['+250 788 123 456', '+250 788 124 456', '+250 788 [123] 456', '+250 788 [124] 456'],
  ['Mutesi Chantal', 'Mutesi Chantale', 'Mutesi [Chantal]', 'Mutesi [Chantale]'],
  ['Huye', 'nothing', '[Huye]', '[nothing]'],
  ['KN 4 Ave, 12', 'KN 4 Ave', 'KN 4 Ave[, 12]', 'KN 4 Ave'],
  ['same', 'same', 'same', 'same'],
  ['', 'x', '', '[x]'],
])('marks what differs between %j and %j', (left, right, first, second) => {
  const parts = differingParts(left, right);
  expect([marked(parts.left), marked(parts.right)]).toEqual([first, second]);
});

it('loses nothing, marks nothing of equal texts and something of different ones', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.stringMatching(/^([0-9] ?){0,900}$/),
  );
  fc.assert(
    fc.property(text, text, (left, right) => {
      const parts = differingParts(left, right);
      expect(parts.left.map((part) => part.text).join('')).toBe(left);
      expect(parts.right.map((part) => part.text).join('')).toBe(right);
      const common = (side: readonly Part[]) =>
        side
          .filter((part) => !part.differs)
          .map((part) => part.text)
          .join('');
      expect(common(parts.left)).toBe(common(parts.right));
      const anyMark = [...parts.left, ...parts.right].some((part) => part.differs);
      expect(anyMark).toBe(left !== right);
    }),
  );
});
