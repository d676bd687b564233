import { Button } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FreeSlot, RebookingTask } from '#shared/contract/appointments.ts';
import { Facts } from './Facts.tsx';
import { FreeSlots } from './FreeSlots.tsx';
import classes from './RebookingCard.module.css';
import { timeOf, toneOfOutcome, useAppointmentWords, useShowMatches } from './useAppointmentCommands.ts';

/** Rebooks or closes, and tells what came of it. */
function useTaskActions(task: RebookingTask, onDone: () => void) {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const move = useCommand('appointments.move');
  const close = useCommand('appointments.closeTask');
  const { appointment } = task;
  const failed = (failure: unknown) =>
    toast(t('appointments.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
  const rebook = async (slot: FreeSlot) => {
    const { practitionerId, locationId, startLocal, minutes } = slot;
    try {
      const { outcome, appointment: now } = await move.mutateAsync({
        id: appointment.id,
        practitionerId,
        locationId,
        startLocal,
        minutes,
        was: { practitionerId: appointment.practitionerId, startLocal: appointment.startLocal },
      });
      toast(t(`appointments.tasks.done.${outcome}`, wordsOf(now)), { tone: toneOfOutcome(outcome) });
      onDone();
    } catch (failure) {
      failed(failure);
    }
  };
  const closeTask = async () => {
    try {
      await close.mutateAsync({ id: task.id });
      toast(t('appointments.tasks.closed', { patient: appointment.patientName }));
      onDone();
    } catch (failure) {
      failed(failure);
    }
  };
  return { rebook, closeTask, busy: move.isPending || close.isPending };
}

/** The codes of the centre's `sync_apply_slot` and `sync_lost_decision`. */
const reasons = [
  'practitioner-busy',
  'room-busy',
  'patient-busy',
  'practitioner-left',
  'place-closed',
  'changed-elsewhere',
] as const;
const isKnownReason = (code: string): code is (typeof reasons)[number] =>
  (reasons as readonly string[]).includes(code);

export interface RebookingCardProps {
  readonly task: RebookingTask;
  readonly onDone: () => void;
  /** Set to what Enter does in the list. */
  readonly openRef: RefObject<(() => void) | undefined>;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** A booking that lost its time: what it was, why it lost, whom to ring, and the next best free times. */
export function RebookingCard({ task, onDone, openRef, onLeave }: RebookingCardProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const { appointment } = task;
  const [marked, setMarked] = useState(0);
  const slotsRef = useRef<HTMLDivElement>(null);
  const mayRebook = mayCall(user, 'appointments.move');
  const mayClose = mayCall(user, 'appointments.closeTask');
  const {
    data: slots,
    error,
    refetch,
  } = useCall(
    'appointments.rebookingSlots',
    { id: appointment.id, practitionerId: task.wanted.practitionerId, wantedAt: task.wanted.startAt },
    { enabled: mayRebook, keepPrevious: true },
  );
  const { rebook, closeTask, busy } = useTaskActions(task, onDone);
  const at = Math.min(marked, Math.max(0, (slots?.length ?? 0) - 1));
  const pick = (index: number) => () => {
    const slot = slots?.[index];
    if (slot && !busy) void rebook(slot);
  };
  const showMatches = useShowMatches();
  const declined = appointment.participantStatus === 'declined' && mayCall(user, 'waitlist.offer');
  const whoWaits = () => showMatches(timeOf(appointment));
  const openPatient = () => navigate(`/patients/${appointment.patientId}`);
  const toSlots = () => slotsRef.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  useImperativeHandle(openRef, () => (mayRebook ? pick(at) : () => undefined));
  useKeys(t('appointments.tasks.keys'), [
    { keys: 'Enter', label: t('appointments.tasks.action.rebook'), run: pick(at), enabled: mayRebook },
    ...[0, 1, 2, 3, 4].map((index) => ({
      keys: String(index + 1),
      label: t('appointments.tasks.action.pick'),
      run: pick(index),
      enabled: mayRebook && index < (slots?.length ?? 0),
    })),
    { keys: 'ArrowRight', label: t('appointments.tasks.action.toSlots'), run: toSlots, enabled: mayRebook },
    { keys: 'ArrowLeft', label: t('conflicts.action.walk'), run: onLeave },
    {
      keys: 'x',
      label: t('appointments.tasks.action.close'),
      run: () => void closeTask(),
      enabled: mayClose && !busy,
    },
    { keys: 'p', label: t('appointments.tasks.action.patient'), run: openPatient },
    { keys: 'w', label: t('waitlist.matches.title'), run: whoWaits, enabled: declined },
  ]);
  return (
    <section className={classes.detail} aria-label={appointment.patientName}>
      <Why task={task} />
      <Facts appointment={appointment} />
      {mayRebook && (
        <div ref={slotsRef} className={classes.slots}>
          {error ? (
            <Failure failure={error} onRetry={() => void refetch()} />
          ) : (
            <FreeSlots
              label={t('appointments.tasks.slots')}
              slots={slots}
              numbered
              marked={at}
              onMark={setMarked}
              disabled={busy}
              none={t('appointments.tasks.slotsNone')}
              onPick={(slot) => void rebook(slot)}
            />
          )}
        </div>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
          {t('appointments.details.openPatient')}
        </Button>
        {declined && (
          <Button variant="default" onClick={whoWaits} rightSection={<KeyHint keys="w" quiet />}>
            {t('waitlist.matches.title')}
          </Button>
        )}
        {mayClose && (
          <Button
            variant="subtle"
            disabled={busy}
            onClick={() => void closeTask()}
            rightSection={<KeyHint keys="x" quiet />}
          >
            {t('appointments.tasks.close')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Why it lost, to whom, and what was asked for when that is not where it stands. */
function Why({ task }: { task: RebookingTask }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appointment, wanted, winner } = task;
  const moved =
    wanted.startAt !== appointment.startAt || wanted.practitionerId !== appointment.practitionerId;
  const who = [winner?.by, winner?.device].filter(Boolean).join(', ');
  return (
    <div className={classes.why}>
      <IconCalendarX size={16} stroke={1.8} aria-hidden />
      <div>
        <strong>{t(`appointments.tasks.code.${task.code}`)}.</strong>{' '}
        {isKnownReason(task.reason) ? t(`appointments.tasks.reason.${task.reason}`) : task.reason}{' '}
        {winner?.at && who && t('appointments.tasks.winner', { who, time: format.dateTime(winner.at) })}
        {moved && (
          <div>
            {t('appointments.tasks.wanted')}:{' '}
            {t('appointments.tasks.wantedTime', {
              time: `${format.day(wanted.startLocal, 'weekday')} ${formatWallTime(wanted.startLocal)}`,
              name: wanted.practitionerName,
            })}
          </div>
        )}
      </div>
    </div>
  );
}
