import { useTranslation } from 'react-i18next';
import { stateText } from '#renderer/ui/visits/visit-words.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { OversightFilter } from '#shared/contract/oversight.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';

/** Whether it lost its time and is still to be placed. */
export const isLost = (row: AppointmentView): boolean => row.needsRebooking && isAllowed('move', row);

/** What the centre makes of an appointment, as the filter asks it. */
export const standingOf = (row: AppointmentView): NonNullable<OversightFilter['standing']> => {
  if (isLost(row) || row.certainty === 'parked') return 'needs-decision';
  return row.certainty;
};

/** What has become of an appointment, in a word or two. */
export function useStateText() {
  const { t } = useTranslation();
  return (row: AppointmentView): string =>
    isLost(row) ? t('oversight.lostItsTime') : stateText(t, row, null);
}
