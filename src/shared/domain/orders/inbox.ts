import type { ReportFlag } from './interpretation.ts';

/** What is sorted of a report that waits to be read. */
export interface Waiting {
  readonly id: string;
  readonly flag: ReportFlag;
  readonly recordedAt: string;
}

const urgency = (flag: ReportFlag): number => (flag === 'critical' ? 0 : flag === 'abnormal' ? 1 : 2);

/** Critical ones first, then abnormal ones, then the others; the oldest of each first. */
export const byUrgency = (a: Waiting, b: Waiting): number =>
  urgency(a.flag) - urgency(b.flag) || a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id);

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
