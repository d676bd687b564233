import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { patientName } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SimilarPatient } from '#shared/contract/patients.ts';
import { likelySame } from '#shared/domain/patients/likeness.ts';
import classes from './Requests.module.css';

interface ChartChoiceProps {
  readonly charts: readonly SimilarPatient[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Charts that look like the person, the likeliest first, with how much and why. */
export function ChartChoice({ charts, chosen, onChoose }: ChartChoiceProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const name = useId();
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' });
  return (
    <div role="radiogroup" aria-label={t('panelDesk.request.likely')}>
      {charts.map((chart, index) => (
        <label key={chart.id} className={classes.chart} data-chosen={chosen === chart.id || undefined}>
          <input type="radio" name={name} checked={chosen === chart.id} onChange={() => onChoose(chart.id)} />
          <span className={classes.chartText}>
            <span className={classes.chartName}>{patientName(chart)}</span>
            <span className={classes.quiet}>
              {[
                chart.mrn,
                chart.birthDate && format.day(chart.birthDate),
                chart.phone && formatPhone(chart.phone),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className={classes.why} data-likely={chart.score >= likelySame || undefined}>
              <span className={classes.score}>
                <span className="visually-hidden">
                  {t('patients.likeness.score', { score: chart.score })}
                </span>
                <span aria-hidden>{chart.score}</span>
              </span>
              {list.format(chart.reasons.map((reason) => t(`patients.likeness.reason.${reason}`)))}
            </span>
          </span>
          <KeyHint keys={String(index + 1)} quiet />
        </label>
      ))}
    </div>
  );
}
