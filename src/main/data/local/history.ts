import { historyTables, type TableName } from '#shared/sync/catalogue.ts';
import type { LocalContext } from './context.ts';
import { LocalError } from './error.ts';
import { putImages } from './images.ts';
import type { Rebase } from './rebase.ts';
import { readState, writeState } from './state.ts';

/**
 * The rows a first copy left for later, which arrive while the desk works. All rows of their tables come, in order of
 * id, and each is put only where it is newer than what is here: rows that time or a change moved from one part to the
 * other are missed by nobody.
 */
export interface History {
  /** Which page comes next, or null when everything is here. */
  position(): { readonly table: TableName; readonly after: string | null } | null;
  /** Whether all rows of `table` are here. */
  complete(table: TableName): boolean;
  /**
   * Adds rows of a page of `boot_page` that was asked for after the last pull was applied. None: the table is whole.
   * Throws `no-such-row`, with nothing added, when they name a row that only the next pull brings. `tell`: listeners
   * hear of it now; the last addition of a table is always told.
   */
  add(table: TableName, lines: readonly string[], tell: boolean): void;
  /**
   * Whether a commit here may also move SQLite's log into the database, which takes it many times as long; not while
   * another thread does that.
   */
  checkpoints(here: boolean): void;
}

/** The tables whose older rows are not all here, by the position in `sync_state`. */
export const incompleteTables = (position: string | null): readonly TableName[] =>
  position === null ? [] : historyTables.slice(historyTables.indexOf(position as TableName));

const add = (context: LocalContext, rebase: Rebase, table: TableName, lines: readonly string[]) =>
  context.repeatable(() => {
    const { history_table, history_rows } = readState(context.statements);
    if (history_table !== table) throw new LocalError('replica', 'A page of the history came out of order.');
    if (lines.length === 0) {
      const next = historyTables[historyTables.indexOf(table) + 1] ?? null;
      writeState(context.statements, { history_table: next, history_after: null });
      return;
    }
    const dirty = putImages(context, rebase, { table, lines });
    if (dirty.length > 0) rebase.replay(dirty);
    const last = JSON.parse(lines.at(-1) ?? '[]') as readonly unknown[];
    writeState(context.statements, {
      history_after: String(last[1]),
      history_rows: history_rows + lines.length,
    });
  });

/** The background part of the first copy. */
export const createHistory = (context: LocalContext, rebase: Rebase): History => ({
  position: () => {
    const { phase, history_table, history_after } = readState(context.statements);
    if (phase !== 'ready' || history_table === null) return null;
    return { table: history_table as TableName, after: history_after };
  },
  complete: (table) => {
    const { phase, history_table } = readState(context.statements);
    return phase === 'ready' && !incompleteTables(history_table).includes(table);
  },
  add: (table, lines, tell) => {
    add(context, rebase, table, lines);
    if (tell || lines.length === 0) context.changes.emit([table]);
  },
  checkpoints: (here) => {
    context.db.pragma(`wal_autocheckpoint = ${here ? 1000 : 0}`);
  },
});
