import type { TFunction } from 'i18next';
import type { VisitView } from '#shared/contract/visits.ts';
import { visitState } from '#shared/domain/visits/course.ts';
import { isCancelledLate, isLate, type WaitingLimits } from '#shared/domain/visits/waiting.ts';

type Told = Pick<VisitView, 'status' | 'stage' | 'startAt' | 'stageAt'>;

/** What lateness is told by. */
interface Lateness {
  readonly now: number;
  readonly limits: WaitingLimits;
}

/** Where a visit is in a word; `late` is null where lateness means nothing, as on another day's board. */
export const stateText = (t: TFunction, visit: Told, late: Lateness | null): string => {
  if (late !== null && isLate(visit, late.now, late.limits)) return t('visits.side.late');
  if (isCancelledLate(visit)) return t('visits.side.cancelledLate');
  return t(`visits.state.${visitState(visit)}`);
};

/** A wait in minutes as people say it; less than one has just begun. */
export const minutesText = (t: TFunction, minutes: number): string =>
  minutes < 1 ? t('visits.wait.now') : t('visits.wait.minutes', { count: minutes });
