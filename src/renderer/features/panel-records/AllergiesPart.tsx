import { useTranslation } from 'react-i18next';
import { Notice } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';
import { usePartialDate } from './usePartialDate.ts';

export function AllergiesPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const date = usePartialDate();
  const pages = usePages('panel.allergies', { patientId });
  const state = pages.first?.state;
  return (
    <Released
      kind="allergies"
      pages={pages}
      before={
        state !== undefined && state !== 'some' && <Notice>{t(`panelRecords.allergyState.${state}`)}</Notice>
      }
    >
      <ul className={classes.list}>
        {pages.items.map((allergy) => (
          <li key={allergy.id} className={`${classes.card} ${classes.line}`}>
            <span className={classes.name}>{allergy.substance}</span>
            {allergy.reaction !== '' && <span>{allergy.reaction}</span>}
            {allergy.active && (allergy.severity === 'severe' || allergy.criticality === 'high') && (
              <span className={classes.mark} data-tone="grave">
                {[
                  allergy.severity && t(`panelRecords.severity.${allergy.severity}`),
                  allergy.criticality === 'high' && t('panelRecords.danger'),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            )}
            <span className={classes.about}>
              {[
                allergy.active && allergy.severity !== null && allergy.severity !== 'severe'
                  ? t(`panelRecords.severity.${allergy.severity}`)
                  : '',
                allergy.onset === null ? '' : t('panelRecords.since', { date: date(allergy.onset) }),
                allergy.active ? '' : t('panelRecords.over'),
                allergy.confirmed ? '' : t('panelRecords.notConfirmed'),
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
