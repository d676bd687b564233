import { describe, expect, it } from 'vitest';
import { readDay, writeDay } from './day-address.ts';

const today = '2026-11-24';

describe('the address of a day', () => {
  it('reads back what it writes', () => {
    const view = { date: '2026-12-01', site: 'a b', speciality: 'Pédiatrie & co', freeOnly: true };
    const address = writeDay('/day', view, today);
    expect(address.startsWith('/day?')).toBe(true);
    expect(readDay(address.slice('/day?'.length), today)).toEqual(view);
  });

  it('means today without a date, and has none for today', () => {
    const view = readDay('', today);
    expect(view).toEqual({ date: today, site: null, speciality: null, freeOnly: false });
    expect(writeDay('/day', view, today)).toBe('/day?');
  });

  it.each(['2026-02-30', '24/11/2026', '2026-11', 'x'])('takes %s for today', (date) => {
    expect(readDay(`date=${date}`, today).date).toBe(today);
  });
});
