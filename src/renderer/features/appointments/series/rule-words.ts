import type { TFunction } from 'i18next';
import { formatDay } from '#renderer/ui/format.ts';
import { weekdayName } from '#renderer/ui/weekdays.ts';
import type { MonthlyDay, RecurrenceRule } from '#shared/domain/series/rule.ts';

const nthWords = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' } as const;

/** `second`, `last`: which of its weekdays in a month, as a key of the words. */
export const nthWord = (nth: number): (typeof nthWords)[keyof typeof nthWords] =>
  nthWords[nth as keyof typeof nthWords] ?? 'last';

const monthlyText = (t: TFunction, locale: string, count: number, monthly: MonthlyDay): string =>
  monthly.by === 'day'
    ? t('series.every.monthDay', { count, day: monthly.day })
    : t('series.every.monthWeekday', {
        count,
        nth: t(`series.nth.${nthWord(monthly.nth)}`),
        weekday: weekdayName(monthly.weekday, locale),
      });

/** A rule as people say it: `every 2 weeks on Mon and Thu, 10 times`. */
export function ruleText(t: TFunction, rule: RecurrenceRule, locale: string): string {
  const { frequency, interval: count, weekdays, monthly, end } = rule;
  const names = weekdays.map((day) => weekdayName(day, locale, 'short'));
  const days = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  const every =
    frequency === 'monthly' && monthly !== null
      ? monthlyText(t, locale, count, monthly)
      : frequency === 'weekly'
        ? t('series.every.week', { count, days })
        : t('series.every.day', { count });
  const until =
    end.by === 'count'
      ? t('series.end.times', { count: end.count })
      : t('series.end.until', { day: formatDay(end.until, locale) });
  return `${every}, ${until}`;
}
