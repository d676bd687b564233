import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useVitalWords } from '#renderer/ui/vitals/useVitalWords.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { Output } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { compareDecimals, isDecimal } from '#shared/kernel/decimal.ts';
import { InterpretationMark } from './InterpretationMark.tsx';
import { TakeVitalsSheet } from './TakeVitalsSheet.tsx';
import { useUnits } from './useUnits.ts';
import classes from './Vitals.module.css';

type Latest = Output<'vitals.latest'>[number];

/** The latest vitals with their dates, and whether they went up or down. */
export function VitalsCard({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const { patient } = chart;
  const mayTake = mayCall(useCurrentUser(), 'vitals.record');
  const [taking, setTaking] = useState(false);
  const { data, error, refetch } = useCall('vitals.latest', { patientId: patient.id });
  useKeys(t('vitals.title'), [
    {
      keys: 'v|alt+v',
      label: t('vitals.take'),
      run: () => setTaking(true),
      inFields: true,
      enabled: mayTake,
    },
  ]);
  const take = (
    <Tooltip
      label={
        <>
          {t('vitals.take')} <KeyHint keys="v" />
        </>
      }
    >
      <ActionIcon variant="subtle" color="gray" aria-label={t('vitals.take')} onClick={() => setTaking(true)}>
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <ChartCard
      title={t('vitals.title')}
      to={{ href: `/patients/${patient.id}/chart/vitals`, label: t('vitals.all') }}
      actions={mayTake && take}
    >
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.none}>{t('vitals.none')}</p>}
      {data && data.length > 0 && <LatestTable latest={data} />}
      {taking && <TakeVitalsSheet patient={patient} onClose={() => setTaking(false)} />}
    </ChartCard>
  );
}

function LatestTable({ latest }: { latest: readonly Latest[] }) {
  const { t } = useTranslation();
  const systolic = latest.find(({ name }) => name === 'systolic');
  const diastolic = latest.find(({ name }) => name === 'diastolic');
  // Two numbers of one measurement are one line.
  const together = systolic && diastolic && systolic.effectiveAt === diastolic.effectiveAt;
  const rest = together ? latest.filter(({ name }) => name !== 'systolic' && name !== 'diastolic') : latest;
  return (
    <table className={classes.latest}>
      <tbody>
        {together && <Line label={t('vitals.measure.bloodPressure')} readings={[systolic, diastolic]} />}
        {rest.map((reading) => (
          <Line key={reading.name} label={t(`vitals.measure.${reading.name}`)} readings={[reading]} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ label, readings }: { label: string; readings: readonly [Latest, ...Latest[]] }) {
  const format = useFormat();
  const { units } = useUnits();
  const words = useVitalWords(units);
  const [first] = readings;
  const worst =
    readings.map(({ interpretation }) => interpretation).find((one) => one !== null && one.length > 1) ??
    readings.map(({ interpretation }) => interpretation).find((one) => one !== null && one !== 'N') ??
    null;
  const [upper, lower] = readings.map(({ value }) => value);
  const text =
    upper !== undefined && lower !== undefined && upper !== null && lower !== null
      ? words.withUnit(`${upper}/${lower}`, 'mm[Hg]')
      : words.reading(first);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <span className={classes.value}>
          {text}
          <Trend reading={first} words={words} />
          <InterpretationMark of={worst} />
          <CertaintyMark certainty={first.certainty} quiet />
        </span>
      </td>
      <td className={classes.when}>{format.day(dayAt(Date.parse(first.effectiveAt), format.timeZone))}</td>
    </tr>
  );
}

function Trend({ reading, words }: { reading: Latest; words: ReturnType<typeof useVitalWords> }) {
  const { t } = useTranslation();
  const { previous, value } = reading;
  if (previous === null || value === null || previous.value === null || previous.unit !== reading.unit)
    return null;
  if (!isDecimal(value) || !isDecimal(previous.value)) return null;
  const change = compareDecimals(value, previous.value);
  const way = change > 0 ? 'up' : change < 0 ? 'down' : 'same';
  const Icon = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconEqual }[way];
  const label = t(`vitals.trend.${way}`, { value: words.reading(previous) });
  return (
    <Tooltip label={label}>
      <span className={classes.trend} role="img" aria-label={label}>
        <Icon size={14} stroke={2} aria-hidden />
      </span>
    </Tooltip>
  );
}
