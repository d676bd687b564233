import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import type { MergePreview } from '#shared/contract/patient-merge.ts';
import type { SimilarPatient } from '#shared/contract/patients.ts';
import type { MergeColumn } from '#shared/domain/patients/merge.ts';

/** Decides a request and tells it. What somebody else decided meanwhile is told as well, and stands. */
export function useDecisions({ id, accountName: name, patient }: LinkRequest, onDone: () => void) {
  const { t } = useTranslation();
  const approveAs = useCommand('panelDesk.approveAs');
  const approveIt = useCommand('panelDesk.approve');
  const refuseIt = useCommand('panelDesk.refuse');
  const told = async (deciding: Promise<unknown>, done: string) => {
    try {
      await deciding;
      toast(done);
      onDone();
    } catch (failure) {
      toast(t('panelDesk.request.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  return {
    busy: approveAs.isPending || approveIt.isPending || refuseIt.isPending,
    same: (chart: SimilarPatient, take: readonly MergeColumn[], { left, right }: MergePreview) =>
      told(
        approveAs.mutateAsync({
          linkId: id,
          chartId: chart.id,
          take: [...take],
          was: { own: left.values, other: right.values },
        }),
        t('panelDesk.request.done.same', { name, mrn: chart.mrn }),
      ),
    approve: () =>
      told(
        approveIt.mutateAsync({ linkId: id }),
        patient.mergedInto === null
          ? t('panelDesk.request.done.approved', { name })
          : t('panelDesk.request.done.same', { name, mrn: patient.mergedInto.mrn }),
      ),
    /** Rejects with what is wrong, for the field of the reason. */
    refuse: async (reason: string) => {
      await refuseIt.mutateAsync({ linkId: id, reason });
      toast(t('panelDesk.request.done.refused', { name }));
      onDone();
    },
  };
}
