import { z } from 'zod';
import { defineCalls } from './call.ts';
import { permissions, roles } from './permissions.ts';

/** Where a clinic allows a role something otherwise than usual. */
export const RoleDifference = z.object({
  role: z.enum(roles),
  permission: z.enum(permissions),
  granted: z.boolean(),
});
export type RoleDifference = z.infer<typeof RoleDifference>;

export const accessCalls = defineCalls({
  /** What this clinic has changed; everything else is as the table of permissions says. */
  'access.differences': {
    kind: 'query',
    needs: 'user.read',
    input: z.object({}),
    output: z.array(RoleDifference),
  },
  /** Gives a role a permission or takes it, here at once and at the others with their next contact. `not-permitted` for what is fixed. */
  'access.set': {
    kind: 'command',
    needs: 'user.update',
    input: RoleDifference,
    output: z.null(),
  },
  /** Everything is as usual again. */
  'access.reset': { kind: 'command', needs: 'user.update', input: z.object({}), output: z.null() },
});
