import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { PrescriptionPage } from './PrescriptionPage.tsx';
import { Preview } from './Preview.tsx';
import { useImprint } from './useImprint.ts';

/** As many medicines as fit on a page with long directions and a note each. */
const perPage: Readonly<Partial<Record<Paper, number>>> = { a5: 3, a4: 6 };

/** Records that the sheet was printed: the next one is a copy, unless nothing came out. */
function useRecorded(patientId: PatientId, number: string): () => Promise<void> {
  const { t } = useTranslation();
  const printed = useCommand('prescriptions.printed');
  const notPrinted = useCommand('prescriptions.notPrinted');
  return async () => {
    const prints = await printed.mutateAsync({ patientId, number });
    toast(t('prescribing.sheet.recorded'), {
      undo: async () => {
        try {
          await notPrinted.mutateAsync({ patientId, prints });
          toast(t('prescribing.sheet.notPrinted'));
        } catch (failure) {
          toast(errorText(t, failure), { tone: 'problem' });
        }
      },
    });
  };
}

/** The prescriptions that were signed under one number, as the patient takes them to the pharmacy. */
export function PrescriptionPaper({ patientId, number }: { patientId: PatientId; number: string }) {
  const { t } = useTranslation();
  const setup = usePrintSetup('prescription', patientId);
  const format = useFormat();
  const imprint = useImprint();
  const language = usePreferences((state) => state.language);
  const patient = useCall('patients.get', { id: patientId });
  const sheet = useCall('prescriptions.sheet', { patientId, number });
  const onPrinted = useRecorded(patientId, number);
  const error = patient.error ?? sheet.error;
  if (error?.error.code === 'not-found') return <EmptyState text={t('prescribing.sheet.gone')} />;
  if (error) return <Failure failure={error} onRetry={() => void sheet.refetch()} />;
  const { paper } = setup.settings;
  const size = perPage[paper] ?? 3;
  const lines = sheet.data?.lines ?? [];
  const chunks = Array.from({ length: Math.ceil(lines.length / size) }, (_, index) =>
    lines.slice(index * size, (index + 1) * size),
  );
  const { data } = patient;
  return (
    <Preview
      setup={setup}
      onPrinted={onPrinted}
      pages={
        data && sheet.data
          ? chunks.map((some, index) => (
              <PrescriptionPage
                key={index}
                {...{ paper, imprint, format, language }}
                patient={data}
                sheet={sheet.data}
                lines={some}
                page={index + 1}
                pages={chunks.length}
              />
            ))
          : null
      }
    />
  );
}
