import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  scaleOf,
  subtractDecimals,
} from '#shared/kernel/decimal.ts';
import { keptUnit, type MeasureName, measures, type Unit } from './measures.ts';

/**
 * Kilograms in a pound and centimetres in an inch: exact by the international yard and pound agreement of 1959 (NIST SP 811,
 * appendix B). Fahrenheit: NIST SP 811, section B.8.
 */
const poundInKilograms = '0.45359237';
const inchInCentimetres = '2.54';

/**
 * More digits than were typed are kept where a division does not end, so many that going back and rounding to what was
 * typed gives what was typed.
 */
const guard = 4;

const toKept: Readonly<Partial<Record<Unit, (value: string) => string>>> = {
  '[lb_av]': (value) => multiplyDecimals(value, poundInKilograms),
  '[in_i]': (value) => multiplyDecimals(value, inchInCentimetres),
  '[degF]': (value) =>
    divideDecimals(multiplyDecimals(subtractDecimals(value, '32'), '5'), '9', scaleOf(value) + guard),
};

const fromKept: Readonly<Partial<Record<Unit, (value: string, digits: number) => string>>> = {
  '[lb_av]': (value, digits) => divideDecimals(value, poundInKilograms, digits),
  '[in_i]': (value, digits) => divideDecimals(value, inchInCentimetres, digits),
  '[degF]': (value, digits) => divideDecimals(addDecimals(multiplyDecimals(value, '9'), '160'), '5', digits),
};

/**
 * A value in the unit it is kept in: kilograms, centimetres, degrees Celsius. Exact for pounds and inches.
 * @example inKeptUnit('154', '[lb_av]') // '69.85322498'
 */
export const inKeptUnit = (value: string, unit: Unit): string =>
  roundDecimal(toKept[unit]?.(value) ?? value, 17);

/**
 * A kept value in another unit of its kind, with at most `digits` digits after the point.
 * @example fromKeptUnit('69.85322498', '[lb_av]', 1) // '154'
 */
export const fromKeptUnit = (value: string, unit: Unit, digits: number): string =>
  roundDecimal(fromKept[unit]?.(value, digits) ?? value, digits);

/** A kept value of a measure as it is shown in `unit`. */
export const shownValue = (name: MeasureName, value: string, unit: Unit = keptUnit(name)): string =>
  fromKeptUnit(value, unit, measures[name].digits[unit] ?? 0);

/** Whether a measure may be given in `unit`. */
export const isUnitOf = (name: MeasureName, unit: string): unit is Unit =>
  (measures[name].units as readonly string[]).includes(unit);

/** Weight in kilograms by the square of height in metres (Quetelet), one digit after the point. Null without a height. */
export const bodyMassIndex = (kilograms: string, centimetres: string): string | null =>
  /^-?0(\.0+)?$/.test(centimetres)
    ? null
    : roundDecimal(
        divideDecimals(multiplyDecimals(kilograms, '10000'), multiplyDecimals(centimetres, centimetres), 1),
        1,
      );
