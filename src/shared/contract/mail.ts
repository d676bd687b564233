import { z } from 'zod';
import { defineCalls } from './call.ts';

/** How the e-mails of this host are doing: numbers, nothing of whom they go to. */
export const MailStatus = z.object({
  /** Whether it can send any. */
  on: z.boolean(),
  waiting: z.number().int(),
  /** Since when the one that has waited longest does. */
  waitingSince: z.iso.datetime().nullable(),
  /** Of the last seven days: those nobody took, those that ran out before, those given up after a day of tries. */
  failed: z.object({ refused: z.number().int(), expired: z.number().int(), unreachable: z.number().int() }),
});
export type MailStatus = z.infer<typeof MailStatus>;

export const mailCalls = defineCalls({
  'mail.status': { kind: 'query', needs: 'workstation.read', input: z.object({}), output: MailStatus },
});
