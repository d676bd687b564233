import { z } from 'zod';
import { longestPassword } from '#shared/domain/accounts/password.ts';
import { relationships } from '#shared/domain/panel/relationship.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';
import { SignedInUser } from './session.ts';

/** Somebody an account has to do with. */
export const OwnPerson = z.object({
  patientId: PatientId,
  name: z.string(),
  birthDate: z.string().nullable(),
  relationship: z.enum(relationships),
  /** The clinic has confirmed who it is: what is released of the record is shown. */
  approved: z.boolean(),
});
export type OwnPerson = z.infer<typeof OwnPerson>;

const email = z.string().trim().min(1, 'required').max(254, 'too-long');
const password = z.string().min(1, 'required').max(longestPassword, 'too-long');

/** What a patient does about the session in the panel. The clinic's people have `session.*` for it. */
export const panelCalls = defineCalls({
  /** `wrong-credentials`, `too-many-tries`; `not-permitted` where patients' accounts are not known. */
  'panel.signIn': {
    kind: 'command',
    needs: 'public',
    input: z.object({ email, password }),
    output: SignedInUser,
  },
  'panel.signOut': { kind: 'command', needs: 'own', input: z.object({}), output: z.null() },
  /** Somebody is at the page: the session does not end for want of use. */
  'panel.active': { kind: 'command', needs: 'own', input: z.object({}), output: z.null() },
  /** Who is signed in, and everybody they look after, themselves first. */
  'panel.me': {
    kind: 'query',
    needs: 'own',
    input: z.object({}),
    output: z.object({ email: z.string(), displayName: z.string(), people: z.array(OwnPerson) }),
  },
});
