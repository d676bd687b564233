import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import { nextFree } from '#main/features/appointments/free-slots.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { minuteOfDay, timeOfMinute } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { atMost, type Bench, type Measure, percentile } from './measure.ts';
import { cipher, localWithRows } from './support/local.ts';
import { person } from './support/people.ts';

const doctors = 20;
const days = 60;
const minutes = 30;
const firstDay = '2026-11-23';
const now = Date.parse(`${firstDay}T05:00:00.000Z`);
/** Kigali is two hours ahead of UTC all year. */
const ahead = 2 * 3_600_000;

const guid = (kind: string, n: number) =>
  `01900000-0000-7000-8000-${kind}${String(n).padStart(12 - kind.length, '0')}`;

const site: RowOf<'location'> = {
  id: guid('a', 0),
  kind: 'site',
  part_of: null,
  name: 'Ruhengeri',
  address_line: null,
  city: null,
  phone: null,
  time_zone: 'Africa/Kigali',
  active: 1,
  source: null,
};
const roomOf = (n: number): RowOf<'location'> => ({
  ...site,
  id: guid('a', n + 1),
  kind: 'room',
  part_of: site.id,
  name: `Room ${n}`,
});
const doctorOf = (n: number): RowOf<'practitioner'> => ({
  ...blank('practitioner'),
  id: guid('b', n),
  prefix: 'Dr',
  family: `Doctor ${String(n).padStart(2, '0')}`,
  given: 'A',
  gender: 'female',
  speciality: 'General practice',
  colour: null,
  active: 1,
  source: null,
});

/** Mornings and afternoons, every day of the week, with a break between. */
const halves = ['08:00', '13:00'] as const;
const halfMinutes = 4 * 60;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

const hours = (): readonly RowOf<'schedule'>[] =>
  numbers(doctors).flatMap((doctor) =>
    numbers(7).flatMap((weekday) =>
      halves.map((start, half) => ({
        id: guid('d', doctor * 100 + weekday * 2 + half),
        practitioner_id: guid('b', doctor),
        location_id: site.id,
        room_id: guid('a', doctor + 1),
        weekday: weekday + 1,
        start_time: start,
        end_time: timeOfMinute(minuteOfDay(start) + halfMinutes),
        valid_from: null,
        valid_to: null,
        active: 1 as const,
        interval_weeks: null,
      })),
    ),
  );

/** Every half-hour of a doctor's day is somebody's. */
const fullDay = (doctor: number, day: string, from: number): readonly RowOf<'appointment'>[] =>
  halves.flatMap((half) =>
    numbers(halfMinutes / minutes).map((nth) => {
      const minute = minuteOfDay(half) + nth * minutes;
      const start = Date.parse(`${day}T00:00:00.000Z`) + minute * 60_000 - ahead;
      return {
        id: guid('e', from + minute),
        patient_id: person((from + minute) % 1000).id,
        practitioner_id: guid('b', doctor),
        location_id: site.id,
        room_id: guid('a', doctor + 1),
        status: 'booked',
        participant_status: 'accepted',
        start_at: instant(start),
        end_at: instant(start + minutes * 60_000),
        start_local: `${day}T${timeOfMinute(minute)}`,
        time_zone: site.time_zone,
        description: null,
        cancel_reason: null,
        proposed_start_at: null,
        overbooked: 0 as const,
        needs_rebooking: 0 as const,
        source: null,
        created_at: instant(now),
        created_by: null,
        voided_at: null,
        voided_by: null,
        void_reason: null,
        ...plainVisit,
      };
    }),
  );

/** In the order in which they were booked: the days of all doctors among each other, as in any clinic. */
function* appointments() {
  for (let day = 0; day <= days; day += 1)
    for (let doctor = 0; doctor < doctors; doctor += 1)
      yield fullDay(doctor, addDays(firstDay, day), (day * doctors + doctor) * 2000);
}

const search = (store: LocalStore, practitionerId: string | null) => {
  const reading = { store, clock: { now: () => now }, settings: settingsOf(store) };
  const wanted = {
    practitionerId: practitionerId as null,
    speciality: null,
    locationId: null,
    visitTypeId: null,
  };
  const found = nextFree(reading, { ...wanted, from: instant(now), minutes, limit: 5 });
  if (!found.ok || found.value.length > 0) throw new Error('a full diary has no free slot');
};

const timed = (runs: number, work: () => void): readonly number[] =>
  numbers(runs).map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });

/** The worst a desk can ask: the first free slot of anybody, when 20 doctors have none in 60 days. */
export const slots: Bench = async () => {
  const { local, remove } = localWithRows({
    location: [[site, ...numbers(doctors).map(roomOf)]],
    practitioner: [numbers(doctors).map(doctorOf)],
    patient: [numbers(1000).map(person)],
    schedule: [hours()],
    appointment: appointments(),
  });
  try {
    const { store } = local;
    for (let warm = 0; warm < 10; warm += 1) search(store, null);
    const searches = timed(200, () => search(store, null));
    const lookups = timed(1000, () =>
      store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', guid('e', 480))),
    );
    const rows = (days + 1) * doctors * 2 * (halfMinutes / minutes);
    const common = { bench: 'slots', unit: 'ms', rows, cipher, runs: searches.length } as const;
    const floor = percentile(lookups, 0.95);
    const p95 = percentile(searches, 0.95);
    const measures: readonly Measure[] = [
      { ...atMost({ ...common, metric: 'p95', value: p95 }, 30), floor, ratio: p95 / floor },
      { ...common, metric: 'p50', value: percentile(searches, 0.5) },
    ];
    return measures;
  } finally {
    remove();
  }
};
