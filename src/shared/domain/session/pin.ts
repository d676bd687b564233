/** Wrong tries of a PIN in a row before the password is asked for. */
export const pinTries = 5;

const isRow = (digits: readonly number[], step: number): boolean =>
  digits.every((digit, i) => i === 0 || digit === ((digits[i - 1] ?? 0) + step + 10) % 10);

/** A part that is repeated over and over: 1212, 123123. */
const isRepeated = (pin: string): boolean => `${pin}${pin}`.indexOf(pin, 1) < pin.length;

/**
 * What is wrong with a new PIN, as a code of the fields' errors, or null. `pin`: not 4 to 8 digits. `pin-easy`: one digit
 * or a part of it over and over, or digits in a row, either way and across the nought. Those are what half of all
 * wrong guesses begin with; more than that would only teach people to write it down.
 */
export const pinProblem = (pin: string): 'pin' | 'pin-easy' | null => {
  if (!/^\d{4,8}$/.test(pin)) return 'pin';
  const digits = [...pin].map(Number);
  return isRepeated(pin) || isRow(digits, 1) || isRow(digits, -1) ? 'pin-easy' : null;
};
