import {
  IconCalendar,
  IconClipboardHeart,
  IconFile,
  IconNotes,
  IconPill,
  IconStethoscope,
  IconTestPipe,
  IconVaccine,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '#shared/contract/chart.ts';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import type { TimelineKind } from '#shared/domain/chart/timeline.ts';
import type { ChartView } from '#shared/domain/chart/views.ts';

export const timelineIcons: Readonly<Record<TimelineKind, typeof IconPill>> = {
  encounter: IconStethoscope,
  appointment: IconCalendar,
  note: IconNotes,
  problem: IconClipboardHeart,
  medication: IconPill,
  result: IconTestPipe,
  document: IconFile,
  immunization: IconVaccine,
};

/** The tab that has more of a line. */
export const viewOfKind: Readonly<Partial<Record<TimelineKind, ChartView>>> = {
  note: 'notes',
  problem: 'problems',
  medication: 'medication',
  result: 'results',
  document: 'documents',
};

/** Codes of FHIR R4's EncounterStatus, CompositionStatus, condition-clinical, medicationrequest-status, DiagnosticReportStatus and ImmunizationStatusCodes. */
const statuses = [
  'planned',
  'arrived',
  'triaged',
  'in-progress',
  'onleave',
  'finished',
  'cancelled',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'appended',
  'partial',
  'registered',
  'active',
  'recurrence',
  'relapse',
  'inactive',
  'remission',
  'resolved',
  'on-hold',
  'stopped',
  'completed',
  'not-done',
] as const;

const among = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((one) => one === value);

/** The status of a line in words; nothing for one this version does not know. */
export function useStatusWord(): (item: TimelineItem) => string {
  const { t } = useTranslation();
  return ({ kind, status }) => {
    if (kind === 'appointment') {
      const known = among(appointmentStatuses, status);
      return known ? t(`common.appointmentStatus.${known}`) : '';
    }
    const known = among(statuses, status);
    return known ? t(`chart.status.${known}`) : '';
  };
}
