import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { ReportView, ResultValue } from '#shared/contract/orders.ts';
import { EnterSheet } from './EnterSheet.tsx';
import { FlagMark } from './FlagMark.tsx';
import { ReportAbout } from './ReportAbout.tsx';
import { ReportValues } from './ReportValues.tsx';
import classes from './Results.module.css';
import { ChartActions, type ChartSheet, ChartSheets, OpenRequests } from './ResultsCard.tsx';
import { TrendSheet } from './TrendSheet.tsx';

const page = 20;

interface Open {
  readonly trend: ResultValue | null;
  readonly corrects: ReportView | null;
}

/** All results of a chart, the newest first, a page at a time. */
export function ResultsView({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const [places, setPlaces] = useState<readonly (string | null)[]>([null]);
  const [open, setOpen] = useState<Open>({ trend: null, corrects: null });
  const [sheet, setSheet] = useState<ChartSheet>(null);
  const { id, family, given } = chart.patient;
  const requests = useCall('orders.open', { patientId: id }).data?.requests ?? [];
  const close = () => setOpen({ trend: null, corrects: null });
  return (
    <section className={classes.view} aria-label={t('orders.card.title')}>
      <div className={classes.buttons}>
        <ChartActions onSheet={setSheet} inWords />
      </div>
      <OpenRequests requests={requests} onSheet={setSheet} />
      {places.map((before, index) => (
        <Page
          key={before ?? 'first'}
          chart={chart}
          before={before}
          isLast={index === places.length - 1}
          onMore={(next) => setPlaces([...places, next])}
          onTrend={(trend) => setOpen({ trend, corrects: null })}
          onCorrect={(corrects) => setOpen({ trend: null, corrects })}
        />
      ))}
      {open.trend && <TrendSheet key={open.trend.code} patientId={id} value={open.trend} onClose={close} />}
      {open.corrects && (
        <EnterSheet
          key={open.corrects.id}
          patientId={id}
          patientName={`${family} ${given}`}
          corrects={open.corrects}
          onClose={close}
        />
      )}
      <ChartSheets chart={chart} sheet={sheet} onClose={() => setSheet(null)} />
    </section>
  );
}

interface PageProps {
  readonly chart: OpenChart;
  readonly before: string | null;
  readonly isLast: boolean;
  readonly onMore: (next: string) => void;
  readonly onTrend: (value: ResultValue) => void;
  readonly onCorrect: (report: ReportView) => void;
}

function Page({ chart, before, isLast, onMore, onTrend, onCorrect }: PageProps) {
  const { t } = useTranslation();
  const answer = useCall('results.ofPatient', { patientId: chart.patient.id, before, limit: page });
  if (answer.error) return <Failure failure={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <div aria-busy="true" />;
  const { reports, next } = answer.data;
  if (reports.length === 0 && before === null) return <EmptyState text={t('orders.card.empty')} />;
  return (
    <>
      {reports.map((report) => (
        <Report key={report.id} report={report} onTrend={onTrend} onCorrect={() => onCorrect(report)} />
      ))}
      {isLast && next !== null && (
        <div className={classes.actions}>
          <Button variant="default" onClick={() => onMore(next)}>
            {t('orders.more')}
          </Button>
        </div>
      )}
    </>
  );
}

interface ReportProps {
  readonly report: ReportView;
  readonly onTrend: (value: ResultValue) => void;
  readonly onCorrect: () => void;
}

function Report({ report, onTrend, onCorrect }: ReportProps) {
  const { t } = useTranslation();
  const words = useResultWords();
  const title = words.test(report);
  const mayCorrect = mayCall(useCurrentUser(), 'results.enter');
  return (
    <article className={classes.report} aria-label={title} data-replaced={report.correctedBy ?? undefined}>
      <header>
        <h2 className={classes.reportTitle}>{title}</h2>
        <FlagMark flag={report.flag} />
        <CertaintyMark certainty={report.certainty} quiet />
        <span className={classes.spacer} />
        {report.correctedBy === null && mayCorrect && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${t('orders.action.correct')}: ${title}`}
            onClick={onCorrect}
          >
            {t('orders.action.correct')}
          </Button>
        )}
      </header>
      <ReportAbout report={report} />
      <ReportValues report={report} onTrend={onTrend} />
    </article>
  );
}
