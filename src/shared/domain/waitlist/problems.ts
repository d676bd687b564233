import { minuteOfDay } from '#shared/domain/appointments/wall-time.ts';
import type { FieldProblems } from '#shared/domain/scheduling/problems.ts';
import type { Wish } from './matching.ts';

/** What a wish must be in itself; the centre's constraints on `waitlist_entry` say the same of days and hours. */
export const wishProblems = ({
  startDate,
  endDate,
  startTime,
  endTime,
  minutes,
}: Pick<Wish, 'startDate' | 'endDate' | 'startTime' | 'endTime' | 'minutes'>): FieldProblems => {
  const isShort =
    endTime !== null && minuteOfDay(endTime) - (startTime === null ? 0 : minuteOfDay(startTime)) < minutes;
  return {
    ...(endDate !== null && endDate < startDate ? { endDate: 'order' } : {}),
    ...(startTime !== null && endTime !== null && endTime <= startTime
      ? { endTime: 'order' }
      : isShort
        ? { endTime: 'invalid' }
        : {}),
  };
};
