import type { Database } from 'better-sqlite3';
import { asLocalError, LocalError } from './error.ts';
import type { MirrorRead } from './mirror.ts';
import { byNumber, type Contents, contentsOf, databaseParts, type Mirrored } from './mirror-entries.ts';
import type { FormDraftTable, NoteDraftTable } from './query.ts';
import { partsOfFile, type SavedFile, unsentFiles } from './saved-files.ts';
import { createStatements } from './statements.ts';

/** What the centre has not got, as far as it can be read. */
export interface Unsent extends Pick<Contents, 'identity' | 'outbox' | 'held'> {
  /** Whether the outbox could be read to the end. */
  readonly wholeOutbox: boolean;
  /** Notes that were being written; no mirror has them. */
  readonly drafts: readonly NoteDraftTable[];
  /** What was typed into forms and not saved. */
  readonly forms: readonly FormDraftTable[];
  /** Files that the centre had not got whole, as far as each can be read to its end; no mirror has them either. */
  readonly files: readonly SavedFile[];
}

/** What a damaged database still tells. */
export interface Salvage extends Contents, Unsent {}

const nothing: Salvage = { ...contentsOf([]), wholeOutbox: false, drafts: [], forms: [], files: [] };

const attempt = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (asLocalError(error) instanceof LocalError) return null;
    // No such table: the file never got that far.
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR') return null;
    throw error;
  }
};

/** Reads what can be read of the work that waits in a database, sound or damaged, of what was begun, and of files. */
export const unsentIn = (db: Database): Unsent => {
  const statements = createStatements(db);
  const parts = databaseParts(statements);
  const outbox = attempt(parts.outbox);
  const held = attempt(parts.held);
  return {
    identity: attempt(parts.identity) ?? nothing.identity,
    outbox: byNumber(outbox ?? []),
    held: byNumber(held ?? []),
    wholeOutbox: outbox !== null && held !== null,
    drafts: attempt(() => statements.all<NoteDraftTable>('SELECT * FROM note_draft')) ?? [],
    forms: attempt(() => statements.all<FormDraftTable>('SELECT * FROM form_draft')) ?? [],
    files: (attempt(() => unsentFiles(statements)) ?? []).flatMap((file) => {
      const parts = attempt(() => partsOfFile(statements, file.hash));
      return parts === null || parts.length !== file.parts ? [] : [{ ...file, bytes: parts }];
    }),
  };
};

/**
 * Reads what can be read of a damaged database's outbox, and of what is remembered in case the centre forgets. Each page
 * carries a check sum, so what can be read is as it was written.
 */
export const salvage = (db: Database): Salvage => {
  const parts = databaseParts(createStatements(db));
  return {
    ...unsentIn(db),
    decided: byNumber(attempt(parts.decided) ?? []),
    places: attempt(parts.places) ?? [],
    confirmed: byNumber(attempt(parts.confirmed) ?? []),
  };
};

/** A number that a person decided about is done with, unless it is yet to be used up with nothing in it. */
const isLive = (decided: Contents['decided'], mutation: Mirrored | undefined): mutation is Mirrored =>
  mutation !== undefined && (mutation.kind === 'held' || !decided.has(mutation.n));

const merge = (mirror: Contents, saved: Contents): Contents => {
  const decided = new Map([...saved.decided, ...mirror.decided]);
  const outbox = new Map<number, Mirrored>();
  const numbers = new Set([...saved.outbox.keys(), ...mirror.outbox.keys()]);
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const live = [mirror.outbox.get(n), saved.outbox.get(n)].find((mutation) => isLive(decided, mutation));
    if (live !== undefined) outbox.set(n, live);
  }
  const held = [...saved.held, ...mirror.held].filter(
    ([n]) => outbox.get(n)?.kind !== 'held' && outbox.has(n),
  );
  const known = mirror.identity.device_id === null ? saved.identity : mirror.identity;
  // After a change of identity the numbers are another's.
  const own = known.device_id === saved.identity.device_id;
  const confirmed = [...mirror.confirmed, ...(own ? saved.confirmed : [])].filter(([n]) => !outbox.has(n));
  const places = [...mirror.places, ...saved.places].sort((a, b) => a.seq - b.seq);
  const last_n = Math.max(mirror.identity.last_n, saved.identity.last_n, ...numbers, ...decided.keys());
  return {
    identity: { ...known, last_n },
    outbox,
    held: new Map(held),
    decided,
    places,
    confirmed: new Map(confirmed),
  };
};

/** What the mirror and the damaged database say together, and how many records neither has: null when nobody knows. */
export const allThatIsLeft = (
  mirror: MirrorRead | null,
  saved: Salvage | null,
): { readonly contents: Contents; readonly lost: number | null } => {
  const { wholeOutbox, drafts: _, forms: __, files: ___, ...rest } = saved ?? nothing;
  const contents = merge(mirror ?? contentsOf([]), rest);
  // An outbox that is older than the mirror does not make up for what the mirror lacks.
  const newest = wholeOutbox && rest.identity.last_n >= contents.identity.last_n;
  const lost = newest ? 0 : mirror === null ? null : mirror.missing;
  return { contents, lost };
};
