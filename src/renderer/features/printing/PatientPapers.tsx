import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { type PatientPaper, patientPapers, printPath } from '#renderer/ui/print-paths.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useMinute } from '#renderer/ui/useMinute.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { AppointmentId, type PatientId } from '#shared/kernel/ids.ts';
import { AccessPaper } from './AccessSlip.tsx';
import { AppointmentCard } from './AppointmentCard.tsx';
import { FolderLabel, Wristband } from './PatientLabels.tsx';
import { Preview } from './Preview.tsx';
import { RegistrationForm } from './RegistrationForm.tsx';
import { useImprint } from './useImprint.ts';

interface PatientPapersProps {
  readonly id: PatientId;
  readonly document: PatientPaper;
  /** The one appointment the card is about; without it, all that are to come. */
  readonly appointment: string | undefined;
}

/** What is printed of one patient; the documents are one key apart. */
export function PatientPapers({ id, document, appointment }: PatientPapersProps) {
  const { t } = useTranslation();
  const patient = useCall('patients.get', { id });
  if (patient.error?.error.code === 'not-found') return <EmptyState text={t('patients.gone')} />;
  if (patient.error) return <Failure failure={patient.error} onRetry={() => void patient.refetch()} />;
  if (!patient.data) return <div aria-busy="true" />;
  const one = AppointmentId.safeParse(appointment).data ?? null;
  if (document === 'card') return <Card patient={patient.data} one={one} />;
  if (document === 'registration') return <Form patient={patient.data} />;
  if (document === 'access-code') return <Access patient={patient.data} />;
  return <Paper key={document} patient={patient.data} document={document} />;
}

/** Who may not open a record to a patient prints no code for it. */
function usePapers(): readonly PatientPaper[] {
  const mayMake = mayCall(useCurrentUser(), 'panelDesk.makeCode');
  return patientPapers.filter((paper) => paper !== 'access-code' || mayMake);
}

function Tabs({ id, document }: { id: PatientId; document: PatientPaper }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const papers = usePapers();
  const go = (paper: PatientPaper) => navigate(printPath.patient(id, paper), { replace: true });
  useKeys(
    t('printing.title'),
    papers.map((paper, index) => ({
      keys: String(index + 1),
      label: t(`printing.document.${paper}`),
      run: () => go(paper),
    })),
  );
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('printing.which')}
      value={document}
      data={papers.map((paper) => ({ value: paper, label: t(`printing.document.${paper}`) }))}
      onChange={(paper) => go(paper as PatientPaper)}
      transitionDuration={80}
    />
  );
}

/** A merged record goes on elsewhere, and so does its number. */
function useMergedNotice({ mergedInto }: PatientView): string | null {
  const { t } = useTranslation();
  return mergedInto && t('printing.merged', { mrn: mergedInto.mrn });
}

function Paper({ patient, document }: { patient: PatientView; document: 'label' | 'wristband' }) {
  const setup = usePrintSetup(document, patient.id);
  const format = useFormat();
  const imprint = useImprint();
  const merged = useMergedNotice(patient);
  const props = { patient, paper: setup.settings.paper, imprint, format };
  const page = document === 'label' ? <FolderLabel {...props} /> : <Wristband {...props} />;
  return (
    <Preview
      setup={setup}
      tabs={<Tabs id={patient.id} document={document} />}
      notice={merged}
      pages={[page]}
    />
  );
}

function Form({ patient }: { patient: PatientView }) {
  const setup = usePrintSetup('registration', patient.id);
  const format = useFormat();
  const imprint = useImprint();
  const merged = useMergedNotice(patient);
  const particulars = useCall('patients.particulars', { id: patient.id }).data;
  const { paper } = setup.settings;
  return (
    <Preview
      setup={setup}
      tabs={<Tabs id={patient.id} document="registration" />}
      notice={merged}
      pages={
        particulars
          ? [
              <RegistrationForm
                key="form"
                record={{ patient, particulars }}
                {...{ paper, imprint, format }}
              />,
            ]
          : null
      }
    />
  );
}

function Access({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  const papers = usePapers();
  const merged = useMergedNotice(patient);
  if (!papers.includes('access-code')) return <EmptyState text={t('errors.not-permitted')} />;
  return (
    <AccessPaper patient={patient} tabs={<Tabs id={patient.id} document="access-code" />} notice={merged} />
  );
}

/** Statuses of an appointment that somebody is still to come to. */
const toCome: ReadonlySet<string> = new Set(['proposed', 'pending', 'booked']);

/** Newest first as they are asked for; those to come are among the first, however long the history. */
function useNext(id: PatientId): {
  readonly next: readonly AppointmentView[] | null;
  readonly complete: boolean;
} {
  const now = useMinute();
  const { data } = useCall('patients.appointments', { id, limit: 100 });
  if (!data) return { next: null, complete: true };
  const next = data.appointments
    .filter(({ status, endAt }) => toCome.has(status) && Date.parse(endAt) > now)
    .toSorted((a, b) => a.startAt.localeCompare(b.startAt));
  return { next, complete: data.complete };
}

function Card({ patient, one }: { patient: PatientView; one: AppointmentId | null }) {
  const { t } = useTranslation();
  const setup = usePrintSetup('card', patient.id);
  const format = useFormat();
  const imprint = useImprint();
  const merged = useMergedNotice(patient);
  const { next, complete } = useNext(patient.id);
  const single = useCall('appointments.get', { id: one as AppointmentId }, { enabled: one !== null });
  const appointments = one === null ? next : single.data ? [single.data] : null;
  return (
    <Preview
      setup={setup}
      tabs={<Tabs id={patient.id} document="card" />}
      notice={merged ?? (one === null && !complete ? t('printing.incomplete') : null)}
      pages={
        appointments && [
          <AppointmentCard
            key="card"
            {...{ patient, appointments, imprint, format }}
            paper={setup.settings.paper}
          />,
        ]
      }
    />
  );
}
