import type { TFunction } from 'i18next';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { isInClinic, visitState } from '#shared/domain/visits/course.ts';
import { isLate, minutesSince, type WaitingLimits } from '#shared/domain/visits/waiting.ts';
import { minutesText, stateText } from '../visits/visit-words.ts';
import { marksOf } from './marks.ts';
import type { AwaySpan, BoardItem, ColumnModel, HeldSpan } from './model.ts';
import type { DropVerdict, Target } from './rules.ts';
import { clockTime, minutesOf } from './time.ts';

/** All a screen reader needs of a block, the name first as it is seen first. `now` is null on another day's board. */
export function blockLabel(
  t: TFunction,
  item: BoardItem,
  practitioner: string,
  confirming: boolean,
  now: number | null,
  limits: WaitingLimits,
): string {
  const { appointment, start, end } = item;
  const said = t('appointments.board.block', {
    patient: appointment.patientName,
    from: clockTime(start),
    to: clockTime(end),
    practitioner,
  });
  const marks = marksOf(appointment, confirming).map((mark) => t(`appointments.mark.${mark}`));
  // A request is `Requested` by its status as well as by its mark.
  const states = new Set([stateText(t, appointment, now === null ? null : { now, limits }), ...marks]);
  const minutes = stayed(appointment, now, limits);
  const wait = minutes === null ? '' : minutesText(t, minutes);
  const about = [appointment.visitTypeName ?? '', appointment.description ?? ''];
  return [said, ...states, wait, ...about].filter(Boolean).join(', ');
}

/** Minutes since the patient came to where the visit is, or since a late one was to begin; null when nobody counts them. */
export function stayed(
  appointment: Pick<AppointmentView, 'status' | 'stage' | 'stageAt' | 'startAt'>,
  now: number | null,
  limits: WaitingLimits,
): number | null {
  if (now === null) return null;
  if (isLate(appointment, now, limits)) return minutesSince(appointment.startAt, now);
  return isInClinic(visitState(appointment)) && appointment.stageAt !== null
    ? minutesSince(appointment.stageAt, now)
    : null;
}

/** Why a drop is refused, naming who is in the way. */
export function refusalText(
  t: TFunction,
  verdict: Extract<DropVerdict, { readonly kind: 'refused' }>,
  name: string,
): string {
  const { by, reason } = verdict;
  return t(`appointments.board.refused.${reason}`, {
    name: reason === 'patient-busy' ? (by?.practitionerName ?? '') : name,
    patient: by?.patientName ?? '',
    time: by ? clockTime(minutesOf(by.startLocal)) : '',
  });
}

/** What a column is called: whose it is, or which day. */
export type NameOf = (column: ColumnModel['column']) => string;

/** A place on the board in words: the time and which column. */
export function placeText(
  t: TFunction,
  model: ColumnModel | undefined,
  target: Target,
  nameOf: NameOf,
): string {
  return t('appointments.board.movingTo', {
    time: clockTime(target.start),
    name: model ? nameOf(model.column) : '',
  });
}

/** What takes hours away: its kind, and what it is called when that says more. */
export function awayText(t: TFunction, { kind, name }: Pick<AwaySpan, 'kind' | 'name'>): string {
  const word = t(`appointments.away.${kind}`);
  return name.toLocaleLowerCase() === word.toLocaleLowerCase() ? word : `${word} · ${name}`;
}

/** Who is about to book a time. */
export const heldText = (t: TFunction, { by }: Pick<HeldSpan, 'by'>): string =>
  t('appointments.board.heldBy', { by });

/** Room and site of a practitioner that day, each once. */
export function placesOf(model: ColumnModel): string {
  const places = model.open.map(({ roomName, locationName }) => roomName ?? locationName);
  return [...new Set(places)].join(', ');
}

/** The wall time an appointment starts at, `09:15`. */
export const startOf = (appointment: Pick<AppointmentView, 'startLocal'>): string =>
  clockTime(minutesOf(appointment.startLocal));
