import { useTranslation } from 'react-i18next';
import { Page } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import { TrendChart } from '#renderer/ui/vitals/TrendChart.tsx';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';
import { toneOf } from './ResultsPart.tsx';

/** One kind of value over time: a curve where it can be drawn, and always the table. */
export function ResultHistory({ patientId, code }: PartProps & { readonly code: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useResultWords();
  const pages = usePages('panel.resultHistory', { patientId, code });
  const [first] = pages.items;
  const name = first === undefined ? '' : words.analyte(first);
  // In one unit only: a curve through two of them would lie.
  const drawn = pages.items.filter(
    ({ value, comparator, unit }) => value !== null && comparator === null && unit === first?.unit,
  );
  const series = drawn.toReversed();
  const number = (text: string | null) => (text === null ? null : Number(text));
  const day = (at: string | undefined) => (at === undefined ? '' : format.day(at));
  return (
    <Page
      title={name === '' ? t('panelRecords.history') : t('panelRecords.historyOf', { name })}
      back="/records/results"
    >
      <Released kind="results" pages={pages}>
        {series.length > 1 && (
          <section className={classes.card}>
            <TrendChart
              label={t('panelRecords.vitalsChart', {
                measure: name,
                count: series.length,
                from: day(series[0]?.effectiveAt),
                to: day(series.at(-1)?.effectiveAt),
              })}
              moments={series.map(({ effectiveAt }) => Date.parse(effectiveAt))}
              lines={[{ label: name, values: series.map(({ value }) => number(value)) }]}
              bands={
                first?.low === null && first.high === null
                  ? []
                  : [{ low: number(first?.low ?? null), high: number(first?.high ?? null) }]
              }
            />
          </section>
        )}
        <section className={classes.card}>
          <table className={classes.table}>
            <caption className="visually-hidden">{t('panelRecords.historyOf', { name })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('panelRecords.column.when')}</th>
                <th scope="col">{t('panelRecords.column.value')}</th>
                <th scope="col">{t('panelRecords.column.usual')}</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((value) => (
                <tr key={value.id}>
                  <th scope="row">{format.day(value.effectiveAt)}</th>
                  <td>
                    <span className={classes.line}>
                      {words.value(value)}
                      {value.interpretation !== null && value.interpretation !== 'N' && (
                        <span className={classes.mark} data-tone={toneOf(value.interpretation)}>
                          {t(`panelRecords.mark.${value.interpretation}`)}
                        </span>
                      )}
                    </span>
                  </td>
                  <td>{words.range(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Released>
    </Page>
  );
}
