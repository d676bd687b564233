import { catalogues } from '#shared/i18n/catalogues.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import type { Letter } from './mail.ts';

interface To {
  /** Whom it greets; empty where nobody has said a name yet. */
  readonly name: string;
  readonly clinic: string;
  /** IANA; where the clinic is, in whose time everything is said. */
  readonly timeZone: string;
}

/** A code and when it runs out, milliseconds since 1970. */
interface CodeValues extends To {
  readonly code: string;
  readonly until: number;
}

/**
 * What may be said of an appointment outside the panel: when and where. Nothing of why, with whom or for whom: mail is read by
 * others.
 */
interface AppointmentValues extends To {
  /** Milliseconds since 1970. */
  readonly startAt: number;
  readonly place: string;
}

/** What each kind of message is made of. */
export interface MailValues {
  readonly 'verify-code': CodeValues;
  readonly 'reset-code': CodeValues;
  readonly 'appointment-confirmed': AppointmentValues;
  readonly 'appointment-moved': AppointmentValues;
  readonly 'appointment-proposed': AppointmentValues;
  readonly 'appointment-rejected': AppointmentValues;
  readonly 'appointment-cancelled': AppointmentValues;
  readonly 'link-approved': To;
  readonly 'link-refused': To;
  /** To an address somebody tried to register that has an account. */
  readonly 'already-registered': To;
  readonly 'password-changed': To;
  /** To the address of before. */
  readonly 'email-changed': To;
}
export type MailKind = keyof MailValues;

/** What is told of an account itself. Nobody is sent to a page by it. */
const isNotice = (kind: MailKind): boolean =>
  kind === 'already-registered' || kind === 'password-changed' || kind === 'email-changed';

const isCodeKind = (kind: MailKind): boolean => kind === 'verify-code' || kind === 'reset-code';

/** One paragraph; a code stands by itself. */
interface Paragraph {
  readonly text: string;
  readonly isCode?: boolean;
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const when = (language: Language, timeZone: string, at: number): string =>
  new Intl.DateTimeFormat(languages[language].locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  }).format(at);

const shown = ({ text, isCode }: Paragraph): string =>
  isCode === true
    ? `<p style="font-size:24px;font-weight:600;letter-spacing:2px">${escaped(text)}</p>`
    : `<p>${escaped(text)}</p>`;

const page = (language: Language, subject: string, paragraphs: readonly Paragraph[]): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">',
    ...paragraphs.map(shown),
    '</body></html>',
  ].join('\n');

/**
 * What a message says, as plain text and as a page, in the language of whom it goes to. Nothing clinical is in it, and no link:
 * people who learn to log in by links in mails log in anywhere.
 * @example mail.send({ kind: 'verify-code', to, until, ...mailText('verify-code', 'fr', values) })
 */
export const mailText = <K extends MailKind>(
  kind: K,
  language: Language,
  values: MailValues[K],
): Pick<Letter, 'subject' | 'text' | 'html'> => {
  const words = catalogues[language].mail;
  const subjects: Readonly<Record<MailKind, string>> = words.subject;
  const bodies: Readonly<Record<MailKind, string>> = words.body;
  const given: To & Partial<CodeValues & AppointmentValues> = values;
  const { name, clinic, timeZone, startAt, place = '', code, until } = given;
  const say = (text: string, at: number | undefined) =>
    filled(text, { name, clinic, place, when: at === undefined ? '' : when(language, timeZone, at) });
  // Whoever registers with somebody else's address chose that name: it must carry no words of theirs to a stranger.
  const isStranger = kind === 'verify-code' || kind === 'already-registered';
  const subject = `${subjects[kind]} (${clinic})`;
  const paragraphs: readonly Paragraph[] = [
    { text: isStranger || name === '' ? words.helloNobody : say(words.hello, undefined) },
    { text: say(bodies[kind], startAt) },
    ...(code === undefined || !isCodeKind(kind)
      ? isNotice(kind)
        ? []
        : [{ text: words.login }]
      : [{ text: code, isCode: true }, { text: say(words.codeUntil, until) }, { text: words.codeNotAsked }]),
    { text: clinic },
    { text: words.automatic },
  ];
  return {
    subject,
    text: `${paragraphs.map(({ text }) => text).join('\n\n')}\n`,
    html: page(language, subject, paragraphs),
  };
};
