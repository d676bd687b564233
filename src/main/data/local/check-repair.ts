import { v7 } from 'uuid';
import { instant } from '#shared/kernel/clock.ts';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import { readSlice } from './check-lines.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { appendMutation } from './outbox.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { inOrder, rowSql } from './rows.ts';
import { asReplica } from './signed.ts';
import { readState } from './state.ts';

/** A row that is not here as the centre has it; `text` is the centre's, null when the centre has no such row. */
export interface Difference {
  readonly id: string;
  readonly text: string | null;
}

/** `held`: rows that can only be put right after a row they name. */
export interface RepairCount {
  readonly repaired: number;
  readonly held: number;
}

/** The row as it is here, as its text on the wire, or null. */
const heldText = (context: LocalContext, { tbl, pk }: RowKey): string | null => {
  // From the greatest text below the id: nothing lies between.
  const before = pk.slice(0, -1) + String.fromCharCode(pk.charCodeAt(pk.length - 1) - 1);
  return readSlice(context, tbl, before, pk, 2).lines.find(({ id }) => id === pk)?.text ?? null;
};

/** Makes a row what the centre says; what waits here stays on top of it. */
const putRight = ({ statements }: LocalContext, rebase: Rebase, row: RowKey, text: string | null) => {
  if (text === null) {
    // As a deletion that is pulled: the row goes when nothing here names it any more.
    rebase.setBase(row, null, 0);
    return;
  }
  const [version = 0, ...values] = JSON.parse(text) as readonly Cell[];
  if (rebase.base(row) !== undefined) rebase.setBase(row, values, Number(version));
  else statements.run(rowSql[row.tbl].put, ...values, version);
};

/** What a person who reads the audit trail must know: until now this row was shown here otherwise than the centre has it. */
const noteRepair = (context: LocalContext, rebase: Rebase, table: TableName, ids: readonly string[]) => {
  const { statements, clock } = context;
  const now = clock.now();
  const events = ids.map(
    (id): RowOf<'audit_event'> => ({
      id: v7({ msecs: now }),
      recorded_at: instant(now),
      action: 'E',
      event: 'sync.repair',
      account_id: null,
      entity_table: table,
      entity_id: id,
      outcome: 'success',
      detail: null,
    }),
  );
  for (const event of events) {
    statements.run(rowSql.audit_event.insert, ...inOrder('audit_event', event as unknown as Cells), 0);
    rebase.capture({ tbl: 'audit_event', pk: event.id }, null, 0);
  }
  appendMutation(
    context,
    { kind: 'sync.repair', user: null },
    events.map((event) => ({
      tbl: 'audit_event',
      op: 'insert',
      pk: event.id,
      base: 0,
      values: { ...event },
    })),
  );
  statements.run(
    `INSERT INTO sync_repair (tbl, rows, at) VALUES (?, ?, ?)
      ON CONFLICT (tbl) DO UPDATE SET rows = sync_repair.rows + excluded.rows, at = excluded.at`,
    table,
    ids.length,
    instant(now),
  );
};

const repairTogether = (
  context: LocalContext,
  rebase: Rebase,
  table: TableName,
  seq: number,
  differences: readonly Difference[],
): number =>
  context.transaction(() => {
    if (readState(context.statements).cursor !== seq) {
      throw new LocalError('replica', 'Rows of another moment cannot put this copy right.');
    }
    const wrong = differences.filter(({ id, text }) => heldText(context, { tbl: table, pk: id }) !== text);
    const rows = wrong.map(({ id }): RowKey => ({ tbl: table, pk: id }));
    asReplica(context, () => {
      for (const { id, text } of wrong) putRight(context, rebase, { tbl: table, pk: id }, text);
    });
    rebase.replay(rows);
    if (rows.length > 0)
      noteRepair(
        context,
        rebase,
        table,
        wrong.map(({ id }) => id),
      );
    return rows.length;
  });

/**
 * Puts rows of one table right, all in one transaction with its note in the audit trail. A row that names one that is
 * missing here is left for the next pass. Pending mutations are not touched, and what they name stays. `seq`: the moment
 * the centre's rows are of, which must be where this copy is.
 */
export const repairRows = (
  context: LocalContext,
  rebase: Rebase,
  table: TableName,
  seq: number,
  differences: readonly Difference[],
): RepairCount => {
  const together = (some: readonly Difference[]) => repairTogether(context, rebase, table, seq, some);
  const missing = (error: unknown) => error instanceof LocalError && error.code === 'no-such-row';
  const done = { repaired: 0, held: 0 };
  try {
    done.repaired = together(differences);
  } catch (error) {
    if (!missing(error)) throw error;
    for (const difference of differences) {
      try {
        done.repaired += together([difference]);
      } catch (alone) {
        if (!missing(alone)) throw alone;
        done.held += 1;
      }
    }
  }
  if (done.repaired > 0) context.changes.emit([table, 'audit_event']);
  return done;
};
