import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Core } from '#main/core/dispatch.ts';
import type { Log } from '#main/core/log.ts';
import { tellError } from '#main/core/log.ts';
import { addressKey, createLimit, type Limit } from './api/limits.ts';

/** Calendars by their secret address: what a program on somebody's phone asks for every hour. */
const calendarRoute = '/calendar/:file';

/** From one address: a provider asks for many people from one. */
export const usualCalendarLimit: Limit = { requests: 120, seconds: 60 };

const token = /^([A-Za-z0-9_-]{43})\.ics$/;

const refuse = (reply: FastifyReply, status: number, words: string) =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);

/** Of an `If-None-Match`, which may name several and call them weak. */
const names = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' ||
    header
      .slice(0, 1000)
      .split(',')
      .some((one) => one.trim().replace(/^W\//, '') === etag.replace(/^W\//, '')));

/**
 * Serves `/calendar/<secret>.ics` to whoever knows the secret: no cookie, no session, nothing of the secret in any log. One that was
 * revoked answers as one there never was.
 */
export const serveCalendars = (server: FastifyInstance, core: Core, log: Log, limit: Limit): void => {
  const take = createLimit('calendar', limit);
  server.get<{ Params: { file: string } }>(calendarRoute, async (request, reply) => {
    reply.headers({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
    if (!(await take(addressKey(request.ip), reply))) return refuse(reply, 429, 'Too many requests.');
    const secret = token.exec(request.params.file)?.[1];
    try {
      const feed =
        secret === undefined ? null : await core.programs(({ calendars }) => calendars.read(secret));
      if (feed === null) return refuse(reply, 404, 'There is no such calendar.');
      const etag = `W/"${feed.version}"`;
      reply.header('etag', etag);
      if (names(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="calendar.ics"')
        .send(feed.text());
    } catch (error) {
      // The database is closed to services for the moment, or something is wrong; a program asks again.
      log.info('calendar not read', { why: tellError(error) });
      return refuse(reply, 503, 'Not now.');
    }
  });
};
