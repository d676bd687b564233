import { describe, expect, it } from 'vitest';
import { takenAt } from './taken-at.ts';

const known = {
  now: Date.parse('2026-11-23T08:00:30.000Z'),
  today: '2026-11-23',
  timeZone: 'Africa/Kigali',
  birthDate: '2024-02-29',
};

describe('when vitals were taken', () => {
  it('is a moment of the clinic’s clock, this minute at the latest', () => {
    expect(takenAt('2026-11-23T10:00', known)).toEqual({
      ok: true,
      value: Date.parse('2026-11-23T08:00:00.000Z'),
    });
    expect(takenAt('2026-11-23T10:01', known)).toEqual({ ok: false, error: 'taken-to-come' });
    expect(takenAt('2062-11-23T10:00', known)).toEqual({ ok: false, error: 'taken-to-come' });
  });

  it('is not before the patient was born; of whom that is not known not more than five years ago', () => {
    expect(takenAt('2024-02-29T00:00', known)).toMatchObject({ ok: true });
    expect(takenAt('2024-02-28T23:59', known)).toEqual({ ok: false, error: 'before-birth' });
    const unknown = { ...known, birthDate: null };
    expect(takenAt('2021-11-23T00:00', unknown)).toMatchObject({ ok: true });
    expect(takenAt('2021-11-20T23:59', unknown)).toEqual({ ok: false, error: 'taken-long-ago' });
    expect(takenAt('1926-11-23T10:00', { ...known, birthDate: '1920-01-01' })).toEqual({
      ok: false,
      error: 'taken-long-ago',
    });
  });

  it('is none that the clocks jumped over, and no other text', () => {
    const paris = { ...known, timeZone: 'Europe/Paris' };
    for (const wall of ['2026-03-29T02:30', '2026-02-30T10:00', 'yesterday'])
      expect(takenAt(wall, paris)).toEqual({ ok: false, error: 'invalid' });
  });
});
