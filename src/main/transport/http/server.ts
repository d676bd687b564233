import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Connection, Core } from '#main/core/dispatch.ts';
import type { Log } from '#main/core/log.ts';
import { isForStrangers } from '#shared/contract/call.ts';
import { type CallName, contract } from '#shared/contract/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { type ErrorCode, fail } from '#shared/kernel/result.ts';
import { type ApiLimits, addressKey, createLimit, type Limit } from './api/limits.ts';
import { serveReference } from './api/reference.ts';
import { apiDefaults, apiPrefix, sendProblem, serveApi } from './api/serve.ts';
import { readJsonBodies } from './body.ts';
import { type BrowserSession, createBrowserSessions } from './browser-sessions.ts';
import { serveCalendars, usualCalendarLimit } from './calendar.ts';
import { boundConnections, type ConnectionLimits, refuseClient, usualConnections } from './connections.ts';
import { cookies } from './cookies.ts';
import { deviceOf } from './device.ts';
import { createEventStreams } from './event-stream.ts';
import { callHeader, isLoopback, isOurHost, isSameOrigin } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { healthRoute, serveHealth } from './health.ts';
import { servePages } from './pages.ts';
import { proxiesAt } from './proxies.ts';

export interface HttpOptions {
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder of the built screens. */
  readonly pages: string;
  /** Address to bind to; anything but this computer alone needs `tls`. */
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Origins besides our own whose pages may call the documented API; none where nothing is said. */
  readonly corsOrigins?: readonly string[];
  /** Proxies in front, as `isNetwork` has them: who asks is whom they say. None where nothing is said. */
  readonly proxies?: readonly string[];
  /** How much of the documented API one may ask, and of calls that cost as much as its tokens; what is usual where nothing is said. */
  readonly apiLimits?: ApiLimits;
  /** How often calendars are given to one address; what is usual where nothing is said. */
  readonly calendarLimit?: Limit;
  /** How much else one address may ask where none of the staff is signed in; what is usual where nothing is said. */
  readonly strangerLimit?: Limit;
  /** How much connections may take; what is usual where nothing is said. */
  readonly connections?: ConnectionLimits;
}

export interface HttpHost {
  /** `http://127.0.0.1:5123/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Why the host cannot listen, in words for who started it. */
export class HttpHostError extends Error {
  override readonly name = 'HttpHostError';
}

/** More than any call of ours sends. */
const mostBody = 256 * 1024;

/** A waiting room full of phones is behind one address; what floods us asks more. */
const usualOfStrangers: Limit = { requests: 1000, seconds: 10 };

const nonces = new WeakMap<FastifyReply, string>();
const nonceOf = (reply: FastifyReply): string => {
  const nonce = nonces.get(reply) ?? randomBytes(16).toString('base64');
  nonces.set(reply, nonce);
  return nonce;
};

const text = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/** A session that begins gets a secret nobody has seen before. */
const begins: ReadonlySet<string> = new Set([
  'session.signIn',
  'session.enter',
  'panel.signIn',
  'panel.verify',
  'panel.reset',
]);

const callRoute = '/rpc/:name';
const eventRoute = '/events';
const ownRoutes: ReadonlySet<string> = new Set([callRoute, eventRoute, healthRoute, `${healthRoute}/live`]);

/** The route that was found, not the address as written: `/%61pi` is `/api`. */
const isApi = (url: string | undefined): boolean =>
  url === apiPrefix || url?.startsWith(`${apiPrefix}/`) === true;

/** Whether one of the clinic's people is signed in there, or locked: nobody else's requests slow them down. */
const isStaffs = (connection: Connection | undefined): boolean =>
  connection?.locked === true ||
  ((connection?.user ?? null) !== null && connection?.user?.role !== 'patient');

interface GuardOptions {
  readonly loopback: boolean;
  readonly secure: boolean;
  readonly connectionOf: (request: FastifyRequest) => Connection | undefined;
  readonly strangers: Limit;
  /** Of what costs a hash, a message or the check of a code. */
  readonly secrets: Limit;
}

/** The feature of a call that costs much and that nobody need be signed in for; null for anything else. */
const secretsOf = ({ routeOptions, params }: FastifyRequest): string | null => {
  const { name = '' } = params as { readonly name?: string };
  if (routeOptions.url !== callRoute || !Object.hasOwn(contract, name)) return null;
  return isForStrangers(contract[name as CallName]) ? (name.split('.')[0] ?? name) : null;
};

/** Sends away what comes from a page of somebody else's, and what comes too often, before anything is looked up or a session opened. */
const guard = (
  server: FastifyInstance,
  { loopback, secure, connectionOf, strangers, secrets }: GuardOptions,
) => {
  const take = createLimit('strangers', strangers);
  const takeSecret = createLimit('sign-in', secrets);
  const mayAsk = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (request.routeOptions.url?.startsWith(healthRoute) || isStaffs(connectionOf(request))) return true;
    const address = addressKey(request.ip);
    if (!(await take(address, reply))) return false;
    const feature = secretsOf(request);
    // Patients who flood do not keep the staff of the same address out.
    return feature === null || takeSecret(`${feature} ${address}`, reply);
  };
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(nonceOf(reply), secure));
    // The API has rules and answers of its own.
    if (isApi(request.routeOptions.url)) return undefined;
    const { host, origin } = request.headers;
    if (!isOurHost(host, loopback)) return reply.code(421).send(fail('not-permitted'));
    // The route that was found, not the address as written: `/%72pc` is `/rpc`.
    const isPage = !ownRoutes.has(request.routeOptions.url ?? '');
    const provenance = { host, origin, fetchSite: text(request.headers['sec-fetch-site']) };
    // A link from another site may lead to our page; no other site may call us or listen.
    if (!isPage && !isSameOrigin(provenance, secure ? 'https' : 'http'))
      return reply.code(403).send(fail('not-permitted'));
    if (!(await mayAsk(request, reply))) {
      const seconds = Number(reply.getHeader('retry-after') ?? 1);
      return reply.code(429).send(fail('too-many-tries', { params: { seconds } }));
    }
    return undefined;
  });
};

/** What the framework says of a name in an address that is longer than any of ours. */
const longName = 'FST_ERR_MAX_PARAM_LENGTH';

const answerErrors = (server: FastifyInstance, log: Log) => {
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('http', error);
    const codes: Readonly<Record<number, ErrorCode>> = { 413: 'too-large' };
    return reply.code(status).send(fail(codes[status] ?? (status < 500 ? 'invalid-input' : 'internal')));
  });
};

const makeServer = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { tls, connections: limits = usualConnections } = options;
  const isProxy = proxiesAt(options.proxies ?? []);
  const server = fastify({
    trustProxy: isProxy,
    bodyLimit: mostBody,
    forceCloseConnections: true,
    clientErrorHandler: refuseClient,
    // Before any route is found, so no hook has run.
    frameworkErrors: (error, request, reply) => {
      const plain = reply as unknown as FastifyReply;
      const isLong = error.code === longName;
      plain.headers(securityHeaders(nonceOf(plain), tls !== null));
      if (isApi(request.url)) return sendProblem(plain, isLong ? 'no-such-path' : 'malformed');
      return plain.code(isLong ? 404 : 400).send(fail('invalid-input'));
    },
    // Fastify sets its own time-outs only on servers it makes itself.
    serverFactory: (handler) => {
      const made =
        tls === null
          ? createServer({ ...limits }, handler)
          : createSecureServer({ ...tls, ...limits, handshakeTimeout: limits.headersTimeout }, handler);
      boundConnections(made, limits, isProxy);
      return made as never;
    },
  });
  await server.register(fastifyCookie);
  readJsonBodies(server);
  return server;
};

const listen = async (server: FastifyInstance, { address, port }: HttpOptions): Promise<number> => {
  try {
    await server.listen({ host: address, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE')
      throw new HttpHostError(
        `Port ${port} is in use by another program. Choose another with --port, or --port 0 for any that is free.`,
      );
    if (code === 'EACCES') throw new HttpHostError(`Port ${port} may not be used by this user.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new HttpHostError(`${address} is no address of this computer.`);
    throw error;
  }
  return (server.server.address() as AddressInfo).port;
};

/** Serves screens, calls and events to browsers. Throws {@link HttpHostError} when it cannot. */
export const startHttpHost = async (options: HttpOptions): Promise<HttpHost> => {
  const { core, clock, tls, address, apiLimits = apiDefaults.limits } = options;
  const secure = tls !== null;
  const loopback = isLoopback(address);
  if (!loopback && !secure)
    throw new HttpHostError(
      `${address} can be reached from the network, so it needs TLS: give --tls-cert and --tls-key.`,
    );
  const server = await makeServer(options);
  const sessions = createBrowserSessions(core, clock);
  const streams = createEventStreams(core);
  const cookie = cookies(secure);
  const connectionOf = (request: FastifyRequest): Connection | undefined => {
    const [own, nobodys] = cookie.read(request);
    return sessions.find(own) ?? sessions.find(nobodys);
  };
  const sessionOf = (request: FastifyRequest): BrowserSession => {
    const [own, nobodys] = cookie.read(request);
    const session = sessions.open(sessions.find(own) === undefined ? (nobodys ?? own) : own);
    session.connection.device = deviceOf(text(request.headers['user-agent']));
    return session;
  };
  /** A session the browser does not have yet is nobody's. */
  const give = ({ token }: BrowserSession, reply: FastifyReply) => {
    if (!cookie.read(reply.request).includes(token)) cookie.writeNobodys(reply, token);
  };
  const openSession = (request: FastifyRequest, reply: FastifyReply): BrowserSession => {
    const session = sessionOf(request);
    give(session, reply);
    return session;
  };

  guard(server, {
    loopback,
    secure,
    connectionOf,
    strangers: options.strangerLimit ?? usualOfStrangers,
    secrets: apiLimits.signIn,
  });
  answerErrors(server, options.log);
  server.post<{ Params: { name: string } }>(callRoute, async (request, reply) => {
    if (request.headers[callHeader] === undefined) return reply.code(403).send(fail('not-permitted'));
    const session = sessionOf(request);
    const { name } = request.params;
    const answer = await core.dispatch(name, request.body, session.connection);
    if (begins.has(name) && answer.ok) cookie.write(reply, sessions.renew(session).token);
    else give(session, reply);
    return reply.send(answer);
  });
  server.get(eventRoute, async (request, reply) => {
    const connection = connectionOf(request);
    if (connection === undefined) return reply.code(401).send(fail('not-signed-in'));
    reply.hijack();
    streams.open(reply.raw, connection, securityHeaders(nonceOf(reply), secure));
  });
  serveHealth(server, core, clock);
  await serveApi(server, {
    core,
    clock,
    log: options.log,
    origins: options.corsOrigins ?? apiDefaults.origins,
    limits: apiLimits,
    loopback,
    secure,
  });
  serveReference(server);
  serveCalendars(server, core, options.log, options.calendarLimit ?? usualCalendarLimit);
  await servePages(server, options.pages, nonceOf, openSession);

  const port = await listen(server, options).catch(async (error: unknown) => {
    streams.close();
    await server.close();
    throw error;
  });
  const shown = address.includes(':') ? `[${address}]` : address;
  return {
    url: `${secure ? 'https' : 'http'}://${shown}:${port}/`,
    close: async () => {
      streams.close();
      await server.close();
    },
  };
};
