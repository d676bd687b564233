import { randomBytes } from 'node:crypto';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { type Clock, neverBack } from '#shared/kernel/clock.ts';

/** A browser's session: a secret only it has, and the connection the secret stands for. */
export interface BrowserSession {
  readonly token: string;
  readonly connection: Connection;
}

export interface BrowserSessions {
  /** The session of a known token. */
  find(token: string | undefined): Connection | undefined;
  /** The session of a token; a new one, under a token of our own, when it is not known. */
  open(token: string | undefined): BrowserSession;
  /** Gives the session another secret: what was known before somebody signed in must not be worth anything after. */
  renew(session: BrowserSession): BrowserSession;
}

interface Entry {
  readonly connection: Connection;
  readonly seen: number;
}

/** Neither open nor locked, and no kiosk. */
const isNobodys = ({ user, locked, kiosk }: Connection): boolean =>
  user === null && !locked && kiosk === undefined;

const forgottenAfter = { signedIn: 12 * 3_600_000, nobody: 30 * 60_000 } as const;
const mostSessions = 5000;

/**
 * Sessions of browsers, in memory: a restart of the workstation signs everybody out. Several requests that come at the
 * same time with the same forgotten token get one new session, not one each.
 */
export const createBrowserSessions = (core: Core, wallClock: Clock): BrowserSessions => {
  const clock = neverBack(wallClock);
  const entries = new Map<string, Entry>();
  /** Forgotten tokens and what they were replaced with, until somebody signs in. */
  const replaced = new Map<string, string>();

  const drop = (token: string, entry: Entry) => {
    entries.delete(token);
    core.disconnect(entry.connection);
    for (const [old, current] of replaced) if (current === token) replaced.delete(old);
  };

  const isOver = ({ connection, seen }: Entry): boolean =>
    clock.now() - seen > (isNobodys(connection) ? forgottenAfter.nobody : forgottenAfter.signedIn);

  const sweep = () => {
    for (const [token, entry] of entries) if (isOver(entry)) drop(token, entry);
    for (const [token, entry] of entries) {
      if (entries.size < mostSessions) return;
      if (isNobodys(entry.connection)) drop(token, entry);
    }
  };

  const touch = (token: string): Entry | undefined => {
    const entry = entries.get(token);
    if (entry === undefined) return undefined;
    if (isOver(entry)) {
      drop(token, entry);
      return undefined;
    }
    entries.delete(token);
    entries.set(token, { ...entry, seen: clock.now() });
    return entry;
  };

  const begin = (connection: Connection): BrowserSession => {
    const token = randomBytes(32).toString('base64url');
    entries.set(token, { connection, seen: clock.now() });
    return { token, connection };
  };

  const known = (token: string | undefined): BrowserSession | undefined => {
    const current = token === undefined ? undefined : (replaced.get(token) ?? token);
    const entry = current === undefined ? undefined : touch(current);
    return entry && current !== undefined ? { token: current, connection: entry.connection } : undefined;
  };

  return {
    find: (token) => known(token)?.connection,
    open: (token) => {
      const session = known(token);
      if (session !== undefined) return session;
      sweep();
      const fresh = begin(core.connect());
      if (token !== undefined && token.length <= 100) replaced.set(token, fresh.token);
      return fresh;
    },
    renew: ({ token, connection }) => {
      entries.delete(token);
      for (const [old, current] of replaced) if (current === token) replaced.delete(old);
      return begin(connection);
    },
  };
};
