import { z } from 'zod';
import { longestPassword } from '#shared/domain/accounts/password.ts';
import { nameLine } from '#shared/domain/patients/lines.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { SignedInUser } from './session.ts';

const email = z.string().trim().min(1, 'required').max(254, 'too-long');
const password = z.string().min(1, 'required').max(longestPassword, 'too-long');
const displayName = nameLine(100).min(1, 'required');
const language = z.enum(Object.keys(languages) as [Language, ...Language[]]);
const code = z.string().max(40);
const request = z.string().max(64);

/** A code that was sent by e-mail. Whether one was, and to whom, is not told: the answer is the same for every address. */
export const SentCode = z.object({
  /** Names this request when the code is typed in. */
  id: z.string(),
  /** Until when the code counts. */
  until: z.string(),
  /** Seconds until another one may be asked for. */
  again: z.number().int(),
});
export type SentCode = z.infer<typeof SentCode>;

/** One browser where an account is signed in at this host. */
export const PanelSession = z.object({
  id: z.string(),
  /** As the browser calls itself, in few words; empty where it says nothing. */
  device: z.string(),
  openedAt: z.string(),
  /** Minutes since somebody used it. */
  unusedMinutes: z.number().int(),
  here: z.boolean(),
});
export type PanelSession = z.infer<typeof PanelSession>;

/**
 * Accounts of patients. Registering, a forgotten password and another address each take a code that was sent by e-mail: `mail-off`
 * where this host sends none, `not-permitted` where it keeps no such accounts, `wrong-code`, `code-expired` also after too many tries.
 */
export const panelAccountCalls = defineCalls({
  'panel.register': {
    kind: 'command',
    needs: 'public',
    input: z.object({ email, displayName, password, language }),
    output: SentCode,
  },
  /** Another code for the same request; the one of before counts no more. */
  'panel.resend': {
    kind: 'command',
    needs: 'public',
    input: z.object({ id: request }),
    output: SentCode,
  },
  /** The address is the person's: the account is there, and they are signed in. `account-exists` when it was made meanwhile. */
  'panel.verify': {
    kind: 'command',
    needs: 'public',
    input: z.object({ id: request, code }),
    output: SignedInUser,
  },
  'panel.askReset': {
    kind: 'command',
    needs: 'public',
    input: z.object({ email, language }),
    output: SentCode,
  },
  /** Another password in place of a forgotten one: every session ends, one begins here. */
  'panel.reset': {
    kind: 'command',
    needs: 'public',
    input: z.object({ id: request, code, password }),
    output: SignedInUser,
  },
  /** Of who is signed in. `certainty` is `parked` when the centre refused what was changed last: somebody else has the address. */
  'panel.account': {
    kind: 'query',
    needs: 'own',
    input: z.object({}),
    output: z.object({
      email: z.string(),
      displayName: z.string(),
      language,
      createdAt: z.string(),
      certainty,
    }),
  },
  'panel.changeAccount': {
    kind: 'command',
    needs: 'own',
    input: z.object({ displayName, language }),
    output: z.null(),
  },
  /** What was opened elsewhere with the old one ends. */
  'panel.changePassword': {
    kind: 'command',
    needs: 'own',
    input: z.object({ password, next: password }),
    output: z.null(),
  },
  /** Sends a code to another address; until it is typed in, nothing changes. */
  'panel.changeEmail': {
    kind: 'command',
    needs: 'own',
    input: z.object({ password, email }),
    output: SentCode,
  },
  'panel.confirmEmail': {
    kind: 'command',
    needs: 'own',
    input: z.object({ id: request, code }),
    output: z.null(),
  },
  /** The account is closed for good and sees nothing any more; what the clinic has written stays with the clinic. */
  'panel.close': {
    kind: 'command',
    needs: 'own',
    input: z.object({ password }),
    output: z.null(),
  },
  'panel.sessions': {
    kind: 'query',
    needs: 'own',
    input: z.object({}),
    output: z.array(PanelSession),
  },
  /** Ends one session of one's own. */
  'panel.endSession': {
    kind: 'command',
    needs: 'own',
    input: z.object({ id: z.string().max(64) }),
    output: z.null(),
  },
  /** Ends every session, this one too, at every host. */
  'panel.signOutEverywhere': { kind: 'command', needs: 'own', input: z.object({}), output: z.null() },
});
