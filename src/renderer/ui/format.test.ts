import { describe, expect, it } from 'vitest';
import {
  dayIn,
  formatDateTime,
  formatDay,
  formatDuration,
  formatTime,
  formatWallTime,
  initials,
  patientName,
} from './format.ts';
import { formatPhone } from './format-phone.ts';

describe('days and times', () => {
  it('writes a calendar day the same wherever the computer stands', () => {
    expect(formatDay('2026-11-24', 'en-GB')).toBe('24 Nov 2026');
    expect(formatDay('2026-11-24', 'en-GB', 'weekday')).toBe('Tue 24 Nov');
    expect(formatDay('2026-11-24', 'fr-FR')).toBe('24 nov. 2026');
    expect(formatDay('soon', 'en-GB')).toBe('soon');
  });

  it('keeps a wall time as it is and puts an instant into the clinic’s zone', () => {
    expect(formatWallTime('2026-11-24T09:15')).toBe('09:15');
    expect(formatTime('2026-11-24T22:30:00.000Z', 'en-GB', 'Africa/Kigali')).toBe('00:30');
    expect(formatDateTime('2026-11-24T22:30:00.000Z', 'en-GB', 'Africa/Kigali')).toBe('25 Nov 2026, 00:30');
    expect(dayIn('Africa/Kigali', Date.parse('2026-11-24T22:30:00Z'))).toBe('2026-11-25');
  });

  it('says how long something takes', () => {
    expect(formatDuration(0, 'en-GB')).toBe('1 sec');
    expect(formatDuration(40, 'en-GB')).toBe('40 secs');
    expect(formatDuration(700, 'en-GB')).toBe('12 mins');
    expect(formatDuration(7200, 'fr-FR')).toMatch(/^2\sh$/);
  });
});

describe('phone numbers', () => {
  it('are grouped as people read them aloud, and otherwise left alone', () => {
    expect(formatPhone('+250788123456')).toBe('+250 788 123 456');
    expect(formatPhone('0788 123456')).toBe('0788 123456');
    expect(formatPhone('ask the sister')).toBe('ask the sister');
  });
});

describe('names', () => {
  it('puts the family name first', () => {
    expect(patientName({ family: 'Habimana', given: 'Jean' })).toBe('Habimana Jean');
  });

  it('takes the first and the last word for initials', () => {
    expect(initials('Aline Keza')).toBe('AK');
    expect(initials('Dr. Jean de Dieu Uwase')).toBe('JU');
    expect(initials('Dr Aline Uwase')).toBe('AU');
    expect(initials('Élodie')).toBe('É');
    expect(initials('')).toBe('');
  });
});
