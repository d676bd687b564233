import { describe, expect, it } from 'vitest';
import { appointment, column } from '#renderer/ui/DayBoard/fixtures.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { type BookingDraft, checkBooking, checkTime, fieldOf, readTime } from './booking-form.ts';

const visit = appointment(600, 30);
const day = column(1, [[480, 720]], [visit]);
const draft: BookingDraft = {
  patient: { id: visit.patientId } as PatientSummary,
  practitionerId: day.practitionerId,
  locationId: null,
  date: '2026-11-24',
  time: '9:15',
  minutes: 30,
  note: ' headache ',
  request: false,
  visitTypeId: null,
  overbook: null,
  waitlistEntryId: null,
};

describe('readTime', () => {
  it.each([
    ['9', 540],
    ['09', 540],
    ['915', 555],
    ['0915', 555],
    ['9:15', 555],
    ['9h15', 555],
    ['9h', 540],
    ['09.15', 555],
    [' 23:55 ', 1435],
    ['24:00', null],
    ['9:60', null],
    ['9:1', null],
    ['', null],
    ['soon', null],
  ])('reads %j as %j', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });
});

describe('checkBooking', () => {
  const problemOf = (more: Partial<BookingDraft>) => {
    const checked = checkBooking({ ...draft, ...more }, day);
    return checked.ok ? null : [checked.problem.field, checked.problem.code];
  };

  it('makes the call of a complete draft, at the place of the hours', () => {
    expect(checkBooking(draft, day)).toEqual({
      ok: true,
      value: {
        patientId: visit.patientId,
        practitionerId: day.practitionerId,
        locationId: day.blocks[0]?.locationId,
        startLocal: '2026-11-24T09:15',
        minutes: 30,
        description: 'headache',
        request: false,
        visitTypeId: null,
      },
    });
  });

  it('names the first field that needs another look', () => {
    expect(problemOf({ patient: null, time: '' })).toEqual(['patient', 'patient']);
    expect(problemOf({ practitionerId: null })).toEqual(['practitioner', 'practitioner']);
    expect(problemOf({ date: '' })).toEqual(['date', 'date']);
    expect(problemOf({ time: 'noon' })).toEqual(['time', 'time']);
    expect(problemOf({ time: '9:12' })).toEqual(['time', 'step']);
  });

  it('knows the hours and who is there already', () => {
    expect(checkBooking({ ...draft, time: '11:45' }, day)).toMatchObject({
      problem: { field: 'time', code: 'hours', words: { hours: '08:00–12:00' } },
    });
    expect(checkBooking({ ...draft, time: '9:45' }, day)).toMatchObject({
      problem: { field: 'time', code: 'taken', words: { patient: 'Habimana Jean', time: '10:00' } },
    });
    expect(checkBooking(draft, undefined)).toMatchObject({ problem: { code: 'noHours' } });
    const night = column(1, [[0, 1440]]);
    expect(checkBooking({ ...draft, time: '23:30' }, night).ok).toBe(true);
    expect(checkBooking({ ...draft, time: '23:45' }, night)).toMatchObject({
      problem: { field: 'time', code: 'hours', words: { hours: '00:00–24:00' } },
    });
  });

  it('takes a reason for going beside somebody, and nothing else is let off by it', () => {
    const taken = { ...draft, time: '9:45' };
    expect(problemOf({ ...taken, overbook: ' ' })).toEqual(['overbook', 'reason']);
    expect(checkBooking({ ...taken, overbook: ' fever ' }, day)).toMatchObject({
      value: { startLocal: '2026-11-24T09:45', overbook: { reason: 'fever' } },
    });
    expect(problemOf({ time: '11:45', overbook: 'fever' })).toEqual(['time', 'hours']);
  });

  it('says what somebody is away for, and keeps clear of the time another visit needs around it', () => {
    const away = {
      ...day,
      blocks: [],
      away: [{ kind: 'leave' as const, name: 'Family', startTime: '08:00', endTime: '12:00' }],
    };
    expect(checkBooking(draft, away)).toMatchObject({
      problem: { code: 'away', words: { hours: 'Family' } },
    });
    const after = column(1, [[480, 720]], [{ ...visit, bufferBefore: 30 }]);
    expect(checkBooking({ ...draft, time: '9:00' }, after).ok).toBe(true);
    expect(checkBooking(draft, after)).toMatchObject({ problem: { code: 'taken' } });
  });

  it('does not let an appointment stand in its own way when it is moved', () => {
    expect(checkTime({ ...draft, time: '10:15' }, day).ok).toBe(false);
    expect(checkTime({ ...draft, time: '10:15' }, day, visit.id).ok).toBe(true);
  });
});

describe('fieldOf', () => {
  it('shows a refusal where it can be put right', () => {
    expect(fieldOf({ code: 'slot-taken' })).toBe('time');
    expect(fieldOf({ code: 'outside-schedule' })).toBe('time');
    expect(fieldOf({ code: 'visit-type-full' })).toBe('time');
    for (const problem of ['in-the-past', 'clock-change'])
      expect(fieldOf({ code: 'invalid-input', fields: { startLocal: problem } })).toBe('time');
    expect(fieldOf({ code: 'patient-busy' })).toBe('patient');
    expect(fieldOf({ code: 'internal' })).toBe('form');
  });
});
