import { type ReadingContext, readColumn, type ValueProblem } from '#shared/domain/records/read-value.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import { type Conflict, contestedColumns, guardedColumns, isAboutAnswer, isAboutSlot } from './conflict.ts';

/** What a person decided: the version that stands, the other one, or values typed instead, by column. */
export type Decision =
  | { readonly resolution: 'kept' }
  | { readonly resolution: 'attempted' }
  | { readonly resolution: 'edited'; readonly typed: Readonly<Record<string, string>> };

/** What a settlement writes to the row the conflict is about; nothing when the version that stands is kept. */
export type Settlement =
  | { readonly ok: true; readonly row: Cells }
  | { readonly ok: false; readonly error: 'settled' | 'changed-meanwhile' | 'not-by-value' }
  | {
      readonly ok: false;
      readonly error: 'invalid';
      readonly fields: Readonly<Record<string, ValueProblem>>;
    };

const contestedValues = (conflict: Conflict, of: Cells): Cells => {
  return Object.fromEntries(
    guardedColumns(conflict).flatMap((column): [string, Cell][] => {
      const value = of[column];
      return value === undefined ? [] : [[column, value]];
    }),
  );
};

const editedValues = (
  conflict: Conflict,
  typed: Readonly<Record<string, string>>,
  context: ReadingContext,
): Settlement => {
  const contested = new Set(contestedColumns(conflict).map(({ column }) => column));
  const fields: Record<string, ValueProblem> = {};
  let row: Cells = {};
  for (const [column, text] of Object.entries(typed)) {
    const read = contested.has(column)
      ? readColumn(conflict.tbl, column, text, context)
      : { ok: false as const, error: 'invalid' as const };
    if (read.ok) row = { ...row, ...read.value };
    else fields[column] = read.error;
  }
  if (Object.keys(fields).length > 0) return { ok: false, error: 'invalid', fields };
  return { ok: true, row };
};

/** Whether a version, its row as it is now, was not taken back. */
export const isStanding = ({ id, voided_at = null }: Cells): boolean =>
  typeof id === 'string' && voided_at === null;

/** Whether a contested value is no longer the one the person saw when deciding. */
const hasMoved = (conflict: Conflict, seen: Cells, row: Cells): boolean =>
  guardedColumns(conflict).some(
    (column) => column in seen && (seen[column] ?? null) !== (row[column] ?? null),
  );

/**
 * What deciding a conflict writes. `context.row` is the row as it is now, `seen` its contested values as the person
 * saw them: somebody may have changed them since, and that is not overwritten unseen. A version, a slot and an
 * answer to a patient are never settled by writing values.
 */
export const settlementOf = (
  conflict: Conflict,
  decision: Decision,
  seen: Cells,
  context: ReadingContext,
): Settlement => {
  if (conflict.status === 'settled') return { ok: false, error: 'settled' };
  if (isAboutSlot(conflict)) return { ok: false, error: 'not-by-value' };
  if (isAboutAnswer(conflict))
    return decision.resolution === 'kept' ? { ok: true, row: {} } : { ok: false, error: 'not-by-value' };
  if (conflict.kind === 'version')
    return decision.resolution === 'edited' ? { ok: false, error: 'not-by-value' } : { ok: true, row: {} };
  if (hasMoved(conflict, seen, context.row)) return { ok: false, error: 'changed-meanwhile' };
  // What stands is what the row has; only after two decisions it may have the other one's value.
  if (decision.resolution === 'kept')
    return { ok: true, row: conflict.decidedTwice ? contestedValues(conflict, conflict.kept) : {} };
  return decision.resolution === 'attempted'
    ? { ok: true, row: contestedValues(conflict, conflict.attempted) }
    : editedValues(conflict, decision.typed, context);
};
