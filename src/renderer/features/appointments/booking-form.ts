import { placeFor } from '#renderer/ui/DayBoard/hours.ts';
import { columnModel } from '#renderer/ui/DayBoard/model.ts';
import { clockTime, minutesOf, overlaps, stepMinutes, wallTimeOf } from '#renderer/ui/DayBoard/time.ts';
import type { BoardColumn } from '#shared/contract/appointments.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import type { VisitTypeId, WaitlistEntryId } from '#shared/kernel/ids.ts';
import type { AppError } from '#shared/kernel/result.ts';
import type { PendingMove } from './optimistic.ts';

/** When and with whom, as typed. */
export interface TimeDraft {
  readonly practitionerId: string | null;
  readonly date: string;
  readonly time: string;
  readonly minutes: number;
  /** The site of a free time that was chosen; the hours decide when it is null. */
  readonly locationId: string | null;
}

/** What else decides whether a time can be had. */
export interface VisitDraft extends TimeDraft {
  readonly visitTypeId: VisitTypeId | null;
  /** Why it goes beside somebody or is booked anyway; null while it shall not. */
  readonly overbook: string | null;
}

/** A time that is free or about to be. */
export type OpenTime = Input<'waitlist.matches'>;

/** What has been put into the booking sheet. */
export interface BookingDraft extends VisitDraft {
  readonly patient: PatientSummary | null;
  readonly note: string;
  readonly request: boolean;
  /** The entry of the waiting list it answers. */
  readonly waitlistEntryId: WaitlistEntryId | null;
}

/** The lengths offered; the contract takes every five minutes from 5 to 480. */
export const durations = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480] as const;

export type Field = 'patient' | 'practitioner' | 'date' | 'time' | 'overbook' | 'form';

interface Words {
  readonly name: string;
  readonly hours: string;
  readonly patient: string;
  readonly time: string;
}
const noWords: Words = { name: '', hours: '', patient: '', time: '' };

/** What is wrong with a field: a key of `appointments.book.problem` with its words. */
export interface Problem {
  readonly field: Exclude<Field, 'form'>;
  readonly code:
    | 'patient'
    | 'practitioner'
    | 'date'
    | 'time'
    | 'step'
    | 'hours'
    | 'noHours'
    | 'away'
    | 'taken'
    | 'reason';
  readonly words: Words;
}

/** Minutes after midnight of a time as people type it: `9`, `915`, `9:15`, `9h15`, `09.15`; null when it is none. */
export function readTime(text: string): number | null {
  const digits =
    /^(\d{1,2})(?:\s*[:.hH]\s*(\d{2})?)?$/.exec(text.trim()) ?? /^(\d{1,2})(\d{2})$/.exec(text.trim());
  if (!digits) return null;
  const [hours, minutes] = [Number(digits[1]), Number(digits[2] ?? 0)];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

const problem = (
  field: Problem['field'],
  code: Problem['code'],
  words: Partial<Words> = {},
): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: { field, code, words: { ...noWords, ...words } },
});

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Where and when, checked against the practitioner's day as this workstation knows it. `column` is that day, undefined
 * while it is not known or when there are no hours; `except` is the appointment being moved.
 */
export function checkTime(
  draft: VisitDraft,
  column: BoardColumn | undefined,
  except: string | null = null,
): Checked<PendingMove> {
  if (!draft.practitionerId) return problem('practitioner', 'practitioner');
  if (!draft.date) return problem('date', 'date');
  const start = readTime(draft.time);
  if (start === null) return problem('time', 'time');
  if (start % stepMinutes !== 0) return problem('time', 'step');
  const [away] = column?.away ?? [];
  if (column && away && column.blocks.length === 0)
    return problem('time', 'away', { name: column.practitionerName, hours: away.name });
  if (!column || column.blocks.length === 0) return problem('time', 'noHours');
  const model = columnModel(column);
  const wanted = { start, end: start + draft.minutes };
  const place = placeFor(model.open, wanted, draft.locationId);
  const name = column.practitionerName;
  const hours = model.open.map((span) => `${clockTime(span.start)}–${clockTime(span.end)}`).join(', ');
  if (!place) return problem('time', 'hours', { name, hours });
  if (draft.overbook?.trim() === '') return problem('overbook', 'reason');
  const other = model.busy.find(
    (item) => item.appointment.id !== except && overlaps(item.keeps, wanted),
  )?.appointment;
  if (other && draft.overbook === null) {
    const time = clockTime(minutesOf(other.startLocal));
    return problem('time', 'taken', { name, patient: other.patientName, time });
  }
  return {
    ok: true,
    value: {
      practitionerId: column.practitionerId,
      practitionerName: name,
      locationId: place.locationId,
      locationName: place.locationName,
      startLocal: wallTimeOf(draft.date, start),
      minutes: draft.minutes,
    },
  };
}

/** Where the visit would be: as chosen, by its time, or where the practitioner is all day; null while that is open. */
export function placeOf(draft: VisitDraft, column: BoardColumn | undefined): string | null {
  const time = checkTime(draft, column);
  const [only, ...others] = new Set(column?.blocks.map(({ locationId }) => locationId));
  return time.ok
    ? time.value.locationId
    : (draft.locationId ?? (others.length === 0 ? (only ?? null) : null));
}

/** The part of a call that says why it goes beside somebody. */
export const overbookOf = ({ overbook }: VisitDraft): { readonly overbook?: { readonly reason: string } } =>
  overbook === null ? {} : { overbook: { reason: overbook.trim() } };

/** How a time that is refused can be had for a reason: beside who has it, or against what its kind of visit asks. */
export type Override = 'beside' | 'anyway';

const overrides: Readonly<Record<string, Override>> = {
  taken: 'beside',
  'slot-taken': 'beside',
  'slot-held': 'anyway',
  'too-soon': 'anyway',
  'too-far': 'anyway',
};

/** How a problem with the time can be overridden; null: not at all. */
export const overrideOf = ({ code }: Problem | AppError): Override | null => overrides[code] ?? null;

/** The booking a draft asks for, or the first thing that is missing, in the order of the fields. */
export function checkBooking(
  draft: BookingDraft,
  column: BoardColumn | undefined,
): Checked<Input<'appointments.book'>> {
  if (!draft.patient) return problem('patient', 'patient');
  const time = checkTime(draft, column);
  if (!time.ok) return time;
  const { practitionerId, locationId, startLocal, minutes } = time.value;
  return {
    ok: true,
    value: {
      practitionerId,
      locationId,
      startLocal,
      minutes,
      patientId: draft.patient.id,
      description: draft.note.trim(),
      request: draft.request,
      visitTypeId: draft.visitTypeId,
      ...overbookOf(draft),
      ...(draft.waitlistEntryId === null ? {} : { waitlistEntryId: draft.waitlistEntryId }),
    },
  };
}

const timeErrors: ReadonlySet<string> = new Set([
  'slot-taken',
  'slot-held',
  'outside-schedule',
  'on-leave',
  'room-needed',
  'visit-type-full',
  'too-soon',
  'too-far',
]);

/** The field a refusal of the workstation belongs to. */
export function fieldOf(error: AppError): Field {
  if (timeErrors.has(error.code)) return 'time';
  if (error.code === 'patient-busy') return 'patient';
  return error.fields?.startLocal ? 'time' : 'form';
}

/** The time of a draft when it can be had, for who waits for one; null when it cannot. */
export function openTimeOf(draft: BookingDraft, column: BoardColumn | undefined): OpenTime | null {
  const time = checkTime({ ...draft, overbook: null }, column);
  if (!time.ok) return null;
  const { practitionerId, locationId, startLocal, minutes } = time.value;
  return { practitionerId, locationId, startLocal, minutes };
}
