import { useTranslation } from 'react-i18next';
import { Notice, Page, Paged } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AccessLine } from '#shared/contract/panel-records.ts';
import type { PartProps } from './part.ts';

/** Who looked at the record, when and how. */
export function AccessLogPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages('panel.accessLog', { patientId });
  const { first, items } = pages;
  return (
    <Page title={t('panelRecords.log')} back="/records">
      <Paged pages={pages}>
        {first?.shown === false ? (
          <Notice>{t('panelRecords.access.withheld')}</Notice>
        ) : (
          <>
            <Notice>
              {first?.completeUntil
                ? t('panelRecords.access.complete', { date: format.dateTime(first.completeUntil) })
                : t('panelRecords.access.incomplete')}
            </Notice>
            {items.length === 0 && <p className={classes.quiet}>{t('panelRecords.access.none')}</p>}
            {items.length > 0 && (
              <section className={classes.card} aria-label={t('panelRecords.log')}>
                <ul className={classes.list}>
                  {items.filter(isNews(format.dateTime)).map((line) => (
                    <Line key={line.id} line={line} />
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Paged>
    </Page>
  );
}

/** Reading in the panel is written down part by part; what was read in one minute is said once. */
const isNews =
  (minute: (at: string) => string) =>
  (line: AccessLine, place: number, all: readonly AccessLine[]): boolean => {
    const later = all[place - 1];
    return !(
      line.what === 'panel' &&
      later?.what === 'panel' &&
      later.who === line.who &&
      minute(later.at) === minute(line.at)
    );
  };

function Line({ line }: { line: AccessLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const who = line.self ? t('panelRecords.access.you') : (line.who ?? t('panelRecords.access.somebody'));
  return (
    <li className={classes.line}>
      <span>
        <span className={classes.name}>{who}</span>
        {line.role !== null && !line.self && ` (${t(`common.role.${line.role}`)})`}
      </span>
      <span>{t(`panelRecords.access.what.${line.what}`)}</span>
      <span className={classes.about}>{format.dateTime(line.at)}</span>
    </li>
  );
}
