import type { TFunction } from 'i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';

/** A line of the list of calls as people read it, on a screen, on paper or in a table. */
export interface CallRow {
  readonly before: string;
  readonly patient: string;
  readonly mrn: string;
  readonly phones: readonly string[];
  readonly now: string;
  readonly calls: string;
}

export const timeText = (format: Format, startLocal: string): string =>
  `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;

const placeText = (t: TFunction, format: Format, place: CallEntry['before']): string =>
  t('calls.place', {
    time: timeText(format, place.startLocal),
    name: place.practitionerName,
    site: place.locationName,
  });

/** What has become of an appointment, beside what it was: day and name only where they are others. */
export const nowText = (t: TFunction, format: Format, { before, now, cancelReason }: CallEntry): string => {
  if (now === null)
    return cancelReason ? t('calls.cancelledBecause', { reason: cancelReason }) : t('calls.cancelled');
  const name = now.practitionerId === before.practitionerId ? '' : now.practitionerName;
  const isSameDay = now.startLocal.slice(0, 10) === before.startLocal.slice(0, 10);
  const time = isSameDay ? formatWallTime(now.startLocal) : timeText(format, now.startLocal);
  return [time, name].filter(Boolean).join(' · ');
};

/** When nobody was reached last, by whom, and what was noted. */
export const attemptText = (t: TFunction, format: Format, { lastAttempt }: CallEntry): string => {
  if (lastAttempt === null) return '';
  const time = format.dateTime(lastAttempt.at);
  const { by, note } = lastAttempt;
  return [by ? t('calls.attemptBy', { time, name: by }) : t('calls.attempt', { time }), note]
    .filter(Boolean)
    .join(': ');
};

/** An entry in words, complete by itself. */
export const callRow = (t: TFunction, format: Format, entry: CallEntry): CallRow => ({
  before: placeText(t, format, entry.before),
  patient: entry.patientName,
  mrn: entry.patientMrn,
  phones: entry.phones.map(formatPhone),
  now: entry.now === null ? nowText(t, format, entry) : placeText(t, format, entry.now),
  calls: attemptText(t, format, entry),
});

/** The list as a table, headings first. */
export const callTable = (
  t: TFunction,
  format: Format,
  entries: readonly CallEntry[],
): readonly (readonly string[])[] => [
  (['before', 'patient', 'mrn', 'phone', 'now', 'calls'] as const).map((key) => t(`calls.column.${key}`)),
  ...entries
    .map((entry) => callRow(t, format, entry))
    .map(({ before, patient, mrn, phones, now, calls }) => [
      before,
      patient,
      mrn,
      phones.join(' / '),
      now,
      calls,
    ]),
];

export interface CallFilter {
  /** The day the patient would come on, `YYYY-MM-DD`. */
  readonly day: string | null;
  /** Whom the patient would come to. */
  readonly practitionerId: string | null;
}

export const isWithin = ({ before }: CallEntry, { day, practitionerId }: CallFilter): boolean =>
  (day === null || before.startLocal.startsWith(day)) &&
  (practitionerId === null || before.practitionerId === practitionerId);
