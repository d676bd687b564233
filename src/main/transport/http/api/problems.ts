import type { z } from 'zod';
import { errors as words } from '#shared/i18n/en/errors.ts';
import type { AppError, ErrorCode } from '#shared/kernel/result.ts';
import type { Problem, ProblemPart } from './schemas.ts';

/** The status of each code the services answer. */
const statusOf: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': 422,
  'needs-confirming': 409,
  'too-large': 413,
  'not-signed-in': 401,
  locked: 401,
  'not-permitted': 403,
  restricted: 403,
  'wrong-credentials': 401,
  'password-elsewhere': 401,
  'wrong-code': 401,
  'code-expired': 401,
  'code-used': 409,
  'account-exists': 409,
  'account-elsewhere': 401,
  'too-many-codes': 429,
  'mail-off': 503,
  'too-many-links': 409,
  'already-linked': 409,
  'last-administrator': 409,
  'patient-account': 403,
  'too-many-tries': 429,
  'wrong-password': 403,
  'wrong-pin': 403,
  'no-pin': 403,
  'pin-locked': 403,
  'not-found': 404,
  'not-approved': 403,
  'not-released': 403,
  'not-ready': 503,
  'lease-expired': 503,
  'offline-too-long': 503,
  wiped: 503,
  'slot-taken': 409,
  'clock-change': 409,
  'in-the-past': 409,
  'slot-held': 409,
  'patient-busy': 409,
  'outside-schedule': 409,
  'on-leave': 409,
  'room-needed': 409,
  'visit-type-full': 409,
  'too-soon': 409,
  'too-far': 409,
  'booking-off': 409,
  'booking-refused': 409,
  'most-booked': 409,
  'booked-that-day': 409,
  'too-late': 409,
  'practitioner-booked': 409,
  'place-booked': 409,
  'place-in-hours': 409,
  'zone-booked': 409,
  'site-closed': 409,
  'part-of-clinic': 409,
  'changed-meanwhile': 409,
  'no-currency': 409,
  'no-till': 409,
  'till-open': 409,
  'till-yours-open': 409,
  'till-not-yours': 403,
  'till-not-open': 409,
  'till-closed': 409,
  'till-not-closed': 409,
  'till-not-counted': 409,
  'till-counted': 409,
  'till-variance': 409,
  'till-not-signed': 409,
  'colleague-no-pin': 409,
  'claim-answered': 409,
  'same-person': 409,
  duplicate: 409,
  'allergies-recorded': 409,
  'same-record': 409,
  'merged-already': 409,
  'not-merged': 409,
  'clinical-since': 409,
  'override-needed': 409,
  forked: 409,
  'not-active': 409,
  'more-than-left': 409,
  'batch-expired': 409,
  'batch-recalled': 409,
  'stock-short': 409,
  'draft-elsewhere': 409,
  'file-too-large': 413,
  'file-type': 415,
  'file-damaged': 422,
  'upload-lost': 409,
  busy: 503,
  'disk-full': 503,
  'key-not-changed': 503,
  'too-many-windows': 409,
  unavailable: 503,
  'centre-unavailable': 503,
  'codes-forbidden': 409,
  'codes-used-up': 429,
  internal: 500,
};

/** What only the way over HTTP can be wrong with. */
const httpProblems = {
  malformed: [400, 'The request cannot be read: it is no JSON, or no UTF-8.'],
  'token-invalid': [401, 'The access token is missing, too old, revoked or not one of ours.'],
  'foreign-origin': [403, 'Pages of this origin may not call this API.'],
  'no-such-path': [404, 'There is nothing at this address.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  timeout: [408, 'The request did not arrive in time.'],
  'key-running': [409, 'A request with this idempotency key is being worked on.'],
  'answer-lost': [
    409,
    'A request with this idempotency key was carried out, and its answer was lost. Look at what there is now.',
  ],
  'precondition-failed': [412, 'It has changed since: get it again.'],
  'body-too-large': [413, 'The body is larger than this API takes.'],
  'media-type': [415, 'The body has to be application/json.'],
  misdirected: [421, 'This host does not go by that name.'],
  'key-reused': [422, 'Something else was asked under this idempotency key.'],
  'precondition-required': [428, 'Say by If-Match which state is to be changed: its ETag.'],
  'too-many-requests': [429, 'Too many requests. Wait as long as Retry-After says.'],
  'headers-too-large': [431, 'The headers are larger than this host takes.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type HttpProblem = keyof typeof httpProblems;
export type ProblemCode = ErrorCode | HttpProblem;

const isHttpProblem = (code: ProblemCode): code is HttpProblem => Object.hasOwn(httpProblems, code);

export const statusOfProblem = (code: ProblemCode): number =>
  isHttpProblem(code) ? httpProblems[code][0] : statusOf[code];

const titleOf = (code: string): string =>
  `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;

/** The catalogue's words with their places filled; none where a place stays empty. */
const filled = (text: string, params: AppError['params'] = {}): string | undefined => {
  const said = text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole));
  return said.includes('{{') ? undefined : said;
};

const detailOf = (code: ProblemCode, params: AppError['params']): string | undefined =>
  isHttpProblem(code) ? httpProblems[code][1] : filled(words[code], params);

export interface ProblemMore {
  readonly params?: AppError['params'];
  readonly errors?: readonly z.infer<typeof ProblemPart>[];
}

/** The body of an answer that is a problem. */
export const problem = (code: ProblemCode, { params, errors }: ProblemMore = {}): Problem => {
  const detail = detailOf(code, params);
  return {
    type: `urn:clinichub:problem:${code}`,
    title: titleOf(code),
    status: statusOfProblem(code),
    ...(detail === undefined ? {} : { detail }),
    code,
    ...(params === undefined ? {} : { params }),
    ...(errors === undefined || errors.length === 0 ? {} : { errors: [...errors] }),
  };
};

/** A name of the input that may be repeated: one that stands in a schema, or a place in a list. */
const isPlain = (segment: string): boolean => /^(?:[A-Za-z][A-Za-z0-9]{0,39}|\d{1,6})$/.test(segment);

/** A JSON pointer as a URI fragment. Names that a sender may have invented are not repeated. */
export const pointerOf = (path: readonly string[]): string =>
  path.length === 0 ? '#' : `#/${path.map((segment) => (isPlain(segment) ? segment : '*')).join('/')}`;

/** What is wrong with each input, as the schema's own code or zod's. Never the value. */
export const partsOf = (
  where: z.infer<typeof ProblemPart>['in'],
  error: z.ZodError,
): z.infer<typeof ProblemPart>[] =>
  error.issues.slice(0, 20).map(({ path, message, code }) => ({
    in: where,
    pointer: pointerOf(path.map(String)),
    code: /^[a-z-]+$/.test(message) ? message : code.replaceAll('_', '-'),
  }));

/** Where a call's own complaint is found, by the prefixes of the declaration: in the body, or in the query of what has none. */
export const partsOfFields = (
  where: 'body' | 'query',
  fields: AppError['fields'],
  prefixes: Readonly<Record<string, string>>,
): z.infer<typeof ProblemPart>[] =>
  Object.entries(fields ?? {}).map(([name, code]) => {
    const prefix = Object.keys(prefixes).find((one) => name === one || name.startsWith(`${one}.`));
    const moved = prefix === undefined ? name : `${prefixes[prefix]}${name.slice(prefix.length)}`;
    return { in: where, pointer: pointerOf(moved.split('.').filter((part) => part !== '')), code };
  });
