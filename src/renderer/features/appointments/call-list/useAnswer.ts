import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import type { CallAnswer } from '#shared/domain/appointments/answer.ts';

/** Writes what came of a call; that somebody knows can be taken back. */
export function useAnswer() {
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useCommand('calls.answer');
  const answer = async (entry: CallEntry, given: CallAnswer, note = ''): Promise<void> => {
    const { id, startAt, patientName: patient } = entry;
    try {
      await mutateAsync({ id, startAt, answer: given, note });
      toast(
        t(`calls.done.${given}`, { patient }),
        given === 'confirmed' ? { undo: () => answer(entry, 'open') } : {},
      );
    } catch (failure) {
      toast(t('calls.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  return { answer, busy: isPending };
}
