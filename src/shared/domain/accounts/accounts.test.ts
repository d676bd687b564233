import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { AccountDraft } from './account.ts';
import { makeCode, readCode } from './code.ts';
import { isMadeOf } from './password.ts';

it('makes codes of 31 symbols, each as likely as another, and reads them as people type them', () => {
  const seen = new Set<string>();
  for (let n = 0; n < 400; n += 1) {
    const code = makeCode(() => randomBytes(16));
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    for (const symbol of code.replaceAll('-', '')) seen.add(symbol);
  }
  expect(seen.size).toBe(31);
  // Bytes above the last whole round of 31 would make some symbols likelier.
  expect(makeCode(() => Uint8Array.of(255, 0, 248, 30))).toBe('2Z2Z-2Z2Z-2Z2Z');
  expect(readCode(' abcd efgh-jkmn ')).toBe('ABCD-EFGH-JKMN');
  for (const text of ['', 'ABCD-EFGH', 'ABCD-EFGH-JKM0', 'ABCD-EFGH-JKMN-2'])
    expect(readCode(text)).toBeNull();
});

it('takes user names that can be typed on any keyboard', () => {
  const named = (username: string) =>
    AccountDraft.safeParse({
      username,
      displayName: 'X',
      role: 'nurse',
      practitionerId: null,
      locationId: null,
    }).data?.username;
  expect(named(' Uwase.A ')).toBe('uwase.a');
  for (const name of ['', 'a b', '.a', 'a-', 'josé', 'x'.repeat(41)]) expect(named(name)).toBeUndefined();
});

it('knows a password that is a name everybody here knows, and lets a phrase have one in it', () => {
  const names = ['uwase', 'Aline Uwase', 'Clinique Kacyiru', 'al'];
  for (const password of ['Uwase2026!', 'aline_uwase', 'clinique-kacyiru-1', 'UWASE'])
    expect(isMadeOf(password, names)).toBe(true);
  for (const password of ['uwase carries seven lamps', 'alpine lake', 'correct horse'])
    expect(isMadeOf(password, names)).toBe(false);
});
