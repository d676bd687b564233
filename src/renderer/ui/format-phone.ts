import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A phone number as people read it aloud, `+250 788 123 456`; what is no number in E.164 stays as it is. */
export function formatPhone(phone: string): string {
  return (phone.startsWith('+') && parsePhoneNumberFromString(phone)?.formatInternational()) || phone;
}
