import { z } from 'zod';
import { type Role, roles, staff } from '#shared/contract/permissions.ts';
import { LocationId, PractitionerId } from '#shared/kernel/ids.ts';

/** What stands where the hash of a password would: nobody has it. */
export const noPassword = '!';

/** The roles that sign what they write, with a PIN. */
export const signs = (role: Role): boolean => role === 'doctor' || role === 'nurse';

/** A user name: small letters without accents, digits, and `.`, `-`, `_` within. */
const Username = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, 'required')
      .max(40, 'too-long')
      .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/, 'username'),
  );

/** An account as an administrator fills it in. */
export const AccountDraft = z.object({
  username: Username,
  displayName: z.string().trim().min(1, 'required').max(200, 'too-long'),
  role: z.enum(roles).refine((role) => staff.includes(role), 'invalid'),
  practitionerId: PractitionerId.nullable(),
  locationId: LocationId.nullable(),
});
export type AccountDraft = z.infer<typeof AccountDraft>;
