import { z } from 'zod';
import { SignedInUser, sessionCalls } from '#shared/contract/session.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { defineTokenOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';

const { password } = sessionCalls['session.signIn'].input.shape;
/** A user name of the staff, which has no @, or the e-mail address of a patient's account. */
const username = z.string().trim().min(1).max(254);

/** What a program calls itself: shown to its user among the sessions. */
const client = z
  .string()
  .trim()
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters')
  .default('');

const TokenRequest = named(
  'TokenRequest',
  z.discriminatedUnion('grant', [
    z.object({ grant: z.literal('password'), username, password, client }),
    z.object({ grant: z.literal('refresh'), refreshToken: z.string().min(1).max(200) }),
  ]),
);

const Tokens = named(
  'Tokens',
  z.object({
    /** To be sent as `Authorization: Bearer …`. */
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    /** Seconds the access token is worth something. */
    expiresIn: z.number().int(),
    /** Gives new tokens once; keep the one that comes with them. */
    refreshToken: z.string(),
    refreshUntil: z.iso.datetime(),
    sessionId: z.guid(),
  }),
);

const issued = (tokens: Omit<z.infer<typeof Tokens>, 'tokenType'>) =>
  ok({ ...tokens, tokenType: 'Bearer' as const });

const getTokens = defineTokenOperation({
  method: 'POST',
  path: '/auth/token',
  id: 'getTokens',
  tag: 'Auth',
  summary: 'Sign in, or go on with a refresh token',
  description:
    'For the staff with their user name, for a patient with the e-mail address of the account. An access token counts for 15 minutes. A refresh token counts once: with the new access token comes the next one. When one comes a second time, the whole session is ended, because somebody else may have it.',
  signedIn: false,
  body: TokenRequest,
  answer: { status: 200, schema: Tokens },
  problems: [
    'wrong-credentials',
    'password-elsewhere',
    'patient-account',
    'not-permitted',
    'too-many-tries',
    'not-signed-in',
    'offline-too-long',
    'not-ready',
  ],
  run: async ({ body }, { call, connection, services }) => {
    if (body.grant === 'refresh') {
      const next = await services.tokens.refresh(body.refreshToken);
      return next.ok ? issued(next.value) : next;
    }
    const { username: name, password: secret } = body;
    const signedIn = name.includes('@')
      ? await call('panel.signIn', { email: name, password: secret })
      : await call('session.signIn', { username: name, password: secret });
    if (!signedIn.ok) return signedIn;
    const first = await services.tokens.begin(connection, body.client);
    return first.ok ? issued(first.value) : first;
  },
});

const revokeToken = defineTokenOperation({
  method: 'POST',
  path: '/auth/revoke',
  id: 'revokeToken',
  tag: 'Auth',
  summary: 'End the session of a refresh token',
  description:
    'Its access tokens are worth nothing from now on either. The answer is the same for a token that was worth nothing.',
  signedIn: false,
  body: z.object({ refreshToken: z.string().min(1).max(200) }),
  answer: { status: 204, schema: z.null() },
  run: ({ body }, { services }) => {
    services.tokens.revoke(body.refreshToken);
    return ok(null);
  },
});

const Session = named(
  'Session',
  z.object({
    id: z.guid(),
    client: z.string(),
    createdAt: z.iso.datetime(),
    usedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  }),
);

const listSessions = defineTokenOperation({
  method: 'GET',
  path: '/auth/sessions',
  id: 'listSessions',
  tag: 'Auth',
  summary: 'One’s own sessions over the API',
  description: 'At most 50, the one used last first.',
  signedIn: true,
  answer: { status: 200, schema: z.object({ items: z.array(Session), next: z.null() }) },
  run: (_asked, { connection, services }) => ok({ items: [...services.tokens.list(connection)], next: null }),
});

const endSession = defineTokenOperation({
  method: 'DELETE',
  path: '/auth/sessions/{sessionId}',
  id: 'endSession',
  tag: 'Auth',
  summary: 'End one of one’s own sessions',
  signedIn: true,
  params: z.object({ sessionId: z.guid() }),
  answer: { status: 204, schema: z.null() },
  problems: ['not-found'],
  run: ({ params }, { connection, services }) =>
    services.tokens.end(connection, params.sessionId) ? ok(null) : fail('not-found'),
});

const User = named('User', SignedInUser);

const getMe = defineTokenOperation({
  method: 'GET',
  path: '/auth/me',
  id: 'getMe',
  tag: 'Auth',
  summary: 'Who is signed in, and what they may do',
  signedIn: true,
  answer: { status: 200, schema: User },
  run: async (_asked, { call }) => {
    const current = await call('session.current', {});
    if (!current.ok) return current;
    return current.value === null ? fail('not-signed-in') : ok(current.value);
  },
});

export const authOperations: readonly Operation[] = [getTokens, revokeToken, listSessions, endSession, getMe];
