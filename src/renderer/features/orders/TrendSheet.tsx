import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { ResultValue } from '#shared/contract/orders.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { InterpretationMark } from './FlagMark.tsx';
import classes from './Results.module.css';

interface TrendSheetProps {
  readonly patientId: PatientId;
  readonly value: ResultValue;
  readonly onClose: () => void;
}

/** One value over time, the newest first. */
export function TrendSheet({ patientId, value, onClose }: TrendSheetProps) {
  const { t } = useTranslation();
  const words = useResultWords();
  const [places, setPlaces] = useState<readonly (string | null)[]>([null]);
  return (
    <SideSheet title={words.analyte(value)} onClose={onClose}>
      <table className={classes.values}>
        <caption className="visually-hidden">
          {t('orders.trend.caption', { name: words.analyte(value) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('orders.trend.when')}</th>
            <th scope="col" className={classes.number}>
              {t('orders.column.result')}
            </th>
            <th scope="col">{t('orders.column.flag')}</th>
          </tr>
        </thead>
        {places.map((before, index) => (
          <TrendPage
            key={before ?? 'first'}
            patientId={patientId}
            code={value.code}
            before={before}
            isLast={index === places.length - 1}
            onMore={(next) => setPlaces([...places, next])}
          />
        ))}
      </table>
    </SideSheet>
  );
}

interface TrendPageProps {
  readonly patientId: PatientId;
  readonly code: string;
  readonly before: string | null;
  readonly isLast: boolean;
  readonly onMore: (next: string) => void;
}

function TrendPage({ patientId, code, before, isLast, onMore }: TrendPageProps) {
  const { t } = useTranslation();
  const words = useResultWords();
  const format = useFormat();
  const { data, error, refetch } = useCall('results.trend', { patientId, code, before });
  const next = data?.next ?? null;
  return (
    <tbody aria-busy={data === undefined && !error}>
      {error && (
        <tr>
          <td colSpan={3}>
            <Failure failure={error} onRetry={() => void refetch()} />
          </td>
        </tr>
      )}
      {data?.values.map((value) => (
        <tr key={value.id} data-interpretation={value.interpretation ?? undefined}>
          <th scope="row">{format.dateTime(value.effectiveAt)}</th>
          <td className={classes.number}>{words.value(value)}</td>
          <td>
            <InterpretationMark interpretation={value.interpretation} />
          </td>
        </tr>
      ))}
      {isLast && next !== null && (
        <tr>
          <td colSpan={3}>
            <Button size="compact-sm" variant="default" onClick={() => onMore(next)}>
              {t('orders.more')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
