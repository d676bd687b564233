import { useTranslation } from 'react-i18next';
import parts from '#renderer/ui/panel/Parts.module.css';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import { useWhen } from './useWhen.ts';

/** Above times of a clinic whose clocks show something else than those where the person is: what that means, by one of them. */
export function ZoneNote({ slots }: { slots: readonly FreeSlot[] }) {
  const { t } = useTranslation();
  const example = useWhen().example(slots);
  return example ? <p className={parts.quiet}>{t('panelBooking.otherZones', example)}</p> : null;
}
