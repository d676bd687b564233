import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { MergePreview } from '#shared/contract/patient-merge.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

/** Merging, taking apart and keeping apart, each told with the way back. */
export function useMergeDecisions() {
  const { t } = useTranslation();
  const merging = useCommand('patients.merge');
  const unmerging = useCommand('patients.unmerge');
  const keeping = useCommand('patients.keepApart');
  const withdrawing = useCommand('patients.withdrawKeepApart');
  const failed = (failure: unknown) =>
    toast(t('duplicates.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
  /** Whether it was done; what went wrong is told. */
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (failure) {
      failed(failure);
      return false;
    }
  };

  const takeApart = (id: PatientId, name: string): Promise<boolean> =>
    attempt(async () => {
      await unmerging.mutateAsync({ id });
      toast(t('duplicates.undone', { name }));
    });

  const merge = (wish: Parsed<'patients.merge'>): Promise<boolean> =>
    attempt(async () => {
      const { patient, overlapping } = await merging.mutateAsync(wish);
      const name = patientName(patient);
      const word = overlapping > 0 ? 'duplicates.mergedOverlapping' : 'duplicates.merged';
      toast(t(word, { name, mrn: patient.mrn }), {
        ...(overlapping > 0 ? { tone: 'attention' } : {}),
        undo: async () => void (await takeApart(wish.otherId, name)),
      });
    });

  const keepApart = ({ left, right }: MergePreview): Promise<boolean> =>
    attempt(async () => {
      const { linkId } = await keeping.mutateAsync({ id: left.patient.id, otherId: right.patient.id });
      const names = { left: patientName(left.patient), right: patientName(right.patient) };
      const undo = async () => {
        await attempt(async () => {
          await withdrawing.mutateAsync({ linkId });
          toast(t('duplicates.apartUndone'));
        });
      };
      toast(t('duplicates.keptApart', names), { undo });
    });

  return { merge, takeApart, keepApart, busy: merging.isPending || unmerging.isPending || keeping.isPending };
}
