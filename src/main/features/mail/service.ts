import type { Handlers } from '#main/core/dispatch.ts';
import type { Mail } from '#main/core/mail/mail.ts';
import { ok } from '#shared/kernel/result.ts';

/** What an administrator sees of the e-mails of this host. */
export const mailHandlers = (mail: Mail): Handlers<'mail.status'> => ({
  'mail.status': () => ok(mail.status()),
});
