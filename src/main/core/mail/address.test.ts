import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMailAddress, oneLine, readMailAddress, readMailServer } from './address.ts';

describe('an address', () => {
  it('is one person at one place', () => {
    for (const good of ['a@b.rw', "o'neil+x@mail.example.org", 'zoe.k@localhost'])
      expect(isMailAddress(good), good).toBe(true);
    for (const bad of [
      '',
      'a',
      'a@',
      '@b.rw',
      'a@b.rw,c@d.rw',
      'a@b.rw\r\nBcc: c@d.rw',
      '"a@b.rw"@evil.rw',
      'a b@c.rw',
      'a@b..rw',
      'a@-b.rw',
      'a@b.rw ',
      'a(x)@b.rw',
      '<a@b.rw>',
      `${'a'.repeat(65)}@b.rw`,
      `a@${'b'.repeat(260)}`,
      'a@b@c.rw',
    ])
      expect(isMailAddress(bad), bad).toBe(false);
  });

  it('is read with a name or alone', () => {
    expect(readMailAddress('Clinic Kacyiru <desk@kacyiru.rw>')).toEqual({
      name: 'Clinic Kacyiru',
      address: 'desk@kacyiru.rw',
    });
    expect(readMailAddress('"Clinic, Kacyiru" <desk@kacyiru.rw>')?.name).toBe('Clinic, Kacyiru');
    expect(readMailAddress(' desk@kacyiru.rw ')).toEqual({ name: '', address: 'desk@kacyiru.rw' });
    for (const bad of ['', 'Clinic', 'Clinic <>', 'Clinic <a@b.rw> <c@d.rw>', 'x\r\ny <a@b.rw>'])
      expect(readMailAddress(bad), bad).toBeNull();
  });
});

it('a text for a head has one line, whatever is in it', () => {
  expect(oneLine('Zoé\r\nBcc: all@clinic.rw\u2028x\u0000y')).toBe('Zoé Bcc: all@clinic.rw x y');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
  );
});

describe('a mail server', () => {
  it('is read from its address', () => {
    expect(readMailServer('smtp://desk%40kacyiru.rw:p%2F%3Aw@mail.kacyiru.rw')).toEqual({
      host: 'mail.kacyiru.rw',
      port: 587,
      secure: false,
      loopback: false,
      login: { user: 'desk@kacyiru.rw', password: 'p/:w' },
    });
    expect(readMailServer('smtps://mail.kacyiru.rw:4650')).toMatchObject({
      port: 4650,
      secure: true,
      login: null,
    });
    expect(readMailServer('smtps://u:p@mail.kacyiru.rw')).toMatchObject({ port: 465 });
    for (const here of ['localhost:25', '127.0.0.1:25', '[::1]:25'])
      expect(readMailServer(`smtp://${here}`)).toMatchObject({ loopback: true, port: 25 });
    expect(readMailServer('smtp://127.0.0.1.evil.rw')).toMatchObject({ loopback: false });
  });

  it('is nothing else', () => {
    for (const bad of [
      '',
      'mail.kacyiru.rw',
      'http://mail.kacyiru.rw',
      'smtp://',
      'smtp://user@mail.rw',
      'smtp://u:p@mail.rw/x',
      'smtp://u:p@mail.rw?secure=false',
      'smtp://u:%E0%A4%A@mail.rw',
      'smtp://u:p@mail.rw:99999',
    ])
      expect(readMailServer(bad), bad).toBeNull();
  });
});
