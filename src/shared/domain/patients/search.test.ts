import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMrn, mrnLimit } from './mrn.ts';
import { parsePatientSearch } from './search.ts';

const today = '2026-11-23';
const parse = (text: string) => {
  const { identifier: _, ...rest } = parsePatientSearch(text, { today });
  return rest;
};
const nothing = { tokens: [], birthDate: null, phoneDigits: null, mrn: null };
const on = (date: string) => ({ from: date, to: date });

it.each([
  ['', {}],
  ['Habimana Jéan', { tokens: ['habimana', 'jean'] }],
  ["N'Diaye, Jean-Paul", { tokens: ['n', 'diaye', 'jean', 'paul'] }],
  ['habimana 3/2/1985', { tokens: ['habimana'], birthDate: on('1985-02-03') }],
  ['3 février 1985 habimana', { tokens: ['habimana'], birthDate: on('1985-02-03') }],
  ['habimana 3 2 1985', { tokens: ['habimana'], birthDate: on('1985-02-03') }],
  ['1985-02-03', { birthDate: on('1985-02-03') }],
  ['habimana 1985', { tokens: ['habimana'], birthDate: { from: '1985-01-01', to: '1985-12-31' } }],
  ['feb 1985', { birthDate: { from: '1985-02-01', to: '1985-02-31' } }],
  ['0788 123 456', { phoneDigits: '788123456' }],
  ['0788-123-456', { phoneDigits: '788123456' }],
  ['+250 788 123 456', { phoneDigits: '250788123456' }],
  ['(0)788123456 jean', { tokens: ['jean'], phoneDigits: '788123456' }],
  ['3456', { phoneDigits: '3456' }],
  ['may jean', { tokens: ['may', 'jean'] }],
  ['李 明', { tokens: ['李', '明'] }],
  ['"*:^', {}],
])('takes %s apart', (text, expected) => {
  expect(parse(text)).toEqual({ ...nothing, ...expected });
});

it.each([
  ['1 1990 8-0012345', '1199080012345'],
  ['pc 123.456', 'PC123456'],
  ['habimana', null],
  ['a 12', null],
])('takes the whole of %s as an identifier where it may be one', (text, identifier) => {
  expect(parsePatientSearch(text, { today })).toMatchObject({ identifier });
});

it('knows an MRN with and without dashes, also beside a name', () => {
  const mrn = formatMrn('RUH', 123_456);
  expect(parse(mrn)).toEqual({ ...nothing, mrn });
  expect(parse(`${mrn.replaceAll('-', '').toLowerCase()} jean`)).toEqual({
    ...nothing,
    mrn,
    tokens: ['jean'],
  });
});

it('keeps an MRN of letters alone as a name too', () => {
  let number = mrnLimit - 1;
  while (/\d/.test(formatMrn('RUH', number))) number -= 1;
  const mrn = formatMrn('RUH', number);
  const typed = mrn.replaceAll('-', '').toLowerCase();
  expect(parse(typed)).toEqual({ ...nothing, mrn, tokens: [typed] });
});

it('takes any text apart without losing a name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const search = parse(`${text} habimana`);
      expect(search.tokens).toContain('habimana');
      for (const token of search.tokens) expect(token).toMatch(/^[\p{L}\p{N}]+$/u);
    }),
    { numRuns: 500 },
  );
});
