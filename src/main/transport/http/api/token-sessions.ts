import { randomUUID } from 'node:crypto';
import type { Connection, Core } from '#main/core/dispatch.ts';
import type { ProgramServices } from '#main/core/programs.ts';
import { type Clock, neverBack } from '#shared/kernel/clock.ts';

export interface TokenSessions {
  /** The connection of the session an access token is of; null when the token is worth nothing. */
  of(accessToken: string, services: ProgramServices): Promise<Connection | null>;
  /** One where nobody is signed in yet; `work` may sign in. It is gone afterwards. */
  fresh<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
}

/** Longer than an access token is worth anything. */
const forgottenAfter = 20 * 60_000;
const mostConnections = 5_000;

/** One connection for each session of programs. The sessions themselves are kept with their tokens; these are found again. */
export const createTokenSessions = (core: Core, wallClock: Clock): TokenSessions => {
  const clock = neverBack(wallClock);
  const known = new Map<string, { readonly connection: Connection; readonly seen: number }>();

  const drop = (sessionId: string) => {
    const entry = known.get(sessionId);
    known.delete(sessionId);
    if (entry !== undefined) core.disconnect(entry.connection);
  };

  /** The one seen last is the last of the map. */
  const sweep = () => {
    for (const [sessionId, { seen }] of known) {
      if (known.size <= mostConnections && clock.now() - seen <= forgottenAfter) return;
      drop(sessionId);
    }
  };

  const connect = () => core.connect({ id: randomUUID(), user: null, lasting: true });

  return {
    of: async (accessToken, { tokens }) => {
      const sessionId = await tokens.sessionOf(accessToken);
      if (sessionId === null) return null;
      const connection = known.get(sessionId)?.connection ?? connect();
      known.delete(sessionId);
      known.set(sessionId, { connection, seen: clock.now() });
      if (!tokens.resume(sessionId, connection)) {
        drop(sessionId);
        return null;
      }
      sweep();
      return connection;
    },
    fresh: async (work) => {
      const connection = connect();
      try {
        return await work(connection);
      } finally {
        core.disconnect(connection);
      }
    },
  };
};
