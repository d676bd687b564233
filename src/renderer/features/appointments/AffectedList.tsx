import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView, FreeSlot } from '#shared/contract/appointments.ts';
import type { ScheduleExceptionId } from '#shared/kernel/ids.ts';
import classes from './AffectedList.module.css';
import { FreeSlots } from './FreeSlots.tsx';
import { toneOfOutcome, useAppointmentWords } from './useAppointmentCommands.ts';

/** Moves an appointment to a free time and tells what came of it. */
function useRebook() {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const move = useCommand('appointments.move');
  const rebook = async (appointment: AppointmentView, slot: FreeSlot) => {
    const { practitionerId, locationId, startLocal, minutes } = slot;
    const was = { practitionerId: appointment.practitionerId, startLocal: appointment.startLocal };
    try {
      const { outcome, appointment: now } = await move.mutateAsync({
        id: appointment.id,
        practitionerId,
        locationId,
        startLocal,
        minutes,
        was,
      });
      toast(t(`appointments.tasks.done.${outcome}`, wordsOf(now)), { tone: toneOfOutcome(outcome) });
    } catch (failure) {
      toast(t('appointments.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  return { rebook, busy: move.isPending };
}

/** The appointments an exception makes impossible, one after the other with whom to ring and where it can go. */
export function AffectedList({ exceptionId }: { exceptionId: ScheduleExceptionId }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('scheduling.affected', { id: exceptionId });
  const [openId, setOpenId] = useState<string | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.length === 0) return <EmptyState text={t('appointments.affected.none')} />;
  const open = data.find(({ id }) => id === openId) ?? data[0];
  return (
    <>
      <p className={classes.intro}>{t('appointments.affected.intro', { count: data.length })}</p>
      <ul className={classes.list}>
        {data.map((appointment) => (
          <li
            key={appointment.id}
            className={classes.item}
            data-open={appointment.id === open?.id || undefined}
          >
            <Line
              appointment={appointment}
              open={appointment.id === open?.id}
              onOpen={() => setOpenId(appointment.id)}
            />
            {appointment.id === open?.id && <Slots key={appointment.id} appointment={appointment} />}
          </li>
        ))}
      </ul>
    </>
  );
}

interface LineProps {
  readonly appointment: AppointmentView;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function Line({ appointment, open, onOpen }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patientName, patientPhone, practitionerName, startLocal, visitTypeName } = appointment;
  const when = `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        fullWidth
        justify="flex-start"
        className={classes.line ?? ''}
        aria-expanded={open}
        onClick={onOpen}
      >
        <strong className={classes.name}>{patientName}</strong>
        <span className={classes.when}>{when}</span>
      </Button>
      {open && (
        <p className={classes.about}>
          {[practitionerName, visitTypeName].filter(Boolean).join(' · ')}
          {' · '}
          {patientPhone ? (
            <a href={`tel:${patientPhone}`}>{formatPhone(patientPhone)}</a>
          ) : (
            t('appointments.details.noPhone')
          )}
        </p>
      )}
    </>
  );
}

function Slots({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const mayRebook = mayCall(user, 'appointments.move');
  const [marked, setMarked] = useState(0);
  const { rebook, busy } = useRebook();
  const { id, practitionerId, startAt } = appointment;
  const { data, error, refetch } = useCall(
    'appointments.rebookingSlots',
    { id, practitionerId, wantedAt: startAt },
    { enabled: mayRebook, keepPrevious: true },
  );
  const at = Math.min(marked, Math.max(0, (data?.length ?? 0) - 1));
  const pick = (index: number) => () => {
    const slot = data?.[index];
    if (slot && !busy) void rebook(appointment, slot);
  };
  useKeys(t('appointments.affected.keys'), [
    { keys: 'Enter', label: t('appointments.tasks.action.rebook'), run: pick(at), enabled: mayRebook },
    ...[0, 1, 2, 3, 4].map((index) => ({
      keys: String(index + 1),
      label: t('appointments.tasks.action.pick'),
      run: pick(index),
      enabled: mayRebook && index < (data?.length ?? 0),
    })),
  ]);
  if (!mayRebook) return null;
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.slots}>
      <FreeSlots
        label={t('appointments.tasks.slots')}
        slots={data}
        numbered
        marked={at}
        onMark={setMarked}
        disabled={busy}
        none={t('appointments.tasks.slotsNone')}
        onPick={(slot) => void rebook(appointment, slot)}
      />
    </div>
  );
}
