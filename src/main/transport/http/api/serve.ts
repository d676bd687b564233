import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection, Core } from '#main/core/dispatch.ts';
import type { Log } from '#main/core/log.ts';
import type { ProgramServices } from '#main/core/programs.ts';
import { LocalError } from '#main/data/local/error.ts';
import { localFailure } from '#main/transport/router.ts';
import type { AppInfo } from '#shared/contract/app.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { isWritable, MalformedError, readJsonBodies } from '../body.ts';
import { isOurHost } from '../guard.ts';
import { answerPreflight, mayCall } from './cors.ts';
import { openCursor } from './cursor.ts';
import { documentOf } from './document.ts';
import { isKnown } from './etag.ts';
import { type ApiLimits, addressKey, createLimit, usualLimits } from './limits.ts';
import { type Asked, type Method, methods, type Operation, type Running } from './operation.ts';
import { operations } from './operations.ts';
import { callAt, isRefused, type Outcome, perform, type Refused } from './perform.ts';
import { type ProblemCode, type ProblemMore, partsOf, problem } from './problems.ts';
import { readQuery } from './query.ts';
import { createTokenSessions } from './token-sessions.ts';

/** Everything under it is the API's, also what is not there. */
export const apiPrefix = '/api';

export interface ApiOptions {
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  /** Other origins whose pages may call it; usually none. */
  readonly origins: readonly string[];
  readonly limits: ApiLimits;
  readonly loopback: boolean;
  readonly secure: boolean;
}

export const apiDefaults = { origins: [], limits: usualLimits } as const;

const challenge = 'Bearer realm="clinichub"';

export const sendProblem = (reply: FastifyReply, code: ProblemCode, more: ProblemMore = {}) => {
  const body = problem(code, more);
  if (body.status === 401) reply.header('www-authenticate', challenge);
  const seconds = more.params?.seconds;
  if (body.status === 503) reply.header('retry-after', '10');
  if (body.status === 429 && typeof seconds === 'number') reply.header('retry-after', String(seconds));
  return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body));
};

/** What the framework says of a request it cannot take, as a code of ours. */
const codeOf = (error: { readonly statusCode?: number; readonly code?: string }): ProblemCode | null => {
  if (error instanceof MalformedError) return 'malformed';
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'media-type';
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? 'malformed' : null;
};

const answerErrors = (api: FastifyInstance, log: Log) => {
  api.setErrorHandler(
    (error: Error & { readonly statusCode?: number; readonly code?: string }, request, reply) => {
      if (error instanceof LocalError) {
        const failure = localFailure(error);
        return sendProblem(reply, failure.ok ? 'internal' : failure.error.code);
      }
      const code = codeOf(error);
      if (code !== null) return sendProblem(reply, code);
      const id = randomUUID();
      log.error('api', error, { route: request.routeOptions.url ?? '', id });
      return sendProblem(reply, 'internal', { params: { id } });
    },
  );
};

/** `/patients/{patientId}` as fastify has it. */
const routeOf = (path: string): string => `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`;

const addressOf = (request: FastifyRequest): URL => new URL(request.url, 'http://api.invalid');

/** Whether what is escaped in a query is UTF-8: what is none would be read as another sign. */
const isText = ({ search }: URL): boolean => {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
};

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

const isWhole = <T extends object>(read: T | Refused): read is T => !('problem' in read);

/** The parts of a request as the declaration has them. */
const read = (operation: Operation, request: FastifyRequest): Asked | Refused => {
  // An id of another shape is none of ours: it answers as one nobody has.
  const params = operation.params.safeParse(request.params);
  if (!params.success) return { problem: 'not-found' };
  const address = addressOf(request);
  const query = readQuery(operation.query, address.searchParams);
  if (!query.success) return { problem: 'invalid-input', errors: partsOf('query', query.error) };
  if (!isText(address) || !isWritable([...address.searchParams.values()])) return { problem: 'malformed' };
  if (operation.body === null) return { params: params.data, query: query.data, body: undefined };
  const body = operation.body.safeParse(request.body);
  if (!body.success) return { problem: 'invalid-input', errors: partsOf('body', body.error) };
  return { params: params.data, query: query.data, body: body.data };
};

/** Where a list goes on, from the cursor that was sent. */
const withPlace = ({ id, cursor: schema }: Operation, asked: Asked): Asked | Refused => {
  if (schema === null) return asked;
  const { cursor, limit, ...filters } = asked.query as Record<string, unknown>;
  const after = cursor === undefined ? null : openCursor(id, filters, schema, String(cursor));
  if (after === undefined)
    return { problem: 'invalid-input', errors: [{ in: 'query', pointer: '#/cursor', code: 'invalid' }] };
  return { ...asked, query: { ...filters, cursor, limit, after } };
};

const longestKey = 200;

const isKey = (key: string): boolean => key.length <= longestKey && /^[\x21-\x7e]+$/.test(key);

interface Serving extends ApiOptions {
  readonly sessions: ReturnType<typeof createTokenSessions>;
  readonly takeAccount: ReturnType<typeof createLimit>;
  readonly takeSignIn: ReturnType<typeof createLimit>;
}

const bearerOf = (request: FastifyRequest): string | null =>
  /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

const outcomeAt = async (
  { core }: Serving,
  operation: Operation,
  request: FastifyRequest,
  connection: Connection,
  services: ProgramServices,
): Promise<Outcome> => {
  const plain = read(operation, request);
  const asked = isWhole(plain) ? withPlace(operation, plain) : plain;
  if (!isWhole(asked)) return asked;
  const { user } = connection;
  const running: Running = { call: callAt(core, connection), connection, user, services };
  const key = header(request, 'idempotency-key');
  if (key !== undefined && !isKey(key))
    return {
      problem: 'invalid-input',
      errors: [{ in: 'header', pointer: '#/Idempotency-Key', code: 'invalid' }],
    };
  const { method, url } = request;
  const ifMatch = header(request, 'if-match');
  const isNamed = operation.method === 'POST' && key !== undefined && user !== null;
  return perform({
    operation,
    asked,
    running,
    address: addressOf(request),
    ifMatch,
    named: isNamed
      ? { accountId: user.id, key, request: JSON.stringify([method, url, asked.body, ifMatch]) }
      : null,
  });
};

const send = (request: FastifyRequest, reply: FastifyReply, outcome: Outcome) => {
  if (isRefused(outcome)) return sendProblem(reply, outcome.problem, outcome);
  reply.headers(outcome.headers);
  const { etag } = outcome.headers;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && etag !== undefined && isKnown(header(request, 'if-none-match'), etag))
    return reply.code(304).send();
  if (outcome.body === null) return reply.code(outcome.status).send();
  return reply.code(outcome.status).type('application/json; charset=utf-8').send(outcome.body);
};

const handlerOf =
  (serving: Serving, operation: Operation) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { core, sessions, takeAccount, takeSignIn } = serving;
    return core.programs(async (services) => {
      if (!operation.signedIn) {
        if (!(await takeSignIn(addressKey(request.ip), reply)))
          return sendProblem(reply, 'too-many-requests');
        const outcome = await sessions.fresh((connection) =>
          outcomeAt(serving, operation, request, connection, services),
        );
        return send(request, reply, outcome);
      }
      const token = bearerOf(request);
      const connection = token === null ? null : await sessions.of(token, services);
      if (connection?.user == null) return sendProblem(reply, 'token-invalid');
      if (!(await takeAccount(connection.user.id, reply))) return sendProblem(reply, 'too-many-requests');
      return send(request, reply, await outcomeAt(serving, operation, request, connection, services));
    });
  };

/** What an address that takes `taken` answers to every other method, and to who asks what it takes. */
const answerOthers = (api: FastifyInstance, url: string, taken: readonly Method[]): void => {
  const hasHead = taken.includes('GET');
  const allow = [...taken, ...(hasHead ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  api.options(url, async (request, reply) => {
    answerPreflight(request, reply, allow);
    return reply.header('allow', allow).code(204).send();
  });
  api.route({
    method: ['TRACE', ...(hasHead ? [] : ['HEAD']), ...methods.filter((method) => !taken.includes(method))],
    url,
    exposeHeadRoute: false,
    handler: async (_request, reply) => sendProblem(reply.header('allow', allow), 'method-not-allowed'),
  });
};

/** The addresses there are, each with what it takes; anything else is said to be none. */
const serveOperations = (api: FastifyInstance, serving: Serving): void => {
  const paths = Map.groupBy(operations, ({ path }) => path);
  for (const [path, there] of paths) {
    const url = routeOf(path);
    for (const operation of there)
      api.route({ method: operation.method, url, handler: handlerOf(serving, operation) });
    answerOthers(
      api,
      url,
      there.map(({ method }) => method),
    );
  }
};

const serveDocument = (api: FastifyInstance, core: Core): void => {
  let text: Promise<string> | null = null;
  const write = async (): Promise<string> => {
    const connection = core.connect();
    const info = await core.dispatch('app.info', {}, connection);
    core.disconnect(connection);
    return JSON.stringify(documentOf(operations, info.ok ? (info.value as AppInfo).version : ''));
  };
  api.get('/v1/openapi.json', async (_request, reply) => {
    text ??= write();
    return reply.type('application/json; charset=utf-8').send(await text);
  });
  answerOthers(api, '/v1/openapi.json', ['GET']);
};

/**
 * Serves the documented API under {@link apiPrefix}: every operation of `operations.ts`, and problem details for everything
 * else. Who asks is known by the access token alone; no cookie is read, so no page can ask in somebody's name unseen.
 */
export const serveApi = async (server: FastifyInstance, options: ApiOptions): Promise<void> => {
  const { core, clock, log, limits, loopback } = options;
  const serving: Serving = {
    ...options,
    sessions: createTokenSessions(core, clock),
    takeAccount: createLimit('account', limits.account),
    takeSignIn: createLimit('sign-in', limits.signIn),
  };
  const takeAddress = createLimit('address', limits.address);
  await server.register(
    async (api) => {
      readJsonBodies(api, isWritable);
      answerErrors(api, log);
      api.addHook('onRequest', async (request, reply) => {
        if (!isOurHost(request.headers.host, loopback)) return sendProblem(reply, 'misdirected');
        if (!(await takeAddress(addressKey(request.ip), reply)))
          return sendProblem(reply, 'too-many-requests');
        if (!mayCall(request, reply, options)) return sendProblem(reply, 'foreign-origin');
        return undefined;
      });
      serveOperations(api, serving);
      serveDocument(api, core);
      const none = async (_request: FastifyRequest, reply: FastifyReply) =>
        sendProblem(reply, 'no-such-path');
      api.all('/*', none);
      api.all('/', none);
      // Methods the framework has no routes for.
      api.setNotFoundHandler(none);
    },
    { prefix: apiPrefix },
  );
};
