import { addDays } from '#shared/kernel/calendar.ts';
import { minuteOfDay } from './wall-time.ts';

/** `extra` adds hours for one practitioner at one site; the others take hours away. The centre's domain has the same list. */
export const exceptionKinds = ['leave', 'holiday', 'closed', 'extra'] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** Days that are not as the weekly schedule says: of one practitioner or of all, at one site or at all, whole days or the hours named on each of them. */
export interface ScheduleException {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly practitionerId: string | null;
  readonly locationId: string | null;
  /** Of the site; null where there is none, since taking away needs no zone. */
  readonly timeZone: string | null;
  readonly startDate: string;
  readonly endDate: string;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly name: string;
}

export const takesAway = ({ kind }: Pick<ScheduleException, 'kind'>): boolean => kind !== 'extra';

export const isOn = ({ startDate, endDate }: ScheduleException, day: string): boolean =>
  startDate <= day && day <= endDate;

/** Whether an exception is about the hours of a practitioner at a site. */
export const concerns = (
  exception: ScheduleException,
  { practitionerId, locationId }: { readonly practitionerId: string; readonly locationId: string },
): boolean =>
  (exception.practitionerId === null || exception.practitionerId === practitionerId) &&
  (exception.locationId === null || exception.locationId === locationId);

/** The minutes of each of its days an exception is about. */
export const minutesOfException = ({
  startTime,
  endTime,
}: ScheduleException): { readonly start: number; readonly end: number } => ({
  start: startTime === null ? 0 : minuteOfDay(startTime),
  end: endTime === null ? 1440 : minuteOfDay(endTime),
});

/** Whether an exception makes a visit impossible; wall times, as both are agreed in them. A visit may run past midnight. */
export const makesImpossible = (
  exception: ScheduleException,
  visit: {
    readonly practitionerId: string;
    readonly locationId: string;
    readonly startLocal: string;
    readonly minutes: number;
  },
): boolean => {
  if (!takesAway(exception) || !concerns(exception, visit)) return false;
  const day = visit.startLocal.slice(0, 10);
  const start = minuteOfDay(visit.startLocal.slice(11));
  const { start: from, end: to } = minutesOfException(exception);
  return [0, 1].some((later) => {
    const begin = start - later * 1440;
    return isOn(exception, addDays(day, later)) && begin < to && from < begin + visit.minutes;
  });
};
