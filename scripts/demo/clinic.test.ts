import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { describe, expect, test } from 'vitest';
import { placeIn, type ScheduleLine } from '#shared/domain/appointments/schedule.ts';
import { overlaps } from '#shared/domain/appointments/spans.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import { minuteOfDay, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { makeDemoClinic } from './clinic.ts';

const today = '2026-11-23';
const clinic = makeDemoClinic(1, today);
/** Every weekday, a leap day, the turn of a year. */
const days = [...Array.from({ length: 7 }, (_, index) => addDays(today, index)), '2028-02-29', '2027-01-01'];

const holding = (rows: readonly RowOf<'appointment'>[]) =>
  rows.filter(({ status }) => holdingStatuses.some((held) => held === status));

const lines: readonly ScheduleLine[] = clinic.schedules.map((row) => ({
  practitionerId: row.practitioner_id,
  locationId: row.location_id,
  roomId: row.room_id,
  timeZone: 'Africa/Kigali',
  weekday: row.weekday,
  startTime: row.start_time,
  endTime: row.end_time,
  validFrom: null,
  validTo: null,
  intervalWeeks: null,
}));

test('the same seed and day give the same clinic, another seed another', () => {
  expect(makeDemoClinic(1, today)).toEqual(clinic);
  expect(makeDemoClinic(2, today).appointments).not.toEqual(clinic.appointments);
});

test('two sites, seven doctors of six specialities, and accounts for everybody', () => {
  expect(clinic.locations.filter(({ kind }) => kind === 'site')).toHaveLength(2);
  expect(new Set(clinic.practitioners.map(({ speciality }) => speciality)).size).toBe(6);
  const roles = clinic.staff.map(({ row }) => row.role);
  expect(
    ['reception', 'nurse', 'admin', 'doctor'].map((role) => roles.filter((r) => r === role).length),
  ).toEqual([2, 1, 1, 7]);
  const accounts = clinic.staff.filter(({ row }) => row.practitioner_id !== null);
  expect(new Set(accounts.map(({ row }) => row.practitioner_id))).toEqual(
    new Set(clinic.practitioners.map(({ id }) => id)),
  );
});

test('no room and no doctor has two blocks of hours at once', () => {
  const pairs = lines.flatMap((a, index) => lines.slice(index + 1).map((b) => [a, b] as const));
  const span = (line: ScheduleLine) => ({ from: minuteOfDay(line.startTime), to: minuteOfDay(line.endTime) });
  const clash = pairs.filter(
    ([a, b]) =>
      a.weekday === b.weekday &&
      (a.roomId === b.roomId || a.practitionerId === b.practitionerId) &&
      overlaps(span(a), span(b)),
  );
  expect(clash).toEqual([]);
});

describe('500 patients', () => {
  const { patients } = clinic;

  test('with valid and unique record numbers, phones in E.164 and details the desk would accept', () => {
    expect(patients).toHaveLength(500);
    expect(new Set(patients.map(({ mrn }) => mrn)).size).toBe(500);
    for (const patient of patients) {
      expect(parseMrn(patient.mrn)).toBe(patient.mrn);
      for (const phone of [patient.phone, patient.contact_phone]) {
        if (phone !== null) expect(parsePhoneNumberFromString(phone)?.isValid(), phone).toBe(true);
      }
      const details = { ...patient, birthDate: patient.birth_date, addressLine: patient.address_line };
      expect(PatientDetails.safeParse(details).error).toBeUndefined();
      expect((patient.birth_date ?? '') <= today).toBe(true);
      expect(patient.created_at.slice(0, 10) >= (patient.birth_date ?? '')).toBe(true);
      if (patient.deceased_date !== null)
        expect(patient.deceased_date > (patient.birth_date ?? '')).toBe(true);
    }
  });

  test('some of whom are easily mistaken for one another', () => {
    const names = Map.groupBy(patients, ({ family, given }) => `${given} ${family}`);
    const namesakes = names.get('Claudine Uwimana') ?? [];
    expect(new Set(namesakes.map(({ birth_date }) => birth_date)).size).toBeGreaterThan(1);
    const twins = patients.filter(
      ({ given, family }) => given.startsWith('Keza') && family === 'Mukeshimana',
    );
    expect(new Set(twins.map(({ birth_date }) => birth_date)).size).toBeLessThan(twins.length);
    expect(patients.some(({ birth_date_estimated }) => birth_date_estimated === 1)).toBe(true);
    expect(patients.some(({ birth_date }) => birth_date === null)).toBe(true);
  });
});

describe.each(days)('the appointments around %s', (day) => {
  const { appointments, patients } = makeDemoClinic(7, day);

  test('lie in the doctors’ hours and hold nobody and no room twice', () => {
    for (const row of appointments) {
      const minutes = (Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000;
      const sameDoctor = lines.filter(({ practitionerId }) => practitionerId === row.practitioner_id);
      const wanted = { locationId: row.location_id, startLocal: row.start_local, minutes };
      const place = placeIn({ lines: sameDoctor, exceptions: [] }, { ...wanted, needsRoom: false });
      expect(place).toMatchObject({ ok: true, value: { roomId: row.room_id } });
    }
    for (const column of ['practitioner_id', 'patient_id', 'room_id'] as const) {
      for (const rows of Map.groupBy(holding(appointments), (row) => row[column]).values()) {
        const sorted = rows.toSorted((a, b) => (a.start_at < b.start_at ? -1 : 1));
        const clash = sorted.filter((row, index) => row.start_at < (sorted[index - 1]?.end_at ?? ''));
        expect(clash).toEqual([]);
      }
    }
  });

  test('fill 40 to 80 % of the three weeks and tell what has happened', () => {
    const taken = appointments.reduce(
      (sum, row) => sum + Date.parse(row.end_at) - Date.parse(row.start_at),
      0,
    );
    const offered = Array.from({ length: 21 }, (_, index) => weekdayOf(addDays(day, index - 14)))
      .flatMap((weekday) => lines.filter((line) => line.weekday === weekday))
      .reduce((sum, line) => sum + minuteOfDay(line.endTime) - minuteOfDay(line.startTime), 0);
    expect(taken / 60_000 / offered).toBeGreaterThan(0.4);
    expect(taken / 60_000 / offered).toBeLessThan(0.8);

    const past = appointments.filter((row) => row.start_local < day);
    const coming = appointments.filter((row) => row.start_local >= day);
    const statuses = (rows: typeof past) => new Set(rows.map(({ status }) => status));
    expect(statuses(past)).toEqual(new Set(['fulfilled', 'noshow', 'cancelled']));
    expect(statuses(coming)).toEqual(new Set(['booked', 'proposed', 'cancelled']));
    expect(coming.some((row) => row.start_local.startsWith(day) && row.status === 'booked')).toBe(true);
    expect(coming.filter((row) => row.status === 'proposed').length).toBeGreaterThan(5);
    expect(appointments.every((row) => (row.status === 'cancelled') === (row.cancel_reason !== null))).toBe(
      true,
    );
    expect(appointments.every((row) => row.created_at < `${day}T00`)).toBe(true);
    const dead = patients.filter(({ deceased_date }) => deceased_date !== null).map(({ id }) => id);
    expect(appointments.filter((row) => dead.includes(row.patient_id))).toEqual([]);
  });
});

test('what the clinic charges for is raised by what there is, and every entry has a price', () => {
  const raising = { visit: 'visit_type_id', procedure: 'service_code', medicine: 'medicine_id' } as const;
  for (const row of clinic.priceList) {
    const column = Object.entries(raising).find(([category]) => category === row.category)?.[1];
    if (column !== undefined && row.code !== 'WALK') expect(row[column], row.code).not.toBeNull();
    expect(clinic.prices.some((price) => price.definition_id === row.id)).toBe(true);
  }
  expect(new Set(clinic.prices.map(({ id }) => id)).size).toBe(clinic.prices.length);
  expect(clinic.coverages.length).toBeGreaterThan(100);
});
