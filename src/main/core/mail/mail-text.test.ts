import { describe, expect, it } from 'vitest';
import { type Language, languages } from '#shared/i18n/languages.ts';
import { type MailKind, type MailValues, mailText } from './mail-text.ts';

const common = { name: 'Zoé', clinic: 'Kacyiru', timeZone: 'Africa/Kigali' };
const code = { ...common, code: 'K7M2-QF', until: Date.parse('2026-11-23T08:30:00Z') };
const appointment = {
  ...common,
  startAt: Date.parse('2026-11-24T07:15:00Z'),
  place: 'Kacyiru, KG 7 Ave',
};
const values: MailValues = {
  'verify-code': code,
  'reset-code': code,
  'appointment-confirmed': appointment,
  'appointment-moved': appointment,
  'appointment-proposed': appointment,
  'appointment-rejected': appointment,
  'appointment-cancelled': appointment,
  'link-approved': common,
  'link-refused': common,
  'already-registered': common,
  'password-changed': common,
  'email-changed': common,
};
const kinds = Object.keys(values) as readonly MailKind[];
const all = (Object.keys(languages) as readonly Language[]).flatMap((language) =>
  kinds.map((kind) => ({ language, kind, ...mailText(kind, language, values[kind]) })),
);

describe('the text of a message', () => {
  it('leaves no value out, in any language', () => {
    for (const { kind, text, html, subject } of all) {
      expect(text + html + subject, kind).not.toMatch(/\{\{|undefined|Invalid/);
      expect(text, kind).toContain('Kacyiru');
      if (kind.endsWith('-code')) expect(text).toContain('\n\nK7M2-QF\n\n');
    }
  });

  it('says a time as the clinic has it, in the words of the language', () => {
    expect(mailText('appointment-confirmed', 'en', appointment).text).toContain(
      'Tuesday, 24 November 2026 at 09:15, Kacyiru, KG 7 Ave',
    );
    expect(mailText('appointment-confirmed', 'fr', appointment).text).toContain(
      'mardi 24 novembre 2026 à 09:15',
    );
  });

  it('says the same as text and as a page', () => {
    for (const { text, html, kind } of all) {
      const paragraphs = [...html.matchAll(/<p[^>]*>(.*?)<\/p>/gs)].map(([, inner]) => inner ?? '');
      expect(paragraphs.join('\n\n').replaceAll('&#39;', "'"), kind).toBe(text.trimEnd());
    }
  });

  it('keeps a name from becoming part of the page or a placeholder', () => {
    const { text, html } = mailText('link-approved', 'en', {
      ...common,
      name: '<img src=x onerror="a()">{{clinic}}',
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&quot;a()&quot;&gt;{{clinic}}');
    expect(text).toContain('Hello <img src=x onerror="a()">{{clinic}},');
  });

  it('carries no words of whoever gave the address to somebody who may never have heard of it', () => {
    const { text, html, subject } = mailText('verify-code', 'en', { ...code, name: 'visit evil.example' });
    expect(text + html + subject).not.toContain('evil');
  });

  it('has no code in the subject, which a locked telephone shows', () => {
    for (const { subject } of all) expect(subject).not.toContain('K7M2');
  });
});
