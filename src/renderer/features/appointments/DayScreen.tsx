import { Button, Loader } from '@mantine/core';
import { IconCloudOff, IconHistory } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DayBoard, type DayBoardHandle } from '#renderer/ui/DayBoard/DayBoard.tsx';
import { columnModels } from '#renderer/ui/DayBoard/model.ts';
import { firstFree } from '#renderer/ui/DayBoard/rules.ts';
import { clockTime, dayMinutes, minutesOf, slotMinutes, wallTimeOf } from '#renderer/ui/DayBoard/time.ts';
import type { BoardMoves } from '#renderer/ui/DayBoard/useBoardActions.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import type { RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useVisitSteps } from '#renderer/ui/visits/useVisitSteps.ts';
import type { BoardColumn } from '#shared/contract/appointments.ts';
import { countFlow, type FlowCounts } from '#shared/domain/visits/waiting.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { draftOf, useAbsence } from './absence/store.ts';
import { BookingSheet } from './BookingSheet.tsx';
import classes from './DayScreen.module.css';
import { DayToolbar } from './DayToolbar.tsx';
import { DetailsSheet } from './DetailsSheet.tsx';
import type { DayView } from './day-address.ts';
import { bookedAs, withMoves } from './optimistic.ts';
import { useAppointments } from './store.ts';
import { useMove } from './useAppointmentCommands.ts';
import { type ClinicNow, useClinicNow } from './useClinicNow.ts';
import { useDayView } from './useDayView.ts';

export interface DayScreenProps {
  /** Registers a patient inside the booking sheet; the app composes it, since a form belongs to a feature. */
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
}

/** The minute by which something must end to be over on the shown day. */
const pastUntil = (date: string, now: ClinicNow): number => {
  if (date === now.date) return now.minute;
  return date < now.date ? dayMinutes + 1 : 0;
};

/** Who waits is a matter of today, who did not come of any day. */
const flowOf = (columns: readonly BoardColumn[], isToday: boolean): FlowCounts => {
  const all = columns.flatMap(({ appointments }) => appointments);
  const { noShow, ...now } = countFlow(all, Date.now());
  return isToday ? { ...now, noShow } : { waiting: 0, late: 0, noShow };
};

/** What is shown: the answer with the moves under way on it, and which of it the centre is being asked about. */
function useShownBoard(view: DayView, notBefore: number) {
  const { date, site, speciality, freeOnly } = view;
  const board = useCall(
    'appointments.board',
    { date, locationId: site as LocationId | null, speciality },
    { keepPrevious: true },
  );
  const moves = useAppointments((state) => state.moves);
  const booking = useAppointments((state) => state.booking);
  const answered = board.data?.columns;
  const moved = useMemo(() => withMoves(date, answered ?? [], moves), [date, answered, moves]);
  const columns = useMemo(
    () => (freeOnly ? withFreeTime(moved, notBefore) : moved),
    [moved, freeOnly, notBefore],
  );
  const booked = booking && bookedAs(moved, booking);
  const bookedId = booked?.id;
  const confirming = useMemo(
    () => new Set<string>([...moves.keys(), ...(bookedId ? [bookedId] : [])]),
    [moves, bookedId],
  );
  return { board, columns, confirming, booked };
}

const withFreeTime = (columns: readonly BoardColumn[], notBefore: number): readonly BoardColumn[] => {
  const models = columnModels(columns);
  return columns.filter((_, index) => {
    const model = models[index];
    return model && firstFree(model, notBefore, slotMinutes) !== null;
  });
};

/** What the board's actions do here. */
function useBoardMoves(date: string): BoardMoves {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const role = user?.role;
  const move = useMove();
  const steps = useVisitSteps();
  const { openBooking, openDetails } = useAppointments.getState();
  return {
    onOpen: ({ id }) => openDetails(id),
    onBook: mayCall(role, 'appointments.book')
      ? ({ practitionerId, locationId, start, room }) =>
          openBooking({
            practitionerId,
            locationId,
            date,
            time: clockTime(start),
            minutes: room < 30 ? Math.max(5, Math.min(15, room)) : 30,
          })
      : undefined,
    onMove: mayCall(role, 'appointments.move')
      ? (appointment, { start, ...place }) =>
          void move(appointment, {
            ...place,
            startLocal: wallTimeOf(date, start),
            minutes: appointment.minutes,
          })
      : undefined,
    onCancel: mayCall(role, 'appointments.cancel') ? ({ id }) => openDetails(id, 'cancel') : undefined,
    onAway:
      user && mayCall(role, 'absence.apply')
        ? (practitionerId) => {
            useAbsence.getState().start(user.id, draftOf(date, practitionerId, t('absence.usual.ill')));
            navigate('/absence');
          }
        : undefined,
    onStep: mayCall(role, 'visits.step') ? steps.takeByKey : undefined,
    onRefused: (text) => toast(text, { tone: 'attention' }),
  };
}

/** Once a booking is on the board its sheet has done its work: the focus goes to the block. */
function useFollowBooking(
  handle: { readonly current: DayBoardHandle | null },
  booked: ReturnType<typeof useShownBoard>['booked'],
) {
  const id = booked?.id;
  // The moment it appears is what counts, not what becomes of it afterwards.
  useEffect(() => {
    if (!booked) return;
    const { sheet, closeSheet } = useAppointments.getState();
    if (sheet?.kind === 'book') closeSheet();
    handle.current?.focusAppointment(booked, minutesOf(booked.startLocal));
  }, [id]);
}

/** Reception's day: everybody's hours and bookings, and the sheets that change them. */
export function DayScreen({ renderRegister }: DayScreenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const now = useClinicNow(format.timeZone);
  const [view, change] = useDayView(now.date);
  const notBefore = pastUntil(view.date, now);
  const { board, columns, confirming, booked } = useShownBoard(view, notBefore);
  const handle = useRef<DayBoardHandle>(null);
  const moves = useBoardMoves(view.date);
  const sheet = useAppointments((state) => state.sheet);
  const userId = user?.id;
  useEffect(() => {
    if (userId) useAppointments.getState().claim(userId);
  }, [userId]);
  useFollowBooking(handle, booked);
  const isOver = view.date < now.date;
  const bookAnywhere = () =>
    useAppointments.getState().openBooking({
      practitionerId: null,
      locationId: null,
      date: isOver ? now.date : view.date,
      time: '',
      minutes: 30,
    });
  return (
    <div className={classes.screen}>
      <DayToolbar
        view={view}
        today={now.date}
        counts={board.data?.counts}
        flow={board.data && flowOf(board.data.columns, view.date === now.date)}
        onChange={change}
        onBook={moves.onBook && bookAnywhere}
      />
      <OfflineLine />
      {board.data?.complete === false && (
        <p className={classes.arriving} role="status">
          <IconHistory size={16} stroke={1.6} aria-hidden />
          {t('appointments.day.arriving')}
        </p>
      )}
      {board.error && <Failure failure={board.error} onRetry={() => void board.refetch()} />}
      {board.isPending && !board.error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('appointments.day.loading')} />
        </div>
      )}
      {board.data && columns.length > 0 && (
        <div
          className={classes.board}
          aria-busy={board.isPlaceholderData}
          data-old={board.isPlaceholderData || undefined}
        >
          <DayBoard
            ref={handle}
            label={t('appointments.board.label', { date: format.day(view.date, 'full') })}
            columns={columns}
            nowMinute={view.date === now.date ? now.minute : null}
            notBefore={notBefore}
            confirming={confirming}
            {...moves}
          />
        </div>
      )}
      {board.data && columns.length === 0 && (
        <Nobody view={view} nobodyAtAll={board.data.columns.length === 0} onChange={change} />
      )}
      {sheet?.kind === 'book' && <BookingSheet {...(renderRegister ? { renderRegister } : {})} />}
      {sheet?.kind === 'details' && <DetailsSheet key={sheet.id} id={sheet.id} step={sheet.step} />}
    </div>
  );
}

interface NobodyProps {
  readonly view: DayView;
  readonly nobodyAtAll: boolean;
  readonly onChange: (change: Partial<DayView>) => void;
}

function Nobody({ view, nobodyAtAll, onChange }: NobodyProps) {
  const { t } = useTranslation();
  const filtered = view.speciality !== null || view.site !== null;
  const text = nobodyAtAll ? (filtered ? 'nobodyHere' : 'nobody') : 'nobodyFree';
  return (
    <EmptyState
      text={t(`appointments.day.${text}`)}
      action={
        view.speciality !== null || view.freeOnly ? (
          <Button variant="default" onClick={() => onChange({ speciality: null, freeOnly: false })}>
            {t('appointments.day.clearFilters')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => onChange({ date: addDays(view.date, 1) })}>
            {t('appointments.day.nextDay')}
          </Button>
        )
      }
    />
  );
}

/** Says why bookings stay provisional; the pill above says since when. */
function OfflineLine() {
  const { t } = useTranslation();
  const status = useCall('sync.status', {}).data;
  if (status?.connection !== 'offline') return null;
  return (
    <p className={classes.offline}>
      <IconCloudOff size={16} stroke={1.6} aria-hidden />
      {t('appointments.day.offline')}
    </p>
  );
}
