import { z } from 'zod';
import { linkStatuses } from '#shared/domain/panel/link.ts';
import { relationships } from '#shared/domain/panel/relationship.ts';
import { mergeColumns } from '#shared/domain/patients/merge.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { MergeValues } from './patient-merge.ts';
import { MergedRecord, SimilarPatient } from './patients.ts';

const link = z.object({ linkId: z.guid() });
const reason = z
  .string()
  .trim()
  .min(1, 'required')
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** An account of the panel and a record it asks for, sees, or saw. */
export const AccountLink = z.object({
  id: z.guid(),
  accountName: z.string(),
  accountEmail: z.string(),
  relationship: z.enum(relationships),
  status: z.enum(linkStatuses),
  /** Opened with a code that reception printed; else somebody approved it. */
  byCode: z.boolean(),
  requestedAt: z.string(),
  decidedAt: z.string().nullable(),
  /** Null where that account is not known here, or a code decided. */
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  certainty,
});
export type AccountLink = z.infer<typeof AccountLink>;

/** Somebody who wants to look after a record: what they said of themselves, and of whom. */
export const LinkRequest = z.object({
  id: z.guid(),
  accountName: z.string(),
  accountEmail: z.string(),
  relationship: z.enum(relationships),
  note: z.string().nullable(),
  requestedAt: z.string(),
  /** The record the panel wrote. */
  patient: z.object({
    id: PatientId,
    mrn: z.string(),
    family: z.string(),
    given: z.string(),
    gender: z.string(),
    birthDate: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    addressLine: z.string().nullable(),
    city: z.string().nullable(),
    /** Somebody made one of it and another meanwhile. */
    mergedInto: MergedRecord.nullable(),
  }),
  /** How many appointments to come were asked for with it. */
  appointments: z.number().int(),
  certainty,
});
export type LinkRequest = z.infer<typeof LinkRequest>;

/** A patient's account as an administrator sees it; nothing of its secrets. */
export const PatientAccountView = z.object({
  id: z.guid(),
  email: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  verifiedAt: z.string(),
  /** How many records it sees, and how many it waits for. */
  approved: z.number().int(),
  requested: z.number().int(),
  certainty,
});
export type PatientAccountView = z.infer<typeof PatientAccountView>;

/** What the clinic's people do about who uses the panel. */
export const panelDeskCalls = defineCalls({
  /** Who looks after a record, those who do first; at most 50. `code`: the printed one that nobody has used yet. */
  'panelDesk.access': {
    kind: 'query',
    needs: 'panel-account.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({
      links: z.array(AccountLink),
      code: z
        .object({ until: z.string(), createdAt: z.string(), createdBy: z.string().nullable() })
        .nullable(),
    }),
  },
  /**
   * A code that opens this record to whoever types it in, told in this answer and never again; one that was made before and not
   * used counts no more. `link` leads to the page that takes it, null while the panel's address is not known.
   */
  'panelDesk.makeCode': {
    kind: 'command',
    needs: 'panel-account.create',
    input: z.object({ patientId: PatientId }),
    output: z.object({
      code: z.string(),
      until: z.string(),
      address: z.string().nullable(),
      link: z.string().nullable(),
    }),
  },
  /** The printed code counts no more. */
  'panelDesk.voidCode': {
    kind: 'command',
    needs: 'panel-account.create',
    input: z.object({ patientId: PatientId }),
    output: z.null(),
  },
  /** The account sees this record no more. */
  'panelDesk.endAccess': {
    kind: 'command',
    needs: 'panel-account.approve',
    input: link.extend({ reason }),
    output: z.null(),
  },
  /** Who waits for a decision, the longest first, at most 100. */
  'panelDesk.requests': {
    kind: 'query',
    needs: 'panel-account.approve',
    input: z.object({}),
    output: z.array(LinkRequest),
  },
  /** How many there are. */
  'panelDesk.waiting': {
    kind: 'query',
    needs: 'panel-account.approve',
    input: z.object({}),
    output: z.number().int(),
  },
  /** Charts that look like the person of a request, the likeliest first, at most 5. */
  'panelDesk.alike': {
    kind: 'query',
    needs: 'panel-account.approve',
    input: link,
    output: z.array(SimilarPatient),
  },
  /**
   * It is the person of `chartId`: the record of the panel is merged into it, which takes the columns `take`, and the account sees
   * it. Needs `patient.merge` as well. `changed-meanwhile` when somebody decided or changed one of the two meanwhile.
   */
  'panelDesk.approveAs': {
    kind: 'command',
    needs: 'panel-account.approve',
    input: link.extend({
      chartId: PatientId,
      take: z.array(z.enum(mergeColumns)).max(mergeColumns.length).default([]),
      was: z.object({ own: MergeValues, other: MergeValues }),
    }),
    output: z.null(),
  },
  /** Nobody we know: the record of the panel stands, or the one it was merged into meanwhile, and the account sees it. */
  'panelDesk.approve': { kind: 'command', needs: 'panel-account.approve', input: link, output: z.null() },
  /** The account does not see it; the patient reads why. */
  'panelDesk.refuse': {
    kind: 'command',
    needs: 'panel-account.approve',
    input: link.extend({ reason }),
    output: z.null(),
  },
  /**
   * The accounts of patients, by name or e-mail, at most 100; `more` when there are further ones. `here` is false at a workstation
   * that does not hold the accounts.
   */
  'panelAccounts.list': {
    kind: 'query',
    needs: 'panel-account.update',
    input: z.object({
      text: z.string().max(200).default(''),
      show: z.enum(['open', 'closed', 'all']).default('open'),
    }),
    output: z.object({ accounts: z.array(PatientAccountView), more: z.boolean(), here: z.boolean() }),
  },
  /** Closes an account, which ends its sessions, or opens it again. */
  'panelAccounts.setActive': {
    kind: 'command',
    needs: 'panel-account.update',
    input: z.object({ id: z.guid(), active: z.boolean() }),
    output: z.null(),
  },
  'panelAccounts.signOut': {
    kind: 'command',
    needs: 'panel-account.update',
    input: z.object({ id: z.guid() }),
    output: z.null(),
  },
});
