import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import type { Operation } from './operation.ts';
import { hasEtag } from './perform.ts';
import { type ProblemCode, statusOfProblem } from './problems.ts';
import { Problem, schemaNames } from './schemas.ts';
import { tagWords } from './tags.ts';

type Json = Record<string, unknown>;

/** What every operation may answer, and those that have something a problem can be with. */
export const problemsOf = (operation: Operation): readonly ProblemCode[] => {
  const { signedIn, body, query, params, method, ifMatch, problems } = operation;
  const found: (readonly ProblemCode[])[] = [
    // A parameter nobody knows is wrong anywhere.
    ['invalid-input', 'misdirected', 'too-many-requests', 'internal'],
    ['not-ready', 'lease-expired', 'wiped', 'unavailable'],
    signedIn ? ['token-invalid', 'not-permitted'] : [],
    method === 'GET' ? [] : ['malformed', 'body-too-large', 'media-type'],
    body === null ? [] : ['too-large'],
    Object.keys(query.shape).length > 0 ? ['malformed'] : [],
    Object.keys(params.shape).length > 0 ? ['not-found'] : [],
    method === 'POST' && signedIn ? ['key-running', 'key-reused', 'answer-lost'] : [],
    ifMatch === null ? [] : ['precondition-failed'],
    ifMatch === null || method === 'POST' ? [] : ['precondition-required'],
    problems,
  ];
  return [...new Set(found.flat())];
};

/** Schemas under their own names; the same one as input and as output may differ, by its defaults. */
const collectSchemas = () => {
  const schemas = new Map<string, string>();

  const keep = (id: string, schema: Json): string => {
    const text = JSON.stringify(schema);
    const known = schemas.get(id);
    if (known !== undefined && known !== text) return keep(`${id}Input`, schema);
    schemas.set(id, text);
    return id;
  };

  const shown = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const {
      $schema: _,
      $defs = {},
      ...whole
    } = z.toJSONSchema(schema, {
      metadata: schemaNames,
      io,
      override: ({ jsonSchema }) => {
        // A later version may answer more; who reads must not mind.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }) as Json & { readonly $defs?: Record<string, Json> };
    const names = new Map<string, string>();
    const moved = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(moved);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(
        Object.entries(part).map(([key, value]) =>
          key === '$ref' && typeof value === 'string'
            ? [key, `#/components/schemas/${nameOf(value.replace('#/$defs/', ''))}`]
            : [key, moved(value)],
        ),
      );
    };
    const nameOf = (id: string): string => {
      const known = names.get(id);
      if (known !== undefined) return known;
      names.set(id, id);
      const { id: _id, ...definition } = $defs[id] ?? {};
      const name = keep(id, moved(definition) as Json);
      names.set(id, name);
      return name;
    };
    return moved(whole) as Json;
  };

  return {
    shown,
    all: () =>
      Object.fromEntries(
        [...schemas].toSorted(([a], [b]) => a.localeCompare(b)).map(([id, text]) => [id, JSON.parse(text)]),
      ),
  };
};

type Shown = ReturnType<typeof collectSchemas>['shown'];

const parametersOf = ({ params, query, method, ifMatch, signedIn }: Operation, shown: Shown): Json[] => {
  const isNeeded = (schema: unknown): boolean => !(schema as z.ZodType).safeParse(undefined).success;
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return [
    ...Object.entries(params.shape).map(([name, schema]) => ({
      name,
      in: 'path',
      required: true,
      schema: shown(schema as z.ZodType, 'input'),
    })),
    ...Object.entries(query.shape).map(([name, schema]) => ({
      name,
      in: 'query',
      required: isNeeded(schema),
      schema: shown(schema as z.ZodType, 'input'),
    })),
    ...(ifMatch === null
      ? []
      : [header('If-Match', method !== 'POST', `The ETag \`${ifMatch.id}\` answered with.`)]),
    ...(method === 'POST' && signedIn
      ? [
          header(
            'Idempotency-Key',
            false,
            'Makes it safe to send the same request again: it is done once, and answered the same for 24 hours.',
          ),
        ]
      : []),
    ...(method === 'GET' && signedIn
      ? [header('If-None-Match', false, 'ETags the caller has: 304 when it is still one of them.')]
      : []),
  ];
};

const text = (description: string): Json => ({ description, schema: { type: 'string' } });

const successOf = (operation: Operation, shown: Shown): Json => {
  const { answer, location, cursor } = operation;
  return {
    description: answer.description ?? (answer.status === 204 ? 'Done.' : 'As asked.'),
    headers: {
      ...(hasEtag(operation) ? { ETag: text('Of what is answered.') } : {}),
      ...(location === null ? {} : { Location: text('Where it is.') }),
      ...(cursor === null ? {} : { Link: text('`rel="next"`: the next page.') }),
    },
    ...(answer.status === 204
      ? {}
      : { content: { 'application/json': { schema: shown(answer.schema, 'output') } } }),
  };
};

const problemAnswers = (operation: Operation): Json => {
  const codes = problemsOf(operation);
  const statuses = [...new Set(codes.map(statusOfProblem))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes
          .filter((code) => statusOfProblem(code) === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        ...(status === 429 || status === 503 ? { headers: { 'Retry-After': text('Seconds.') } } : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const needOf = ({ calls, ownCalls, signedIn }: Operation): string => {
  const [first] = calls;
  if (!signedIn) return 'Nobody has to be signed in.';
  if (first === undefined) return 'For whoever is signed in.';
  const { needs } = contract[first];
  const staff = needs === 'signed-in' ? 'For all staff.' : `Needs \`${needs}\`.`;
  return ownCalls === null ? staff : `${staff} A patient’s account gets what is its own.`;
};

const describe = (operation: Operation, shown: Shown): Json => {
  const { id, tag, summary, description, body, signedIn, method, ifMatch } = operation;
  const parameters = parametersOf(operation, shown);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, needOf(operation)].filter((part) => part !== undefined).join('\n\n'),
    security: signedIn ? [{ bearer: [] }] : [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: shown(body, 'input') } } },
        }),
    responses: {
      [String(operation.answer.status)]: successOf(operation, shown),
      ...(method === 'GET' && signedIn && ifMatch === null
        ? { '304': { description: 'The caller has it already.' } }
        : {}),
      ...problemAnswers(operation),
    },
  };
};

/** The OpenAPI 3.1 document of these operations. `version` is that of the program. */
export const documentOf = (operations: readonly Operation[], version: string): Json => {
  const { shown, all } = collectSchemas();
  shown(Problem, 'output');
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation, shown),
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'ClinicHub API',
      version,
      summary: 'What the desks of a clinic can do, for other programs.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({
      name,
      description: tagWords[name],
    })),
    paths,
    components: {
      schemas: all(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
