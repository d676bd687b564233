import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Notice } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { PanelReport } from '#shared/contract/panel-records.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';

const tones = { normal: 'good', abnormal: 'attention', critical: 'grave' } as const;
/** How a value stands to what is usual, as a colour besides the word. */
export const toneOf = (interpretation: string | null) =>
  interpretation === null || interpretation === 'N'
    ? undefined
    : interpretation === 'LL' || interpretation === 'HH'
      ? 'grave'
      : 'attention';

export function ResultsPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const pages = usePages('panel.results', { patientId, limit: 10 });
  return (
    <Released
      kind="results"
      pages={pages}
      before={
        <Notice>
          {pages.first?.afterReading ? t('panelRecords.afterReading') : t('panelRecords.atOnce')}
        </Notice>
      }
    >
      {pages.items.map((report) => (
        <Report key={report.id} report={report} />
      ))}
    </Released>
  );
}

function Report({ report }: { report: PanelReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useResultWords();
  const name = words.test(report);
  return (
    <section className={classes.card} aria-label={`${name}, ${format.day(report.effectiveAt)}`}>
      <div className={classes.line}>
        <h2>{name}</h2>
        {report.test !== null && (
          <span className={classes.about}>{t(`panelRecords.plainTest.${report.test}`)}</span>
        )}
        <span className={classes.about}>
          {[
            format.day(report.effectiveAt),
            report.performer && t('panelRecords.by', { name: report.performer }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {report.flag !== null && (
          <span className={classes.mark} data-tone={tones[report.flag]}>
            {t(`panelRecords.flag.${report.flag}`)}
          </span>
        )}
      </div>
      {report.isCorrection && <p className={classes.quiet}>{t('panelRecords.corrected')}</p>}
      {report.values.length > 0 && <Values report={report} />}
      {report.conclusion !== null && <p className={classes.text}>{report.conclusion}</p>}
    </section>
  );
}

function Values({ report }: { report: PanelReport }) {
  const { t } = useTranslation();
  const words = useResultWords();
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{words.test(report)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('panelRecords.column.what')}</th>
          <th scope="col">{t('panelRecords.column.value')}</th>
          <th scope="col">{t('panelRecords.column.usual')}</th>
        </tr>
      </thead>
      <tbody>
        {report.values.map((value) => (
          <tr key={value.id}>
            <th scope="row">
              <Link
                href={`/records/results/${encodeURIComponent(value.code)}`}
                className={classes.all ?? ''}
                aria-label={t('panelRecords.historyOf', { name: words.analyte(value) })}
              >
                {words.analyte(value)}
              </Link>
            </th>
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
  );
}
