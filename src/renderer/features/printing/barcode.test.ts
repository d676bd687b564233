import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMrn, mrnLimit } from '#shared/domain/patients/mrn.ts';
import { type Bars, barsOf } from './barcode.ts';

/** ISO/IEC 15417, table 1: the widths of bars and spaces of each value; 103 to 105 start, the stop comes last. */
const patterns = `
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232`
  .trim()
  .split(/\s+/);
const stop = '2331112';

/** Widths of bars and spaces in turn, as a reader sees them. */
const widthsOf = ({ bars, modules }: Bars): string => {
  let at = 0;
  let widths = '';
  for (const { x, width } of bars) {
    if (x > at) widths += String(x - at);
    widths += String(width);
    at = x + width;
  }
  expect(at).toBe(modules);
  return widths;
};

/** Reads a symbol back: start, code sets B and C, check value, stop. */
const decode = (bars: Bars): string => {
  const widths = widthsOf(bars);
  expect(widths.endsWith(stop)).toBe(true);
  const values = (widths.slice(0, -stop.length).match(/.{6}/g) ?? []).map((one) => patterns.indexOf(one));
  const [start = -1, ...rest] = values;
  const check = rest.pop();
  expect(check).toBe(rest.reduce((sum, value, index) => sum + value * (index + 1), start) % 103);
  let set = 'ABC'[start - 103];
  let text = '';
  for (const value of rest) {
    if (set === 'C' && value < 100) text += String(value).padStart(2, '0');
    else if (value === 99) set = 'C';
    else if (value === 100) set = 'B';
    else text += String.fromCharCode(value + 32);
  }
  return text;
};

it('is read back as the record number it was made of', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: mrnLimit - 1 }), (number) => {
      const mrn = formatMrn('RUH', number);
      const bars = barsOf(mrn);
      expect(bars && decode(bars)).toBe(mrn);
    }),
    { numRuns: 50 },
  );
});

it('holds numbers of other systems, and says so when it cannot', () => {
  for (const text of ['OLD-1', '0012345678', '8d4a-77', 'a b/c'])
    expect(decode(barsOf(text) ?? { modules: 0, bars: [] })).toBe(text);
  for (const text of ['', 'é', 'رقم', '1\t2']) expect(barsOf(text)).toBeNull();
});
