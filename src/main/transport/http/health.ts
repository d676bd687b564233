import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Core } from '#main/core/dispatch.ts';
import type { AppInfo } from '#shared/contract/app.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { type Clock, neverBack } from '#shared/kernel/clock.ts';
import { isLoopback } from './guard.ts';

/** Whether services can work here; `/live` below it: whether the process answers. */
export const healthRoute = '/health';

/** Answers within a second, from all who ask together; whoever watches asks every few seconds. */
const mostPerSecond = 20;

/** What only who is at this computer is told. No patient data, and nothing to begin an attack with. */
interface Details {
  readonly version: string | null;
  readonly database: 'open' | 'preparing' | 'expired' | 'wiped' | 'failed';
  readonly sync: SyncStatus['connection'] | null;
  readonly waiting: number | null;
  readonly lastContact: string | null;
}

const databaseOf = (status: SyncStatus | null): Details['database'] => {
  if (status === null) return 'failed';
  if (status.problem === 'wipe') return 'wiped';
  if (status.connection === 'preparing') return 'preparing';
  return status.leaseDaysLeft === 0 ? 'expired' : 'open';
};

const look = async (core: Core): Promise<Details> => {
  const connection = core.connect();
  try {
    const ask = async <T>(name: string): Promise<T | null> => {
      const reply = await core.dispatch(name, {}, connection);
      return reply.ok ? (reply.value as T) : null;
    };
    const status = await ask<SyncStatus>('sync.status');
    const info = await ask<AppInfo>('app.info');
    return {
      version: info?.version ?? null,
      database: databaseOf(info === null ? null : status),
      sync: status?.connection ?? null,
      waiting: status?.waiting ?? null,
      lastContact: status?.lastContact ?? null,
    };
  } finally {
    core.disconnect(connection);
  }
};

/** Asked from this computer, and not handed on by a proxy that runs here for somebody elsewhere. */
const isFromHere = ({ socket, headers }: FastifyRequest): boolean =>
  isLoopback((socket.remoteAddress ?? '').replace(/^::ffff:/, '')) &&
  headers.forwarded === undefined &&
  headers['x-forwarded-for'] === undefined;

/**
 * Serves `/health` (200 while services can work here, else 503) and `/health/live` (200 while the process answers) to
 * whoever watches the host, without a session. The reasons are told to this computer alone.
 */
export const serveHealth = (server: FastifyInstance, core: Core, wallClock: Clock): void => {
  const clock = neverBack(wallClock);
  let second = 0;
  let asked = 0;
  const tooMany = (): boolean => {
    const now = Math.floor(clock.now() / 1000);
    asked = now === second ? asked + 1 : 1;
    second = now;
    return asked > mostPerSecond;
  };
  server.get(`${healthRoute}/live`, async (_request, reply) =>
    tooMany() ? reply.code(429).send({ live: true }) : reply.send({ live: true }),
  );
  server.get(healthRoute, async (request, reply) => {
    if (tooMany()) return reply.code(429).send({ live: true });
    const details = await look(core);
    const ready = details.database === 'open';
    return reply.code(ready ? 200 : 503).send({ live: true, ready, ...(isFromHere(request) ? details : {}) });
  });
};
