import { addDays, calendarDate, isCalendarDate } from '#shared/kernel/calendar.ts';

/** What is wrong with a line of a file of holidays. `repeats`: an event with a rule, whose days a calendar would have to work out. */
export const holidayProblems = [
  'malformed-row',
  'missing-column',
  'day',
  'name',
  'site',
  'twice',
  'repeats',
] as const;
export type HolidayProblem = (typeof holidayProblems)[number];

/** A line, the first being 1, and what is wrong with it. */
export interface BadLine {
  readonly line: number;
  readonly code: HolidayProblem;
}

/** A holiday as a file names it; `site` is empty for the whole clinic. */
export interface HolidayLine {
  readonly line: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly name: string;
  readonly site: string;
}

/** A day as such files write it: `2027-01-01`, `01/01/2027` or `1.1.2027`, day before month; null when it is none. */
export const readHolidayDay = (text: string): string | null => {
  if (isCalendarDate(text)) return text;
  const parts = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  return parts === null ? null : calendarDate(Number(parts[3]), Number(parts[2]), Number(parts[1]));
};

/** What a name of a holiday must be: text of at most 200 characters that can be seen. */
export const isHolidayName = (name: string): boolean =>
  name.trim() !== '' && name.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(name);

interface Property {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

/** The content lines, those folded over several put together (RFC 5545, 3.1), each with where it begins. */
const propertiesOf = (text: string): readonly Property[] => {
  const found: { line: number; text: string }[] = [];
  text.split(/\r\n|\n|\r/).forEach((part, at) => {
    const last = found.at(-1);
    if (/^[ \t]/.test(part) && last !== undefined) last.text += part.slice(1);
    else if (part !== '') found.push({ line: at + 1, text: part });
  });
  return found.flatMap(({ line, text: content }) => {
    // The value begins at the first colon outside quotes.
    const parts = /^([A-Za-z-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/.exec(content);
    return parts === null ? [] : [{ line, name: (parts[1] ?? '').toUpperCase(), value: parts[2] ?? '' }];
  });
};

/** RFC 5545, 3.3.11. A line break in a name is a blank. */
const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? ' ' : sign)).trim();

const dayOf = (value: string | undefined): string | null => {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(value ?? '');
  return parts === null ? null : calendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
};

const eventOf = (line: number, properties: readonly Property[]): HolidayLine | BadLine => {
  const textOf = (name: string) => properties.find((one) => one.name === name)?.value;
  if (textOf('RRULE') !== undefined || textOf('RDATE') !== undefined) return { line, code: 'repeats' };
  const startDate = dayOf(textOf('DTSTART'));
  const end = textOf('DTEND');
  const after = dayOf(end);
  if (startDate === null || (end !== undefined && (after === null || after < startDate)))
    return { line, code: 'day' };
  const name = unescaped(textOf('SUMMARY') ?? '');
  if (!isHolidayName(name)) return { line, code: 'name' };
  // The end of an event of whole days is the day after its last.
  const isExclusive = after !== null && after > startDate && !end?.includes('T');
  return {
    line,
    startDate,
    endDate: isExclusive ? addDays(after, -1) : (after ?? startDate),
    name,
    site: '',
  };
};

/** The events of an iCalendar file (RFC 5545), each with the line it begins on; a file without any says so at its first line. */
export const readCalendar = (text: string): readonly (HolidayLine | BadLine)[] => {
  const read: (HolidayLine | BadLine)[] = [];
  let open: { readonly line: number; readonly properties: Property[] } | null = null;
  let within = 0;
  for (const property of propertiesOf(text.replace(/^\uFEFF/, ''))) {
    const { line, name, value } = property;
    const component = value.trim().toUpperCase();
    if (name === 'BEGIN' && component === 'VEVENT') {
      if (open !== null) read.push({ line: open.line, code: 'malformed-row' });
      open = { line, properties: [] };
      within = 0;
    } else if (open !== null && name === 'BEGIN') within += 1;
    else if (open !== null && name === 'END' && component === 'VEVENT') {
      read.push(eventOf(open.line, open.properties));
      open = null;
    } else if (open !== null && name === 'END') within -= 1;
    // An alarm within an event has properties of the same names.
    else if (open !== null && within === 0) open.properties.push(property);
  }
  if (open !== null) read.push({ line: open.line, code: 'malformed-row' });
  return read.length === 0 ? [{ line: 1, code: 'malformed-row' }] : read;
};
