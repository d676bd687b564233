import { describe, expect, test } from 'vitest';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import {
  idFor,
  importMrn,
  mapAppointment,
  mapIdentifiers,
  mapLocation,
  mapPatient,
  mapPractitioner,
} from './mapping.ts';
import { splitName, withoutDigits } from './names.ts';
import type { Row } from './reader.ts';

const context = {
  today: '2026-11-23',
  timeZone: 'Africa/Kigali',
  at: '2026-11-23T08:00:00.000Z',
  user: null,
};
const row = (values: Readonly<Record<string, string>>): Row => ({
  place: { line: 2, start: 0, end: 0 },
  get: (column) => values[column] ?? '',
});
const patient = {
  ID: 'P1',
  BIRTHDATE: '1990-02-28',
  FIRST: 'Jorge Luis88',
  LAST: 'Vela532',
  GENDER: 'M',
};
const encounter = {
  ID: 'e1',
  START: '2021-08-23T22:26:50Z',
  STOP: '2021-08-23T22:41:50Z',
  PATIENT: 'p1',
  ORGANIZATION: 'o1',
  PROVIDER: 'd1',
  DESCRIPTION: 'Well child visit',
};
const codes = (mapped: { findings: readonly { code: string; column: string | null }[] }) =>
  mapped.findings.map(({ code, column }) => `${code} ${column}`);

describe('names', () => {
  test.each([
    ['Gerardo48 Rentería94', { given: 'Gerardo', family: 'Rentería' }],
    ['María Soledad68 Sánchez310', { given: 'María Soledad', family: 'Sánchez' }],
    ['Ana10 De la Cruz2', { given: 'Ana', family: 'De la Cruz' }],
    ['Jean-Paul Habimana', { given: 'Jean-Paul', family: 'Habimana' }],
    ['Cher', { given: '', family: 'Cher' }],
  ])('%s', (name, parts) => expect(splitName(name)).toEqual(parts));

  test('only the digits behind a name go', () => {
    expect(withoutDigits("O'Hara123 Jr45")).toBe("O'Hara Jr");
    expect(withoutDigits('4th Street Clinic')).toBe('4th Street Clinic');
  });
});

describe('a patient', () => {
  test('is the same every time, whatever the case of its id', () => {
    const first = mapPatient(row(patient), context).value;
    expect(first).toMatchObject({
      id: idFor('patient', 'p1'),
      family: 'Vela',
      given: 'Jorge Luis',
      gender: 'male',
      birth_date: '1990-02-28',
      source: 'synthea:p1',
    });
    expect(mapPatient(row({ ...patient, ID: 'p1' }), context).value).toEqual(first);
  });

  test.each([
    ['1990-02-30', 'impossible-date BIRTHDATE'],
    ['2027-01-01', 'impossible-date BIRTHDATE'],
    ['1066-01-01', 'impossible-date BIRTHDATE'],
    ['28.02.1990', 'impossible-date BIRTHDATE'],
  ])('born on %s is refused', (BIRTHDATE, code) => {
    const mapped = mapPatient(row({ ...patient, BIRTHDATE }), context);
    expect(mapped.value).toBeNull();
    expect(codes(mapped)).toEqual([code]);
  });

  test.each([
    [{ DEATHDATE: '1990-02-27' }, 'impossible-date DEATHDATE'],
    [{ LAST: '' }, 'missing-value LAST'],
    [{ ID: '' }, 'missing-value ID'],
    [{ LAST: 'Ve\u0000la' }, 'bad-value LAST'],
    [{ LAST: 'Ve\u202ela' }, 'bad-value LAST'],
    [{ FIRST: 'x'.repeat(101) }, 'field-too-long FIRST'],
    [{ CITY: 'x'.repeat(101) }, 'field-too-long CITY'],
  ])('with %o is refused', (change, code) => {
    const mapped = mapPatient(row({ ...patient, ...change }), context);
    expect(mapped.value).toBeNull();
    expect(codes(mapped)).toEqual([code]);
  });

  test.each([['=HYPERLINK("http://x")'], ["+cmd|' /C calc'!A0"], ['@SUM(A1)'], ['-2+3']])(
    'named %s is kept as it is and flagged',
    (LAST) => {
      const mapped = mapPatient(row({ ...patient, LAST }), context);
      expect(mapped.value?.family).toBe(LAST);
      expect(codes(mapped)).toEqual(['formula-like LAST']);
    },
  );

  test('gets a valid record number, another one when the first is taken', () => {
    const numbers = [0, 1, 2].map((attempt) => importMrn('ffffffff-0000-4000-8000-000000000000', attempt));
    expect(new Set(numbers).size).toBe(3);
    expect(numbers.map(parseMrn)).toEqual(numbers);
  });
});

describe('an encounter', () => {
  test('is a fulfilled appointment with the wall time of the clinic', () => {
    expect(mapAppointment(row(encounter), context).value).toMatchObject({
      status: 'fulfilled',
      participant_status: 'accepted',
      start_at: '2021-08-23T22:26:50.000Z',
      end_at: '2021-08-23T22:41:50.000Z',
      start_local: '2021-08-24T00:26',
      time_zone: 'Africa/Kigali',
      patient_id: idFor('patient', 'p1'),
      description: 'Well child visit',
    });
  });

  test('that takes no time gets a quarter of an hour and a warning', () => {
    const mapped = mapAppointment(row({ ...encounter, STOP: encounter.START }), context);
    expect(mapped.value?.end_at).toBe('2021-08-23T22:41:50.000Z');
    expect(codes(mapped)).toEqual(['bad-value STOP']);
  });

  test.each([
    [{ STOP: '2021-08-23T22:26:49Z' }, 'impossible-date STOP'],
    [{ START: '2021-02-30T10:00:00Z' }, 'impossible-date START'],
    [{ START: 'yesterday' }, 'impossible-date START'],
    [{ START: '2030-01-01T10:00:00Z', STOP: '2030-01-01T10:15:00Z' }, 'impossible-date START'],
    [{ STOP: '' }, 'missing-value STOP'],
    [{ PROVIDER: '' }, 'missing-value PROVIDER'],
    [{ DESCRIPTION: 'x'.repeat(501) }, 'field-too-long DESCRIPTION'],
  ])('with %o is refused', (change, code) => {
    const mapped = mapAppointment(row({ ...encounter, ...change }), context);
    expect(mapped.value).toBeNull();
    expect(codes(mapped)).toEqual([code]);
  });
});

test('an organisation is a site, its phone in E.164', () => {
  const mapped = mapLocation(row({ ID: 'o1', NAME: 'GROSSMONT HOSPITAL', PHONE: '(619) 667-1900' }), context);
  expect(mapped.value).toMatchObject({ kind: 'site', phone: '+16196671900', time_zone: 'Africa/Kigali' });
  expect(mapped.findings).toEqual([]);
  expect(codes(mapLocation(row({ ID: 'o1', NAME: 'X', PHONE: 'ask Bob' }), context))).toEqual([
    'bad-value PHONE',
  ]);
});

test('a provider is a practitioner with a speciality people can read', () => {
  const provider = { ID: 'd1', NAME: 'Vicente970 Kilback373', GENDER: 'F', SPECIALITY: 'GENERAL PRACTICE' };
  expect(mapPractitioner(row(provider)).value).toMatchObject({
    family: 'Kilback',
    given: 'Vicente',
    gender: 'female',
    speciality: 'General practice',
  });
});

test('identifiers are those the file has; one that cannot be read is left out and told of', () => {
  const mapped = mapIdentifiers(
    row({ ...patient, SSN: '999-75-6624', DRIVERS: ' ', PASSPORT: `X6${'1'.repeat(200)}` }),
    idFor('patient', 'p1'),
    context,
  );
  expect(mapped.rows).toMatchObject([{ type: 'SS', value: '999756624', patient_id: idFor('patient', 'p1') }]);
  expect(codes(mapped)).toEqual(['bad-value PASSPORT']);
});
