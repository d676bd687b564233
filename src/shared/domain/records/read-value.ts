import { AccountDraft } from '#shared/domain/accounts/account.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { birthDateProblem, parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { isDialable, normalisePhone } from '#shared/domain/patients/phone.ts';
import { calendarDate, partsOf } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import { type ShownColumn, shownColumns } from './columns.ts';

/** What is wrong with a typed value: a code of `errors.field`. */
export type ValueProblem =
  | 'required'
  | 'one-name'
  | 'name'
  | 'characters'
  | 'too-long'
  | 'invalid'
  | 'date'
  | 'birth-impossible'
  | 'birth-future'
  | 'birth-too-old'
  | 'country'
  | 'phone'
  | 'email'
  | 'mrn'
  | 'username';

export interface ReadingContext {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** How phone numbers without a country are read; ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** The row as it is, for values that follow from others: the end of an appointment from its start. */
  readonly row: Cells;
}

type Read = Result<Cells, ValueProblem>;
const refused = (error: ValueProblem): Read => ({ ok: false, error });
const is = (column: string, value: Cell): Read => ({ ok: true, value: { [column]: value } });

/** The patient's own rule for each column that has one. */
const patientFields: Readonly<Record<string, keyof typeof PatientDetails.shape>> = {
  family: 'family',
  given: 'given',
  phone: 'phone',
  email: 'email',
  address_line: 'addressLine',
  city: 'city',
  postal_code: 'postalCode',
  country: 'country',
  contact_name: 'contactName',
  contact_phone: 'contactPhone',
};

/** The account's own rule for each column that has one. */
const accountFields: Readonly<Record<string, keyof typeof AccountDraft.shape>> = {
  username: 'username',
  display_name: 'displayName',
};

const longest = 500;
const readable = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

const problemOf = (issue: { readonly code: string; readonly message: string } | undefined): ValueProblem => {
  const said = (['required', 'one-name', 'name', 'characters', 'too-long', 'username'] as const).find(
    (code) => code === issue?.message,
  );
  if (said !== undefined) return said;
  if (issue?.code === 'too_small') return 'required';
  return issue?.code === 'too_big' ? 'too-long' : 'invalid';
};

/** The text as it is kept, by the domain's own schema where there is one. */
const readText = (table: string, column: string, text: string): Result<string | null, ValueProblem> => {
  const field = table === 'patient' ? patientFields[column] : undefined;
  const ofAccount = table === 'staff_account' ? accountFields[column] : undefined;
  const schema =
    (field && PatientDetails.shape[field]) ?? (ofAccount && AccountDraft.shape[ofAccount]) ?? undefined;
  if (schema !== undefined) {
    const parsed = schema.safeParse(text);
    return parsed.success
      ? { ok: true, value: parsed.data as string | null }
      : { ok: false, error: problemOf(parsed.error.issues[0]) };
  }
  const trimmed = text.trim().normalize('NFC');
  if (trimmed.length > longest) return { ok: false, error: 'too-long' };
  if (!readable.test(trimmed)) return { ok: false, error: 'characters' };
  return { ok: true, value: trimmed || null };
};

const readBirthDay = (column: string, text: string, today: string): Read => {
  const parsed = parseBirthDate(text, { today });
  if (parsed.ok) {
    const { date, estimated } = parsed.value;
    return { ok: true, value: { [column]: date, birth_date_estimated: estimated === 'nothing' ? 0 : 1 } };
  }
  if (parsed.error === 'empty') return { ok: true, value: { [column]: null, birth_date_estimated: 0 } };
  return refused(parsed.error === 'unreadable' ? 'date' : `birth-${parsed.error}`);
};

/** A day in any spelling a birth date may have, or none. */
const readDay = (column: string, text: string, today: string): Read => {
  if (text.trim() === '') return is(column, null);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) {
    const day = text.trim();
    return calendarDate(...partsOf(day)) === day ? is(column, day) : refused('date');
  }
  const parsed = parseBirthDate(text, { today });
  return parsed.ok && birthDateProblem(parsed.value.date, today) === null
    ? is(column, parsed.value.date)
    : refused('date');
};

/** Another start moves the end along: an appointment keeps its length. */
const readStart = (column: string, text: string, { row }: ReadingContext): Read => {
  const wall = text.trim().replace(' ', 'T');
  const zone = typeof row.time_zone === 'string' ? row.time_zone : null;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || zone === null) return refused('invalid');
  const start = resolveWallTime(wall, zone);
  if (!start.ok) return refused('invalid');
  const length = Date.parse(String(row.end_at)) - Date.parse(String(row.start_at));
  if (!(length > 0)) return refused('invalid');
  return {
    ok: true,
    value: { [column]: wall, start_at: instant(start.value), end_at: instant(start.value + length) },
  };
};

const readFlag = (column: string, text: string): Read =>
  text === '0' || text === '1' ? is(column, Number(text)) : refused('invalid');

const checked = (format: ShownColumn['format'], value: string): ValueProblem | null => {
  if (format === 'phone' && !isDialable(value)) return 'phone';
  if (format === 'mrn' && parseMrn(value) === null) return 'mrn';
  if (format === 'email' && !/^\S+@\S+$/.test(value)) return 'email';
  if (format === 'country' && !/^[a-z]{2}$/i.test(value)) return 'country';
  if (format === 'gender' && !(genders as readonly string[]).includes(value)) return 'invalid';
  if (format === 'clock-time' && !/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value)) return 'invalid';
  return null;
};

const kept = (format: ShownColumn['format'], value: string, country: string | null): string => {
  if (format === 'phone') return normalisePhone(value, country);
  if (format === 'mrn') return parseMrn(value) ?? value;
  return format === 'country' ? value.toUpperCase() : value;
};

/**
 * What a person typed for one column, as the cells to write; a value that others follow from brings those along. What
 * cannot be typed at all is `invalid`.
 * @example readColumn('patient', 'phone', '0788 123 456', context) // { phone: '+250788123456' }
 */
export const readColumn = (table: string, column: string, text: string, context: ReadingContext): Read => {
  const [how] = shownColumns(table, [column]);
  if (how === undefined || !how.editable) return refused('invalid');
  if (how.required && text.trim() === '') return refused('required');
  if (how.format === 'birth-day') return readBirthDay(column, text, context.today);
  if (how.format === 'day') return readDay(column, text, context.today);
  if (how.format === 'wall-time') return readStart(column, text, context);
  if (how.format === 'flag') return readFlag(column, text);
  const read = readText(table, column, text);
  if (!read.ok) return read;
  if (read.value === null) return how.required ? refused('required') : is(column, null);
  const problem = checked(how.format, read.value);
  return problem === null ? is(column, kept(how.format, read.value, context.country)) : refused(problem);
};
