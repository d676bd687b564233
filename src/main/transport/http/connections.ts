import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressKey } from './api/limits.ts';
import { problem } from './api/problems.ts';
import type { IsProxy } from './proxies.ts';

/** How much of this host connections may take, and for how long. */
export interface ConnectionLimits {
  /** Open at a time, in all and from one address. A browser holds about six; a proxy that nobody told us of holds those of all it stands for. */
  readonly all: number;
  readonly address: number;
  /** Within which the headers of a request, and the whole of it, are here; milliseconds. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** How often it is looked for requests that take longer. */
  readonly connectionsCheckingInterval: number;
}

export const usualConnections: ConnectionLimits = {
  all: 4096,
  address: 512,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
};

/** Lets go what one address opens beyond its share: others must still find a place. A proxy we know opens those of all it stands for. */
export const boundConnections = (
  server: Server,
  { all, address }: ConnectionLimits,
  isProxy: IsProxy,
): void => {
  server.maxConnections = all;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    if (isProxy(socket.remoteAddress)) return;
    const key = addressKey(socket.remoteAddress);
    const count = (open.get(key) ?? 0) + 1;
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
    if (count > address) socket.destroy();
  });
};

const codes = { ERR_HTTP_REQUEST_TIMEOUT: 'timeout', HPE_HEADER_OVERFLOW: 'headers-too-large' } as const;

/** Answers what is no request of HTTP, or none in time, and closes. Nothing of it is repeated. */
export const refuseClient = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy(error);
  const code = Object.hasOwn(codes, error.code ?? '') ? codes[error.code as keyof typeof codes] : 'malformed';
  const body = JSON.stringify(problem(code));
  const { status, title } = problem(code);
  const lines = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
};
