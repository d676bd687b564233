import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withStyleNonce } from '#main/security/csp.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { kioskPermissions } from './headers.ts';

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>ClinicHub</title>
<p>The screens are not built yet. Run <code>npm run build</code>, then load this page again.</p></html>`;

/** A screen has a path of its own, a file has an ending. */
const isFile = (path: string) => /\.[a-z0-9]+$/i.test(path);

/**
 * Serves the built screens from `folder`: files by name, the patients' page at `/panel` and `/kiosk`, and the clinic's for every
 * other address. Each page gets the nonce of its own answer and, before it runs, a session cookie. A browser that was made a kiosk is
 * led back to it from every other page, and a patient to the patients'.
 */
export const servePages = async (
  server: FastifyInstance,
  folder: string,
  nonceOf: (reply: FastifyReply) => string,
  openSession: (request: FastifyRequest, reply: FastifyReply) => BrowserSession,
): Promise<void> => {
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    // The build leaves each file smaller beside itself: a phone fetches a third of it.
    preCompressed: true,
    // File names carry a hash of what is in them.
    setHeaders: (response) => response.header('cache-control', 'public, max-age=31536000, immutable'),
  });

  const send = async (file: string, reply: FastifyReply) => {
    const html = await readFile(join(folder, file), 'utf8').catch(() => notBuilt);
    return reply.type('text/html; charset=utf-8').send(withStyleNonce(html, nonceOf(reply)));
  };
  const pageOf = (file: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { kiosk, user } = openSession(request, reply).connection;
    if (kiosk !== undefined) return reply.redirect('/kiosk');
    if (user?.role === 'patient' && file !== 'panel.html') return reply.redirect('/panel');
    return send(file, reply);
  };
  const page = pageOf('index.html');
  const panel = pageOf('panel.html');
  server.get('/', page);
  server.get('/index.html', page);
  for (const path of ['/panel', '/panel/', '/panel.html']) server.get(path, panel);
  for (const path of ['/kiosk', '/kiosk/'])
    server.get(path, async (request, reply) => {
      openSession(request, reply);
      return send('panel.html', reply.header('permissions-policy', kioskPermissions));
    });
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isPage = request.method === 'GET' && !isFile(path) && !/^\/(rpc|events)(\/|$)/.test(path);
    return isPage ? page(request, reply) : reply.code(404).send();
  });
};
