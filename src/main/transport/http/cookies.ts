import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Cookies of the session: the browser's own script never sees it, no other site's request carries it. Browsers keep
 * cookies by host without the port: workstations side by side on one computer need a name each, or signing in at one
 * would sign out of the other. What a browser has before anybody signed in has a name of its own: an answer to what was asked
 * before, which comes late, does not write over the session that began meanwhile.
 */
export const cookies = (secure: boolean) => {
  const nameAt = ({ socket }: FastifyRequest) =>
    `${secure ? '__Host-' : ''}clinichub-${socket.localPort ?? 0}`;
  const nobodysAt = (request: FastifyRequest) => `${nameAt(request)}-nobody`;
  const write = (reply: FastifyReply, name: string, token: string) =>
    reply.setCookie(name, token, { httpOnly: true, sameSite: 'strict', secure, path: '/' });
  return {
    /** Of the session first: it counts while it is known. */
    read: (request: FastifyRequest) =>
      [request.cookies[nameAt(request)], request.cookies[nobodysAt(request)]] as const,
    write: (reply: FastifyReply, token: string) => write(reply, nameAt(reply.request), token),
    writeNobodys: (reply: FastifyReply, token: string) => write(reply, nobodysAt(reply.request), token),
  };
};
