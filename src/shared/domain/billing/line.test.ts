import { expect, test } from 'vitest';
import { discountOf, invoiceTotals, isQuantity, type LineTerms, lineAmounts, sumOfLines } from './line.ts';
import { readTaxRate, typedRate } from './rate.ts';
import { shareOf } from './round.ts';

const terms = (more: Partial<LineTerms> = {}): LineTerms => ({
  unitPrice: 1250,
  quantity: '2',
  discount: 0,
  taxRate: 1800,
  coverRate: 8500,
  ...more,
});
const problem = (more: Partial<LineTerms>) => {
  const line = lineAmounts(terms(more));
  return line.ok ? null : line.error;
};

test('a line is its price, less the discount, with tax, and in two shares', () => {
  expect(lineAmounts(terms({ discount: 100 }))).toEqual({
    ok: true,
    value: { net: 2400, tax: 432, gross: 2832, payerShare: 2407, patientShare: 425 },
  });
});

test('halves are rounded away from zero, on each line alone', () => {
  const line = (more: Partial<LineTerms>) => {
    const computed = lineAmounts(terms({ quantity: '1', coverRate: 0, ...more }));
    return computed.ok ? computed.value : null;
  };
  expect(line({ unitPrice: 1, quantity: '0.5', taxRate: 0 })).toMatchObject({ net: 1 });
  expect(line({ unitPrice: 5, taxRate: 1000 })).toMatchObject({ tax: 1, gross: 6 });
  expect(line({ unitPrice: 1, taxRate: 0, coverRate: 5000 })).toMatchObject({
    payerShare: 1,
    patientShare: 0,
  });
  expect(line({ unitPrice: 2_000_000_000, quantity: '0.999', taxRate: 10 })).toMatchObject({
    net: 1_998_000_000,
  });
  // Three lines with half a unit of tax each are two units dearer than one of three.
  const three = lineAmounts(terms({ unitPrice: 5, quantity: '3', taxRate: 1000, coverRate: 0 }));
  expect(three).toMatchObject({ value: { tax: 2 } });
  const each = lineAmounts(terms({ unitPrice: 5, quantity: '1', taxRate: 1000, coverRate: 0 }));
  expect(each.ok && sumOfLines([each.value, each.value, each.value]).tax).toBe(3);
  expect(discountOf(5, '1', 1000)).toBe(1);
  expect([shareOf(5, 5000), shareOf(-5, 5000), shareOf(-4, 5000)]).toEqual([3, -3, -2]);
});

test('what cannot be a line says why', () => {
  expect(problem({ unitPrice: -1 })).toBe('price');
  expect(problem({ unitPrice: 12.5 })).toBe('price');
  for (const quantity of ['0', '-1', '1.2345', '1000000.001', 'two', ''])
    expect(problem({ quantity })).toBe('quantity');
  expect(problem({ discount: 2501 })).toBe('discount');
  expect(problem({ discount: 2500 })).toBeNull();
  expect(problem({ discount: -1 })).toBe('discount');
  expect(problem({ taxRate: 10_001 })).toBe('tax-rate');
  expect(problem({ coverRate: 10_001 })).toBe('cover-rate');
  expect(problem({ unitPrice: 2_000_000_000, quantity: '1' })).toBe('too-much');
  expect(problem({ unitPrice: 2_000_000_000, quantity: '1000000' })).toBe('too-much');
  expect(isQuantity('1.500')).toBe(true);
});

test('an invoice has lines, and comes to no more than can be kept', () => {
  const line = {
    net: 1_500_000_000,
    tax: 0,
    gross: 1_500_000_000,
    payerShare: 0,
    patientShare: 1_500_000_000,
  };
  expect(invoiceTotals([])).toEqual({ ok: false, error: 'no-lines' });
  expect(invoiceTotals([line])).toMatchObject({ ok: true, value: line });
  expect(invoiceTotals([line, line])).toEqual({ ok: false, error: 'too-much' });
});

test('13 % is typed as 13, and 1300 is asked about', () => {
  expect(readTaxRate('13')).toEqual({ ok: true, value: 1300 });
  expect(readTaxRate(' 13 % ')).toEqual({ ok: true, value: 1300 });
  expect(readTaxRate('5,5')).toEqual({ ok: true, value: 550 });
  expect(readTaxRate('0')).toEqual({ ok: true, value: 0 });
  expect(readTaxRate('100.00')).toEqual({ ok: true, value: 10_000 });
  const refused = { '1300': 'too-much', '100.01': 'too-much', '-1': 'negative', '1,234': 'two-numbers' };
  for (const [typed, error] of Object.entries({
    ...refused,
    '0.125': 'decimals',
    '': 'required',
    x: 'number',
  }))
    expect(readTaxRate(typed)).toEqual({ ok: false, error });
  expect([1300, 550, 0, 1, 10_000].map(typedRate)).toEqual(['13', '5.5', '0', '0.01', '100']);
});
