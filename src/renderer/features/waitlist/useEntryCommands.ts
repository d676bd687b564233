import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { useWaitWords } from './useWaitWords.ts';

/** A free time for somebody who waits. */
export type Slot = Pick<Input<'waitlist.offer'>, 'practitionerId' | 'locationId' | 'startLocal'>;

function useFailed() {
  const { t } = useTranslation();
  return (failure: unknown) =>
    toast(t('appointments.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
}

/** Back to waiting: what was cancelled, or an offer that was declined. */
export function useRelease() {
  const { t } = useTranslation();
  const command = useCommand('waitlist.release');
  const failed = useFailed();
  return async ({ id, patientName }: WaitlistEntryView, as: 'reopened' | 'declined'): Promise<void> => {
    try {
      await command.mutateAsync({ id });
      toast(t(`waitlist.done.${as}`, { patient: patientName }));
    } catch (failure) {
      failed(failure);
    }
  };
}

/** Offers a time; true when it was offered. */
export function useOffer() {
  const { t } = useTranslation();
  const words = useWaitWords();
  const command = useCommand('waitlist.offer');
  const release = useRelease();
  const failed = useFailed();
  return async (entry: WaitlistEntryView, slot: Slot): Promise<boolean> => {
    try {
      await command.mutateAsync({ id: entry.id, ...slot });
      const { patientName: patient } = entry;
      toast(t('waitlist.done.offered', { patient, time: words.time(slot.startLocal) }), {
        undo: () => release(entry, 'declined'),
      });
      return true;
    } catch (failure) {
      failed(failure);
      return false;
    }
  };
}

/** Books a time for somebody who waits; the entry goes with it. True when it was booked as far as this workstation knows. */
export function useBookWaiting() {
  const { t } = useTranslation();
  const words = useWaitWords();
  const command = useCommand('appointments.book');
  const failed = useFailed();
  const book = async (entry: WaitlistEntryView, slot: Slot): Promise<boolean> => {
    try {
      const { appointment, outcome } = await command.mutateAsync({
        ...slot,
        patientId: entry.patientId,
        minutes: entry.minutes,
        visitTypeId: entry.visitTypeId,
        description: entry.note,
        waitlistEntryId: entry.id,
      });
      const lost = outcome === 'needs-rebooking' || outcome === 'refused';
      const { patientName: patient, practitionerName: name, startLocal } = appointment;
      toast(t(`appointments.book.done.${outcome}`, { patient, name, time: words.time(startLocal) }), {
        tone: lost ? 'problem' : 'done',
      });
      return !lost;
    } catch (failure) {
      failed(failure);
      return false;
    }
  };
  return { book, booking: command.isPending };
}
