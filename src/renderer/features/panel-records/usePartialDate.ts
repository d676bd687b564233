import { useFormat } from '#renderer/ui/useFormat.ts';

/** A date as precise as it is known: a year, a month of one, or a day. */
export function usePartialDate(): (text: string) => string {
  const format = useFormat();
  const month = new Intl.DateTimeFormat(format.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (text) => {
    if (text.length >= 10) return format.day(text);
    return text.length === 7 ? month.format(Date.parse(`${text}-01T00:00:00Z`)) : text;
  };
}
