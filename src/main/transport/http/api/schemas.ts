import { z } from 'zod';

/** Names of schemas in the document. */
export const schemaNames = z.registry<{ readonly id: string }>();

/** A schema that stands in the document under a name of its own. */
export const named = <S extends z.ZodType>(id: string, schema: S): S => {
  schemaNames.add(schema, { id });
  return schema;
};

/** What is wrong with one part of a request. */
export const ProblemPart = named(
  'ProblemPart',
  z.object({
    in: z.enum(['body', 'query', 'header']),
    /** A JSON pointer into the body as a URI fragment, or `#/name` of a parameter. */
    pointer: z.string(),
    code: z.string(),
  }),
);

/** RFC 9457. */
export const Problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    /** The last part of `type`. */
    code: z.string(),
    /** What the detail is about, as numbers and names. */
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z.array(ProblemPart).optional(),
  }),
);
export type Problem = z.infer<typeof Problem>;
