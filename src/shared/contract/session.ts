import { z } from 'zod';
import { longestPassword } from '#shared/domain/accounts/password.ts';
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

/** Who locked a session: its person, the time that nobody used it, or the computer, which slept or was locked itself. */
export const lockers = ['person', 'unused', 'system'] as const;

/** A session that is locked and goes on when its person proves who they are. */
export const HeldSession = z.object({
  id: StaffAccountId,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  lockedAt: z.string(),
  by: z.enum(lockers),
  /** Whether a PIN opens it: there is one, and wrong tries have not shut it. */
  pin: z.boolean(),
});
export type HeldSession = z.infer<typeof HeldSession>;

const password = z.string().min(1, 'required').max(longestPassword, 'too-long');
const username = z.string().trim().min(1).max(100);
const code = z.string().max(40);
const newPin = z.string().regex(/^\d{4,8}$/, 'pin');

export const sessionCalls = defineCalls({
  'session.signIn': {
    kind: 'command',
    needs: 'public',
    // Whoever of the staff signs in there has the screen back.
    atKiosk: true,
    input: z.object({ username, password }),
    output: SignedInUser,
  },
  /** Whose one-time code it is, and whether the person will need a PIN. `wrong-code`, `code-expired`. */
  'session.openCode': {
    kind: 'command',
    needs: 'public',
    input: z.object({ username, code }),
    output: z.object({ displayName: z.string(), needsPin: z.boolean() }),
  },
  /** Sets the password, and the PIN of who signs, with a one-time code; it is used up, and the person is in. */
  'session.enter': {
    kind: 'command',
    needs: 'public',
    input: z.object({ username, code, password, pin: newPin.nullable() }),
    output: SignedInUser,
  },
  /** Another password of one's own; what was opened elsewhere with the old one ends. */
  'session.changePassword': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({ password, next: password }),
    output: z.null(),
  },
  /** Ends every session of one's own, this one too. */
  'session.signOutEverywhere': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({}),
    output: z.null(),
  },
  'session.signOut': { kind: 'command', needs: 'signed-in', input: z.object({}), output: z.null() },
  /** Somebody is at the page: the session is not locked for want of use. */
  'session.active': { kind: 'command', needs: 'signed-in', input: z.object({}), output: z.null() },
  /** Locks the session in all its windows; nothing of it is answered until it is unlocked. */
  'session.lock': { kind: 'command', needs: 'signed-in', input: z.object({}), output: z.null() },
  /** The locked sessions of this window, the one locked last first. */
  'session.held': {
    kind: 'query',
    needs: 'public',
    input: z.object({}),
    output: z.array(HeldSession),
  },
  /**
   * Goes on with a locked session. `wrong-pin`, `pin-locked`, `no-pin`, `wrong-password`, `too-many-tries`; `not-signed-in`
   * when the session is over meanwhile.
   */
  'session.unlock': {
    kind: 'command',
    needs: 'public',
    input: z.object({ id: StaffAccountId, by: z.enum(['pin', 'password']), secret: password }),
    output: SignedInUser,
  },
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
    input: z.object({ password, pin: newPin }),
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
    atKiosk: true,
    input: z.object({}),
    output: SignedInUser.nullable(),
  },
});
