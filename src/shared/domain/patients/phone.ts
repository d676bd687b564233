import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';

/**
 * A phone number in E.164 (`+250788123456`) when it is a possible number, read as one of `country` (ISO 3166-1
 * alpha-2) unless it begins with `+`. What cannot be read is kept as typed, trimmed: somebody may still dial it.
 */
export const normalisePhone = (typed: string, country: string | null): string => {
  const text = typed.trim();
  const known: CountryCode | undefined =
    country !== null && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(text, known);
  return parsed?.isPossible() && parsed.ext === undefined ? parsed.number : text;
};

/** The digits of a phone number, for comparing and searching. */
export const phoneDigits = (phone: string): string => phone.replace(/\D+/g, '');

/** The country (ISO 3166-1 alpha-2) of a number that begins with `+`, else null. */
export const countryOfPhone = (phone: string): string | null =>
  parsePhoneNumberFromString(phone.trim())?.country ?? null;

/** Whether a text is a number somebody can dial: digits with the signs numbers are written with, and an extension. */
export const isDialable = (typed: string): boolean =>
  /^(?=.*\p{Nd})[\p{Nd}\s+().\-/\u2010-\u2015]+(?:(?:x|ext\.?|poste|#)\s*\p{Nd}+)?$/iu.test(typed.trim());

/** Every country with phone numbers of its own, ISO 3166-1 alpha-2. */
export const phoneCountries = (): readonly string[] => getCountries();

/** The codes of all countries (ITU-T E.164), without the plus, each once. */
export const callingCodes = (): readonly string[] => [
  ...new Set(getCountries().map((country) => getCountryCallingCode(country))),
];
