import { createHash } from 'node:crypto';
import { instant } from '#shared/kernel/clock.ts';
import { schemaVersion, type TableName } from '#shared/sync/catalogue.ts';
import type { MutationChange, MutationPayload } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import type { RowKey } from './rebase.ts';
import { commonGround, nextNumber } from './state.ts';
import type { MutationHeader } from './store.ts';

/** SHA-256 of the payload's exact text, in hexadecimal. */
export const hashOf = (payload: string): string => createHash('sha256').update(payload).digest('hex');

/** An entry's fixed part. */
export interface OutboxDraft {
  readonly kind: string;
  readonly user: string | null;
  readonly at: string;
  readonly payload: string;
  readonly rows: readonly { readonly tbl: string; readonly pk: string }[];
}

type Writing = Pick<LocalContext, 'statements' | 'mirror'>;

const write = (
  { statements, mirror }: Writing,
  n: number,
  draft: OutboxDraft,
  status: 'waiting' | 'sent',
) => {
  const hash = hashOf(draft.payload);
  statements.run(
    'INSERT INTO outbox (n, kind, account_id, at, payload, hash, status) VALUES (?, ?, ?, ?, ?, ?, ?)',
    n,
    draft.kind,
    draft.user,
    draft.at,
    draft.payload,
    hash,
    status,
  );
  for (const { tbl, pk } of draft.rows) {
    statements.run('INSERT INTO outbox_row (tbl, pk, n) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', tbl, pk, n);
  }
  const { kind, user, at, payload } = draft;
  mirror.addPlace();
  mirror.add({ t: 'mutation', n, kind, account_id: user, at, payload, hash });
};

/** Writes an outbox entry under the next number, inside the caller's transaction. Returns the number. */
export const append = (context: Writing, draft: OutboxDraft): number => {
  const n = nextNumber(context.statements);
  write(context, n, draft, 'waiting');
  return n;
};

/** Puts an entry of earlier back under its own number, as one that may have arrived; inside the caller's transaction. */
export const enter = (context: Writing, { n, ...draft }: OutboxDraft & { readonly n: number }): void =>
  write(context, n, draft, 'sent');

/** Fixes a mutation's payload and writes it to the outbox. Returns its number. */
export const appendMutation = (
  context: LocalContext,
  { kind, user }: MutationHeader,
  changes: readonly MutationChange[],
): number => {
  const now = context.clock.now();
  const at = instant(now);
  const common = commonGround(context.statements);
  const payload: MutationPayload = {
    id: context.newId(now),
    schema: schemaVersion,
    kind,
    user,
    at,
    ...(common === null ? {} : { common }),
    changes,
  };
  return append(context, { kind, user, at, payload: JSON.stringify(payload), rows: changes });
};

/**
 * Takes every settled mutation out and remembers it, but for those of an earlier login (below 1), inside the caller's transaction. The centre has their effect at `seq` at
 * the latest. Returns the rows they touched.
 */
export const dropSettled = (
  { statements }: Pick<LocalContext, 'statements'>,
  seq: number,
): readonly RowKey[] => {
  if (statements.get(`SELECT 1 FROM outbox WHERE status = 'settled' LIMIT 1`) === undefined) return [];
  const rows = statements.all<RowKey>(
    `SELECT DISTINCT r.tbl, r.pk FROM outbox o JOIN outbox_row r ON r.n = o.n WHERE o.status = 'settled'`,
  );
  statements.run(
    `INSERT OR REPLACE INTO journal (n, kind, account_id, at, payload, hash, seq)
      SELECT n, kind, account_id, at, payload, hash, ? FROM outbox WHERE status = 'settled' AND n > 0`,
    seq,
  );
  statements.run(`DELETE FROM outbox_row WHERE n IN (SELECT n FROM outbox WHERE status = 'settled')`);
  statements.run(`DELETE FROM outbox WHERE status = 'settled'`);
  return rows;
};

/** The tables `changes` touch. */
export const tablesOf = (rows: readonly { readonly tbl: string }[]): readonly TableName[] => [
  ...new Set(rows.map(({ tbl }) => tbl as TableName)),
];
