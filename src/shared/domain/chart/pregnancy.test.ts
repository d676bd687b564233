import { describe, expect, it } from 'vitest';
import { mayBePregnant, pregnancyCodes, pregnancyOn } from './pregnancy.ts';

const { status, due } = pregnancyCodes;
const today = '2026-11-23';
const said = (value: string, day: string) => ({ code: status, value, day });
const dueOn = (value: string, day: string) => ({ code: due, value, day });

describe('pregnancy', () => {
  it('is what was said last', () => {
    const facts = [said('LA26683-5', '2026-11-01'), said('LA15173-0', '2026-03-01')];
    expect(pregnancyOn(facts, today)).toEqual({ pregnant: false, day: '2026-11-01', due: null });
  });

  it('reads the words of other systems', () => {
    expect(pregnancyOn([said('Pregnant', '2026-10-01')], today)?.pregnant).toBe(true);
    expect(pregnancyOn([said('Not pregnant', '2026-10-01')], today)?.pregnant).toBe(false);
  });

  it('has the day of delivery with it', () => {
    const facts = [said('LA15173-0', '2026-09-01'), dueOn('2027-02-20', '2026-09-01')];
    expect(pregnancyOn(facts, today)).toEqual({ pregnant: true, day: '2026-09-01', due: '2027-02-20' });
  });

  it('follows from a day of delivery alone', () => {
    expect(pregnancyOn([dueOn('2027-02-20', '2026-09-01')], today)).toEqual({
      pregnant: true,
      day: '2026-09-01',
      due: '2027-02-20',
    });
  });

  it('is over some weeks after the day of delivery', () => {
    const facts = [said('LA15173-0', '2026-01-05'), dueOn('2026-11-10', '2026-01-05')];
    expect(pregnancyOn(facts, today)?.pregnant).toBe(true);
    expect(pregnancyOn(facts, '2026-12-02')).toBeNull();
  });

  it('is not known of what was said longer ago than a pregnancy lasts', () => {
    expect(pregnancyOn([said('LA15173-0', '2025-11-01')], today)).toBeNull();
    expect(pregnancyOn([said('LA26683-5', '2025-11-01')], today)).toBeNull();
  });

  it('is not known of an answer that tells nothing', () => {
    expect(pregnancyOn([said('LA4489-6', '2026-11-01')], today)).toBeNull();
    expect(pregnancyOn([dueOn('soon', '2026-11-01')], today)).toBeNull();
    expect(pregnancyOn([], today)).toBeNull();
  });

  it('is asked about where it could be', () => {
    expect(mayBePregnant('female', 30)).toBe(true);
    expect(mayBePregnant('unknown', null)).toBe(true);
    expect(mayBePregnant('female', 8)).toBe(false);
    expect(mayBePregnant('female', 70)).toBe(false);
    expect(mayBePregnant('male', 30)).toBe(false);
  });
});
