import type { ScheduleException } from './exceptions.ts';

/** A practitioner who is not there: on whole days, or during the same hours of each. */
export interface Absence {
  readonly practitionerId: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly name: string;
}

/** An absence as the rules about hours know it, before it is entered anywhere. */
export const exceptionOf = (absence: Absence): ScheduleException => ({
  ...absence,
  id: 'planned',
  kind: 'leave',
  locationId: null,
  timeZone: null,
});

/** Slots by how long the patient would wait for them; of two as near, the patient's own practitioner comes first. */
export const soonestFirst = <S extends { readonly startAt: number; readonly practitionerId: string }>(
  slots: readonly S[],
  practitionerId: string,
): readonly S[] =>
  slots.toSorted(
    (a, b) =>
      a.startAt - b.startAt ||
      Number(a.practitionerId !== practitionerId) - Number(b.practitionerId !== practitionerId),
  );
