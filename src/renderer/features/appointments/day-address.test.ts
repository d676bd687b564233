import { describe, expect, it } from 'vitest';
import { mondayOf, readDay, writeDay } from './day-address.ts';

const today = '2026-11-24';

describe('the address of a day', () => {
  it('reads back what it writes', () => {
    const view = {
      date: '2026-12-01',
      site: 'a b',
      speciality: 'Pédiatrie & co',
      freeOnly: true,
      doctor: 'd',
      week: true,
    };
    const address = writeDay('/day', view, today);
    expect(address.startsWith('/day?')).toBe(true);
    expect(readDay(address.slice('/day?'.length), today)).toEqual(view);
  });

  it('means today without a date, and has none for today', () => {
    const view = readDay('', today);
    expect(view).toEqual({
      date: today,
      site: null,
      speciality: null,
      freeOnly: false,
      doctor: null,
      week: false,
    });
    expect(writeDay('/day', view, today)).toBe('/day?');
  });

  it('has a week of a doctor only', () => {
    expect(readDay('view=week', today).week).toBe(false);
    expect(writeDay('/day', { ...readDay('', today), week: true }, today)).toBe('/day?');
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('%s lies in the week from %s on', (date, monday) => {
    expect(mondayOf(date)).toBe(monday);
  });

  it.each(['2026-02-30', '24/11/2026', '2026-11', 'x'])('takes %s for today', (date) => {
    expect(readDay(`date=${date}`, today).date).toBe(today);
  });
});
