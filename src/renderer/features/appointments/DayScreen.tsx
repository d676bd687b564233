import { Button, Loader } from '@mantine/core';
import { IconCloudOff, IconHistory } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DayBoard, type DayBoardHandle, type DayBoardProps } from '#renderer/ui/DayBoard/DayBoard.tsx';
import { columnModels } from '#renderer/ui/DayBoard/model.ts';
import { firstFree } from '#renderer/ui/DayBoard/rules.ts';
import { type ClinicNow, clockTime, pastUntil, slotMinutes, wallTimeOf } from '#renderer/ui/DayBoard/time.ts';
import type { BoardMoves } from '#renderer/ui/DayBoard/useBoardActions.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import type { RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useVisitTypeHues } from '#renderer/ui/visit-type-hues.ts';
import { useVisitSteps } from '#renderer/ui/visits/useVisitSteps.ts';
import { useWaitingLimits } from '#renderer/ui/visits/waiting-limits.tsx';
import type { BoardColumn } from '#shared/contract/appointments.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { countFlow, type FlowCounts, type WaitingLimits } from '#shared/domain/visits/waiting.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocationId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import { draftOf, useAbsence } from './absence/store.ts';
import { BookingSheet } from './BookingSheet.tsx';
import type { BookingDraft, OpenTime } from './booking-form.ts';
import classes from './DayScreen.module.css';
import { DayToolbar } from './DayToolbar.tsx';
import { DetailsSheet } from './DetailsSheet.tsx';
import { type DayView, mondayOf } from './day-address.ts';
import { bookedAs, withMoves } from './optimistic.ts';
import { RepeatSheet } from './series/RepeatSheet.tsx';
import { useAppointments } from './store.ts';
import { useMove } from './useAppointmentCommands.ts';
import { useClinicNow } from './useClinicNow.ts';
import { useDayView } from './useDayView.ts';

export interface DayScreenProps {
  /** Registers a patient inside the booking sheet; the app composes it, since a form belongs to a feature. */
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  /** The sheets of the waiting list, for the same reason: putting somebody on it, and who could have a free time. */
  readonly renderWait: (wait: WaitSheet) => ReactNode;
  readonly renderMatches: (matches: { readonly time: OpenTime; readonly onClose: () => void }) => ReactNode;
}

/** What the sheet is given that puts on the waiting list who was to be booked. */
export interface WaitSheet {
  readonly start: {
    readonly patient: PatientSummary | null;
    readonly practitionerId: PractitionerId | null;
    readonly locationId: LocationId | null;
    readonly visitTypeId: VisitTypeId | null;
    readonly minutes: number;
    readonly startDate: string;
    readonly note: string;
  };
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

const wishOf = (draft: BookingDraft): WaitSheet['start'] => ({
  patient: draft.patient,
  practitionerId: draft.practitionerId as PractitionerId | null,
  locationId: draft.locationId as LocationId | null,
  visitTypeId: draft.visitTypeId,
  minutes: draft.minutes,
  startDate: draft.date,
  note: draft.note,
});

/** Who waits is a matter of today, who did not come of any day. */
const flowOf = (columns: readonly BoardColumn[], today: string, limits: WaitingLimits): FlowCounts => {
  const of = (some: readonly BoardColumn[]) =>
    countFlow(
      some.flatMap(({ appointments }) => appointments),
      Date.now(),
      limits,
    );
  const { waiting, late } = of(columns.filter(({ date }) => date === today));
  return { waiting, late, noShow: of(columns).noShow };
};

/** What is shown: the answer with the moves under way on it, and which of it the centre is being asked about. */
function useShownBoard(view: DayView, now: ClinicNow) {
  const { date, speciality, freeOnly } = view;
  const locationId = view.site as LocationId | null;
  const practitionerId = view.doctor as PractitionerId | null;
  const isWeek = view.week && practitionerId !== null;
  const day = useCall(
    'appointments.board',
    { date, locationId, speciality, practitionerId },
    { keepPrevious: true, enabled: !isWeek },
  );
  const week = useCall(
    'appointments.week',
    { date: mondayOf(date), locationId, practitionerId: practitionerId as PractitionerId },
    { keepPrevious: true, enabled: isWeek },
  );
  const board = isWeek ? week : day;
  const moves = useAppointments((state) => state.moves);
  const booking = useAppointments((state) => state.booking);
  const answered = board.data?.columns;
  const moved = useMemo(() => withMoves(answered ?? [], moves), [answered, moves]);
  const columns = useMemo(
    () => (freeOnly && !isWeek ? withFreeTime(moved, now) : moved),
    [moved, freeOnly, isWeek, now],
  );
  const booked = booking && bookedAs(moved, booking);
  const bookedId = booked?.id;
  const confirming = useMemo(
    () => new Set<string>([...moves.keys(), ...(bookedId ? [bookedId] : [])]),
    [moves, bookedId],
  );
  return { board, columns, confirming, booked };
}

const withFreeTime = (columns: readonly BoardColumn[], now: ClinicNow): readonly BoardColumn[] => {
  const models = columnModels(columns);
  return columns.filter((_, index) => {
    const model = models[index];
    return model && firstFree(model, pastUntil(model.column.date, now), slotMinutes) !== null;
  });
};

/** What the board's actions do here. */
function useBoardMoves(): BoardMoves {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const move = useMove();
  const steps = useVisitSteps();
  const { openBooking, openDetails, openMatches } = useAppointments.getState();
  return {
    onOpen: ({ id }) => openDetails(id),
    onBook: mayCall(user, 'appointments.book')
      ? ({ practitionerId, date, locationId, start, room }) =>
          openBooking({
            practitionerId,
            locationId,
            date,
            time: clockTime(start),
            minutes: room < 30 ? Math.max(5, Math.min(15, room)) : 30,
          })
      : undefined,
    onMove: mayCall(user, 'appointments.move')
      ? (appointment, { date, start, ...place }) =>
          void move(appointment, {
            ...place,
            startLocal: wallTimeOf(date, start),
            minutes: appointment.minutes,
          })
      : undefined,
    onWho: mayCall(user, 'waitlist.offer')
      ? ({ practitionerId, locationId, date, start, room }) =>
          openMatches({ practitionerId, locationId, startLocal: wallTimeOf(date, start), minutes: room })
      : undefined,
    onCancel: mayCall(user, 'appointments.cancel') ? ({ id }) => openDetails(id, 'cancel') : undefined,
    onAway:
      user && mayCall(user, 'absence.apply')
        ? (practitionerId, date) => {
            useAbsence.getState().start(user.id, draftOf(date, practitionerId, t('absence.usual.ill')));
            navigate('/absence');
          }
        : undefined,
    onStep: mayCall(user, 'visits.step') ? steps.takeByKey : undefined,
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
    handle.current?.focusAppointment(booked);
  }, [id]);
}

/** Reception's day: everybody's hours and bookings, and the sheets that change them. */
export function DayScreen({ renderRegister, renderWait, renderMatches }: DayScreenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const now = useClinicNow(format.timeZone);
  const [view, change] = useDayView(now.date);
  const { board, columns, confirming, booked } = useShownBoard(view, now);
  const limits = useWaitingLimits();
  const handle = useRef<DayBoardHandle>(null);
  const hues = useVisitTypeHues();
  const moves = useBoardMoves();
  const names = useColumnNames(view, handle, change);
  const sheet = useAppointments((state) => state.sheet);
  const draft = useAppointments((state) => state.draft);
  const { closeSheet, clearDraft, openWait } = useAppointments.getState();
  const register = renderRegister ? { renderRegister } : {};
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
        flow={board.data && flowOf(board.data.columns, now.date, limits)}
        onChange={change}
        onWeek={names.toggleWeek}
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
            columns={columns}
            now={now}
            hues={hues}
            {...names.board}
            confirming={confirming}
            {...moves}
          />
        </div>
      )}
      {board.data && columns.length === 0 && (
        <Nobody view={view} nobodyAtAll={board.data.columns.length === 0} onChange={change} />
      )}
      {sheet?.kind === 'book' && (
        <BookingSheet {...register} {...(mayCall(user, 'waitlist.add') ? { onWait: openWait } : {})} />
      )}
      {sheet?.kind === 'wait' &&
        draft &&
        renderWait({ start: wishOf(draft), ...register, onClose: closeSheet, onAdded: clearDraft })}
      {sheet?.kind === 'repeat' && <RepeatSheet booking={sheet.booking} />}
      {sheet?.kind === 'matches' && renderMatches({ time: sheet.time, onClose: closeSheet })}
      {sheet?.kind === 'details' && <DetailsSheet key={sheet.id} id={sheet.id} step={sheet.step} />}
    </div>
  );
}

/** What the columns are called and what their names lead to: on the day of all a doctor's week, in the week a day of all. */
function useColumnNames(
  view: DayView,
  handle: { readonly current: DayBoardHandle | null },
  change: (change: Partial<DayView>) => void,
) {
  const { t } = useTranslation();
  const format = useFormat();
  const practitioners = useCall('practitioners.list', {}).data ?? [];
  const own = useCurrentUser()?.practitionerId;
  const doctor = practitioners.find((one) => one.id === view.doctor)?.name ?? '';
  const { week } = view;
  const nameOf = useCallback(
    ({ practitionerName, date }: BoardColumn) => (week ? format.day(date, 'weekday') : practitionerName),
    [week, format],
  );
  const onName = useCallback(
    ({ practitionerId, date }: BoardColumn) =>
      change(week ? { week: false, doctor: null, date } : { week: true, doctor: practitionerId }),
    [week, change],
  );
  const toggleWeek = () => {
    const here = handle.current?.column();
    if (week) return change({ week: false, doctor: null, ...(here ? { date: here.date } : {}) });
    const whose = view.doctor ?? here?.practitionerId ?? own ?? practitioners[0]?.id;
    if (whose) change({ week: true, doctor: whose });
  };
  const named: DayBoardProps['named'] = week ? 'day' : 'practitioner';
  const label = week
    ? t('appointments.board.weekLabel', { name: doctor, date: format.day(mondayOf(view.date), 'full') })
    : t('appointments.board.label', { date: format.day(view.date, 'full') });
  return { board: { label, named, nameOf, onName }, toggleWeek };
}

interface NobodyProps {
  readonly view: DayView;
  readonly nobodyAtAll: boolean;
  readonly onChange: (change: Partial<DayView>) => void;
}

function Nobody({ view, nobodyAtAll, onChange }: NobodyProps) {
  const { t } = useTranslation();
  const filtered = view.speciality !== null || view.site !== null || view.doctor !== null;
  const text = nobodyAtAll ? (filtered ? 'nobodyHere' : 'nobody') : 'nobodyFree';
  return (
    <EmptyState
      text={t(`appointments.day.${text}`)}
      action={
        view.speciality !== null || view.doctor !== null || view.freeOnly ? (
          <Button
            variant="default"
            onClick={() => onChange({ speciality: null, doctor: null, freeOnly: false })}
          >
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
