import { z } from 'zod';
import { AccountDraft } from '#shared/domain/accounts/account.ts';
import { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { roles } from './permissions.ts';

/** An account as an administrator sees it; nothing of its secrets but whether there are any. */
export const AccountView = z.object({
  id: StaffAccountId,
  username: z.string(),
  displayName: z.string(),
  /** Null for one that a later version made. */
  role: z.enum(roles).nullable(),
  practitionerId: PractitionerId.nullable(),
  locationId: LocationId.nullable(),
  active: z.boolean(),
  hasPassword: z.boolean(),
  /** Until when a one-time code counts or did; null when none is out. */
  codeUntil: z.iso.datetime().nullable(),
  codeExpired: z.boolean(),
  certainty,
});
export type AccountView = z.infer<typeof AccountView>;

/** A one-time code. It is told in this answer and never again. */
const IssuedCode = z.object({ id: StaffAccountId, code: z.string(), until: z.iso.datetime() });
export type IssuedCode = z.infer<typeof IssuedCode>;

const one = z.object({ id: StaffAccountId });

export const accountCalls = defineCalls({
  /** Every account of the staff by name, at most 1,000, and what they may be tied to. */
  'accounts.list': {
    kind: 'query',
    needs: 'user.read',
    input: z.object({}),
    output: z.object({
      accounts: z.array(AccountView),
      practitioners: z.array(z.object({ id: PractitionerId, name: z.string() })),
      sites: z.array(z.object({ id: LocationId, name: z.string() })),
      /** Work about accounts that the centre refused, by its number: mostly a user name another workstation gave first. */
      refused: z.array(z.object({ n: z.number().int(), name: z.string(), username: z.string() })),
    }),
  },
  /** A new account without a password, and the code with which its person sets one. */
  'accounts.create': { kind: 'command', needs: 'user.update', input: AccountDraft, output: IssuedCode },
  /**
   * Changes the given fields only: two who change others at once lose nothing. With what they were seen to be in `was`,
   * `changed-meanwhile` when somebody else made something different of one of them.
   */
  'accounts.update': {
    kind: 'command',
    needs: 'user.update',
    input: one.extend({ changes: AccountDraft.partial(), was: AccountDraft.partial().default({}) }),
    output: z.null(),
  },
  /** Closes an account, which ends its sessions, or opens it again. `last-administrator` for the only one. */
  'accounts.setActive': {
    kind: 'command',
    needs: 'user.update',
    input: one.extend({ active: z.boolean() }),
    output: z.null(),
  },
  /** A new one-time code, for who has lost the password or the code before, which no longer counts. */
  'accounts.issueCode': { kind: 'command', needs: 'user.update', input: one, output: IssuedCode },
  /** Ends every session of the account, here at once and elsewhere with the next contact. */
  'accounts.signOut': { kind: 'command', needs: 'user.update', input: one, output: z.null() },
});
