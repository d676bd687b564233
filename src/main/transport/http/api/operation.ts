/**
 * How an operation of the documented API is declared. Routes and the OpenAPI document are both made of the declarations, so
 * neither can say what the other does not.
 *
 * To add one: in `operations/<resource>.ts` write
 *
 *     const getPatient = defineOperation({
 *       method: 'GET',
 *       path: '/patients/{patientId}',
 *       id: 'getPatient',
 *       tag: 'Patients',
 *       summary: 'A patient',
 *       params: z.object({ patientId: PatientId }),
 *       answer: { status: 200, schema: Patient },
 *       calls: ['patients.get'],
 *       run: ({ params }, call) => call('patients.get', { id: params.patientId }),
 *     });
 *
 * and put it into the list of that file, which `operations.ts` reads.
 *
 * - Schemas are those of the contract. One that has a name of its own in the document is `named('Patient', PatientView)`.
 * - `call` is the only way to anything: a call of the contract as who is signed in, so the router decides what they may.
 *   `calls` lists what `run` calls; `call` takes no other. The first is the one whose permission the document tells.
 * - `own` is what a patient's account gets of the same operation, with calls of its own. Without it the answer is 403.
 * - Query parameters come as numbers, booleans or lists where the schema says so; unknown ones are refused.
 * - A list is `defineList`: it takes `limit` and `cursor`, and `run` gets `after` (where the page before ended, null at first)
 *   and gives `{ items, after }`. A list the contract gives whole goes through `pageOf`.
 * - `ifMatch: getPatient` on an update: the caller says which state it changes by the ETag of that operation's answer, which has
 *   the same path parameters. PUT, PATCH and DELETE need it, a POST (an action) takes it.
 * - Every POST takes an `Idempotency-Key`.
 * - `problems` are the codes of `AppError` the calls may answer, besides those every operation may. `fields` says where in the
 *   body what the calls name is found, when it is not there under the same name: `{ details: '' }` for what was in `details`.
 */
import { z } from 'zod';
import type { Connection } from '#main/core/dispatch.ts';
import type { ProgramServices } from '#main/core/programs.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { ErrorCode, Result } from '#shared/kernel/result.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** What somebody asked, checked against the declaration. */
export interface Asked<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** Makes one call of the contract as who asked. */
export type CallAs<N extends CallName> = <M extends N>(name: M, input: Input<M>) => Promise<Reply<Output<M>>>;

/** What an operation runs with. */
export interface Running {
  readonly call: CallAs<CallName>;
  readonly connection: Connection;
  /** Null where nobody has to be signed in. */
  readonly user: SignedInUser | null;
  readonly services: ProgramServices;
}

/** What is answered when it went well. */
export interface Answer {
  readonly status: 200 | 201 | 204;
  readonly schema: z.ZodType;
  readonly description?: string;
}

/** An operation as routes and the document see it. */
export interface Operation {
  readonly method: Method;
  /** Under `/api/v1`, parameters in braces. */
  readonly path: `/${string}`;
  /** `operationId` of the document. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Whether an access token is needed. */
  readonly signedIn: boolean;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Null: it takes none. */
  readonly body: z.ZodType | null;
  readonly answer: Answer;
  /** The calls of the contract it makes; empty for what is about tokens alone. */
  readonly calls: readonly CallName[];
  /** Those it makes for a patient's account; null where there is nothing for one. */
  readonly ownCalls: readonly CallName[] | null;
  readonly problems: readonly ErrorCode[];
  readonly fields: Readonly<Record<string, string>>;
  readonly ifMatch: Operation | null;
  /** Where a page ends, as its cursor says it; null for what is no list. */
  readonly cursor: z.ZodType | null;
  /** Path under `/api/v1` of what was made. */
  readonly location: ((value: never) => string) | null;
  readonly run: (asked: Asked, running: Running) => Promise<Result<unknown>> | Result<unknown>;
}

type Nothing = z.ZodObject<Record<never, never>>;
const nothing: Nothing = z.object({});

interface Own<Q, A, O extends CallName> {
  readonly calls: readonly O[];
  readonly run: (asked: Q, call: CallAs<O>) => Promise<Result<A>> | Result<A>;
}

interface Declaration<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  A extends z.ZodType,
  N extends CallName,
  O extends CallName,
> extends Pick<Operation, 'method' | 'path' | 'id' | 'tag' | 'summary' | 'description'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: { readonly status: Answer['status']; readonly schema: A; readonly description?: string };
  readonly calls: readonly N[];
  readonly run: (
    asked: Asked<z.output<P>, z.output<Q>, z.output<B>>,
    call: CallAs<N>,
  ) => Promise<Result<z.input<A>>> | Result<z.input<A>>;
  readonly own?: Own<Asked<z.output<P>, z.output<Q>, z.output<B>>, z.input<A>, O>;
  readonly problems?: readonly ErrorCode[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly ifMatch?: Operation;
  readonly location?: (value: z.output<A>) => string;
}

const runOf =
  (run: unknown, calls: readonly CallName[]): Operation['run'] =>
  (asked, { call }) => {
    const only: CallAs<CallName> = (name, input) => {
      if (!calls.includes(name)) throw new Error(`${name} is not among the declared calls.`);
      return call(name, input);
    };
    // The declaration has the types; by now they are all one shape.
    return (run as (asked: Asked, call: CallAs<CallName>) => Promise<Result<unknown>>)(asked, only);
  };

/** An operation that makes calls of the contract. */
export const defineOperation = <
  A extends z.ZodType,
  N extends CallName,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
  O extends CallName = never,
>({
  params,
  query,
  body,
  own,
  run,
  ...rest
}: Declaration<P, Q, B, A, N, O>): Operation => {
  const forStaff = runOf(run, rest.calls);
  const forPatients = own === undefined ? forStaff : runOf(own.run, own.calls);
  return {
    problems: [],
    fields: {},
    ifMatch: null,
    location: null,
    ...rest,
    signedIn: true,
    params: params ?? nothing,
    query: query ?? nothing,
    body: body ?? null,
    ownCalls: own?.calls ?? null,
    cursor: null,
    run: (asked, running) => (running.user?.role === 'patient' ? forPatients : forStaff)(asked, running),
  };
};

/** A page of a list; `next` is the address of the one after it. */
export const page = <I extends z.ZodType>(item: I) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** What `run` of a list gives: where the next page goes on, null at the end. */
export interface Page<I, C> {
  readonly items: readonly I[];
  readonly after: C | null;
}

const limitOf = (usual: number, most: number) => z.number().int().min(1).max(most).default(usual);

type Paged<Q, C> = Q & { readonly limit: number; readonly after: C | null };

interface ListDeclaration<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  I extends z.ZodType,
  C extends z.ZodType,
  N extends CallName,
  O extends CallName,
> extends Pick<Operation, 'path' | 'id' | 'tag' | 'summary' | 'description'> {
  readonly params?: P;
  readonly query?: Q;
  readonly item: I;
  /** Where a page ends: what `run` gives as `after` and gets back. Validated, but anybody may write one. */
  readonly cursor: C;
  /** How many items a page has unless asked otherwise, and at most; 50 and 100 where nothing is said. */
  readonly limit?: { readonly usual: number; readonly most: number };
  readonly calls: readonly N[];
  readonly run: (
    asked: Asked<z.output<P>, Paged<z.output<Q>, z.output<C>>, undefined>,
    call: CallAs<N>,
  ) => Promise<Result<Page<z.input<I>, z.input<C>>>> | Result<Page<z.input<I>, z.input<C>>>;
  readonly own?: Own<
    Asked<z.output<P>, Paged<z.output<Q>, z.output<C>>, undefined>,
    Page<z.input<I>, z.input<C>>,
    O
  >;
  readonly problems?: readonly ErrorCode[];
}

/** A list, a page at a time. */
export const defineList = <
  I extends z.ZodType,
  C extends z.ZodType,
  N extends CallName,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  O extends CallName = never,
>({
  params,
  query,
  item,
  cursor,
  limit = { usual: 50, most: 100 },
  own,
  run,
  ...rest
}: ListDeclaration<P, Q, I, C, N, O>): Operation => {
  const forStaff = runOf(run, rest.calls);
  const forPatients = own === undefined ? forStaff : runOf(own.run, own.calls);
  return {
    problems: [],
    fields: {},
    ifMatch: null,
    location: null,
    ...rest,
    method: 'GET',
    signedIn: true,
    params: params ?? nothing,
    query: (query ?? nothing).extend({
      limit: limitOf(limit.usual, limit.most),
      cursor: z.string().max(1000).optional(),
    }),
    body: null,
    answer: { status: 200, schema: page(item) },
    ownCalls: own?.calls ?? null,
    cursor,
    run: (asked, running) => (running.user?.role === 'patient' ? forPatients : forStaff)(asked, running),
  };
};

/** The cursor of a list that the contract gives whole: how many came before. */
export const offset = z.number().int().min(1).max(100_000);

/** One page of a list that the contract gives whole. */
export const pageOf = <I>(
  all: readonly I[],
  { limit, after }: { readonly limit: number; readonly after: number | null },
): Page<I, number> => {
  const from = after ?? 0;
  const end = from + limit;
  return { items: all.slice(from, end), after: end < all.length ? end : null };
};

type TokenDeclaration<P extends z.ZodObject, B extends z.ZodType, A extends z.ZodType> = Pick<
  Operation,
  'method' | 'path' | 'id' | 'tag' | 'summary' | 'description' | 'signedIn'
> & {
  readonly params?: P;
  readonly body?: B;
  readonly answer: { readonly status: Answer['status']; readonly schema: A; readonly description?: string };
  readonly problems?: readonly ErrorCode[];
  readonly run: (
    asked: Asked<z.output<P>, unknown, z.output<B>>,
    running: Running,
  ) => Promise<Result<z.input<A>>> | Result<z.input<A>>;
};

/** An operation about tokens: of the program that asks, whoever is signed in. Nothing of the clinic is behind it. */
export const defineTokenOperation = <
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>({
  params,
  body,
  run,
  ...rest
}: TokenDeclaration<P, B, A>): Operation => ({
  problems: [],
  ...rest,
  params: params ?? nothing,
  query: nothing,
  body: body ?? null,
  calls: [],
  ownCalls: [],
  fields: {},
  ifMatch: null,
  cursor: null,
  location: null,
  run: run as Operation['run'],
});
