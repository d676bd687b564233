import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnrolmentCodeError, readCode, writeCode } from './enrolment-code.ts';

const address = 'postgres://clinichub_ws_1:secret-word@db1.example.org:5432,db2.example.org:5433/clinic';
const code = writeCode(address);

const problemOf = (text: string): string => {
  try {
    readCode(text);
    return 'none';
  } catch (error) {
    if (!(error instanceof EnrolmentCodeError)) throw error;
    expect(error.message).not.toContain('secret-word');
    return error.problem;
  }
};

describe('an enrolment code', () => {
  it('is one word that gives the address back, also after a mail has broken its lines', () => {
    expect(code).toMatch(/^CH1\.[\w-]+\.[\w-]{8}$/);
    expect(code).not.toContain('secret-word');
    expect(readCode(code)).toBe(address);
    expect(readCode(` ${code.slice(0, 20)}\r\n  ${code.slice(20)}\n`)).toBe(address);
  });

  it('with any character changed is told as mistyped, never taken for another address', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    fc.assert(
      fc.property(fc.nat(code.length - 5), fc.constantFrom(...alphabet), (at, letter) => {
        const place = at + 4;
        fc.pre(code[place] !== letter && code[place] !== '.');
        expect(problemOf(code.slice(0, place) + letter + code.slice(place + 1))).toBe('mistyped-code');
      }),
    );
  });

  it('that was cut at any place is told as cut or as none', () => {
    for (let length = 0; length < code.length; length += 1)
      expect(problemOf(code.slice(0, length))).toBe(length < 5 ? 'not-a-code' : 'cut-code');
  });

  it.each([
    ['postgres://desk:secret-word@db/clinic', 'not-a-code'],
    ['', 'not-a-code'],
    ['CH2.abc.12345678', 'newer-code'],
    [writeCode('nothing'), 'bad-address'],
    [writeCode('postgres://a:secret-word@db/x?sslmode=disable'), 'bad-address'],
  ])('%s is told as %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });
});
