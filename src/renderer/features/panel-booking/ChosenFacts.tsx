import { useTranslation } from 'react-i18next';
import parts from '#renderer/ui/panel/Parts.module.css';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import classes from './PanelBooking.module.css';
import { useWhen } from './useWhen.ts';

interface ChosenFactsProps {
  readonly slot: FreeSlot;
  readonly kind: string | null;
  readonly address: string | null;
  readonly fee: { readonly amount: number; readonly currency: string } | null;
}

/** What is about to be asked for. */
export function ChosenFacts({ slot, kind, address, fee }: ChosenFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const when = useWhen();
  const { person } = usePerson();
  const elsewhere = when.elsewhere(slot);
  return (
    <dl className={classes.facts}>
      {person && (
        <>
          <dt>{t('panelBooking.who')}</dt>
          <dd>{person.name}</dd>
        </>
      )}
      <dt>{t('panelBooking.when')}</dt>
      <dd>
        <strong>{when.whenInFull(slot)}</strong>
        {elsewhere && <div className={parts.quiet}>{t('panelBooking.otherZone', { time: elsewhere })}</div>}
      </dd>
      <dt>{t('panelBooking.doctor')}</dt>
      <dd>{slot.practitionerName}</dd>
      <dt>{t('panelBooking.where')}</dt>
      <dd>
        {slot.locationName}
        {address && <div className={parts.quiet}>{address}</div>}
      </dd>
      {kind && (
        <>
          <dt>{t('panelBooking.kind')}</dt>
          <dd>
            {kind}, {t('panelBooking.minutes', { minutes: slot.minutes })}
          </dd>
        </>
      )}
      {fee && (
        <>
          <dt>{t('panelBooking.cost')}</dt>
          <dd>{t('panelBooking.fee', { fee: format.money(fee.amount, fee.currency) })}</dd>
        </>
      )}
    </dl>
  );
}
