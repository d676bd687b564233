import { plainVisit } from '#shared/domain/appointments/stage.ts';
import {
  minuteOfDay,
  resolveWallTime,
  timeOfMinute,
  weekdayOf,
} from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { demoId, type Random } from './random.ts';
import { visitTypeFor } from './scheduling.ts';
import { accountId, type Practice, practices, schedules, siteIds, timeZone } from './staff.ts';

type Appointment = RowOf<'appointment'>;
type Patient = RowOf<'patient'>;
type Fate = Pick<Appointment, 'status' | 'participant_status' | 'cancel_reason'>;

const daysBefore = 14;
const daysAfter = 6;
const grid = 15;

const cancelReasons = [
  'Patient asked for another day',
  'Doctor called away',
  'No transport',
  'Feels better',
] as const;

const booked: Fate = { status: 'booked', participant_status: 'accepted', cancel_reason: null };
const requested: Fate = { status: 'proposed', participant_status: 'needs-action', cancel_reason: null };
const cancelled = (random: Random): Fate => ({
  status: 'cancelled',
  participant_status: 'accepted',
  cancel_reason: random.pick(cancelReasons),
});

const fate = (random: Random, day: string, today: string): Fate => {
  const dice = random.between(1, 100);
  if (day < today) {
    if (dice <= 5) return { ...booked, status: 'noshow' };
    return dice <= 11 ? cancelled(random) : { ...booked, status: 'fulfilled' };
  }
  if (dice <= (day === today ? 8 : 14)) return requested;
  return dice >= 97 ? cancelled(random) : booked;
};

const years = (patient: Patient, today: string): number | null =>
  patient.birth_date === null ? null : Number(today.slice(0, 4)) - Number(patient.birth_date.slice(0, 4));

const suits = (practice: Practice, patient: Patient, today: string): boolean => {
  const age = years(patient, today);
  if (patient.deceased_date !== null) return false;
  if (practice.sees === 'children') return age !== null && age < 16;
  if (practice.sees === 'adults') return age === null || age >= 18;
  if (practice.sees === 'women') return patient.gender === 'female' && age !== null && age >= 16 && age < 60;
  return true;
};

/** When it was booked: some days before, never later than this morning. */
const bookedAt = (random: Random, day: string, today: string): string => {
  const wanted = addDays(day, -random.between(1, 9));
  const last = wanted < today ? wanted : addDays(today, -1);
  return `${last}T${timeOfMinute(random.between(6 * 60, 14 * 60))}:00.000Z`;
};

const at = (day: string, minute: number): number => {
  const resolved = resolveWallTime(`${day}T${timeOfMinute(minute)}`, timeZone);
  if (!resolved.ok) throw new RangeError(`${day} has no ${timeOfMinute(minute)} in ${timeZone}`);
  return resolved.value;
};

interface Visit {
  readonly line: RowOf<'schedule'>;
  readonly day: string;
  readonly minute: number;
  readonly minutes: number;
  readonly patient: Patient;
  readonly reason: string;
}

const appointmentOf = (random: Random, visit: Visit, today: string): Appointment => {
  const { line, day, minute, minutes, patient } = visit;
  const start = at(day, minute);
  return {
    id: demoId(`appointment ${line.practitioner_id} ${day} ${minute}`),
    patient_id: patient.id,
    practitioner_id: line.practitioner_id,
    location_id: line.location_id,
    room_id: line.room_id,
    ...fate(random, day, today),
    start_at: instant(start),
    end_at: instant(start + minutes * 60_000),
    start_local: `${day}T${timeOfMinute(minute)}`,
    time_zone: timeZone,
    description: visit.reason,
    proposed_start_at: null,
    overbooked: 0,
    needs_rebooking: 0,
    source: null,
    created_at: bookedAt(random, day, today),
    created_by: accountId(line.location_id === siteIds.remera ? 'eric' : 'claudine'),
    voided_at: null,
    voided_by: null,
    void_reason: null,
    ...plainVisit,
    visit_type_id: visitTypeFor(visit.reason),
  };
};

/** One block of a doctor's day, filled from its start with gaps, so that 40 to 80 % of it is taken. */
function* fillBlock(
  random: Random,
  line: RowOf<'schedule'>,
  day: string,
  nextPatient: () => Patient | undefined,
): Generator<Visit> {
  const practice = practices.get(line.practitioner_id);
  if (practice === undefined) return;
  const end = minuteOfDay(line.end_time);
  const load = random.between(40, 80);
  let minute = minuteOfDay(line.start_time);
  let taken = 0;
  let passed = 0;
  while (minute < end) {
    const minutes = Math.min(random.pick(practice.minutes), end - minute);
    const patient = taken * 100 <= passed * load ? nextPatient() : undefined;
    if (patient !== undefined)
      yield { line, day, minute, minutes, patient, reason: random.pick(practice.reasons) };
    taken += patient === undefined ? 0 : minutes;
    const step = patient === undefined ? grid : minutes;
    passed += step;
    minute += step;
  }
}

/**
 * Three weeks of appointments around `today` (two before, one from it on) inside the doctors' hours. Nobody comes twice
 * a day, so no constraint of the centre is touched.
 */
export const makeAppointments = (
  random: Random,
  today: string,
  patients: readonly Patient[],
): readonly Appointment[] => {
  const appointments: Appointment[] = [];
  const pools = new Map(
    [...practices].map(([id, practice]) => [
      id,
      patients.filter((patient) => suits(practice, patient, today)),
    ]),
  );
  for (let offset = -daysBefore; offset <= daysAfter; offset += 1) {
    const day = addDays(today, offset);
    const busy = new Set<string>();
    for (const line of schedules.filter(({ weekday }) => weekday === weekdayOf(day))) {
      const pool = pools.get(line.practitioner_id) ?? [];
      const nextPatient = () => {
        for (let tries = 0; tries < 20; tries += 1) {
          const patient = pool[random.between(0, pool.length - 1)];
          if (patient === undefined || busy.has(patient.id) || patient.created_at > day) continue;
          busy.add(patient.id);
          return patient;
        }
        return undefined;
      };
      for (const visit of fillBlock(random, line, day, nextPatient)) {
        appointments.push(appointmentOf(random, visit, today));
      }
    }
  }
  return appointments;
};
