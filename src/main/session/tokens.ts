import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb, type TokenFamilyTable } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { accountById, type Opening, openingOf, staffOpening } from './accounts.ts';
import { mayBegin, type SessionLimits } from './limits.ts';
import { noteSession, type Sessions } from './session.ts';

/** What a program gets when its user signs in, and at each refresh. */
export interface IssuedTokens {
  readonly sessionId: string;
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  /** When the refresh token is worth nothing any more. */
  readonly refreshUntil: string;
}

/** A session over the API, as its user sees it. */
export interface TokenSession {
  readonly id: string;
  readonly client: string;
  readonly createdAt: string;
  /** When it was refreshed last. */
  readonly usedAt: string;
  readonly expiresAt: string;
}

/**
 * Sessions of programs. Who signed in gets an access token, which is shown with each request for a quarter of an hour, and a
 * refresh token, which gives new ones of both, once. All that follow one sign-in are a family; it ends with its account, the password
 * it was opened with, by being revoked, and when a refresh token comes a second time: one of the two who had it stole it.
 */
export interface Tokens {
  /** The first tokens of a session of who has just signed in at `connection`. */
  begin(connection: Connection, client: string): Promise<Result<IssuedTokens>>;
  /** New tokens for a refresh token, which is used up. `not-signed-in` for one that is worth nothing. */
  refresh(refreshToken: string): Promise<Result<IssuedTokens>>;
  /** Which session an access token is of; null for one we did not make or that is too old. */
  sessionOf(accessToken: string): Promise<string | null>;
  /** Signs `connection` in as whose session it is, while it goes on. */
  resume(sessionId: string, connection: Connection): boolean;
  /** Ends the session of a refresh token; nothing happens for one that is worth nothing. */
  revoke(refreshToken: string): void;
  /** The sessions of who is signed in, the one used last first. */
  list(connection: Connection): readonly TokenSession[];
  /** Ends a session of who is signed in; false when they have no such one. */
  end(connection: Connection, sessionId: string): boolean;
}

/** What a key of ours is for. */
type Purpose = 'access' | 'refresh';

interface TokensDeps extends FeatureDeps {
  readonly sessions: Pick<Sessions, 'current' | 'reopen'>;
  readonly limits: SessionLimits;
}

/** Seconds an access token is worth something. */
const accessSeconds = 900;
const day = 86_400_000;
/** A session that is not refreshed for so long is over; and so is any after this long. */
const unusedFor = 14 * day;
const longest = 90 * day;
/** More sessions than anybody's programs need; the one used longest ago makes way. */
const mostSessions = 50;
const sweptAtOnce = 100;

const audience = 'clinichub-api';
const tokenType = 'at+jwt';

const openerDigest = ({ opener }: Opening): string => createHash('sha256').update(opener).digest('base64url');

const earlier = (one: string, other: string): string => (one < other ? one : other);

export const createTokens = (deps: TokensDeps): Tokens => {
  const { store, clock, sessions } = deps;
  /** In our own file alone: a workstation that is set up anew makes another, and what it gave before is worth nothing. */
  let keys: Readonly<Record<Purpose, Uint8Array>> | null = null;

  const keyFor = (purpose: Purpose): Uint8Array => {
    if (keys === null) {
      const kept = store.get(localDb.selectFrom('own_secret').selectAll().where('name', '=', 'api'));
      const value = kept?.value ?? randomBytes(32).toString('base64url');
      if (kept === undefined)
        store.mutate({ kind: 'api.secret', user: null }, (writer) =>
          writer.keep('own_secret', { name: 'api', value }),
        );
      const keyOf = (one: Purpose) =>
        new Uint8Array(hkdfSync('sha256', Buffer.from(value, 'base64url'), '', `clinichub ${one}`, 32));
      keys = { access: keyOf('access'), refresh: keyOf('refresh') };
    }
    return keys[purpose];
  };

  /** A copied workstation takes another identity; tokens of the one are none of the other. */
  const issuer = (): string => `urn:clinichub:workstation:${store.workstation()?.deviceId ?? ''}`;

  const sealOf = (id: string, generation: number): string =>
    createHmac('sha256', keyFor('refresh')).update(`${issuer()} ${id} ${generation}`).digest('base64url');

  /** What a refresh token of ours says, however old it is. */
  const readRefresh = (token: string): { readonly id: string; readonly generation: number } | null => {
    const [, id, digits, seal] = /^([0-9a-f-]{36})\.(\d{1,9})\.([\w-]{43})$/.exec(token) ?? [];
    if (id === undefined || digits === undefined || seal === undefined) return null;
    const generation = Number(digits);
    const isOurs = timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(id, generation)));
    return isOurs ? { id, generation } : null;
  };

  const write = (user: string, work: (writer: LocalWriter) => void) =>
    void store.mutate({ kind: 'api.session', user }, work);

  /** An account of the staff or of a patient, as it stands now; null for one that may not be used. */
  const openingFor = (id: string): Opening | null => {
    const staff = accountById(store, id);
    return staff === undefined
      ? openingOf(store, { id: id as SignedInUser['id'], role: 'patient' })
      : staffOpening(store, staff);
  };

  /** A session that goes on, with its account. One that does not is forgotten. */
  const find = (id: string): { readonly family: TokenFamilyTable; readonly opening: Opening } | null => {
    const family = store.get(localDb.selectFrom('token_family').selectAll().where('id', '=', id));
    if (family === undefined) return null;
    const opening = openingFor(family.account_id);
    const goesOn = family.until_at > instant(clock.now());
    if (opening !== null && goesOn && openerDigest(opening) === family.opener) return { family, opening };
    write(family.account_id, (writer) => writer.drop('token_family', id));
    return null;
  };

  /** Ends a session for good, and notes why. */
  const close = (id: string, event: 'sign-out' | 'token-reused', { user }: Opening) =>
    noteSession(
      deps,
      event,
      user.id,
      event === 'sign-out' ? 'success' : 'refused',
      (writer) => writer.drop('token_family', id),
      user.role === 'patient' ? 'patient_account' : 'staff_account',
    );

  const issue = async ({ id, account_id, generation, until_at }: TokenFamilyTable): Promise<IssuedTokens> => {
    const now = Math.floor(clock.now() / 1000);
    const accessToken = await new SignJWT({ sid: id })
      .setProtectedHeader({ alg: 'HS256', typ: tokenType })
      .setIssuer(issuer())
      .setAudience(audience)
      .setSubject(account_id)
      .setJti(deps.newId())
      .setIssuedAt(now)
      .setExpirationTime(now + accessSeconds)
      .sign(keyFor('access'));
    return {
      sessionId: id,
      accessToken,
      expiresIn: accessSeconds,
      refreshToken: `${id}.${generation}.${sealOf(id, generation)}`,
      refreshUntil: until_at,
    };
  };

  const list: Tokens['list'] = (connection) => {
    const user = sessions.current(connection);
    if (user === null) return [];
    return store
      .all(
        localDb
          .selectFrom('token_family')
          .selectAll()
          .where('account_id', '=', user.id)
          .where('until_at', '>', instant(clock.now()))
          .orderBy('used_at', 'desc')
          .orderBy('id')
          .limit(mostSessions),
      )
      .map(({ id, client, created_at, used_at, until_at }) => ({
        id,
        client,
        createdAt: created_at,
        usedAt: used_at,
        expiresAt: until_at,
      }));
  };

  /** Sessions that are over, and of one account those that make way. */
  const superfluous = (reader: LocalWriter, accountId: string) => [
    ...reader.all(
      localDb
        .selectFrom('token_family')
        .select('id')
        .where('until_at', '<=', instant(clock.now()))
        .limit(sweptAtOnce),
    ),
    ...reader.all(
      localDb
        .selectFrom('token_family')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('used_at', 'desc')
        .limit(sweptAtOnce)
        .offset(mostSessions - 1),
    ),
  ];

  return {
    begin: async (connection, client) => {
      const user = sessions.current(connection);
      const opening = user === null ? null : openingFor(user.id);
      if (user === null || opening === null) return fail('not-signed-in');
      const now = clock.now();
      const family: TokenFamilyTable = {
        id: deps.newId(),
        account_id: user.id,
        client,
        opener: openerDigest(opening),
        generation: 1,
        created_at: instant(now),
        used_at: instant(now),
        until_at: instant(now + unusedFor),
        ends_at: instant(now + longest),
      };
      write(user.id, (writer) => {
        for (const { id } of superfluous(writer, user.id)) writer.drop('token_family', id);
        writer.keep('token_family', family);
      });
      return ok(await issue(family));
    },
    refresh: async (refreshToken) => {
      const may = mayBegin(store, deps.limits);
      if (!may.ok) return may;
      const token = readRefresh(refreshToken);
      const found = token && find(token.id);
      if (!token || !found) return fail('not-signed-in');
      const { family } = found;
      if (token.generation !== family.generation) {
        close(family.id, 'token-reused', found.opening);
        return fail('not-signed-in');
      }
      const now = clock.now();
      const next: TokenFamilyTable = {
        ...family,
        generation: family.generation + 1,
        used_at: instant(now),
        until_at: earlier(instant(now + unusedFor), family.ends_at),
      };
      write(family.account_id, (writer) => writer.keep('token_family', next));
      return ok(await issue(next));
    },
    sessionOf: async (accessToken) => {
      const verified = await jwtVerify(accessToken, keyFor('access'), {
        algorithms: ['HS256'],
        typ: tokenType,
        issuer: issuer(),
        audience,
        requiredClaims: ['exp', 'sub', 'sid'],
        currentDate: new Date(clock.now()),
      }).catch(() => null);
      const id = verified?.payload.sid;
      return typeof id === 'string' ? id : null;
    },
    resume: (sessionId, connection) => {
      const found = find(sessionId);
      if (found === null) return false;
      if (connection.user?.id === found.opening.user.id) return true;
      return sessions.reopen(connection, found.opening) !== null;
    },
    revoke: (refreshToken) => {
      const token = readRefresh(refreshToken);
      const found = token && find(token.id);
      if (found) close(found.family.id, 'sign-out', found.opening);
    },
    list,
    end: (connection, sessionId) => {
      const isTheirs = list(connection).some(({ id }) => id === sessionId);
      const found = isTheirs ? find(sessionId) : null;
      if (found !== null) close(sessionId, 'sign-out', found.opening);
      return found !== null;
    },
  };
};
