import { sql } from 'kysely';
import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { around } from './board.ts';
import { appointmentsOfDay } from './repository.ts';
import { appointmentViews } from './view.ts';

/** More calls are not made in a day; it bounds what one call can ask of memory. */
const most = 500;

/** Further telephone numbers of patients that are not former ones, by patient. */
export const furtherPhones = (
  reader: LocalReader,
  patientIds: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  if (patientIds.length === 0) return new Map();
  const wanted = sql<{
    readonly id: string;
  }>`(SELECT value AS id FROM json_each(${JSON.stringify(patientIds)}))`;
  const rows = reader.all(
    localDb
      .selectFrom(wanted.as('w'))
      .crossJoin('patient_telecom as c')
      .whereRef('c.patient_id', '=', 'w.id')
      .select(['c.patient_id', 'c.value'])
      .where('c.system', 'in', ['phone', 'sms'])
      .where(sql<boolean>`c."use" is not 'old'`)
      .where('c.voided_at', 'is', null)
      .orderBy('c.id')
      .limit(10 * most),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.patient_id)].map(([id, some]) => [id, some.map(({ value }) => value)]),
  );
};

/** Who is booked on a day and has not said that they come, by site, doctor and time, with every number they can be reached at. */
export const phoneList = (
  deps: FeatureDeps,
  { date, locationId }: Parsed<'appointments.phoneList'>,
): Output<'appointments.phoneList'> => {
  const { store } = deps;
  const open = appointmentsOfDay(store, { date, ...around(date), locationId }).filter(
    (row) => row.status === 'booked' && row.needs_rebooking === 0 && row.patient_status !== 'accepted',
  );
  const views = appointmentViews(store, open)
    .toSorted(
      (a, b) =>
        a.locationName.localeCompare(b.locationName) ||
        a.practitionerName.localeCompare(b.practitionerName) ||
        a.startAt.localeCompare(b.startAt),
    )
    .slice(0, most);
  const further = furtherPhones(store, [...new Set(views.map(({ patientId }) => patientId))]);
  const complete =
    store.complete('appointment') || date >= addDays(dayAt(deps.clock.now(), deps.home().timeZone), -1);
  return {
    complete,
    left: open.length - views.length,
    entries: views.map((appointment) => ({
      appointment,
      phones: [
        ...new Set([
          ...(appointment.patientPhone === null ? [] : [appointment.patientPhone]),
          ...(further.get(appointment.patientId) ?? []),
        ]),
      ],
    })),
  };
};
