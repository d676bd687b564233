import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pinProblem } from './pin.ts';

it.each(['0000', '1234', '4321', '7890', '12345678', '99999999', '1212', '0987', '123123'])(
  'refuses %s, which anybody would guess',
  (pin) => expect(pinProblem(pin)).toBe('pin-easy'),
);

it.each(['', '123', '123456789', '12a4', '١٢٣٥', ' 2580', '2580\n'])('refuses %j, which is no PIN', (pin) =>
  expect(pinProblem(pin)).toBe('pin'),
);

it('takes the others', () => {
  expect(pinProblem('2580')).toBeNull();
  expect(pinProblem('1235')).toBeNull();
  const digit = fc.integer({ min: 0, max: 9 });
  const pins = fc.array(digit, { minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(pins, (digits) => {
      const steps = new Set(digits.slice(1).map((each, i) => (each - (digits[i] ?? 0) + 10) % 10));
      const isRow = steps.size === 1 && [0, 1, 9].some((step) => steps.has(step));
      if (isRow) expect(pinProblem(digits.join(''))).toBe('pin-easy');
    }),
  );
});
