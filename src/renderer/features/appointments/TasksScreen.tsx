import { Button, Loader } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import { type RefObject, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FreeSlot, RebookingTask } from '#shared/contract/appointments.ts';
import { Facts } from './Facts.tsx';
import { FreeSlots, useFreeSlots } from './FreeSlots.tsx';
import { PickList, type PickListHandle } from './PickList.tsx';
import classes from './TasksScreen.module.css';
import { toneOfOutcome, useAppointmentWords } from './useAppointmentCommands.ts';

/** What a patient has to be rung up about: bookings that lost their time, with the next best ones. */
export function TasksScreen() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data: tasks, error, isPending, refetch } = useCall('appointments.tasks', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  const rebookFirst = useRef<() => void>(undefined);
  const at = Math.max(0, tasks?.findIndex((task) => task.id === chosen) ?? 0);
  const task = tasks?.[at];
  // The next task is chosen before the list knows that this one is done.
  const goOn = () => {
    setChosen((tasks?.[at + 1] ?? tasks?.[at - 1])?.id ?? null);
    list.current?.focus();
  };
  return (
    <div className={classes.screen}>
      <header className={classes.bar}>
        <h1 className={classes.title}>{t('appointments.tasks.title')}</h1>
        {tasks && tasks.length > 0 && (
          <span className={classes.count}>{t('appointments.tasks.count', { count: tasks.length })}</span>
        )}
      </header>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isPending && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('appointments.tasks.loading')} />
        </div>
      )}
      {tasks?.length === 0 && (
        <EmptyState
          text={t('appointments.tasks.empty')}
          action={
            <Button variant="default" ref={takeLostFocus} onClick={() => navigate('/day')}>
              {t('appointments.tasks.toDay')}
            </Button>
          }
        />
      )}
      {tasks && task && (
        <div className={classes.columns}>
          <PickList
            ref={list}
            label={t('appointments.tasks.list')}
            keysTitle={t('appointments.tasks.keys')}
            keysLabel={t('appointments.tasks.action.walk')}
            items={tasks}
            itemKey={(one) => one.id}
            selectedKey={task.id}
            onSelect={(one) => setChosen(one.id)}
            onOpen={() => rebookFirst.current?.()}
            render={(one) => <TaskLine task={one} />}
          />
          <TaskDetail key={task.id} task={task} onDone={goOn} rebookFirst={rebookFirst} />
        </div>
      )}
    </div>
  );
}

/** With the last task its line and its buttons are gone; the focus goes on to what can be done next. */
const takeLostFocus = (button: HTMLButtonElement | null) => {
  if (document.activeElement === document.body) button?.focus();
};

function TaskLine({ task }: { task: RebookingTask }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appointment } = task;
  return (
    <span className={classes.line}>
      <span className={classes.lineName}>{appointment.patientName}</span>
      <span className={classes.lineAbout}>
        {format.day(appointment.startLocal, 'weekday')} {formatWallTime(appointment.startLocal)} ·{' '}
        {appointment.practitionerName}
      </span>
      <span className={classes.lineWhy}>
        <IconCalendarX size={14} stroke={1.8} aria-hidden />
        {t(`appointments.tasks.code.${task.code}`)} ·{' '}
        {t('appointments.tasks.since', { time: format.dateTime(task.createdAt) })}
      </span>
    </span>
  );
}

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
const reasons = ['practitioner-busy', 'room-busy', 'patient-busy', 'changed-elsewhere'] as const;
const isKnownReason = (code: string): code is (typeof reasons)[number] =>
  (reasons as readonly string[]).includes(code);

interface TaskDetailProps {
  readonly task: RebookingTask;
  readonly onDone: () => void;
  /** Set to what Enter does in the list. */
  readonly rebookFirst: RefObject<(() => void) | undefined>;
}

function TaskDetail({ task, onDone, rebookFirst }: TaskDetailProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const role = useCurrentUser()?.role;
  const { appointment } = task;
  // From when it was opened: the search must not start anew with every second.
  const from = useMemo(() => new Date().toISOString(), []);
  const { data: slots, error, refetch } = useFreeSlots(appointment.practitionerId, from, appointment.minutes);
  const { rebook, closeTask, busy } = useTaskActions(task, onDone);
  const mayRebook = mayCall(role, 'appointments.move');
  const pick = (index: number) => () => {
    const slot = slots?.[index];
    if (slot && !busy) void rebook(slot);
  };
  const openPatient = () => navigate(`/patients/${appointment.patientId}`);
  useImperativeHandle(rebookFirst, () => (mayRebook ? pick(0) : () => undefined));
  useKeys(t('appointments.tasks.keys'), [
    { keys: 'Enter|1', label: t('appointments.tasks.action.rebook'), run: pick(0), enabled: mayRebook },
    ...[1, 2, 3, 4].map((index) => ({
      keys: String(index + 1),
      label: t('appointments.tasks.action.pick'),
      run: pick(index),
      enabled: mayRebook && index < (slots?.length ?? 0),
    })),
    {
      keys: 'x',
      label: t('appointments.tasks.action.close'),
      run: () => void closeTask(),
      enabled: mayRebook && !busy,
    },
    { keys: 'p', label: t('appointments.tasks.action.patient'), run: openPatient },
  ]);
  return (
    <section className={classes.detail} aria-label={appointment.patientName}>
      <p className={classes.why}>
        <IconCalendarX size={16} stroke={1.8} aria-hidden />
        <span>
          <strong>{t(`appointments.tasks.code.${task.code}`)}.</strong>{' '}
          {isKnownReason(task.reason) && t(`appointments.tasks.reason.${task.reason}`)}
        </span>
      </p>
      <Facts appointment={appointment} />
      {mayRebook && (
        <div className={classes.slots}>
          {error ? (
            <Failure failure={error} onRetry={() => void refetch()} />
          ) : (
            <FreeSlots
              label={t('appointments.tasks.slots')}
              slots={slots}
              numbered
              disabled={busy}
              onPick={(slot) => void rebook(slot)}
            />
          )}
        </div>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
          {t('appointments.details.openPatient')}
        </Button>
        {mayRebook && (
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
