import { useMemo } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import { ageOn, ageText } from '#shared/domain/patients/age.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import {
  type DateStyle,
  dayIn,
  formatDateTime,
  formatDay,
  formatDuration,
  formatMoney,
  formatNumber,
  formatTime,
} from './format.ts';
import { usePreferences } from './preferences.ts';

/** How this window writes dates, times, ages and numbers. */
export interface Format {
  readonly locale: string;
  readonly timeZone: string;
  /** The clinic's calendar day now, `YYYY-MM-DD`. */
  today(): string;
  day(day: string, style?: DateStyle): string;
  time(instant: string): string;
  dateTime(instant: string): string;
  number(value: number): string;
  /** In minor units of the currency. */
  money(amount: number, currency: string): string;
  duration(seconds: number): string;
  /** The age today of somebody born on `birthDate`; empty when that cannot be said. */
  age(birthDate: string | null): string;
}

/** Formatters in `language` and `timeZone`. */
export function createFormat(language: Language, timeZone: string): Format {
  const { locale } = languages[language];
  const today = () => dayIn(timeZone, Date.now());
  return {
    locale,
    timeZone,
    today,
    day: (day, style) => formatDay(day, locale, style),
    time: (instant) => formatTime(instant, locale, timeZone),
    dateTime: (instant) => formatDateTime(instant, locale, timeZone),
    number: (value) => formatNumber(value, locale),
    money: (amount, currency) => formatMoney(amount, currency, locale),
    duration: (seconds) => formatDuration(seconds, locale),
    age: (birthDate) => {
      const age = birthDate ? ageOn(birthDate, today()) : null;
      return age ? ageText(age, locale) : '';
    },
  };
}

/** Formatters in the language of this window and the time zone of the clinic. */
export function useFormat(): Format {
  const language = usePreferences((state) => state.language);
  const timeZone = useCall('app.info', {}).data?.timeZone ?? 'UTC';
  return useMemo(() => createFormat(language, timeZone), [language, timeZone]);
}
