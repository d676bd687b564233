import { z } from 'zod';
import { printables } from '#shared/domain/printing/paper.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const day = z.string().refine(isCalendarDate, 'date');
const cell = z.union([z.string(), z.number(), z.null()]);

/** What of the trail is looked at; null is anything. Days are the clinic's, both included. */
export const AuditFilter = z.object({
  personId: StaffAccountId.nullable().default(null),
  patientId: PatientId.nullable().default(null),
  /** Kinds of work, or names of events. */
  kinds: z.array(z.string().max(100)).min(1).max(50).nullable().default(null),
  /** The number of a workstation. */
  workstation: z.number().int().nullable().default(null),
  from: day.nullable().default(null),
  until: day.nullable().default(null),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** Who, when and from where. */
const trace = {
  at: z.string(),
  /** Null for nobody that is known. */
  who: z.string().nullable(),
  /** It was done with a patient's account. */
  byPatient: z.boolean(),
  /** Null for the centre itself, or where it is not known. */
  workstation: z.string().nullable(),
  /** The database login of what was done at the centre itself. */
  login: z.string().nullable(),
  kind: z.string().nullable(),
  operation: z.enum(['insert', 'update', 'delete']),
  version: z.number().int(),
};

export const AuditLine = z.object({
  ...trace,
  key: z.string(),
  /** The site of the workstation. */
  site: z.string().nullable(),
  table: z.string(),
  rowId: z.guid(),
  patient: z.object({ id: PatientId, name: z.string(), mrn: z.string() }).nullable(),
  /** The columns an update changed. */
  fields: z.array(z.string()),
  /** Something that happened and changed no row. */
  event: z
    .object({
      action: z.string(),
      outcome: z.string(),
      detail: z.string().nullable(),
      /** The record it was about, when that is no patient. */
      table: z.string().nullable(),
      rowId: z.guid().nullable(),
    })
    .nullable(),
});
export type AuditLine = z.infer<typeof AuditLine>;

export const AuditVersion = z.object({ ...trace, key: z.string(), values: z.record(z.string(), cell) });
export type AuditVersion = z.infer<typeof AuditVersion>;

/** Where a page begins that follows another; only handed back. */
const place = z.string().max(200);

const page = { lines: z.array(AuditLine), next: place.nullable() };

export const auditCalls = defineCalls({
  /**
   * A page of the audit trail, the newest first, as the centre has it. Where the centre is out of reach, or this workstation may
   * not ask it, what this workstation holds of it: events, and not where they happened. A page may be empty with more to come.
   */
  'audit.list': {
    kind: 'query',
    needs: 'audit.read',
    input: AuditFilter.extend({ before: place.nullable().default(null) }),
    output: z.object({
      ...page,
      source: z.enum(['centre', 'out-of-reach', 'not-from-here']),
      people: z.array(z.object({ id: StaffAccountId, name: z.string() })),
      workstations: z.array(z.object({ no: z.number().int(), name: z.string() })),
      /** The end of the chain, to be kept elsewhere; null where the centre did not answer. */
      head: z.string().nullable(),
      /** Years the trail is kept before it may be archived; null for good. */
      keepYears: z.number().int().nullable(),
    }),
  },
  /** Every version of one record, the oldest first, with the names of what its values name; `centre-unavailable` without the centre. */
  'audit.record': {
    kind: 'query',
    needs: 'audit.read',
    input: z.object({ table: z.string().max(64), rowId: z.guid() }),
    output: z.object({ versions: z.array(AuditVersion), names: z.record(z.string(), z.string()) }),
  },
  /** A large page of the trail that leaves the program; the centre notes it. `centre-unavailable` without the centre. */
  'audit.export': {
    kind: 'command',
    needs: 'audit.export',
    input: AuditFilter.extend({ before: place.nullable().default(null) }),
    output: z.object(page),
  },
  /** Something was printed, or left the program as a file. */
  'audit.note': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({
      event: z.enum(['print', 'export']),
      what: z.enum([...printables, 'document', 'calls', 'openings']),
      patientId: PatientId.nullable().default(null),
    }),
    output: z.null(),
  },
});
