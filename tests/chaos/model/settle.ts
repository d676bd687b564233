import type { MutationPayload } from '#shared/sync/wire.ts';
import type { Quirks } from './quirks.ts';
import { Refused } from './rules.ts';
import { applyMutation, type Outcome } from './slots.ts';
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
  const { state, tx, device, quirks } = settling;
  tx.mutation(sent.n);
  let review: Review = null;
  const status = applyMutation(
    {
      state,
      tx,
      device,
      n: sent.n,
      mutation: id,
      user: user ?? null,
      at: at ?? '',
      quirks,
      review: (sqlstate, message) => {
        if (review === null || (sqlstate !== null && review.sqlstate === null))
          review = { sqlstate, message };
      },
    },
    changes,
  );
  return reviewed(status, review);
};

type Review = { readonly sqlstate: string | null; readonly message: string } | null;

const reviewed = (status: Outcome, review: Review) =>
  review === null
    ? { status, sqlstate: null, message: null }
    : { status: 'needs_review' as const, sqlstate: review.sqlstate, message: review.message };

/** The verdict on one new mutation. What may succeed later is thrown again; everything else is decided here and now. */
export const settle = (settling: Settling, sent: Sent): ModelMutation => {
  const { tx, device } = settling;
  const { n, hash, payload } = sent;
  const found: { kind: string | null; user: string | null } = { kind: null, user: null };
  const mutation = { device: device.no, n, hash };
  try {
    const decided = tx.savepoint(() => decide(settling, sent, found));
    return { ...mutation, ...found, ...decided, payload: decided.status === 'applied' ? null : payload };
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
