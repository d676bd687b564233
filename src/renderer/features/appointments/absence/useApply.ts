import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { AbsenceChoice, AbsenceDetails } from '#shared/contract/absence.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { toneOfOutcome } from '../useAppointmentCommands.ts';
import { useAbsence } from './store.ts';

/** Takes an absence back; what stays as it is is told on the screen, one by one. */
export function useTakeBack() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { mutateAsync, isPending } = useCommand('absence.takeBack');
  const takeBack = async (id: ScheduleExceptionId) => {
    try {
      const done = await mutateAsync({ id });
      useAbsence.getState().finish({ kind: 'taken-back', done });
      const text = t('absence.takenBack', { count: done.restored });
      toast(text, done.stays.length > 0 ? { tone: 'attention' } : {});
      if (done.stays.length > 0) navigate('/absence');
    } catch (failure) {
      toast(t('absence.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  return { takeBack, busy: isPending };
}

/** Applies a plan, with the way back. What was taken meanwhile stays among the choices: the next plan says so. */
export function useApply() {
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useCommand('absence.apply');
  const { takeBack } = useTakeBack();
  const apply = async (absence: AbsenceDetails, choices: readonly AbsenceChoice[], name: string) => {
    const { choose, finish } = useAbsence.getState();
    try {
      const done = await mutateAsync({ absence, choices: [...choices] });
      finish({ kind: 'applied', done });
      toast(t(`absence.done.${done.outcome}`, { name, moved: done.moved, cancelled: done.cancelled }), {
        tone: toneOfOutcome(done.outcome),
        ...(done.outcome === 'refused' ? {} : { undo: () => takeBack(done.id) }),
      });
    } catch (failure) {
      const isTaken = failure instanceof AppErrorException && failure.error.code === 'changed-meanwhile';
      choose(choices);
      toast(isTaken ? t('absence.changed') : t('absence.failed', { reason: errorText(t, failure) }), {
        tone: 'problem',
      });
    }
  };
  return { apply, applying: isPending };
}
