import type { TFunction } from 'i18next';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { ExceptionView } from '#shared/contract/scheduling.ts';

/** The days of an exception and, unless it is of whole days, its hours. */
export function whenText(format: Format, { startDate, endDate, startTime, endTime }: ExceptionView): string {
  const days =
    startDate === endDate
      ? format.day(startDate, 'weekday')
      : `${format.day(startDate, 'weekday')} – ${format.day(endDate, 'weekday')}`;
  return startTime === null ? days : `${days}, ${startTime}–${endTime}`;
}

/** Whose hours it is about. */
export const whoText = (t: TFunction, { practitionerName }: ExceptionView): string =>
  practitionerName ?? t('scheduling.exception.everybody');

/** At which site. */
export const whereText = (t: TFunction, { locationName }: ExceptionView): string =>
  locationName ?? t('scheduling.exception.everywhere');
