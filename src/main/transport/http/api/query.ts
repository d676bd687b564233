import { z } from 'zod';

/** What stands inside defaults, nullables and optionals. */
const within = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault
  )
    return within(schema.unwrap());
  return schema;
};

const asType = (schema: z.core.$ZodType, text: string): unknown => {
  const inner = within(schema);
  if (inner instanceof z.ZodNumber) return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
  if (inner instanceof z.ZodBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
};

const valueFrom = (schema: z.core.$ZodType, texts: readonly string[]): unknown => {
  const inner = within(schema);
  if (inner instanceof z.ZodArray)
    return texts.flatMap((text) => text.split(',')).map((text) => asType(inner.element, text));
  const [text = ''] = texts;
  return texts.length > 1 ? texts : asType(inner, text);
};

/**
 * The parameters of a query as the schema has them: text becomes numbers, booleans and lists (repeated, or with commas). A name
 * the schema does not know is wrong: a filter that is misspelt must not answer with everything.
 */
export const readQuery = (schema: z.ZodObject, search: URLSearchParams) => {
  const given = [...new Set(search.keys())].map((name) => {
    const known = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    return [name, known === undefined ? '' : valueFrom(known, search.getAll(name))] as const;
  });
  return schema.strict().safeParse(Object.fromEntries(given));
};
