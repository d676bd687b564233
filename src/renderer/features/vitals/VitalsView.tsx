import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { TrendChart } from '#renderer/ui/vitals/TrendChart.tsx';
import { type TrendGroup, trendGroups, trendOf } from '#renderer/ui/vitals/trends.ts';
import { type ChosenUnits, useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { VitalReading, VitalSet } from '#shared/contract/vitals.ts';
import { ReadingSheet } from './ReadingSheet.tsx';
import { TakeVitalsSheet } from './TakeVitalsSheet.tsx';
import { useUnits } from './useUnits.ts';
import classes from './Vitals.module.css';
import { VitalsTable } from './VitalsTable.tsx';

const page = 30;
const most = 100;

/** All vitals of a patient: the table, and beside it how each of them went. */
export function VitalsView({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const { patient } = chart;
  const [limit, setLimit] = useState(page);
  const mayTake = mayCall(useCurrentUser(), 'vitals.record');
  const [taking, setTaking] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const { units } = useUnits();
  const words = useVitalWords(units);
  const { data, error, refetch } = useCall(
    'vitals.history',
    { patientId: patient.id, limit },
    { keepPrevious: true },
  );
  useKeys(t('vitals.title'), [
    {
      keys: 'v|alt+v',
      label: t('vitals.take'),
      run: () => setTaking(true),
      inFields: true,
      enabled: mayTake,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const sets = data?.sets ?? [];
  const take = mayTake && (
    <Button onClick={() => setTaking(true)} rightSection={<KeyHint keys="v" quiet />}>
      {t('vitals.take')}
    </Button>
  );
  const shown = sets.flatMap(({ readings }) => readings).find((one) => isSame(one, open));
  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <h2>{t('vitals.title')}</h2>
        {sets.length > 0 && take}
      </div>
      {data && sets.length === 0 && <EmptyState text={t('vitals.none')} action={take} />}
      {sets.length > 0 && (
        <div className={classes.columns}>
          <div className={classes.charts}>
            <VitalsTable sets={sets} words={words} onOpen={(reading) => setOpen(placeOf(reading))} />
            {data?.next && limit < most && (
              <Button
                className={classes.older ?? ''}
                variant="default"
                onClick={() => setLimit(Math.min(most, limit + page))}
              >
                {t('vitals.history.older')}
              </Button>
            )}
          </div>
          <Charts sets={sets} units={units} />
        </div>
      )}
      {taking && <TakeVitalsSheet patient={patient} onClose={() => setTaking(false)} />}
      {shown && !taking && (
        <ReadingSheet key={placeOf(shown)} patient={patient} reading={shown} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

/** A correction has an id of its own; the value stays where it was. */
const placeOf = ({ name, effectiveAt }: VitalReading): string => `${name} ${effectiveAt}`;
const isSame = (reading: VitalReading, place: string | null): boolean => placeOf(reading) === place;

function Charts({ sets, units }: { sets: readonly VitalSet[]; units: ChosenUnits }) {
  const { t } = useTranslation();
  const drawn = trendGroups.filter((group) => trendOf(group, sets, units) !== null);
  return (
    <section className={classes.charts} aria-label={t('vitals.history.charts')}>
      {drawn.length === 0 && <p className={classes.none}>{t('vitals.history.noTrend')}</p>}
      {drawn.map((group) => (
        <Chart key={group[0]} group={group} sets={sets} units={units} />
      ))}
    </section>
  );
}

interface ChartProps {
  readonly group: TrendGroup;
  readonly sets: readonly VitalSet[];
  readonly units: ChosenUnits;
}

function Chart({ group, sets, units }: ChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useVitalWords(units);
  const trend = trendOf(group, sets, units);
  if (trend === null) return null;
  const [name] = group;
  const measure = t(`vitals.measure.${name === 'systolic' ? 'bloodPressure' : name}`);
  const day = (at: number | undefined) => format.day(new Date(at ?? 0).toISOString().slice(0, 10));
  const last = trend.lines.map(({ values }) => values.at(-1)).filter((value) => typeof value === 'number');
  const label = t('vitals.history.chart', {
    measure,
    count: trend.moments.length,
    from: day(trend.moments[0]),
    to: day(trend.moments.at(-1)),
    value: words.withUnit(last.map((value) => words.number(String(value))).join('/'), words.unitOf(name)),
  });
  return (
    <div className={classes.chart}>
      <h3>
        {measure} ({words.unitText(words.unitOf(name))})
      </h3>
      <TrendChart
        label={label}
        moments={trend.moments}
        bands={trend.bands}
        lines={trend.lines.map((line) => ({ label: t(`vitals.measure.${line.name}`), values: line.values }))}
      />
    </div>
  );
}
