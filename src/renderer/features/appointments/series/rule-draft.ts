import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import {
  type MonthlyDay,
  mostInterval,
  mostOccurrences,
  nthOf,
  type RecurrenceRule,
} from '#shared/domain/series/rule.ts';
import { addDays, partsOf } from '#shared/kernel/calendar.ts';

/** A rule as it is being put together: numbers as typed, so that a field may be empty for a moment. */
export interface RuleDraft {
  readonly frequency: RecurrenceRule['frequency'];
  readonly interval: string;
  readonly weekdays: readonly number[];
  /** Which of `monthlyChoices`. */
  readonly monthly: number;
  readonly endBy: 'count' | 'until';
  readonly count: string;
  readonly until: string;
}

/** How the day a series begins on can be said of a month: its number, its weekday counted from the start, and from the end when it is the last. */
export const monthlyChoices = (day: string): readonly MonthlyDay[] => {
  const weekday = weekdayOf(day);
  const isLast = addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
  return [
    { by: 'day', day: partsOf(day)[2] },
    { by: 'weekday', nth: nthOf(day), weekday },
    ...(isLast ? [{ by: 'weekday', nth: -1, weekday } as const] : []),
  ];
};

export const firstDraft = (day: string): RuleDraft => ({
  frequency: 'weekly',
  interval: '1',
  weekdays: [weekdayOf(day)],
  monthly: 1,
  endBy: 'count',
  count: '10',
  until: addDays(day, 70),
});

const numberOf = (text: string, most: number): number | null => {
  const value = Number(text.trim());
  return text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most ? value : null;
};

/** The rule a draft says, or which of its fields says nothing yet. */
export const ruleOf = (
  draft: RuleDraft,
  day: string,
):
  | { readonly ok: true; readonly rule: RecurrenceRule }
  | { readonly ok: false; readonly field: keyof RuleDraft } => {
  const interval = numberOf(draft.interval, mostInterval);
  if (interval === null) return { ok: false, field: 'interval' };
  if (draft.frequency === 'weekly' && draft.weekdays.length === 0) return { ok: false, field: 'weekdays' };
  const count = numberOf(draft.count, mostOccurrences);
  if (draft.endBy === 'count' && count === null) return { ok: false, field: 'count' };
  if (draft.endBy === 'until' && draft.until < day) return { ok: false, field: 'until' };
  const choices = monthlyChoices(day);
  return {
    ok: true,
    rule: {
      frequency: draft.frequency,
      interval,
      weekdays: draft.frequency === 'weekly' ? draft.weekdays : [],
      monthly: draft.frequency === 'monthly' ? (choices[draft.monthly] ?? choices[0] ?? null) : null,
      end: draft.endBy === 'count' ? { by: 'count', count: count ?? 1 } : { by: 'until', until: draft.until },
    },
  };
};
