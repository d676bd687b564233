import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';
import { type CallName, contract } from '#shared/contract/contract.ts';

/** The part of JSON Schema that inputs of the contract are made of. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** In every hostile text; no refusal may repeat it. */
export const canary = 'canary-7f3a';

const hostileTexts: readonly string[] = [
  `${canary}'; DROP TABLE patient; --`,
  `${canary}" OR 1=1 --`,
  `<script>alert('${canary}')</script>`,
  `${canary}\u0000\u202e\ud800`,
  `${canary}\u0000`,
  `${canary}\ud800`,
  `${canary}\u0007\u001b[31m\u007f\u0085`,
  `\u202e${canary}\u2066\u200f\ufeff`,
  `${canary}\r\nBcc: a@example.org\r\n\r\n`,
  `{{7*7}}\${7*7}%s%n${canary}`,
  `${canary}`.repeat(9000),
  `../../../../etc/${canary}`,
  '',
];

const nested = (depth: number): unknown => {
  let value: unknown = canary;
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { a: value };
  return value;
};

const wrong: readonly unknown[] = [
  ...hostileTexts,
  null,
  true,
  -1,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  [],
  {},
  nested(500),
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

const textOf = (
  { format, minLength = 0, maxLength = 40 }: Schema,
  ids: readonly string[],
): Arbitrary<unknown> => {
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === 'date') return fc.constantFrom('2026-11-23', '2026-11-24', '1985-02-03', '2024-02-29');
  if (format === 'date-time') return fc.constantFrom('2026-11-23T08:00:00.000Z', '2026-11-24T10:00');
  const length = Math.min(maxLength, minLength + 20);
  return fc.oneof(
    fc.string({ minLength, maxLength: length, unit: 'grapheme' }),
    fc.constantFrom('2026-11-24T10:00', '2026-11-24', '10:00', '12.5', '1', 'amoxicillin', 'Africa/Kigali'),
  );
};

/** Values of the shape a schema asks for; not every one is right by the rules JSON Schema cannot say. */
const valuesOf = (schema: Schema, ids: readonly string[]): Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, ids)));
  if (schema.allOf) return valuesOf(Object.assign({}, ...schema.allOf), ids);
  switch (schema.type) {
    case 'object': {
      const { properties = {}, additionalProperties, required = [] } = schema;
      const members = Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [name, valuesOf(member, ids)]),
      );
      if (Object.keys(members).length === 0 && typeof additionalProperties === 'object')
        return fc.dictionary(fc.string({ maxLength: 10 }), valuesOf(additionalProperties, ids), {
          maxKeys: 3,
        });
      return fc.record(members, { requiredKeys: [...required] });
    }
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, ids), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case 'string':
      return textOf(schema, ids);
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -1e6),
        max: Math.min(schema.maximum ?? 1000, 1e6),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constantFrom(null, 'x', 1);
  }
};

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same value with one of its parts, at any depth, made wrong. */
const spoilt = (value: unknown, by: unknown, where: number): unknown => {
  const keys = isObject(value) ? Object.keys(value) : [];
  const key = keys[where % (keys.length || 1)];
  if (key === undefined || !isObject(value)) return by;
  const member = value[key];
  return { ...value, [key]: isObject(member) ? spoilt(member, by, Math.floor(where / 7)) : by };
};

/** So many inputs of a call that have its shape, and so many that are spoilt in one place; the same at each run. */
export const payloadsOf = (
  name: CallName,
  ids: readonly string[],
  { shaped, hostile }: { readonly shaped: number; readonly hostile: number },
): readonly unknown[] => {
  const schema = z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const values = valuesOf(schema, ids);
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) | 0;
  const spoilers = fc
    .tuple(values, fc.constantFrom(...wrong), fc.nat(10_000))
    .map(([value, by, where]) => spoilt(value, by, where));
  return [
    ...fc.sample(values, { seed, numRuns: shaped }),
    ...fc.sample(spoilers, { seed, numRuns: hostile }),
  ];
};

/** The places of an input where a value stands, however deep, by the names that lead there; none is the whole of it. */
const placesOf = (schema: Schema, at: readonly string[] = []): readonly (readonly string[])[] => {
  const shapes = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const below = shapes.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, member]) => placesOf(member, [...at, name])),
  );
  return [at, ...below];
};

const schemaAt = (schema: Schema, [name, ...rest]: readonly string[]): Schema => {
  if (name === undefined) return schema;
  const shapes = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return schemaAt(shapes.find(({ properties }) => properties?.[name])?.properties?.[name] ?? {}, rest);
};

const put = (value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown => {
  if (name === undefined) return by;
  const members = isObject(value) ? value : {};
  return { ...members, [name]: put(members[name], rest, by) };
};

const inputOf = (name: CallName): Schema =>
  z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;

/** `input` of a call with each of its parts, at any depth, made wrong in every way we know. */
export const spoiltInputs = (name: CallName, input: unknown): readonly unknown[] =>
  placesOf(inputOf(name)).flatMap((place) => wrong.map((by) => put(input, place, by)));

/** `input` of a call with each id it names, at any depth, in turn one of `ids`; by the place that has it. */
export const inputsNaming = (
  name: CallName,
  input: unknown,
  ids: readonly string[],
): ReadonlyMap<string, readonly unknown[]> => {
  const schema = inputOf(name);
  const isId = ({ format, anyOf = [] }: Schema) =>
    format === 'uuid' || anyOf.some((choice) => choice.format === 'uuid');
  const places = placesOf(schema).filter((place) => isId(schemaAt(schema, place)));
  return new Map(places.map((place) => [place.join('.'), ids.map((id) => put(input, place, id))]));
};
