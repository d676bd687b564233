import type { Core } from '#main/core/dispatch.ts';
import type { NamedRequest } from '#main/core/kept-answers.ts';
import { LocalError } from '#main/data/local/error.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { type AppError, fail, ok, type Result } from '#shared/kernel/result.ts';
import { sealCursor } from './cursor.ts';
import { etagOf, isMatched } from './etag.ts';
import type { Asked, Operation, Page, Running } from './operation.ts';
import { type ProblemCode, type ProblemMore, partsOfFields } from './problems.ts';

/** An answer as it goes out, and as it is kept to be given again. */
export interface Answered {
  readonly status: number;
  /** Null: none. */
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Refused extends ProblemMore {
  readonly problem: ProblemCode;
}

export type Outcome = Answered | Refused;

export const isRefused = (outcome: Outcome): outcome is Refused => 'problem' in outcome;

/** What of a request decides how an operation is performed. */
export interface Performing {
  readonly operation: Operation;
  readonly asked: Asked;
  readonly running: Running;
  /** Path and query as sent, for links. */
  readonly address: URL;
  readonly ifMatch: string | undefined;
  /** Null: the request does not name itself. */
  readonly named: NamedRequest | null;
}

const root = '/api/v1';

/** Somebody is always first; so many times in a row it is not chance. */
const mostRounds = 20;

const refusalOf = ({ fields, body }: Operation, { code, params, ...error }: AppError): Refused => ({
  problem: code,
  ...(params === undefined ? {} : { params }),
  errors: partsOfFields(body === null ? 'query' : 'body', error.fields, fields),
});

const nextOf = ({ id }: Operation, query: unknown, address: URL, after: unknown): string => {
  const { cursor: _, limit: __, after: ___, ...filters } = query as Record<string, unknown>;
  const next = new URL(address);
  next.searchParams.set('cursor', sealCursor(id, filters, after));
  return `${next.pathname}${next.search}`;
};

/** Whether what it answers is a representation an update may name. */
export const hasEtag = ({ method, signedIn, ifMatch, answer }: Operation): boolean =>
  signedIn && (method === 'GET' || ifMatch?.answer.schema === answer.schema);

/** The representation of what an operation gave. */
const shown = ({ operation, asked, address }: Performing, value: unknown): Answered => {
  const { answer, cursor, location } = operation;
  const headers: Record<string, string> = {};
  let whole = value;
  if (cursor !== null) {
    const { items, after } = value as Page<unknown, unknown>;
    const next = after === null ? null : nextOf(operation, asked.query, address, after);
    if (next !== null) headers.link = `<${next}>; rel="next"`;
    whole = { items, next };
  }
  if (answer.status === 204) return { status: 204, body: null, headers };
  const body = JSON.stringify(answer.schema.parse(whole));
  if (hasEtag(operation)) headers.etag = etagOf(body);
  if (location !== null) headers.location = `${root}${location(value as never)}`;
  return { status: answer.status, body, headers };
};

const once = async (performing: Performing): Promise<Outcome> => {
  const { operation, asked, running } = performing;
  const done = await operation.run(asked, running);
  return done.ok ? shown(performing, done.value) : refusalOf(operation, done.error);
};

/** The ETag of what is there now, and how many commits there were before it was looked at. */
const stateOf = async (
  { ifMatch }: Operation,
  { asked, running }: Performing,
): Promise<Result<{ readonly etag: string; readonly commits: number }>> => {
  const commits = running.services.commits();
  if (ifMatch === null) return ok({ etag: '', commits });
  const found = await ifMatch.run({ ...asked, query: {}, body: undefined }, running);
  if (!found.ok) return found;
  return ok({ etag: etagOf(JSON.stringify(ifMatch.answer.schema.parse(found.value))), commits });
};

/**
 * Does what is asked if it is still as the caller saw it. Between looking and the first write nobody else may write, here or at
 * the centre: whoever was first is seen, and it is looked again.
 */
const ifUnchanged = async (performing: Performing, ifMatch: string, note: (writer: LocalWriter) => void) => {
  const { operation, running } = performing;
  const { commits, inUnit } = running.services;
  for (let round = 0; round < mostRounds; round += 1) {
    const state = await stateOf(operation, performing);
    if (!state.ok) return refusalOf(operation, state.error);
    if (!isMatched(ifMatch, state.value.etag)) return { problem: 'precondition-failed' } as const;
    let isOvertaken = false;
    const first = (writer: LocalWriter) => {
      isOvertaken = commits() !== state.value.commits;
      if (isOvertaken) throw new LocalError('overtaken', 'Something was written since it was looked at.');
      note(writer);
    };
    const outcome = await inUnit({ first }, () => once(performing));
    if (!isOvertaken) return outcome;
  }
  return { problem: 'changed-meanwhile' } as const;
};

const work = (performing: Performing, note: ((writer: LocalWriter) => void) | null): Promise<Outcome> => {
  const { operation, ifMatch, running } = performing;
  if (operation.ifMatch !== null) {
    if (ifMatch !== undefined) return ifUnchanged(performing, ifMatch, note ?? (() => undefined));
    if (operation.method !== 'POST') return Promise.resolve({ problem: 'precondition-required' });
  }
  return note === null ? once(performing) : running.services.inUnit({ first: note }, () => once(performing));
};

/** Performs an operation; a request that names itself is done once, however often it comes. */
export const perform = async (performing: Performing): Promise<Outcome> => {
  const { named, running } = performing;
  if (named === null) return work(performing, null);
  const { answers } = running.services;
  const state = answers.begin<Outcome>(named);
  if (state.is === 'answered') return state.answer;
  if (state.is !== 'new')
    return {
      problem: ({ running: 'key-running', another: 'key-reused', lost: 'answer-lost' } as const)[state.is],
    };
  let outcome: Outcome = { problem: 'internal' };
  try {
    outcome = await work(performing, (writer) => answers.note(named, writer));
    return outcome;
  } finally {
    answers.finish(named, outcome, isRefused(outcome) ? 'refused' : 'done');
  }
};

/** Makes calls of the contract at a connection. */
export const callAt = (core: Pick<Core, 'dispatch'>, connection: Running['connection']): Running['call'] =>
  (async (name: string, input: unknown) => {
    const reply = await core.dispatch(name, input, connection);
    return reply.ok ? reply : fail(reply.error.code, reply.error);
  }) as Running['call'];
