import { Button, Select } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFindingText } from '#renderer/ui/useFindingText.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OverrideView } from '#shared/contract/safety.ts';
import { overrideReasons } from '#shared/domain/prescribing/override.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { PractitionerId } from '#shared/kernel/ids.ts';
import classes from './SafetyScreen.module.css';

const reasonText = (t: TFunction, { reasonCode, reason }: OverrideView): string => {
  const known = overrideReasons.find((code) => code === reasonCode);
  // `other` is said by the words.
  if (known === 'other' && reason) return reason;
  const coded = known === undefined ? reasonCode : t(`prescribing.override.reason.${known}`);
  return [coded, reason].filter(Boolean).join(': ');
};

function useColumns(): readonly TableColumn<OverrideView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const findingText = useFindingText();
  const warning = ({ finding, code, subject }: OverrideView) =>
    finding === null ? `${code} ${subject}` : findingText(finding);
  return [
    {
      key: 'when',
      header: t('safety.overrides.when'),
      width: '150px',
      tabular: true,
      cell: ({ at, certainty }) => (
        <>
          {format.dateTime(at)} <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    {
      key: 'doctor',
      header: t('safety.overrides.doctor'),
      width: 'minmax(130px, 1fr)',
      cell: ({ practitionerName }) => practitionerName ?? '',
    },
    {
      key: 'patient',
      header: t('safety.overrides.patient'),
      width: 'minmax(150px, 1.2fr)',
      cell: ({ patientName, patientMrn }) => `${patientName} ${patientMrn}`,
    },
    {
      key: 'medication',
      header: t('safety.overrides.medication'),
      width: 'minmax(150px, 1.2fr)',
      cell: ({ medication }) => medication ?? '',
    },
    {
      key: 'warning',
      header: t('safety.overrides.warning'),
      width: 'minmax(200px, 1.6fr)',
      cell: (row) => <span title={warning(row)}>{warning(row)}</span>,
    },
    {
      key: 'reason',
      header: t('safety.overrides.reason'),
      width: 'minmax(180px, 1.6fr)',
      cell: (row) => <span title={reasonText(t, row)}>{reasonText(t, row)}</span>,
    },
  ];
}

/** The filters are in the address, so that a list can be kept and sent on. */
function useFilters() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const day = (name: string) => {
    const value = search.get(name) ?? '';
    return isCalendarDate(value) ? value : null;
  };
  const doctor = PractitionerId.safeParse(search.get('doctor'));
  const set = (name: 'doctor' | 'from' | 'until', value: string | null) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    navigate(next.size === 0 ? path : `${path}?${next}`, { replace: true });
  };
  const filters = {
    practitionerId: doctor.success ? doctor.data : null,
    from: day('from'),
    until: day('until'),
  };
  return { filters, set };
}

type Before = { readonly at: string; readonly id: string };

/** Pages that were fetched stay while more come; another filter begins anew. */
function useOverrides(filters: ReturnType<typeof useFilters>['filters']) {
  const key = JSON.stringify(filters);
  const [pages, setPages] = useState<{
    readonly key: string;
    readonly kept: readonly OverrideView[];
    readonly before: Before | null;
  }>({ key, kept: [], before: null });
  const here = pages.key === key ? pages : { key, kept: [], before: null };
  const page = useCall('safety.overrides', { ...filters, before: here.before });
  const rows = [...here.kept, ...(page.data?.overrides ?? [])];
  const last = page.data?.overrides.at(-1);
  const next =
    page.data?.more && last
      ? () => setPages({ key, kept: rows, before: { at: last.at, id: last.id } })
      : null;
  return { rows, next, isHere: page.data !== undefined, error: page.error, retry: () => void page.refetch() };
}

/** What doctors prescribed against a serious warning, and why. */
export function OverridesView() {
  const { t } = useTranslation();
  const columns = useColumns();
  const { filters, set } = useFilters();
  const { rows, next, isHere, error, retry } = useOverrides(filters);
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const isFiltered = Object.values(filters).some((value) => value !== null);
  if (error) return <Failure failure={error} onRetry={retry} />;
  return (
    <>
      <div className={classes.filters}>
        <Select
          label={t('safety.overrides.doctor')}
          placeholder={t('safety.overrides.anyDoctor')}
          value={filters.practitionerId}
          onChange={(value) => set('doctor', value)}
          data={practitioners.map(({ id, name }) => ({ value: id, label: name }))}
          clearable
          searchable
        />
        <DateField
          label={t('safety.overrides.from')}
          value={filters.from ?? ''}
          onChange={(value) => set('from', value)}
        />
        <DateField
          label={t('safety.overrides.until')}
          value={filters.until ?? ''}
          onChange={(value) => set('until', value)}
        />
      </div>
      <div className={classes.list}>
        <DataTable
          label={t('safety.view.overrides')}
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          empty={
            isHere && (
              <EmptyState text={t(isFiltered ? 'safety.overrides.noneFits' : 'safety.overrides.none')} />
            )
          }
          after={
            next && (
              <Button variant="default" onClick={next}>
                {t('formulary.more')}
              </Button>
            )
          }
        />
      </div>
    </>
  );
}
