import { z } from 'zod';
import { defineCalls } from './call.ts';

export const AppInfo = z.object({
  version: z.string(),
  clinic: z.string(),
  workstation: z.string(),
  host: z.enum(['desktop', 'headless']),
  timeZone: z.string(),
  /** ISO 3166-1 alpha-2, where it is known. */
  country: z.string().nullable(),
  /** Whether this workstation holds the patients of every site. */
  wholeClinic: z.boolean(),
  /** Whether this host can send e-mails: without, nobody can be sent a code. */
  mail: z.boolean(),
  /** Accounts of the demonstration clinic, shown on the sign-in screen; empty in production. */
  demoAccounts: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      displayName: z.string(),
      role: z.string(),
      pin: z.string().nullable(),
    }),
  ),
});
export type AppInfo = z.infer<typeof AppInfo>;

export const appCalls = defineCalls({
  'app.info': { kind: 'query', needs: 'public', atKiosk: true, input: z.object({}), output: AppInfo },
});
