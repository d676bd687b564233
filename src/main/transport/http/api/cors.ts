import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSameOrigin } from '../guard.ts';

const readable = 'ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After';
const takenHeaders = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match';

const text = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/**
 * Whether the page that asks, if it is one, may call this API: our own, or one of `origins`. No cookie is read here, so
 * another page could only ask what everybody can; it is sent away all the same.
 */
export const mayCall = (
  request: FastifyRequest,
  reply: FastifyReply,
  { origins, secure }: { readonly origins: readonly string[]; readonly secure: boolean },
): boolean => {
  const { host, origin } = request.headers;
  const fetchSite = text(request.headers['sec-fetch-site']);
  if (origins.length > 0) reply.header('vary', 'Origin');
  if (origin !== undefined && origins.includes(origin)) {
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': readable,
      'cross-origin-resource-policy': 'cross-origin',
    });
    return true;
  }
  return isSameOrigin({ host, origin, fetchSite }, secure ? 'https' : 'http');
};

/** What a browser asks before it lets a page of another origin ask. */
export const answerPreflight = (request: FastifyRequest, reply: FastifyReply, allow: string): void => {
  if (request.headers['access-control-request-method'] === undefined) return;
  reply.headers({
    'access-control-allow-methods': allow,
    'access-control-allow-headers': takenHeaders,
    'access-control-max-age': '600',
  });
};
