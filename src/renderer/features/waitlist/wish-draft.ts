import { tidyTime, timeProblem } from '#renderer/ui/times.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import type { WaitlistEntryView, WaitlistWish } from '#shared/contract/waitlist.ts';
import { wishProblems } from '#shared/domain/waitlist/problems.ts';
import type { LocationId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';

/** What was put into the sheet: as typed, so that nothing typed is lost. */
export interface WishDraft extends Omit<WaitlistWish, 'endDate' | 'startTime' | 'endTime'> {
  readonly patient: PatientSummary | null;
  readonly endDate: string;
  readonly startTime: string;
  readonly endTime: string;
}

/** What is known before anybody types: from the sheet or the screen one comes from. */
export interface WishStart {
  readonly patient?: PatientSummary | null;
  readonly practitionerId?: PractitionerId | null;
  readonly locationId?: LocationId | null;
  readonly visitTypeId?: VisitTypeId | null;
  readonly minutes?: number;
  readonly startDate?: string;
  readonly note?: string;
}

export const emptyWish = (today: string, start: WishStart = {}): WishDraft => ({
  patient: null,
  practitionerId: null,
  speciality: null,
  locationId: null,
  visitTypeId: null,
  minutes: 30,
  endDate: '',
  startTime: '',
  endTime: '',
  weekdays: [],
  priority: 'routine',
  note: '',
  ...start,
  startDate: start.startDate && start.startDate > today ? start.startDate : today,
});

export const draftOf = (entry: WaitlistEntryView): WishDraft => ({
  patient: null,
  practitionerId: entry.practitionerId,
  speciality: entry.speciality,
  locationId: entry.locationId,
  visitTypeId: entry.visitTypeId,
  minutes: entry.minutes,
  startDate: entry.startDate,
  endDate: entry.endDate ?? '',
  startTime: entry.startTime ?? '',
  endTime: entry.endTime ?? '',
  weekdays: entry.weekdays,
  priority: entry.priority,
  note: entry.note,
});

/** The wish a draft says, times in one spelling. */
export const wishOf = ({ patient: _, ...draft }: WishDraft): WaitlistWish => ({
  ...draft,
  endDate: draft.endDate || null,
  startTime: draft.startTime.trim() === '' ? null : tidyTime(draft.startTime),
  endTime: draft.endTime.trim() === '' ? null : tidyTime(draft.endTime),
});

/** What is wrong by the name of its field. */
export const problemsOf = (wish: WaitlistWish): Readonly<Record<string, string>> => {
  const unreadable = {
    ...(wish.startTime === null ? {} : timeProblem('startTime', wish.startTime)),
    ...(wish.endTime === null ? {} : timeProblem('endTime', wish.endTime)),
    ...(wish.startDate === '' ? { startDate: 'required' } : {}),
  };
  return Object.keys(unreadable).length > 0 ? unreadable : wishProblems(wish);
};
