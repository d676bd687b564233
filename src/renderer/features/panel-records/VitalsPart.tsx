import { useTranslation } from 'react-i18next';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { TrendChart } from '#renderer/ui/vitals/TrendChart.tsx';
import { type TrendGroup, trendGroups, trendOf } from '#renderer/ui/vitals/trends.ts';
import { useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { PanelVitals } from '#shared/contract/panel-records.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';
import { toneOf } from './ResultsPart.tsx';

/** What was measured: a curve of each, then every value in a table. */
export function VitalsPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const pages = usePages('panel.vitals', { patientId, limit: 30 });
  const drawn = trendGroups.filter((group) => trendOf(group, pages.items, {}) !== null);
  return (
    <Released kind="vitals" pages={pages}>
      {drawn.length === 0 && <p className={classes.quiet}>{t('panelRecords.noTrend')}</p>}
      {drawn.map((group) => (
        <Trend key={group[0]} group={group} sets={pages.items} />
      ))}
      <section className={classes.card}>
        <h2>{t('panelRecords.vitalsTable')}</h2>
        <ul className={classes.list}>
          {pages.items.map((set) => (
            <SetOfVitals key={set.effectiveAt} set={set} />
          ))}
        </ul>
      </section>
    </Released>
  );
}

function SetOfVitals({ set }: { set: PanelVitals }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useVitalWords();
  return (
    <li>
      <table className={classes.table}>
        <caption className={classes.about}>{format.dateTime(set.effectiveAt)}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('panelRecords.column.what')}</th>
            <th scope="col">{t('panelRecords.column.value')}</th>
            <th scope="col">{t('panelRecords.column.usual')}</th>
          </tr>
        </thead>
        <tbody>
          {set.readings.map((reading) => (
            <tr key={reading.id}>
              <th scope="row">{t(`vitals.measure.${reading.name}`)}</th>
              <td>
                <span className={classes.line}>
                  {words.said(reading.name, reading.value, reading.unit, null)}
                  {reading.interpretation !== null && reading.interpretation !== 'N' && (
                    <span className={classes.mark} data-tone={toneOf(reading.interpretation)}>
                      {t(`panelRecords.mark.${reading.interpretation}`)}
                    </span>
                  )}
                </span>
              </td>
              <td>{words.range(reading.name, reading.low, reading.high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}

function Trend({ group, sets }: { group: TrendGroup; sets: readonly PanelVitals[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useVitalWords();
  const trend = trendOf(group, sets, {});
  if (trend === null) return null;
  const [name] = group;
  const measure = t(`vitals.measure.${name === 'systolic' ? 'bloodPressure' : name}`);
  const day = (at: number | undefined) => format.day(new Date(at ?? 0).toISOString().slice(0, 10));
  return (
    <section className={classes.card}>
      <h2>
        {measure} ({words.unitText(words.unitOf(name))})
      </h2>
      <TrendChart
        label={t('panelRecords.vitalsChart', {
          measure,
          count: trend.moments.length,
          from: day(trend.moments[0]),
          to: day(trend.moments.at(-1)),
        })}
        moments={trend.moments}
        bands={trend.bands}
        lines={trend.lines.map((line) => ({ label: t(`vitals.measure.${line.name}`), values: line.values }))}
      />
    </section>
  );
}
