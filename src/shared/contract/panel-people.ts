import { z } from 'zod';
import { linkStatuses } from '#shared/domain/panel/link.ts';
import { relationships } from '#shared/domain/panel/relationship.ts';
import { optionalLine } from '#shared/domain/patients/lines.ts';
import { PatientDetails, ShownDetails } from '#shared/domain/patients/patient.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { OwnPerson } from './panel.ts';

const person = z.object({ patientId: PatientId });

/** What a person may change of their own record without the desk. Who they are is read there. */
const own = {
  phone: true,
  email: true,
  addressLine: true,
  postalCode: true,
  city: true,
  country: true,
  contactName: true,
  contactPhone: true,
  contactRelation: true,
  language: true,
} as const;
export const OwnDetails = PatientDetails.pick(own);
export type OwnDetails = z.infer<typeof OwnDetails>;
const ShownOwnDetails = ShownDetails.pick(own);

/** A record as its person sees it. */
export const OwnRecord = z.object({
  patientId: PatientId,
  family: z.string(),
  given: z.string(),
  gender: z.string(),
  birthDate: z.string().nullable(),
  birthDateEstimated: z.boolean(),
  /** The number on the card; null until the clinic has said who this is. */
  mrn: z.string().nullable(),
  details: ShownOwnDetails,
  certainty,
});
export type OwnRecord = z.infer<typeof OwnRecord>;

/** A record that was asked for, and what became of that. */
export const OwnLink = z.object({
  id: z.guid(),
  patientId: PatientId,
  /** Empty where it is not the person's own to see any more. */
  name: z.string(),
  relationship: z.enum(relationships),
  status: z.enum(linkStatuses),
  requestedAt: z.string(),
  decidedAt: z.string().nullable(),
  /** Why the clinic refused or ended it. */
  reason: z.string().nullable(),
  /** With a printed code; refused when that code counted no more at the centre. */
  byCode: z.boolean(),
  certainty,
});
export type OwnLink = z.infer<typeof OwnLink>;

/** One change of a record: when, by whom and which of its fields. */
export const RecordChange = z.object({
  at: z.string(),
  kind: z.enum(['created', 'changed', 'joined']),
  who: z.enum(['you', 'clinic', 'other']),
  fields: z.array(z.string()),
});
export type RecordChange = z.infer<typeof RecordChange>;

/** Whom an account looks after, and what the clinic knows of them. */
export const panelPeopleCalls = defineCalls({
  /** With a code that reception printed. `wrong-code`, `code-expired`, `code-used`, `already-linked`, `too-many-tries`. */
  'panel.openWithCode': {
    kind: 'command',
    needs: 'own',
    input: z.object({ code: z.string().max(60), relationship: z.enum(relationships) }),
    output: OwnPerson,
  },
  /**
   * Without one: who the person is, to be looked at by the clinic. The birth date in any spelling. `too-many-links`,
   * `already-linked`. Whether somebody like this is known already is not told.
   */
  'panel.askFor': {
    kind: 'command',
    needs: 'own',
    input: PatientDetails.pick({ family: true, given: true, gender: true, phone: true }).extend({
      birthDate: z.string().max(40),
      relationship: z.enum(relationships),
      note: optionalLine(500),
    }),
    output: OwnPerson,
  },
  /** The newest first, at most 50. */
  'panel.links': { kind: 'query', needs: 'own', input: z.object({}), output: z.array(OwnLink) },
  /** The account does not look after this person any more. */
  'panel.leave': { kind: 'command', needs: 'own', input: person, output: z.null() },
  /** Takes back a request. `changed-meanwhile` once the clinic has decided it. */
  'panel.withdrawLink': {
    kind: 'command',
    needs: 'own',
    input: z.object({ linkId: z.guid() }),
    output: z.null(),
  },
  'panel.record': { kind: 'query', needs: 'own', input: person, output: OwnRecord },
  /** As at the desk: only what differs from `was` is written; `changed-meanwhile` when somebody changed the same. */
  'panel.changeRecord': {
    kind: 'command',
    needs: 'own',
    input: person.extend({ details: OwnDetails, was: ShownOwnDetails }),
    output: OwnRecord,
  },
  /** What was changed of the record, the newest first, at most 100. `complete`: none is still arriving from the centre. */
  'panel.history': {
    kind: 'query',
    needs: 'own',
    input: person,
    output: z.object({ changes: z.array(RecordChange), complete: z.boolean() }),
  },
});
