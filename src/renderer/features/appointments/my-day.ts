import { isAside } from '#renderer/ui/DayBoard/marks.ts';
import { minutesOf } from '#renderer/ui/DayBoard/time.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';

/** A line of the doctor's list. */
export interface Entry {
  readonly key: string;
  readonly group: 'requests' | 'appointments';
  readonly appointment: AppointmentView;
}

export interface MyDay {
  readonly appointments: readonly AppointmentView[];
  readonly requests: readonly AppointmentView[];
}

/** Requests first, each appointment once: a request of the day is answered above and not shown again below. */
export function entriesOf({ appointments, requests }: MyDay): readonly Entry[] {
  const asked = new Set<string>(requests.map(({ id }) => id));
  const entry = (group: Entry['group']) => (appointment: AppointmentView) => ({
    key: appointment.id,
    group,
    appointment,
  });
  return [
    ...requests.map(entry('requests')),
    ...appointments.filter(({ id }) => !asked.has(id)).map(entry('appointments')),
  ];
}

const spanOf = ({ appointment }: Entry) => {
  const start = minutesOf(appointment.startLocal);
  return { start, end: start + appointment.minutes };
};

const isAhead = (entry: Entry, minute: number) =>
  entry.group === 'appointments' && !isAside(entry.appointment) && spanOf(entry).start > minute;

/** Where an appointment stands in the day; `minute` is null on another day than today. */
export function momentOf(
  entry: Entry,
  entries: readonly Entry[],
  minute: number | null,
): 'past' | 'now' | 'next' | null {
  if (minute === null || isAside(entry.appointment)) return null;
  const { start, end } = spanOf(entry);
  if (end <= minute) return 'past';
  if (start <= minute) return entry.appointment.status === 'fulfilled' ? 'past' : 'now';
  return entries.find((one) => isAhead(one, minute)) === entry ? 'next' : null;
}

/** What is shown: what was chosen, else the first request, else who is here now or comes next, else the first. */
export function selectedEntry(
  entries: readonly Entry[],
  chosen: string | null,
  minute: number | null,
): Entry | undefined {
  const own = entries.find(({ key }) => key === chosen);
  if (own) return own;
  const request = entries.find(({ group }) => group === 'requests');
  if (request) return request;
  const moment = (wanted: 'now' | 'next') =>
    entries.find((entry) => momentOf(entry, entries, minute) === wanted);
  return moment('now') ?? moment('next') ?? entries[0];
}
