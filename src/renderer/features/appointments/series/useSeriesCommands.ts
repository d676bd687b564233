import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { SeriesDone } from '#shared/contract/series.ts';

/** What a refusal means, with the occurrence it is about. */
export function useRefusal() {
  const { t } = useTranslation();
  return (failure: unknown): string => {
    const reason = errorText(t, failure);
    const time = failure instanceof AppErrorException ? failure.error.params?.time : undefined;
    return time === undefined ? reason : t('series.done.failedAt', { time, reason });
  };
}

/** Tells what was done with several appointments at once, with one way back for all of them. */
export function useToldSeries() {
  const { t } = useTranslation();
  const command = useCommand('series.undo');
  const refusal = useRefusal();
  const undo = async (token: string) => {
    try {
      const { patientName: patient, count } = await command.mutateAsync({ undo: token });
      toast(t('series.done.undone', { patient, count }));
    } catch (failure) {
      toast(t('appointments.done.failed', { reason: refusal(failure) }), { tone: 'problem' });
    }
  };
  return ({ appointments, outcome, undo: token }: SeriesDone, as: 'booked' | 'moved' | 'cancelled'): void => {
    const patient = appointments[0]?.patientName ?? '';
    if (outcome === 'refused') toast(t('series.done.refused', { patient }), { tone: 'problem' });
    else if (outcome === 'needs-rebooking') toast(t('series.done.lost', { patient }), { tone: 'problem' });
    else toast(t(`series.done.${as}`, { patient, count: appointments.length }), { undo: () => undo(token) });
  };
}
