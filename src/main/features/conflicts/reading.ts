import type { LocalReader } from '#main/data/local/store.ts';
import {
  type Conflict,
  type ConflictKind,
  conflictKinds,
  decidedTwice,
} from '#shared/domain/conflicts/conflict.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { type ConflictRow, findConflict, findRow } from './repository.ts';

/** A conflict with the row it is about: for one about how another was settled, that is the row of the other. */
export interface ReadConflict {
  readonly stored: ConflictRow;
  readonly conflict: Conflict;
  readonly rowId: string;
  /** The row as it is now; undefined when it is not here. */
  readonly row: Cells | undefined;
  /** The conflicts that were settled twice, from the outer to the inner. */
  readonly settledTwice: readonly string[];
}

/** A decision about a decision about a decision: more than people do, and a bound for what a bad row could ask. */
const deepest = 8;

const cellsOf = (json: string): Cells => {
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === 'object' && parsed !== null ? (parsed as Cells) : {};
};

const isKind = (kind: string): kind is ConflictKind => (conflictKinds as readonly string[]).includes(kind);

const plain = (stored: ConflictRow): Conflict => ({
  kind: isKind(stored.kind) ? stored.kind : 'field',
  tbl: stored.tbl,
  status: stored.status === 'open' ? 'open' : 'settled',
  attempted: cellsOf(stored.attempted),
  kept: cellsOf(stored.kept),
  attemptedDevice: stored.attempted_device,
  keptDevice: stored.kept_device,
  decidedTwice: false,
});

/** The reason given for taking back the version that was not chosen. */
export const forkSettled = 'fork-settled';

/** Of two versions the conflict keeps the ids; what they say is in their rows, where this workstation has them. */
const readVersions = (reader: LocalReader, stored: ConflictRow, conflict: Conflict): ReadConflict => {
  const version = (named: Cells): Cells => {
    const row = typeof named.id === 'string' ? findRow(reader, stored.tbl, named.id) : undefined;
    if (row === undefined) return named;
    // Taken back by the decision itself: that is no difference between what they say.
    return { ...row, ...named, ...(row.void_reason === forkSettled ? { void_reason: null } : {}) };
  };
  const [kept, attempted] = [version(conflict.kept), version(conflict.attempted)];
  const row = findRow(reader, stored.tbl, stored.row_id);
  return { stored, conflict: { ...conflict, kept, attempted }, rowId: stored.row_id, row, settledTwice: [] };
};

/** A stored conflict as the rules know it. */
export const readConflict = (reader: LocalReader, stored: ConflictRow, depth = 0): ReadConflict => {
  const conflict = plain(stored);
  const inner =
    stored.tbl === 'conflict' && depth < deepest ? findConflict(reader, stored.row_id) : undefined;
  if (conflict.kind === 'version') return readVersions(reader, stored, conflict);
  if (inner === undefined) {
    const row = findRow(reader, stored.tbl, stored.row_id);
    return { stored, conflict, rowId: stored.row_id, row, settledTwice: [] };
  }
  const within = readConflict(reader, inner, depth + 1);
  return {
    stored,
    conflict: decidedTwice(conflict, within.conflict, within.row ?? {}),
    rowId: within.rowId,
    row: within.row,
    settledTwice: [inner.id, ...within.settledTwice],
  };
};
