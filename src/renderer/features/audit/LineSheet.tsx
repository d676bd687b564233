import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { columnWord } from '#renderer/ui/record-words.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import type { AuditLine, AuditVersion } from '#shared/contract/audit.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type Difference, differences, imagesOf } from '#shared/domain/audit/versions.ts';
import { shownColumns } from '#shared/domain/records/columns.ts';
import classes from './AuditScreen.module.css';
import { kindText, placeText, recordText, whoText } from './audit-words.ts';

interface LineSheetProps {
  readonly line: AuditLine;
  /** Whether the centre can be asked for the versions of the record. */
  readonly compare: boolean;
  readonly onClose: () => void;
}

/** One line of the trail in full, and any two versions of its record side by side. */
export function LineSheet({ line, compare, onClose }: LineSheetProps) {
  const { t } = useTranslation();
  return (
    <SideSheet title={kindText(t, line.kind)} onClose={onClose} width={520}>
      <Facts line={line} />
      {line.event === null && compare && <Versions line={line} />}
    </SideSheet>
  );
}

function Facts({ line }: { line: AuditLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patient, event } = line;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('audit.column.when'), format.dateTime(line.at)],
    [t('audit.column.who'), whoText(t, line)],
    [t('audit.column.workstation'), placeText(t, line)],
    [
      t('audit.column.patient'),
      patient && (
        <Link href={`/patients/${patient.id}`}>
          {patient.name}, {patient.mrn}
        </Link>
      ),
    ],
    [t('audit.column.record'), recordText(t, line)],
    [t('audit.column.outcome'), event?.outcome === 'refused' ? t('audit.refused') : null],
    [t('audit.column.detail'), event?.detail === '{}' ? null : event?.detail],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Versions({ line }: { line: AuditLine }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('audit.record', { table: line.table, rowId: line.rowId });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (!data) return <div className={classes.compare} aria-busy="true" />;
  const last = Math.max(
    0,
    data.versions.findIndex(
      ({ version, operation }) => version === line.version && operation === line.operation,
    ),
  );
  return (
    <section className={classes.compare} aria-label={t('audit.versions')}>
      <h3 className={classes.subtitle}>{t('audit.versions')}</h3>
      <Comparison line={line} record={data} first={last} />
    </section>
  );
}

/** `-1` is what was before the first version: nothing. */
function Comparison({
  line,
  record,
  first,
}: {
  line: AuditLine;
  record: Output<'audit.record'>;
  first: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [before, setBefore] = useState(first - 1);
  const [after, setAfter] = useState(first);
  const { versions, names } = record;
  const images = imagesOf(versions.map(({ operation, values }) => ({ op: operation, values })));
  const nameOf = (version: AuditVersion) =>
    t('audit.version', {
      version: version.version,
      when: format.dateTime(version.at),
      who: whoText(t, version),
    });
  const choices = versions.map((version, index) => ({ value: String(index), label: nameOf(version) }));
  const changed = differences(images[before] ?? null, images[after] ?? null);
  return (
    <>
      <Select
        label={t('audit.before')}
        data={[{ value: '-1', label: t('audit.nothingYet') }, ...choices]}
        value={String(before)}
        allowDeselect={false}
        onChange={(value) => setBefore(Number(value))}
      />
      <Select
        label={t('audit.after')}
        data={choices}
        value={String(after)}
        allowDeselect={false}
        onChange={(value) => setAfter(Number(value))}
      />
      <Differences table={line.table} changed={changed} names={names} />
    </>
  );
}

function Differences({
  table,
  changed,
  names,
}: {
  table: string;
  changed: readonly Difference[];
  names: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const textOf = useValueText();
  if (changed.length === 0) return <p className={classes.quiet}>{t('audit.same')}</p>;
  const formats = new Map(
    shownColumns(
      table,
      changed.map(({ column }) => column),
    ).map(({ column, format }) => [column, format]),
  );
  const shown = (column: string, value: Difference['before']) => {
    if (value === undefined) return '';
    const name = typeof value === 'string' ? names[value] : undefined;
    return name ?? textOf(formats.get(column) ?? 'text', value);
  };
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.was')}</th>
          <th scope="col">{t('audit.is')}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ column, before, after }) => (
          <tr key={column}>
            <th scope="row">{columnWord(t, column)}</th>
            <td>{shown(column, before)}</td>
            <td>
              <ins>{shown(column, after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
