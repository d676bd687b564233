import { expect, it } from 'vitest';
import { shownColumns } from './columns.ts';
import { readColumn } from './read-value.ts';

const context = {
  today: '2026-11-24',
  country: 'RW',
  row: {
    start_at: '2026-11-24T08:00:00.000Z',
    end_at: '2026-11-24T08:30:00.000Z',
    time_zone: 'Africa/Kigali',
  },
};

it.each([
  ['patient', 'family', ' Mutesi ', { family: 'Mutesi' }],
  ['patient', 'city', '', { city: null }],
  ['patient', 'phone', '0788 123 456', { phone: '+250788123456' }],
  ['patient', 'country', 'rw', { country: 'RW' }],
  ['patient', 'gender', 'female', { gender: 'female' }],
  ['patient', 'birth_date', '3 Feb 1985', { birth_date: '1985-02-03', birth_date_estimated: 0 }],
  ['patient', 'birth_date', '40y', { birth_date: '1986-01-01', birth_date_estimated: 1 }],
  ['patient', 'birth_date', '', { birth_date: null, birth_date_estimated: 0 }],
  ['schedule', 'valid_to', '2027-01-31', { valid_to: '2027-01-31' }],
  ['schedule', 'start_time', '08:30', { start_time: '08:30' }],
  ['location', 'active', '0', { active: 0 }],
  [
    'appointment',
    'start_local',
    '2026-11-24 11:00',
    {
      start_local: '2026-11-24T11:00',
      start_at: '2026-11-24T09:00:00.000Z',
      end_at: '2026-11-24T09:30:00.000Z',
    },
  ],
] as const)('reads %s.%s %j', (table, column, text, value) => {
  expect(readColumn(table, column, text, context)).toEqual({ ok: true, value });
});

it.each([
  ['patient', 'family', ' ', 'required'],
  ['patient', 'family', 'x'.repeat(101), 'too-long'],
  ['patient', 'given', 'A\u0007', 'characters'],
  ['patient', 'phone', 'none', 'phone'],
  ['patient', 'email', 'nobody', 'email'],
  ['patient', 'mrn', 'RUH-222223-X', 'mrn'],
  ['patient', 'country', 'R1', 'country'],
  ['patient', 'gender', 'lady', 'invalid'],
  ['patient', 'birth_date', '2030-01-01', 'birth-future'],
  ['patient', 'birth_date', 'soon', 'date'],
  ['patient', 'deceased_date', '2026-02-31', 'date'],
  ['schedule', 'start_time', '25:00', 'invalid'],
  ['location', 'active', 'yes', 'invalid'],
  ['appointment', 'start_local', 'noon', 'invalid'],
  ['appointment', 'practitioner_id', 'x', 'invalid'],
  ['patient', 'id', 'x', 'invalid'],
  ['something_new', 'dose', '2', 'invalid'],
] as const)('refuses %s.%s %j: %s', (table, column, text, error) => {
  expect(readColumn(table, column, text, context)).toEqual({ ok: false, error });
});

it('shows what means something to a person, in the order people say it', () => {
  const columns = ['phone', 'created_at', 'family', 'source', 'location_id'];
  expect(shownColumns('patient', columns).map(({ column }) => column)).toEqual(['family', 'phone']);
  expect(
    shownColumns('prescription', ['id', 'drug', 'signed_at', 'signed_by', 'patient_id', 'dose']).map(
      ({ column }) => column,
    ),
  ).toEqual(['drug', 'dose']);
  expect(shownColumns('toString', ['drug'])).toHaveLength(1);
});
