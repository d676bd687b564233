import type { TFunction } from 'i18next';
import type { VisitView } from '#shared/contract/visits.ts';
import { visitState } from '#shared/domain/visits/course.ts';
import { isCancelledLate, isLate } from '#shared/domain/visits/waiting.ts';

type Told = Pick<VisitView, 'status' | 'stage' | 'startAt' | 'stageAt'>;

/** Where a visit is in a word; `now` is null where lateness means nothing, as on another day's board. */
export const stateText = (t: TFunction, visit: Told, now: number | null): string => {
  if (now !== null && isLate(visit, now)) return t('visits.side.late');
  if (isCancelledLate(visit)) return t('visits.side.cancelledLate');
  return t(`visits.state.${visitState(visit)}`);
};

/** A wait in minutes as people say it; less than one has just begun. */
export const minutesText = (t: TFunction, minutes: number): string =>
  minutes < 1 ? t('visits.wait.now') : t('visits.wait.minutes', { count: minutes });
