import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { RouterDeps } from '#main/core/core.ts';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { Call } from '#shared/contract/call.ts';
import { type CallName, contract, type Reply } from '#shared/contract/contract.ts';
import { isGranted } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { fail, type Result } from '#shared/kernel/result.ts';

/** More than any form of ours sends; an input is refused before anything looks at it closer. */
const mostInput = 100_000;

const isCall = (name: string): name is CallName => Object.hasOwn(contract, name);

/** Whether a value holds more than `most` characters and members; it stops counting as soon as it knows. */
export const isOversized = (value: unknown, most: number): boolean => {
  let left = most;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && left >= 0) {
    const next = waiting.pop();
    left -= typeof next === 'string' ? next.length + 1 : 1;
    if (typeof next !== 'object' || next === null) continue;
    const entries = Object.entries(next);
    left -= entries.reduce((sum, [key]) => sum + key.length, 0);
    if (left >= 0) waiting.push(...entries.map(([, member]) => member));
  }
  return left < 0;
};

/** What is wrong with each input, as the schema's own code (`required`) or zod's (`too-small`). Never the value. */
const fieldsOf = (error: z.ZodError): Readonly<Record<string, string>> =>
  Object.fromEntries(
    error.issues
      .slice(0, 20)
      .map((issue) => [
        issue.path.map(String).join('.').slice(0, 100),
        /^[a-z-]+$/.test(issue.message) ? issue.message : issue.code.replaceAll('_', '-'),
      ]),
  );

/** Not worth a note each time: the status says the same. */
const expected: ReadonlySet<string> = new Set(['not-ready', 'lease-expired', 'wiped', 'overtaken']);

/** A failure of the workstation's own database that a person can be told about. */
export const localFailure = (error: LocalError): Reply<never> =>
  fail(
    error.code === 'not-ready' || error.code === 'lease-expired' || error.code === 'wiped'
      ? error.code
      : error.code === 'no-such-row' || error.code === 'overtaken'
        ? 'changed-meanwhile'
        : 'unavailable',
  );

/**
 * The way of every call, whatever brought it: is it known, is somebody signed in and the session not locked, have they the permission, does the input fit, then
 * the handler, then does the output fit. It never throws: what nobody expected becomes `internal` with the id under
 * which it was written down.
 */
export const createRouter = ({ handlers, sessions, log }: RouterDeps): Core['dispatch'] => {
  const internal = (name: string, error: unknown): Reply<never> => {
    const id = randomUUID();
    log.error('call failed', error, { call: name, id });
    return fail('internal', { params: { id } });
  };

  /** Whose locked session answers a call that shows nothing of anybody. */
  const lockedUser = ({ whileLocked }: Call, connection: Connection): SignedInUser | null =>
    whileLocked && connection.locked ? (sessions.held(connection)[0]?.user ?? null) : null;

  const refusal = (call: Call, connection: Connection): Reply<never> | null => {
    const atKiosk = connection.kiosk !== undefined;
    if (atKiosk && !call.atKiosk) return fail('not-permitted');
    if (call.needs === 'public' || (atKiosk && call.needs === 'kiosk')) return null;
    const user = sessions.current(connection) ?? lockedUser(call, connection);
    if (user === null) return fail(connection.locked ? 'locked' : 'not-signed-in');
    return isGranted(call.needs, user) ? null : fail('not-permitted');
  };

  const answer = async (name: CallName, input: unknown, connection: Connection): Promise<Reply<unknown>> => {
    const call: Call = contract[name];
    const refused = refusal(call, connection);
    if (refused !== null) return refused;
    if (isOversized(input, call.most ?? mostInput)) return fail('too-large');
    const parsed = call.input.safeParse(input);
    if (!parsed.success) return fail('invalid-input', { fields: fieldsOf(parsed.error) });
    // The map of handlers has the contract's own types; by name they are all one shape.
    const handler = handlers[name] as (
      parsedInput: unknown,
      connection: Connection,
    ) => Result<unknown> | Promise<Result<unknown>>;
    const result = await handler(parsed.data, connection);
    return result.ok ? { ok: true, value: call.output.parse(result.value) } : result;
  };

  return async (name, input, connection) => {
    if (!isCall(name)) return fail('not-found');
    try {
      return await answer(name, input, connection);
    } catch (error) {
      if (error instanceof LocalError) {
        if (!expected.has(error.code)) log.error('local database', error, { call: name });
        return localFailure(error);
      }
      return internal(name, error);
    }
  };
};
