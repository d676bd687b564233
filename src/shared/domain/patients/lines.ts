import { z } from 'zod';

/**
 * Control characters and halves of a character have no place in a name; what cannot be seen hides what a name is. But
 * Persian and its neighbours part letters with a ZERO WIDTH NON-JOINER, as RFC 5892 allows it in names of hosts.
 */
const visible =
  /^(?:[^\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2066-\u2069\u2800]|(?<=\p{Script=Arabic})\u200c(?=\p{Script=Arabic}))*$/u;

/** One line of text as people type it. */
export const line = (max: number) => z.string().trim().normalize('NFC').max(max).regex(visible, 'characters');

/** A line that may be left out: empty is null. */
export const optionalLine = (max: number) =>
  line(max)
    .nullable()
    .default(null)
    .transform((text) => text || null);

const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** A line that names a person: letters of any writing, no pictures. */
export const nameLine = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .max(max)
    .refine((text) => !pictures.test(text), { error: 'name', abort: true })
    .regex(visible, 'characters');
