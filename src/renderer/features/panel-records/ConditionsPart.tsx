import { useTranslation } from 'react-i18next';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';
import { usePartialDate } from './usePartialDate.ts';

export function ConditionsPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const date = usePartialDate();
  const pages = usePages('panel.conditions', { patientId });
  return (
    <Released kind="conditions" pages={pages}>
      <ul className={classes.list}>
        {pages.items.map((condition) => (
          <li key={condition.id} className={`${classes.card} ${classes.line}`}>
            <span className={classes.name}>{condition.display}</span>
            <span className={classes.about}>
              {[
                t(`panelRecords.clinical.${condition.clinicalStatus}`),
                condition.severity === null ? '' : t(`panelRecords.severity.${condition.severity}`),
                condition.onset === null ? '' : t('panelRecords.since', { date: date(condition.onset) }),
                condition.abatement === null
                  ? ''
                  : t('panelRecords.until', { date: date(condition.abatement) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Released>
  );
}
