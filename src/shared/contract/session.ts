import { z } from 'zod';
import { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { defineCalls, roles } from './call.ts';

export const SignedInUser = z.object({
  id: StaffAccountId,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  practitionerId: PractitionerId.nullable(),
  locationId: LocationId.nullable(),
});
export type SignedInUser = z.infer<typeof SignedInUser>;

export const sessionCalls = defineCalls({
  'session.signIn': {
    kind: 'command',
    roles: 'public',
    input: z.object({ username: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) }),
    output: SignedInUser,
  },
  'session.signOut': { kind: 'command', roles: roles, input: z.object({}), output: z.null() },
  /** The user of this window, or null when nobody is signed in. */
  'session.current': {
    kind: 'query',
    roles: 'public',
    input: z.object({}),
    output: SignedInUser.nullable(),
  },
});
