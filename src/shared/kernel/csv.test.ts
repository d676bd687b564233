import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeCsv } from './csv.ts';

it('what needs it is quoted, lines end as RFC 4180 says', () => {
  expect(writeCsv([['a', 'b,c', 'd "e"', 'f\ng', ''], ['h']])).toBe('a,"b,c","d ""e""","f\ng",\r\nh\r\n');
});

it.each(['=1+1', '+250788123456', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'])(
  'a spreadsheet computes nothing of %j',
  (text) => {
    const [[first = ''] = []] = parse(writeCsv([[text, 'x']])) as string[][];
    expect(first).toBe(`'${text}`);
  },
);

it('a number stays one, below zero too', () => {
  expect(writeCsv([[-12.5, 1000, 'x']])).toBe('-12.5,1000,x\r\n');
});

it('any other reader gets back what was written', () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !/^[\t\r\n ]*[=+\-@]|^[\t\r\n]/.test(one));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (rows) => {
      expect(parse(writeCsv(rows), { record_delimiter: '\r\n' })).toEqual(rows);
    }),
  );
});
