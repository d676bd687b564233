import { Button, Loader, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconId } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { chartPath } from '#renderer/ui/chart-paths.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useKeptForms } from '#renderer/ui/kept-form/useKeptForm.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx';
import { NextPatient } from '#renderer/ui/visits/NextPatient.tsx';
import type { OpenChart } from '#shared/contract/chart.ts';
import { type ChartView, chartViewKey, chartViews } from '#shared/domain/chart/views.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { ChartBanner } from './ChartBanner.tsx';
import classes from './ChartScreen.module.css';
import { ClosedChart } from './ClosedChart.tsx';
import type { ChartNav, ChartParts } from './parts.ts';

/** An hour that a reason gave ends while somebody looks; it is asked again so often. */
const glance = 30_000;

interface ChartScreenProps {
  readonly id: PatientId;
  readonly view: ChartView;
  readonly parts: ChartParts;
}

const leaveField = () => document.getElementById('work')?.focus();

/** A patient's chart: who it is and what must not be overlooked stay, the parts are tabs below. */
export function ChartScreen({ id, view, parts }: ChartScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data: chart, error, refetch } = useCall('chart.open', { id }, { every: glance });
  const kept = useKeptForms(chart?.access === 'restricted' ? undefined : chart?.patient.id);
  const goesOn = chart?.patient.goesOn ?? null;
  useEffect(() => {
    // A record that was merged into another is read there.
    if (goesOn !== null) navigate(chartPath(goesOn, view), { replace: true });
  }, [goesOn, view, navigate]);
  useKeys(t('chart.title'), [
    {
      keys: 'r|alt+r',
      label: t('chart.keys.record'),
      run: () => navigate(`/patients/${id}`),
      inFields: true,
    },
    { keys: 'Backspace', label: t('chart.keys.back'), run: () => window.history.back() },
    // The cursor is in the note on opening: out of it, single keys are the chart's.
    { keys: 'Escape', label: t('chart.keys.leaveField'), run: leaveField, inFields: true },
  ]);
  if (!shownViews(parts).includes(view)) return <Redirect to={chartPath(id, 'summary')} replace />;
  if (error?.error.code === 'not-found') return <NotHere id={id} />;
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (chart === undefined) return <Opening />;
  const actions = <Actions id={id} />;
  if (chart.access === 'restricted')
    return (
      <div className={classes.screen}>
        <PatientBanner patient={chart.patient} actions={actions} />
        <ClosedChart id={id} />
      </div>
    );
  if (kept.isPending) return <Opening />;
  return (
    <div className={classes.screen}>
      <ChartBanner chart={chart} actions={actions} />
      <Tabs id={id} view={view} parts={parts} />
      <Content chart={chart} view={view} parts={parts} />
    </div>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <div className={classes.loading} aria-busy="true">
      <Loader size="sm" aria-label={t('common.loading')} />
    </div>
  );
}

function Actions({ id }: { id: PatientId }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <>
      <NextPatient title={t('chart.title')} keys="l|alt+l" />
      <Tooltip label={<KeyHint keys="Backspace" />}>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          onClick={() => window.history.back()}
        >
          {t('common.back')}
        </Button>
      </Tooltip>
      <Tooltip label={<KeyHint keys="r" />}>
        <Button
          variant="default"
          leftSection={<IconId size={16} stroke={1.6} />}
          onClick={() => navigate(`/patients/${id}`)}
        >
          {t('chart.record')}
        </Button>
      </Tooltip>
    </>
  );
}

/** Only what is there: a tab without a part would lead nowhere. */
const shownViews = ({ views }: ChartParts): readonly ChartView[] =>
  chartViews.filter((view) => view === 'summary' || views[view] !== undefined);

function Tabs({ id, view, parts }: ChartScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const shown = shownViews(parts);
  useKeys(
    t('chart.title'),
    shown.map((one) => ({
      keys: chartViewKey(one),
      label: t('chart.keys.summary', { view: t(`chart.view.${one}`) }),
      run: () => navigate(chartPath(id, one)),
      inFields: true,
    })),
  );
  return (
    <nav className={classes.tabs} aria-label={t('chart.tabs')}>
      {shown.map((one) => (
        <Link
          key={one}
          href={chartPath(id, one)}
          className={classes.tab ?? ''}
          aria-current={one === view ? 'page' : undefined}
        >
          {t(`chart.view.${one}`)} <KeyHint keys={chartViewKey(one).split('|')[0] ?? ''} quiet />
        </Link>
      ))}
    </nav>
  );
}

function Content({ chart, view, parts }: { chart: OpenChart } & Pick<ChartScreenProps, 'view' | 'parts'>) {
  const shown = shownViews(parts);
  const nav: ChartNav = {
    has: (one) => shown.includes(one),
    path: (one) => chartPath(chart.patient.id, one),
  };
  if (view !== 'summary') return <div className={classes.view}>{parts.views[view]?.(chart, nav)}</div>;
  return (
    <div className={classes.view}>
      <div className={classes.grid}>
        {parts.cards.map(({ name, render }) => (
          <div key={name} className={classes.cell} data-card={name}>
            {render(chart, nav)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A workstation that holds one site may not have it; the record's own screen knows how to bring it here. */
function NotHere({ id }: { id: PatientId }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <div>
      <h1 className="visually-hidden">{t('chart.title')}</h1>
      <EmptyState
        text={t('patients.gone')}
        action={<Button onClick={() => navigate(`/patients/${id}`)}>{t('chart.keys.record')}</Button>}
      />
    </div>
  );
}
