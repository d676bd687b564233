/** A time in which somebody else reads a practitioner's results; both days belong to it. */
export interface Absence {
  readonly practitionerId: string;
  readonly delegateId: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** Whose results `practitionerId` reads on `day` besides the own. */
export const standsInFor = (
  practitionerId: string,
  absences: readonly Absence[],
  day: string,
): readonly string[] => [
  ...new Set(
    absences
      .filter((one) => one.delegateId === practitionerId && one.startDate <= day && day <= one.endDate)
      .map((one) => one.practitionerId),
  ),
];
