import { z } from 'zod';
import { LocationId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

export const workstationStates = [
  'active',
  'unused',
  'expired',
  'suspended',
  'revoked',
  'wiping',
  'wiped',
] as const;

export const WorkstationView = z.object({
  id: z.guid(),
  no: z.number().int(),
  name: z.string(),
  locationId: LocationId.nullable(),
  siteName: z.string().nullable(),
  /** All of the clinic, or the patients of its site. */
  whole: z.boolean(),
  version: z.string().nullable(),
  lastContact: z.string().nullable(),
  /** Changes of the centre it has not confirmed, null before its first copy. */
  behind: z.number().int().nullable(),
  /** Its changes that the centre refused. */
  rejected: z.number().int(),
  state: z.enum(workstationStates),
  /** The one somebody sits at. */
  here: z.boolean(),
  /** No other workstation of its site is in use. */
  lastOfSite: z.boolean(),
  enrolledAt: z.string(),
  /** Who made its code, and at which workstation; null for one enrolled at the centre itself. */
  enrolledBy: z.string().nullable(),
  enrolledFrom: z.string().nullable(),
  /** It is refused for good, and yet its login could still be used to connect. */
  loginOpen: z.boolean(),
});
export type WorkstationView = z.infer<typeof WorkstationView>;

export const workstationActions = ['suspend', 'resume', 'revoke', 'wipe'] as const;
export type WorkstationAction = (typeof workstationActions)[number];

/** `asOf` is when the centre said so; `live` whether it does now. */
const Workstations = z.object({
  asOf: z.string(),
  live: z.boolean(),
  workstations: z.array(WorkstationView),
});

/** A code for one computer, told this once. */
const EnrolmentCode = z.object({
  id: z.guid(),
  code: z.string(),
  until: z.string(),
  /** The hosts where the new workstation will look for the centre. */
  places: z.string(),
  /** These hosts are this computer itself, so the code is of no use at another. */
  onlyHere: z.boolean(),
});
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;

export const workstationCalls = defineCalls({
  /** All workstations, as the centre knows them; while it is out of reach, as it told last. */
  'workstations.list': {
    kind: 'query',
    needs: 'workstation.read',
    input: z.object({}),
    output: Workstations,
  },
  /**
   * Wiping and revoking want the name typed, and wiping the one somebody sits at wants `here` as well: `needs-confirming`
   * without. The one somebody sits at is neither suspended nor revoked there, for nobody could undo it: `not-permitted`.
   */
  'workstations.change': {
    kind: 'command',
    needs: 'workstation.update',
    input: z.object({
      id: z.guid(),
      action: z.enum(workstationActions),
      typed: z.string().max(200).default(''),
      here: z.boolean().default(false),
    }),
    output: Workstations,
  },
  /**
   * A code for a new workstation, which the centre makes: `codes-forbidden` where it makes none, `codes-used-up` after those of a
   * day. One with the patients of its site (`whole` false) needs a site.
   */
  'workstations.enrol': {
    kind: 'command',
    needs: 'workstation.create',
    input: z.object({
      name: z.string().trim().min(1).max(100),
      locationId: LocationId.nullable(),
      whole: z.boolean(),
    }),
    output: EnrolmentCode,
  },
});
