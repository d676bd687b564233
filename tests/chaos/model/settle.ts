import type { MutationPayload } from '#shared/sync/wire.ts';
import { applyMutation } from './merge.ts';
import type { Quirks } from './quirks.ts';
import { Refused } from './rules.ts';
import type { ModelDevice, ModelMutation, ModelState } from './state.ts';
import { sha256, type Transaction } from './transaction.ts';

export interface Sent {
  readonly n: number;
  readonly hash: string;
  readonly payload: string;
}

export interface Settling {
  readonly state: ModelState;
  readonly tx: Transaction;
  readonly device: ModelDevice;
  readonly now: () => string;
  readonly quirks: Quirks;
}

const largest = 4 * 1024 * 1024;
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const passing = (sqlstate: string): boolean =>
  ['08', '40', '53', '57', '58'].includes(sqlstate.slice(0, 2)) || sqlstate === '55P03';

const documentOf = ({ hash, payload }: Sent): Partial<MutationPayload> => {
  if (Buffer.byteLength(payload) > largest) throw new Refused('CH103', 'the mutation is larger than 4 MB');
  if (sha256(payload) !== hash) {
    throw new Refused('CH104', 'the payload is not the one its hash was made of');
  }
  try {
    return JSON.parse(payload) as Partial<MutationPayload>;
  } catch {
    throw new Refused('22P02', 'invalid input syntax for type json');
  }
};

const decide = (settling: Settling, sent: Sent, found: { kind: string | null; user: string | null }) => {
  const document = documentOf(sent);
  const { id, kind, user, at, changes } = document;
  found.kind = kind ?? null;
  for (const value of [user, id]) {
    if (value != null && !uuid.test(value)) throw new Refused('22P02', 'invalid input syntax for type uuid');
  }
  found.user = user ?? null;
  if (id == null || kind == null || !Array.isArray(changes)) {
    throw new Refused('CH102', 'a mutation needs id, kind and changes');
  }
  const { state, tx, device, now, quirks } = settling;
  tx.mutation(sent.n);
  return applyMutation(
    { state, tx, device, n: sent.n, mutation: id, user: user ?? null, at: at ?? '', now, quirks },
    changes,
  );
};

/** Why a decision needs a person: the slot before the fields. */
const reviewOf = ({ conflicts }: ModelState, device: number, n: number) => {
  const own = conflicts.filter((conflict) => conflict.device === device && conflict.n === n);
  const first = own.find(({ kind }) => kind === 'slot') ?? own[0];
  return { message: first?.reason ?? null, sqlstate: first?.kind === 'slot' ? '23P01' : null };
};

/** The verdict on one new mutation. What may succeed later is thrown again; everything else is decided here and now. */
export const settle = (settling: Settling, sent: Sent): ModelMutation => {
  const { state, tx, device } = settling;
  const { n, hash, payload } = sent;
  const found: { kind: string | null; user: string | null } = { kind: null, user: null };
  const mutation = { device: device.no, n, hash };
  try {
    const status = tx.savepoint(() => decide(settling, sent, found));
    const review =
      status === 'needs_review' ? reviewOf(state, device.no, n) : { message: null, sqlstate: null };
    return { ...mutation, ...found, status, ...review, payload: status === 'applied' ? null : payload };
  } catch (error) {
    if (!(error instanceof Refused) || passing(error.sqlstate)) throw error;
    return {
      ...mutation,
      ...found,
      status: 'rejected',
      sqlstate: error.sqlstate,
      message: error.message.slice(0, 500),
      payload,
    };
  }
};
