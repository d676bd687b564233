import type { ExceptionKind } from '#shared/domain/appointments/exceptions.ts';

/** What is wrong by the name of the field, as codes that `errors.field` has words for; empty when nothing is. */
export type FieldProblems = Readonly<Record<string, 'required' | 'invalid' | 'order'>>;

/** What weekly hours must be in themselves: an end after the start, and weeks that are counted from a day. */
export const hoursProblems = (hours: {
  readonly startTime: string;
  readonly endTime: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly intervalWeeks: number | null;
}): FieldProblems => ({
  ...(hours.endTime <= hours.startTime ? { endTime: 'order' } : {}),
  ...(hours.validFrom !== null && hours.validTo !== null && hours.validTo < hours.validFrom
    ? { validTo: 'order' }
    : {}),
  ...(hours.intervalWeeks !== null && hours.validFrom === null ? { validFrom: 'required' } : {}),
});

/** What an exception must be in itself; the centre's constraints on `schedule_exception` say the same. */
export const exceptionProblems = (exception: {
  readonly kind: ExceptionKind;
  readonly practitionerId: string | null;
  readonly locationId: string | null;
  readonly startDate: string;
  readonly endDate: string;
  readonly startTime: string | null;
  readonly endTime: string | null;
}): FieldProblems => {
  const { startTime, endTime } = exception;
  const isExtra = exception.kind === 'extra';
  return {
    ...(exception.endDate < exception.startDate ? { endDate: 'order' } : {}),
    ...(startTime !== null && endTime === null ? { endTime: 'required' } : {}),
    ...(startTime === null && (endTime !== null || isExtra) ? { startTime: 'required' } : {}),
    ...(startTime !== null && endTime !== null && endTime <= startTime ? { endTime: 'order' } : {}),
    ...(isExtra && exception.practitionerId === null ? { practitionerId: 'required' } : {}),
    ...(isExtra && exception.locationId === null ? { locationId: 'required' } : {}),
  };
};
