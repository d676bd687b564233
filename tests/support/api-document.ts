import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiAnswer } from './api-host.ts';

interface Header {
  readonly description: string;
}

/** An operation as the document has it. */
export interface Documented {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly headers?: Readonly<Record<string, Header>>;
        readonly content?: Readonly<Record<string, object>>;
      }
    >
  >;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
}

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Headers of the document that an answer has only sometimes: where there is a next page. */
const sometimes: ReadonlySet<string> = new Set(['link']);

/** Holds answers against the document: what is wrong with one, or nothing. */
export const againstDocument = (document: OpenApi) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (place: string): ValidateFunction => {
    const known = validators.get(place) ?? ajv.compile({ $ref: `document#${encodeURI(place)}` });
    validators.set(place, known);
    return known;
  };

  return (method: string, path: string, answer: ApiAnswer): string | null => {
    const way = method.toLowerCase();
    const status = String(answer.status);
    const told = document.paths[path]?.[way]?.responses[status];
    if (told === undefined) return `${status} is not in the document`;
    const missing = Object.keys(told.headers ?? {})
      .map((name) => name.toLowerCase())
      .find((name) => !sometimes.has(name) && answer.headers[name] === undefined);
    if (missing !== undefined) return `${status} has no ${missing}`;
    const [type] = Object.keys(told.content ?? {});
    if (type === undefined) return answer.text === '' ? null : `${status} has a body`;
    if (answer.headers['content-type']?.split(';')[0] !== type)
      return `${status} is ${answer.headers['content-type']}, not ${type}`;
    const validate = validatorOf(pointer('paths', path, way, 'responses', status, 'content', type, 'schema'));
    if (validate(answer.body)) return null;
    const errors = (validate.errors ?? []).slice(0, 3);
    return `${status}: ${errors.map((one) => `${one.instancePath} ${one.message}`).join('; ')}`;
  };
};
