import { IconArrowRight, IconClockExclamation, IconListCheck, IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AbsenceVisit } from '#shared/contract/absence.ts';
import classes from './AbsenceScreen.module.css';

/** What becomes of a visit, as an icon and words. */
function Goes({ visit }: { visit: AbsenceVisit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { choice, slot, lost, appointment } = visit;
  const tone = lost ? 'lost' : choice.kind;
  const Icon = lost
    ? IconClockExclamation
    : { move: IconArrowRight, leave: IconListCheck, cancel: IconX }[choice.kind];
  const words = () => {
    if (choice.kind === 'cancel') return t('absence.cancelled', { reason: choice.reason });
    if (slot === null) return t('absence.leave');
    const day =
      slot.startLocal.slice(0, 10) === appointment.startLocal.slice(0, 10)
        ? ''
        : format.day(slot.startLocal, 'weekday');
    const when = [day, formatWallTime(slot.startLocal)].filter(Boolean).join(' ');
    return `${when} · ${slot.practitionerName}`;
  };
  return (
    <span className={classes.goes} data-tone={tone}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span>{words()}</span>
    </span>
  );
}

interface PlanTableProps {
  readonly visits: readonly AbsenceVisit[];
  readonly selectedId: string | null;
  readonly onSelect: (visit: AbsenceVisit) => void;
  readonly onOpen: () => void;
  readonly ref: Ref<DataTableHandle>;
}

/** The appointments an absence makes impossible, and where each goes. */
export function PlanTable({ visits, selectedId, onSelect, onOpen, ref }: PlanTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <DataTable
      ref={ref}
      label={t('absence.affected')}
      rows={visits}
      rowKey={({ appointment }) => appointment.id}
      selectedKey={selectedId}
      onSelect={onSelect}
      onOpen={onOpen}
      empty={<EmptyState text={t('absence.none')} />}
      columns={[
        {
          key: 'when',
          header: t('absence.when'),
          width: '128px',
          tabular: true,
          cell: ({ appointment: { startLocal } }) =>
            `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`,
        },
        {
          key: 'patient',
          header: t('absence.patient'),
          width: 'minmax(100px, 1fr)',
          cell: ({ appointment }) => appointment.patientName,
        },
        {
          key: 'goes',
          header: t('absence.goes'),
          width: 'minmax(230px, 1.8fr)',
          tabular: true,
          cell: (visit) => <Goes visit={visit} />,
        },
      ]}
    />
  );
}
