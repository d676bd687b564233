import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginsMrn, formatMrn, mrnLength, mrnLimit, mrnNumber, mrnPrefixFor, parseMrn } from './mrn.ts';

const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const prefix = fc
  .array(fc.constantFrom(...symbols), { minLength: 3, maxLength: 3 })
  .map((three) => three.join(''));
const number = fc.integer({ min: 0, max: mrnLimit - 1 });
const mrn = fc.tuple(prefix, number).map(([three, count]) => formatMrn(three, count));

it('writes PPP-XXXXXX-C over 31 unambiguous symbols', () => {
  expect(formatMrn('RUH', 0)).toMatch(/^RUH-222222-[2-9A-HJKMNP-Z]$/);
  fc.assert(fc.property(mrn, (text) => /^[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{6}-[2-9A-HJKMNP-Z]$/.test(text)));
});

it('reads its number back, typed with or without dashes, in any case', () => {
  fc.assert(
    fc.property(prefix, number, (three, count) => {
      const text = formatMrn(three, count);
      expect(mrnNumber(text)).toBe(count);
      expect(parseMrn(text.replaceAll('-', '').toLowerCase())).toBe(text);
      expect(parseMrn(` ${text} `)).toBe(text);
    }),
  );
});

it('catches every single error', () => {
  const text = formatMrn('RUH', 123_456_789);
  for (let at = 0; at < text.length; at += 1)
    for (const symbol of symbols)
      if (text[at] !== '-' && text[at] !== symbol)
        expect(parseMrn(text.slice(0, at) + symbol + text.slice(at + 1))).toBeNull();
});

it('catches every exchange of two symbols, neighbours or not', () => {
  fc.assert(
    fc.property(mrn, fc.nat(9), fc.nat(9), (text, first, second) => {
      const ten = [...text.replaceAll('-', '')];
      fc.pre(ten[first] !== ten[second]);
      [ten[first], ten[second]] = [ten[second] as string, ten[first] as string];
      expect(parseMrn(ten.join(''))).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

it('sorts as its number does', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      fc.pre(a < b);
      expect(formatMrn('RUH', a).slice(0, 10) < formatMrn('RUH', b).slice(0, 10)).toBe(true);
    }),
  );
});

it('refuses what is no MRN', () => {
  for (const text of ['', 'RUH-222222', 'RUH-22222O-2', 'RUH-222222-22', '💊'.repeat(5)])
    expect(parseMrn(text)).toBeNull();
  expect(() => formatMrn('RUI', 1)).toThrow(RangeError);
  expect(() => formatMrn('RUH', mrnLimit)).toThrow(RangeError);
  expect(() => formatMrn('RUH', -1)).toThrow(RangeError);
});

it('makes a prefix out of any name', () => {
  expect(mrnPrefixFor('Ruhengeri')).toBe('RUH');
  expect(mrnPrefixFor('Clinique du Lac')).toBe('CNQ');
  expect(mrnPrefixFor('')).toBe('XXX');
  fc.assert(fc.property(fc.string(), (name) => parseMrn(formatMrn(mrnPrefixFor(name), 7)) !== null));
});

it('knows how one begins, dashes in their places, whatever its check symbol', () => {
  fc.assert(
    fc.property(mrn, fc.integer({ min: 1, max: mrnLength }), (text, length) => {
      expect(text).toHaveLength(mrnLength);
      expect(beginsMrn(text.slice(0, length))).toBe(true);
    }),
  );
  for (const text of ['', '-', 'RU-', 'RUHA', 'RUH-1', 'ruh', 'RUH-222222-', 'RUH-222222-22', 'RUH 2'])
    expect([text, beginsMrn(text)]).toEqual([text, text === 'RUH-222222-']);
});
