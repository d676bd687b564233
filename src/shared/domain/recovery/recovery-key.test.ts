import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecoveryKey, recoveryDigits, writeRecoveryKey } from './recovery-key.ts';

const digits = fc.array(fc.nat(30), { minLength: recoveryDigits, maxLength: recoveryDigits });
const symbols = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'];

test('what is shown is read, however it is spaced and in small letters', () => {
  fc.assert(
    fc.property(digits, (drawn) => {
      const key = writeRecoveryKey(drawn);
      expect(key).toMatch(/^([2-9A-HJKMNP-Z]{6}-){5}[2-9A-HJKMNP-Z]{6}$/);
      for (const typed of [
        key,
        key.toLowerCase(),
        key.replaceAll('-', ''),
        ` ${key.replaceAll('-', ' – ')}\n`,
      ])
        expect(readRecoveryKey(typed)).toEqual({ ok: true, key });
    }),
  );
});

test('any wrong symbol is found, in its group', () => {
  fc.assert(
    fc.property(digits, fc.nat(35), fc.nat(29), (drawn, at, other) => {
      const key = [...writeRecoveryKey(drawn).replaceAll('-', '')];
      const wrong = symbols.filter((symbol) => symbol !== key[at])[other] ?? '';
      const typed = key.with(at, wrong).join('');
      expect(readRecoveryKey(typed)).toEqual({ ok: false, problem: 'check', group: Math.floor(at / 6) + 1 });
    }),
  );
});

test('two neighbours swapped are found, and so are two groups', () => {
  fc.assert(
    fc.property(digits, fc.nat(34), (drawn, at) => {
      const key = [...writeRecoveryKey(drawn).replaceAll('-', '')];
      const [one = '', two = ''] = [key[at], key[at + 1]];
      fc.pre(one !== two);
      expect(
        readRecoveryKey(
          key
            .with(at, two)
            .with(at + 1, one)
            .join(''),
        ),
      ).toMatchObject({ problem: 'check' });
    }),
  );
  fc.assert(
    fc.property(digits, fc.nat(5), fc.nat(5), (drawn, one, two) => {
      const groups = writeRecoveryKey(drawn).split('-');
      fc.pre(groups[one] !== groups[two] && one !== two);
      const swapped = groups.with(one, groups[two] ?? '').with(two, groups[one] ?? '');
      expect(readRecoveryKey(swapped.join('-'))).toMatchObject({ problem: 'check' });
    }),
  );
});

test('what is missing and what no key has is told apart from a slip', () => {
  const key = writeRecoveryKey(Array.from({ length: recoveryDigits }, (_, n) => n));
  expect(readRecoveryKey(key.slice(0, -1))).toEqual({ ok: false, problem: 'length' });
  expect(readRecoveryKey('')).toEqual({ ok: false, problem: 'length' });
  expect(readRecoveryKey(`${key.slice(0, 7)}0${key.slice(8)}`)).toEqual({
    ok: false,
    problem: 'symbol',
    group: 2,
  });
});
