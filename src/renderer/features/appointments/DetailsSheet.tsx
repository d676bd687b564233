import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { KeyBinding } from '#renderer/ui/keys/registry.ts';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useMinute } from '#renderer/ui/useMinute.ts';
import { VisitCourse } from '#renderer/ui/visits/VisitCourse.tsx';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { isAllowed } from '#shared/domain/appointments/transitions.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { About, Facts } from './Facts.tsx';
import { wallTimeIn } from './instants.ts';
import { MoveForm } from './MoveForm.tsx';
import type { PendingMove } from './optimistic.ts';
import classes from './Sheets.module.css';
import { FollowingSheet } from './series/FollowingSheet.tsx';
import { OfSeries, type Scope, ScopeField, WillCancel } from './series/OfSeries.tsx';
import { useToldSeries } from './series/useSeriesCommands.ts';
import { useAppointments } from './store.ts';
import { timeOf, useCancel, useMove, useReinstate } from './useAppointmentCommands.ts';

type Step = 'look' | 'move' | 'cancel';

/** Everything about one appointment, and what can be done with it. */
export function DetailsSheet({ id, step }: { id: string; step: Step }) {
  const { t } = useTranslation();
  const { closeSheet } = useAppointments.getState();
  const { data, error, refetch } = useCall('appointments.get', { id: id as AppointmentId });
  if (data) {
    if (step === 'move') return <Moving appointment={data} />;
    return step === 'cancel' ? <Cancelling appointment={data} /> : <Looking appointment={data} />;
  }
  return (
    <SideSheet title={t('appointments.details.title')} onClose={closeSheet}>
      {error?.error.code === 'not-found' && <EmptyState text={t('appointments.details.gone')} />}
      {error && error.error.code !== 'not-found' && (
        <Failure failure={error} onRetry={() => void refetch()} />
      )}
    </SideSheet>
  );
}

interface Action {
  readonly name: 'move' | 'cancel' | 'reinstate' | 'whoWaits' | 'openPatient' | 'print';
  readonly keys: string;
  readonly run: () => void;
}

/** Whether its time is somebody else's to have: it was cancelled, or its doctor said no. */
const isGivenUp = ({ status, participantStatus, needsRebooking, startAt }: AppointmentView): boolean =>
  (status === 'cancelled' || (needsRebooking && participantStatus === 'declined')) &&
  Date.parse(startAt) > Date.now();

function useActions(appointment: AppointmentView): readonly Action[] {
  const user = useCurrentUser();
  const [, navigate] = useLocation();
  const reinstate = useReinstate();
  const { openDetails, openMatches } = useAppointments.getState();
  const { id, patientId } = appointment;
  const actions: Action[] = [];
  if (isAllowed('move', appointment) && mayCall(user, 'appointments.move')) {
    actions.push({ name: 'move', keys: 'm', run: () => openDetails(id, 'move') });
  }
  if (isAllowed('cancel', appointment) && mayCall(user, 'appointments.cancel')) {
    actions.push({ name: 'cancel', keys: 'Delete|Backspace', run: () => openDetails(id, 'cancel') });
  }
  if (isAllowed('reinstate', appointment) && mayCall(user, 'appointments.reinstate')) {
    actions.push({ name: 'reinstate', keys: 'r', run: () => void reinstate(appointment) });
  }
  if (isGivenUp(appointment) && mayCall(user, 'waitlist.offer')) {
    actions.push({ name: 'whoWaits', keys: 'w', run: () => openMatches(timeOf(appointment)) });
  }
  actions.push({ name: 'openPatient', keys: 'p', run: () => navigate(`/patients/${patientId}`) });
  if (isAllowed('cancel', appointment)) {
    actions.push({ name: 'print', keys: 'mod+p', run: () => navigate(printPath.appointment(patientId, id)) });
  }
  return actions;
}

function Looking({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const { closeSheet } = useAppointments.getState();
  const actions = useActions(appointment);
  const now = useMinute();
  useSheetKeys(
    t('appointments.details.title'),
    actions.map(
      ({ name, keys, run }): KeyBinding => ({ keys, run, label: t(`appointments.details.${name}`) }),
    ),
  );
  return (
    <SideSheet
      title={t('appointments.details.title')}
      onClose={closeSheet}
      footer={actions.map(({ name, keys, run }, index) => (
        <Button
          key={name}
          size="compact-md"
          variant={index === 0 && name !== 'openPatient' ? 'filled' : 'default'}
          onClick={run}
          rightSection={<KeyHint keys={keys} quiet />}
        >
          {t(`appointments.details.${name === 'cancel' ? 'cancelShort' : name}`)}
        </Button>
      ))}
    >
      <Notices appointment={appointment} />
      <VisitCourse visit={appointment} now={now} />
      <Facts appointment={appointment} />
      {appointment.seriesId && <OfSeries id={appointment.id} seriesId={appointment.seriesId} />}
    </SideSheet>
  );
}

/** What needs somebody comes before all particulars. */
function Notices({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const move = useMove();
  const { needsRebooking, proposedStartAt, timeZone, minutes } = appointment;
  const offered = proposedStartAt && wallTimeIn(proposedStartAt, timeZone);
  return (
    <>
      {needsRebooking && isAllowed('move', appointment) && (
        <p className={classes.notice} data-tone="urgent">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          {t('appointments.details.needsRebooking')}
        </p>
      )}
      {offered && isAllowed('move', appointment) && (
        <div className={classes.notice} data-tone="waiting">
          <IconArrowsExchange size={16} stroke={1.8} aria-hidden />
          <span>
            {t('appointments.details.offered')}: {format.day(offered, 'weekday')} {formatWallTime(offered)}
          </span>
          {mayCall(user, 'appointments.move') && (
            <Button
              className={classes.end ?? ''}
              size="compact-sm"
              onClick={() => void move(appointment, { ...appointment, startLocal: offered, minutes })}
            >
              {t('appointments.details.acceptOffer', { time: formatWallTime(offered) })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function Cancelling({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { openDetails, closeSheet } = useAppointments.getState();
  const cancel = useCancel();
  const cancelSeries = useCommand('series.cancel');
  const told = useToldSeries();
  const [scope, setScope] = useState<Scope>('this');
  const { seriesId } = appointment;
  const formId = 'cancel-form';
  return (
    <SideSheet
      title={t('appointments.details.cancelTitle')}
      onClose={closeSheet}
      footer={
        <>
          <Button
            type="submit"
            form={formId}
            color="red.9"
            loading={busy}
            rightSection={<KeyHint keys="Enter" quiet />}
          >
            {t('appointments.details.cancel')}
          </Button>
          <Button variant="default" onClick={() => openDetails(appointment.id)}>
            {t('appointments.details.keep')}
          </Button>
        </>
      }
    >
      <About appointment={appointment} />
      {seriesId && <ScopeField value={scope} onChange={setScope} />}
      {seriesId && scope === 'following' && <WillCancel appointment={appointment} seriesId={seriesId} />}
      <ReasonForm
        id={formId}
        label={t('appointments.details.reason')}
        usual={[
          t('appointments.details.reasonPatient'),
          t('appointments.details.reasonDoctor'),
          t('appointments.details.reasonMistake'),
        ]}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          if (scope === 'following')
            told(await cancelSeries.mutateAsync({ id: appointment.id, reason }), 'cancelled');
          else await cancel(appointment, reason);
          closeSheet();
        }}
      />
    </SideSheet>
  );
}

function Moving({ appointment }: { appointment: AppointmentView }) {
  const { t } = useTranslation();
  const { openDetails, closeSheet } = useAppointments.getState();
  const [scope, setScope] = useState<Scope>('this');
  const [plan, setPlan] = useState<PendingMove | null>(null);
  const formId = 'move-form';
  if (plan) return <FollowingSheet appointment={appointment} move={plan} onBack={() => setPlan(null)} />;
  const isFollowing = scope === 'following';
  return (
    <SideSheet
      title={t('appointments.details.moveTitle')}
      onClose={closeSheet}
      footer={
        <>
          <Button type="submit" form={formId} rightSection={<KeyHint keys="Enter" quiet />}>
            {t(isFollowing ? 'series.next' : 'appointments.details.moveSubmit')}
          </Button>
          <Button variant="default" onClick={() => openDetails(appointment.id)}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <About appointment={appointment} />
      {appointment.seriesId && <ScopeField value={scope} onChange={setScope} />}
      <MoveForm
        id={formId}
        appointment={appointment}
        onDone={closeSheet}
        onFollowing={isFollowing ? setPlan : undefined}
      />
    </SideSheet>
  );
}
