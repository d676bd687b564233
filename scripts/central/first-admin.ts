import { makeFirstAdmin } from '#main/data/central/first-admin.ts';
import { newOneTimeCode } from '#main/session/one-time-code.ts';
import { AccountDraft } from '#shared/domain/accounts/account.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { type Command, UsageError } from './command.ts';

export const firstAdmin: Command = {
  name: 'first-admin',
  summary: 'Give an empty centre its administrator and print the one-time code to begin with',
  options: {
    username: { type: 'string', example: '<user name>', help: 'what the person types to sign in (needed)' },
    name: { type: 'string', example: '"Aline Uwase"', help: 'the person’s name; needed for a new account' },
    recover: { type: 'boolean', help: 'although there is an administrator: nobody who is can sign in' },
  },
  run: async ({ url, text, flag }) => {
    const username = AccountDraft.shape.username.safeParse(text('username') ?? '').data;
    if (username === undefined)
      throw new UsageError(
        'first-admin needs --username: small letters without accents, digits, and . - _ within',
      );
    const { code, hash, until } = await newOneTimeCode(systemClock.now());
    await makeFirstAdmin(url, {
      username,
      displayName: text('name') ?? null,
      codeHash: hash,
      until,
      recover: flag('recover'),
    });
    return {
      text: `“${username}” administers this clinic. The one-time code, shown only now, to be used at the sign-in screen before ${until}:\n\n  ${code}\n\nWho has it before the person does can become this administrator.`,
    };
  },
};
