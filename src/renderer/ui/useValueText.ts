import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { roles } from '#shared/contract/permissions.ts';
import { visitPriorities } from '#shared/domain/appointments/stage.ts';
import { appointmentStatuses, participantStatuses } from '#shared/domain/appointments/status.ts';
import { decodeBody } from '#shared/domain/notes/sections.ts';
import { linkStatuses } from '#shared/domain/panel/link.ts';
import { patientRequestStatuses } from '#shared/domain/panel/request.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { waitlistStatuses } from '#shared/domain/waitlist/entry.ts';
import { languageWord, relationWord } from './code-words.ts';
import { formatDay, formatWallTime } from './format.ts';
import { formatPhone } from './format-phone.ts';
import { type Format, useFormat } from './useFormat.ts';

type Value = string | number | null;

const among = <T extends string>(all: readonly T[], value: string): value is T =>
  (all as readonly string[]).includes(value);

/** 2024-01-01 was a Monday, the first day of ISO 8601. */
const weekdayWord = (weekday: string, locale: string): string => {
  const at = Date.UTC(2024, 0, Number(weekday));
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(at);
};

const codeWord = (t: TFunction, format: string, value: string): string | null => {
  if (format === 'gender' && among(genders, value)) return t(`common.gender.${value}`);
  if (format === 'role' && among(roles, value)) return t(`common.role.${value}`);
  if (format === 'appointment-status' && among(appointmentStatuses, value))
    return t(`common.appointmentStatus.${value}`);
  if (format === 'waitlist-status' && among(waitlistStatuses, value)) return t(`waitlist.state.${value}`);
  if (format === 'visit-priority' && among(visitPriorities, value)) return t(`visits.priority.${value}`);
  if (format === 'access-status' && among(linkStatuses, value)) return t(`panelDesk.status.${value}`);
  if (format === 'request-status' && among(patientRequestStatuses, value))
    return t(`conflicts.request.${value}`);
  if (format === 'participant-status' && among(participantStatuses, value))
    return t(`appointments.answer.${value}`);
  return null;
};

/** A note with its headings, not as it travels. */
const noteText = (body: string): string =>
  decodeBody(body)
    .map(({ title, text }) => (title === '' ? text : `${title}: ${text}`))
    .join('\n');

const valueText = (t: TFunction, format: Format, kind: string, value: Value): string => {
  if (value === null || value === '') return t('records.nothing');
  const text = String(value);
  const word = codeWord(t, kind, text);
  if (word !== null) return word;
  switch (kind) {
    case 'relation':
      return relationWord(t, text);
    case 'language':
      return languageWord(text, format.locale);
    case 'flag':
      return t(text === '1' ? 'records.yes' : 'records.no');
    case 'phone':
      return formatPhone(text);
    case 'day':
      return formatDay(text, format.locale);
    case 'birth-day':
      return `${formatDay(text, format.locale)} (${format.age(text)})`;
    case 'wall-time':
    case 'appointment':
      return `${formatDay(text, format.locale, 'weekday')} ${formatWallTime(text)}`;
    case 'instant':
      return format.dateTime(text);
    case 'weekday':
      return weekdayWord(text, format.locale);
    case 'note':
      return noteText(text);
    default:
      return text;
  }
};

/** How a value of a record reads, by the format of its column. */
export function useValueText(): (kind: string, value: Value) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (kind, value) => valueText(t, format, kind, value);
}
