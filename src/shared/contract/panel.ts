import { z } from 'zod';
import { PatientId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

/** As whose an account sees a record. */
export const relationships = ['self', 'child', 'parent', 'spouse', 'other'] as const;

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

/** What a patient does about the session in the panel. The clinic's people have `session.*` for it. */
export const panelCalls = defineCalls({
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
