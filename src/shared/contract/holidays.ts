import { z } from 'zod';
import { holidayProblems } from '#shared/domain/scheduling/holiday-file.ts';
import { holidayRules } from '#shared/domain/scheduling/holidays.ts';
import { LocationId, ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';
import { ExceptionDetails, ExceptionView } from './scheduling.ts';

/** A holiday is an exception to the schedule of everybody, of whole days. */
export const HolidayDetails = ExceptionDetails.pick({
  startDate: true,
  endDate: true,
  name: true,
  locationId: true,
});
export type HolidayDetails = z.infer<typeof HolidayDetails>;

/** A holiday that may be added, to be looked at before. Without days where the year has no such day. */
export const HolidayProposal = z.object({
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  name: z.string(),
  locationId: LocationId.nullable(),
  locationName: z.string().nullable(),
  /** Of one that is copied: how its day was found. */
  rule: z.enum(holidayRules).nullable(),
  /** Of one that is read from a file. */
  line: z.number().int().nullable(),
  /** One of these days and this place is there already. */
  known: z.boolean(),
});
export type HolidayProposal = z.infer<typeof HolidayProposal>;

/** The largest file that is a list of holidays, in characters. */
export const mostHolidayText = 1_000_000;

const year = z.object({ year: z.number().int().min(1900).max(2199) });
const ids = z.array(ScheduleExceptionId).min(1).max(400);

export const holidayCalls = defineCalls({
  /** The holidays that begin in a year, by their first day. */
  'holidays.list': { kind: 'query', needs: 'schedule.read', input: year, output: z.array(ExceptionView) },
  /** What the holidays of a year would be a year later. Nothing is written. */
  'holidays.copy': {
    kind: 'query',
    needs: 'schedule.update',
    input: year,
    output: z.array(HolidayProposal),
  },
  /** What is in a file, and each line that cannot be read; nothing is written. CSV has a line of names: date, name, and if need be end and site. */
  'holidays.read': {
    kind: 'command',
    needs: 'schedule.update',
    most: mostHolidayText + 1000,
    input: z.object({ format: z.enum(['csv', 'ics']), text: z.string().max(mostHolidayText) }),
    output: z.object({
      proposals: z.array(HolidayProposal),
      problems: z.array(z.object({ line: z.number().int(), code: z.enum(holidayProblems) })),
      problemCount: z.number().int(),
    }),
  },
  /** Adds those that are not there yet, all or none; `duplicate` when all are. Nobody's appointment is cancelled by it: see `scheduling.affected`. */
  'holidays.add': {
    kind: 'command',
    needs: 'schedule.update',
    input: z.object({ holidays: z.array(HolidayDetails).min(1).max(400) }),
    output: z.object({ ids: z.array(ScheduleExceptionId) }),
  },
  /** Writes what is other than it `was` when the person began; `changed-meanwhile` where another made something else of it. */
  'holidays.change': {
    kind: 'command',
    needs: 'schedule.update',
    input: HolidayDetails.extend({ id: ScheduleExceptionId, was: HolidayDetails }),
    output: z.null(),
  },
  /** Takes holidays away, or with `false` puts them back. */
  'holidays.remove': {
    kind: 'command',
    needs: 'schedule.update',
    input: z.object({ ids, removed: z.boolean().default(true) }),
    output: z.null(),
  },
});
