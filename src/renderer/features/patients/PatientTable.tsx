import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import type { genders } from '#shared/domain/patients/gender.ts';
import { noGivenName } from '#shared/domain/patients/name.ts';
import classes from './PatientTable.module.css';

interface PatientTableProps {
  readonly patients: readonly PatientSummary[];
  readonly selectedId: string | null;
  /** Beside a wide sheet: only what tells people apart. */
  readonly narrow: boolean;
  readonly onSelect: (patient: PatientSummary) => void;
  readonly onOpen: (patient: PatientSummary) => void;
  readonly onLeaveTop: () => void;
  readonly empty: ReactNode;
  readonly ref: Ref<DataTableHandle>;
}

function useColumns(narrow: boolean): readonly TableColumn<PatientSummary>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const name: TableColumn<PatientSummary> = {
    key: 'name',
    header: t('patients.name'),
    width: 'minmax(160px, 3fr)',
    cell: (patient) => (
      <span className={classes.name} data-deceased={patient.deceasedDate !== null || undefined}>
        <span className={classes.text} title={patientName(patient)}>
          <strong>{patient.family}</strong> {patient.given === noGivenName ? null : patient.given}
        </span>
        <CertaintyMark certainty={patient.certainty} quiet />
      </span>
    ),
  };
  const born: TableColumn<PatientSummary> = {
    key: 'born',
    header: t('patients.birthDate'),
    width: 'minmax(108px, 1fr)',
    tabular: true,
    cell: (patient) => (patient.birthDate ? format.day(patient.birthDate) : ''),
  };
  if (narrow) return [name, born];
  return [
    name,
    {
      key: 'gender',
      header: t('patients.gender'),
      width: '80px',
      cell: (patient) => t(`common.gender.${patient.gender as (typeof genders)[number]}`),
    },
    born,
    {
      key: 'age',
      header: t('patients.age'),
      width: '72px',
      align: 'end',
      cell: (patient) => (patient.deceasedDate ? t('patients.deceased') : format.age(patient.birthDate)),
    },
    {
      key: 'phone',
      header: t('patients.phone'),
      width: 'minmax(144px, 1fr)',
      tabular: true,
      cell: (patient) => patient.phone && formatPhone(patient.phone),
    },
    { key: 'city', header: t('patients.city'), width: 'minmax(92px, 1fr)', cell: (patient) => patient.city },
    { key: 'mrn', header: t('patients.mrn'), width: '124px', cell: (patient) => patient.mrn },
  ];
}

/** Patients in dense rows. */
export function PatientTable({ patients, selectedId, narrow, ref, ...rest }: PatientTableProps) {
  const { t } = useTranslation();
  return (
    <DataTable
      {...rest}
      ref={ref}
      label={t('patients.title')}
      rows={patients}
      columns={useColumns(narrow)}
      rowKey={(patient) => patient.id}
      selectedKey={selectedId}
    />
  );
}
