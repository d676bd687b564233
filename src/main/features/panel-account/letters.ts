import type { FeatureDeps } from '#main/core/deps.ts';
import type { Letter } from '#main/core/mail/mail.ts';
import { mailText } from '#main/core/mail/mail-text.ts';
import type { PanelCodeTable } from '#main/data/local/query.ts';
import type { PatientAccount } from '#main/session/accounts.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';

export const languageOf = (tag: string): Language =>
  Object.hasOwn(languages, tag) ? (tag as Language) : 'en';

/** What every message says of the clinic. */
const clinicOf = (deps: FeatureDeps) => {
  const { name, timeZone } = deps.home();
  return { clinic: name ?? 'ClinicHub', timeZone };
};

/**
 * The message with a code. To an address that has an account already whoever registers with it is told so there, and nowhere else;
 * an address without one is not written to about a password. Null: nothing is sent.
 */
export const letterFor = (deps: FeatureDeps, row: PanelCodeTable, code: string): Letter | null => {
  const language = languageOf(row.language);
  const to = { name: row.display_name ?? '', address: row.email };
  const named = { name: '', ...clinicOf(deps) };
  if (row.real === 0) {
    if (row.purpose === 'reset') return null;
    return {
      kind: 'already-registered',
      to: { name: '', address: row.email },
      until: null,
      ...mailText('already-registered', language, named),
    };
  }
  const kind = row.purpose === 'reset' ? 'reset-code' : 'verify-code';
  const until = row.until_at;
  return {
    kind,
    to: kind === 'reset-code' ? to : { name: '', address: row.email },
    until,
    ...mailText(kind, language, {
      ...named,
      name: to.name,
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
      until,
    }),
  };
};

/** Tells who owns an account what somebody, likely they, did with it. */
export const noticeFor = (
  deps: FeatureDeps,
  kind: 'password-changed' | 'email-changed',
  { email, display_name, language }: PatientAccount,
): Letter => ({
  kind,
  to: { name: display_name, address: email },
  until: null,
  ...mailText(kind, languageOf(language), { name: display_name, ...clinicOf(deps) }),
});
