import { useTranslation } from 'react-i18next';
import parts from '#renderer/ui/panel/Parts.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { VisitTypeId } from '#shared/kernel/ids.ts';
import classes from './PanelBooking.module.css';

interface VisitTypeChoiceProps {
  readonly visitTypes: Output<'panel.bookable'>['visitTypes'];
  readonly value: VisitTypeId | null;
  readonly onChange: (id: VisitTypeId) => void;
}

/** What it is for, with its length and its fee. Nothing where there is no choice. */
export function VisitTypeChoice({ visitTypes, value, onChange }: VisitTypeChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (visitTypes.length < 2) return null;
  return (
    <fieldset className={classes.fields}>
      <legend>{t('panelBooking.what')}</legend>
      {visitTypes.map(({ id, name, minutes, fee }) => (
        <label key={id} className={classes.choice}>
          <input
            type="radio"
            name="visit-type"
            value={id}
            checked={id === value}
            onChange={() => onChange(id)}
          />
          <span className={classes.lines}>
            <span>{name}</span>
            <span className={parts.quiet}>
              {[
                t('panelBooking.minutes', { minutes }),
                fee && t('panelBooking.fee', { fee: format.money(fee.amount, fee.currency) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
