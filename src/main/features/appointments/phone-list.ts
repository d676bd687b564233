import type { FeatureDeps } from '#main/core/deps.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { around } from './board.ts';
import { phonesOf } from './call-list/repository.ts';
import { appointmentsOfDay } from './repository.ts';
import { appointmentViews } from './view.ts';

/** More calls are not made in a day; it bounds what one call can ask of memory. */
const most = 500;

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
  const further = phonesOf(store, [...new Set(views.map(({ patientId }) => patientId))]);
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
