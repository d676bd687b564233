import { useTranslation } from 'react-i18next';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import classes from './PanelBooking.module.css';
import { useWhen } from './useWhen.ts';

/** A free time to take. What is beside it on the screen is said to who does not see it. */
export function TimeButton({
  slot,
  withDay,
  onTake,
}: {
  slot: FreeSlot;
  withDay: boolean;
  onTake: (slot: FreeSlot) => void;
}) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <button type="button" className={classes.time} onClick={() => onTake(slot)}>
      {withDay ? (
        <small>{when.day(slot.startLocal)}</small>
      ) : (
        <span className="visually-hidden">{when.day(slot.startLocal)}</span>
      )}{' '}
      {when.time(slot.startLocal)}{' '}
      <span className="visually-hidden">
        {t('panelBooking.withWhom', { doctor: slot.practitionerName, site: slot.locationName })}
      </span>
    </button>
  );
}
