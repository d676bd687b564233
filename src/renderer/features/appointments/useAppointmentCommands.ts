import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { type Next, toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView, BookingOutcome } from '#shared/contract/appointments.ts';
import type { OpenTime } from './booking-form.ts';
import type { PendingMove } from './optimistic.ts';
import { useAppointments } from './store.ts';

type Outcome = BookingOutcome['outcome'];

/** How a toast looks that tells an outcome: what was lost needs somebody. */
export const toneOfOutcome = (outcome: Outcome): 'done' | 'attention' | 'problem' =>
  outcome === 'needs-rebooking' || outcome === 'refused' ? 'problem' : 'done';

/** Tells that something was done, with the way back; or, when the centre did not have it so, that. */
export function useTold() {
  const { t } = useTranslation();
  return (
    { appointment, outcome }: BookingOutcome,
    done: string,
    more: { readonly undo?: () => void; readonly next?: Next } = {},
  ): void => {
    const patient = appointment.patientName;
    if (outcome === 'refused') toast(t('appointments.done.refused', { patient }), { tone: 'problem' });
    else if (outcome === 'needs-rebooking')
      toast(t('appointments.done.lost', { patient }), { tone: 'problem' });
    else toast(done, more);
  };
}

/** Whose appointment it is, when and with whom, for what is told of it. */
export function useAppointmentWords() {
  const format = useFormat();
  return ({ patientName, startLocal, practitionerName }: AppointmentView) => ({
    patient: patientName,
    time: `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`,
    name: practitionerName,
  });
}

const placeOf = (appointment: AppointmentView): PendingMove => ({
  practitionerId: appointment.practitionerId,
  practitionerName: appointment.practitionerName,
  locationId: appointment.locationId,
  locationName: appointment.locationName,
  startLocal: appointment.startLocal,
  minutes: appointment.minutes,
});

/** The time of an appointment, for who waits for one like it. */
export const timeOf = ({ practitionerId, locationId, startLocal, minutes }: AppointmentView): OpenTime => ({
  practitionerId,
  locationId,
  startLocal,
  minutes,
});

/** Shows beside the day who waits for a time. */
export function useShowMatches() {
  const [path, navigate] = useLocation();
  return (time: OpenTime): void => {
    useAppointments.getState().openMatches(time);
    if (path !== '/day') navigate(`/day?date=${time.startLocal.slice(0, 10)}`);
  };
}

/** What is told of a time that has become free: how many wait for one like it, and the way to them. */
function useFreedTime() {
  const { t } = useTranslation();
  const client = useClient();
  const user = useCurrentUser();
  const show = useShowMatches();
  return async (
    appointment: AppointmentView,
    done: string,
  ): Promise<{ readonly text: string; readonly next?: Next }> => {
    const nothing = { text: done };
    if (!mayCall(user, 'waitlist.offer')) return nothing;
    try {
      const { matches } = await client.call('waitlist.matches', timeOf(appointment));
      if (matches.length === 0) return nothing;
      const run = () => show(timeOf(appointment));
      return {
        text: `${done} ${t('waitlist.matches.wait', { count: matches.length })}`,
        next: { label: t('waitlist.matches.show'), keys: 'shift+w', run },
      };
    } catch {
      // What was done is done; that nobody could be found for the time is no failure of it.
      return nothing;
    }
  };
}

/** Waits until the board has been read again, so that what was shown in advance is not taken away too early. */
function useFreshBoards() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['appointments.board', 'appointments.week'].map((name) =>
        queries.invalidateQueries({ queryKey: [name] }),
      ),
    );
}

/** Moves at once on the screen, and back with the reason when it cannot be. */
export function useMove() {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const command = useCommand('appointments.move');
  const refresh = useFreshBoards();
  const freed = useFreedTime();
  const { startMove, endMove } = useAppointments.getState();
  const send = async (
    appointment: AppointmentView,
    move: PendingMove,
    { undo, ...more }: { undo: boolean; overbook?: { readonly reason: string } },
  ): Promise<boolean> => {
    startMove(appointment.id, move);
    const { practitionerId, locationId, startLocal, minutes } = move;
    try {
      const { appointment: now, outcome } = await command.mutateAsync({
        id: appointment.id,
        practitionerId,
        locationId,
        startLocal,
        minutes,
        ...more,
        was: { practitionerId: appointment.practitionerId, startLocal: appointment.startLocal },
      });
      const done = t(`appointments.done.moved.${outcome}`, wordsOf(now));
      if (!undo || toneOfOutcome(outcome) !== 'done') toast(done, { tone: toneOfOutcome(outcome) });
      else {
        const { text, ...next } = await freed(appointment, done);
        toast(text, { undo: () => void send(now, placeOf(appointment), { undo: false }), ...next });
      }
      return true;
    } catch (failure) {
      const words = { ...wordsOf(appointment), reason: errorText(t, failure) };
      toast(t('appointments.done.moveFailed', words), { tone: 'problem' });
      return false;
    } finally {
      await refresh();
      endMove(appointment.id);
    }
  };
  return (
    appointment: AppointmentView,
    move: PendingMove,
    more: { readonly overbook?: { readonly reason: string } } = {},
  ) => send(appointment, move, { ...more, undo: true });
}

/** Puts a cancelled appointment back. */
export function useReinstate() {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const command = useCommand('appointments.reinstate');
  const told = useTold();
  return async (appointment: AppointmentView): Promise<void> => {
    try {
      const after = await command.mutateAsync({ id: appointment.id });
      told(after, t('appointments.done.reinstated', wordsOf(appointment)));
    } catch (failure) {
      toast(t('appointments.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
}

/** Cancels with a reason; the toast takes it back. Rejects with what the workstation said. */
export function useCancel() {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const command = useCommand('appointments.cancel');
  const reinstate = useReinstate();
  const told = useTold();
  const freed = useFreedTime();
  return async (appointment: AppointmentView, reason: string): Promise<void> => {
    const after = await command.mutateAsync({ id: appointment.id, reason });
    const { text, ...next } = await freed(
      appointment,
      t('appointments.done.cancelled', wordsOf(appointment)),
    );
    told(after, text, { undo: () => void reinstate(appointment), ...next });
  };
}
