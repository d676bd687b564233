import type { MutationChange, MutationPayload } from '#shared/sync/wire.ts';
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
  const { id, kind, user, at, changes, common, schema = 1 } = document;
  const { state, tx, device, quirks } = settling;
  if (kind !== 'held' && schema > state.schema) {
    throw new Refused(
      'CH105',
      `a mutation of schema ${schema} cannot be read by one of schema ${state.schema}`,
    );
  }
  found.kind = kind ?? null;
  for (const value of [user, id]) {
    if (value != null && !uuid.test(value)) throw new Refused('22P02', 'invalid input syntax for type uuid');
  }
  found.user = user ?? null;
  if (id == null || kind == null || !Array.isArray(changes)) {
    throw new Refused('CH102', 'a mutation needs id, kind and changes');
  }
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
    common === undefined ? changes : changes.map((change) => onCommonGround(state, change, common)),
  );
  return reviewed(status, review);
};

/** One that was made on a history the centre has lost was made on what both still have. */
const onCommonGround = ({ ledger }: ModelState, change: MutationChange, common: number): MutationChange => {
  if (!(change.base > 0)) return change;
  const versions = ledger
    .filter(({ seq }) => seq <= common)
    .flatMap(({ changes }) => changes.filter(({ pk }) => pk === change.pk).map(({ v }) => v));
  return { ...change, base: Math.min(change.base, Math.max(0, ...versions)) };
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
