import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits, mostAmount, readAmount, typedAmount } from './money.ts';
import { nextPrice, type Price, priceAt, priceId } from './price.ts';

const price = (
  validFrom: string,
  amount: number | null,
  locationId: string | null = null,
  payerId: string | null = null,
): Price => ({ validFrom, amount, locationId, payerId, currency: 'RWF' });
const at = (siteId: string | null, payerId: string | null = null) => ({ siteId, payerId });

describe('the price on a day', () => {
  const prices = [
    price('2026-01-01', 5000),
    price('2026-07-01', 6000),
    price('2026-03-01', 4000, 'huye'),
    price('2026-05-01', null, 'huye'),
  ];
  it.each([
    ['2025-12-31', null, null],
    ['2026-01-01', null, 5000],
    ['2026-06-30', 'kigali', 5000],
    ['2026-07-01', 'kigali', 6000],
    ['2026-02-28', 'huye', 5000],
    ['2026-03-01', 'huye', 4000],
    ['2026-12-31', 'huye', 4000],
  ])('%s at %s is %s', (day, site, amount) => {
    expect(priceAt(prices, at(site), day)?.amount ?? null).toBe(amount);
  });

  it('says what comes, and nothing where the site has a price of its own', () => {
    expect(nextPrice(prices, at('kigali'), '2026-06-30')).toMatchObject({
      validFrom: '2026-07-01',
      amount: 6000,
    });
    expect(nextPrice(prices, at('huye'), '2026-02-01')).toMatchObject({
      validFrom: '2026-03-01',
      amount: 4000,
    });
    expect(nextPrice(prices, at('huye'), '2026-06-30')).toBeNull();
    expect(nextPrice(prices, at('kigali'), '2026-07-01')).toBeNull();
  });

  const days = fc
    .integer({ min: 0, max: 40 })
    .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
  const places = fc.constantFrom(null, 'huye', 'kigali');
  const payers = fc.constantFrom(null, 'rssb', 'mmi');
  const anyPlace = fc.record({ siteId: places, payerId: payers });
  const anyPrice = fc.record<Price>({
    locationId: places,
    payerId: payers,
    validFrom: days,
    amount: fc.option(fc.integer({ min: 0, max: mostAmount })),
    currency: fc.constantFrom('RWF', 'EUR'),
  });
  /** One price for a place and a day, as the id makes it. */
  const lists = fc.uniqueArray(anyPrice, {
    selector: (one) => `${one.locationId} ${one.payerId} ${one.validFrom}`,
  });

  it('is one that holds by then: of site and payer, of the payer, of the site, of everywhere, the latest of those, in any order', () => {
    fc.assert(
      fc.property(lists, anyPlace, days, fc.infiniteStream(fc.nat()), (prices, place, day, order) => {
        const found = priceAt(prices, place, day);
        const rank = ({ locationId, payerId }: Price) =>
          (payerId === place.payerId ? 0 : 2) + (locationId === place.siteId ? 0 : 1);
        const rivals = prices.filter(
          ({ amount, validFrom, locationId, payerId }) =>
            amount !== null &&
            validFrom <= day &&
            (locationId === null || locationId === place.siteId) &&
            (payerId === null || payerId === place.payerId),
        );
        expect(found === null).toBe(rivals.length === 0);
        if (found !== null) {
          expect(rivals).toContain(found);
          for (const one of rivals) {
            expect(rank(found)).toBeLessThanOrEqual(rank(one));
            if (rank(one) === rank(found)) expect(one.validFrom <= found.validFrom).toBe(true);
          }
        }
        const shuffled = prices
          .map((one) => [order.next().value ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(priceAt(shuffled, place, day)).toEqual(found);
      }),
    );
  });

  it('of a day is left alone by a price that begins later, or is of another site or payer', () => {
    fc.assert(
      fc.property(lists, anyPrice, anyPlace, days, (prices, more, place, day) => {
        fc.pre(
          more.validFrom > day ||
            (more.locationId !== null && more.locationId !== place.siteId) ||
            (more.payerId !== null && more.payerId !== place.payerId),
        );
        expect(priceAt([...prices, more], place, day)).toEqual(priceAt(prices, place, day));
      }),
    );
  });

  it('holds until the one that is said to come', () => {
    fc.assert(
      fc.property(lists, anyPlace, days, days, (prices, place, day, later) => {
        const next = nextPrice(prices, place, day);
        if (next !== null) expect(next.validFrom > day).toBe(true);
        fc.pre(later >= day && (next === null || later < next.validFrom));
        const [now, then] = [priceAt(prices, place, day), priceAt(prices, place, later)];
        expect([then?.amount, then?.currency]).toEqual([now?.amount, now?.currency]);
      }),
    );
  });

  it('has an id made of what, where, of whom and from when, each of its own', () => {
    const ids = ['a', 'b'].flatMap((of) =>
      [null, 'huye'].flatMap((site) =>
        [null, 'rssb'].flatMap((payer) =>
          ['2026-01-01', '2026-01-02'].map((day) => priceId(of, at(site, payer), day)),
        ),
      ),
    );
    expect(new Set(ids).size).toBe(16);
  });

  it('has the id it had before there were payers, where it is of none', () => {
    expect(priceId('a', at('huye'), '2026-01-01')).toBe('7e5c27e6-a751-507c-ac1e-98597d787902');
    expect(priceId('a', at(null), '2026-01-01')).toBe('09fc2547-5d79-5899-8666-ccc05e4c156a');
  });
});

describe('a typed price', () => {
  it.each([
    ['5000', 'RWF', 5000],
    ['5 000', 'RWF', 5000],
    ['5000.00', 'RWF', 5000],
    ['12.5', 'EUR', 1250],
    ['12,50', 'EUR', 1250],
    ['0', 'EUR', 0],
    ['1.025', 'BHD', 1025],
  ])('%s in %s', (typed, currency, amount) => {
    expect(readAmount(typed, currency)).toEqual({ ok: true, value: amount });
  });

  it.each([
    ['', 'RWF', 'required'],
    ['free', 'RWF', 'number'],
    ['1,500', 'RWF', 'two-numbers'],
    ['-1', 'RWF', 'negative'],
    ['0.5', 'RWF', 'minor-units'],
    ['1.005', 'EUR', 'minor-units'],
    ['2000000001', 'RWF', 'too-much'],
    ['99999999999999999', 'EUR', 'too-much'],
  ])('%s in %s is refused: %s', (typed, currency, error) => {
    expect(readAmount(typed, currency)).toEqual({ ok: false, error });
  });

  it('comes back as it was written', () => {
    const currencies = fc.constantFrom('RWF', 'EUR', 'BHD');
    fc.assert(
      fc.property(currencies, fc.integer({ min: 0, max: mostAmount }), (currency, amount) => {
        const typed = typedAmount(amount, currency);
        expect(typed.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(minorDigits(currency));
        expect(readAmount(typed, currency)).toEqual({ ok: true, value: amount });
      }),
    );
  });
});
