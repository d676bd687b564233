import { z } from 'zod';
import { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';
import { permissions, roles } from './permissions.ts';

export const SignedInUser = z.object({
  id: StaffAccountId,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  /** What the account may do here, as the clinic has it now. */
  permissions: z.array(z.enum(permissions)),
  practitionerId: PractitionerId.nullable(),
  locationId: LocationId.nullable(),
});
export type SignedInUser = z.infer<typeof SignedInUser>;

const password = z.string().min(1).max(200);

export const sessionCalls = defineCalls({
  'session.signIn': {
    kind: 'command',
    needs: 'public',
    input: z.object({ username: z.string().trim().min(1).max(100), password }),
    output: SignedInUser,
  },
  'session.signOut': { kind: 'command', needs: 'signed-in', input: z.object({}), output: z.null() },
  /** Whether the user has a PIN, and whether wrong tries at this workstation have shut it until the password is given. */
  'session.pin': {
    kind: 'query',
    needs: 'signed-in',
    input: z.object({}),
    output: z.object({ set: z.boolean(), locked: z.boolean() }),
  },
  /** Sets or changes one's own PIN. `invalid-input` with `pin` = `pin-easy` for one that anybody would guess. */
  'session.setPin': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({ password, pin: z.string().regex(/^\d{4,8}$/, 'pin') }),
    output: z.null(),
  },
  /** The PIN counts again at this workstation after too many wrong tries. */
  'session.unlockPin': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({ password }),
    output: z.null(),
  },
  /** The user of this window, or null when nobody is signed in. */
  'session.current': {
    kind: 'query',
    needs: 'public',
    input: z.object({}),
    output: SignedInUser.nullable(),
  },
});
