import { z } from 'zod';
import { eventStatuses } from '#shared/domain/calendar/calendar-file.ts';
import { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

/** An appointment as somebody's own calendar has it: nothing of why or with whom. */
export const CalendarEntry = z.object({
  status: z.enum(eventStatuses),
  summary: z.string(),
  location: z.string(),
  startAt: z.iso.datetime(),
  endAt: z.iso.datetime(),
  /** To be saved under `name`, or opened by a calendar program. */
  file: z.object({ name: z.string(), text: z.string() }),
});
export type CalendarEntry = z.infer<typeof CalendarEntry>;

/** The secret address at which a calendar program asks; the address itself is known to nobody any more. */
export const CalendarFeed = z.object({ createdAt: z.iso.datetime(), certainty });
export type CalendarFeed = z.infer<typeof CalendarFeed>;

/** A patient's appointments in the calendar of their own. */
export const panelCalendarCalls = defineCalls({
  'panelCalendar.entry': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, appointmentId: AppointmentId }),
    output: CalendarEntry,
  },
  /** Null while there is none. */
  'panelCalendar.feed': {
    kind: 'query',
    needs: 'own',
    input: z.object({}),
    output: CalendarFeed.nullable(),
  },
  /** A new address of all the account's appointments, told this once; an address from before ends. */
  'panelCalendar.create': {
    kind: 'command',
    needs: 'own',
    input: z.object({}),
    output: z.object({ path: z.string() }),
  },
  /** Nobody reads the calendar at the address any more. */
  'panelCalendar.revoke': { kind: 'command', needs: 'own', input: z.object({}), output: z.null() },
});
