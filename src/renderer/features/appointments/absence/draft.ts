import { tidyTime, timeProblem } from '#renderer/ui/times.ts';
import type { AbsenceChoice, AbsenceDetails, AbsenceVisit } from '#shared/contract/absence.ts';
import { exceptionProblems } from '#shared/domain/scheduling/problems.ts';
import type { AbsenceDraft } from './store.ts';

type Problems = Readonly<Record<string, string>>;

/** What a draft says, with what is wrong with it by field; the name alone is no obstacle to planning. */
export function readDraft({ wholeDays, practitionerId, ...draft }: AbsenceDraft): {
  readonly details: AbsenceDetails | null;
  readonly problems: Problems;
} {
  const [startTime, endTime] = wholeDays
    ? [null, null]
    : [tidyTime(draft.startTime), tidyTime(draft.endTime)];
  const problems: Problems = {
    ...exceptionProblems({ ...draft, startTime, endTime, practitionerId, kind: 'leave', locationId: null }),
    ...(startTime === null ? {} : timeProblem('startTime', startTime)),
    ...(endTime === null ? {} : timeProblem('endTime', endTime)),
    ...(draft.startDate === '' ? { startDate: 'required' } : {}),
    ...(draft.endDate === '' ? { endDate: 'required' } : {}),
    ...(practitionerId === null ? { practitionerId: 'required' } : {}),
  };
  const sound = practitionerId !== null && Object.keys(problems).length === 0;
  return {
    details: sound ? { ...draft, practitionerId, startTime, endTime, name: draft.name.trim() } : null,
    problems,
  };
}

/** Choices with one of them made otherwise. */
export const withChoice = (
  choices: readonly AbsenceChoice[],
  choice: AbsenceChoice,
): readonly AbsenceChoice[] => choices.map((one) => (one.id === choice.id ? choice : one));

export interface PlanCounts {
  readonly own: number;
  /** Colleagues who stand in, the most first. */
  readonly substitutes: readonly { readonly name: string; readonly count: number }[];
  readonly leave: number;
  readonly cancel: number;
}

/** What a plan comes to. */
export function countPlan(visits: readonly AbsenceVisit[], practitionerId: string): PlanCounts {
  const names = new Map<string, number>();
  let own = 0;
  for (const { slot } of visits) {
    if (slot === null) continue;
    if (slot.practitionerId === practitionerId) own += 1;
    else names.set(slot.practitionerName, (names.get(slot.practitionerName) ?? 0) + 1);
  }
  const kind = (name: string) => visits.filter(({ choice }) => choice.kind === name).length;
  return {
    own,
    substitutes: [...names].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count),
    leave: kind('leave'),
    cancel: kind('cancel'),
  };
}
