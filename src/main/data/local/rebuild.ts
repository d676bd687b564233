import { basename, join } from 'node:path';
import { type Clock, instant } from '#shared/kernel/clock.ts';
import type { Disk } from './disk.ts';
import { databaseFile, mirrorFile, quarantineFolder } from './files.ts';
import { noteLink } from './journal.ts';
import { type MirrorRead, writeMirror } from './mirror.ts';
import type { Contents } from './mirror-entries.ts';
import { readPayload } from './query.ts';
import { writeState } from './state.ts';
import type { Statements } from './statements.ts';

/** `damaged`: what the file holds is not what was written; `missing`: it is gone; `set-back`: an older one is in its place. */
export type RebuildReason = 'damaged' | 'missing' | 'set-back';

/** A database that stands in place of one that was put aside. */
export interface Rebuilt {
  readonly at: string;
  readonly reason: RebuildReason;
  /** Where the old files are, inside the data folder; null when there were none. */
  readonly folder: string | null;
  /** Mutations that were put back into the outbox. */
  readonly saved: number;
  /** Records that neither the mirror nor the old file had, at least; null when nobody can know. */
  readonly lost: number | null;
  /** Whether the centre has told since which numbers of this workstation it knows. */
  readonly greeted: 0 | 1;
}

/** How this database came to be in place of another; null for one that did not. */
export const readRebuilt = ({ get }: Statements): Rebuilt | null =>
  get<Rebuilt>('SELECT at, reason, folder, saved, lost, greeted FROM rebuild') ?? null;

/** A new folder's name inside `quarantine`. Colons are not allowed in names on Windows. */
export const placeFor = (disk: Disk, folder: string, at: string): string => {
  const name = at.replaceAll(':', '-');
  const taken = disk.list(quarantineFolder(folder));
  let place = name;
  for (let again = 2; taken.includes(place); again += 1) place = `${name}-${again}`;
  return join('quarantine', place);
};

/**
 * Puts a database aside, never away: its files, and a copy of a mirror that is not whole. The database itself goes
 * first, so that after a crash in between nothing is taken for a database that lacks a part.
 */
const quarantine = (disk: Disk, folder: string, place: string, damagedMirror: boolean): boolean => {
  const database = databaseFile(folder);
  const files = ['', '-wal', '-shm', '-journal'].map((end) => database + end).filter(disk.exists);
  if (files.length === 0 && !damagedMirror) return false;
  disk.makeFolder(join(folder, place));
  for (const file of files) disk.move(file, join(folder, place, basename(file)));
  return true;
};

const keepMirror = (disk: Disk, folder: string, place: string): void => {
  disk.makeFolder(join(folder, place));
  const mirror = mirrorFile(folder);
  disk.replace(join(folder, place, basename(mirror)), disk.read(mirror));
};

/**
 * Puts a folder's database aside. What is left of its outbox is written to the mirror before anything is moved:
 * a crash at any point in between leads here again with nothing less. Returns where the old files are.
 */
export const putAside = (
  { disk, folder, key, clock }: { disk: Disk; folder: string; key: Buffer; clock: Clock },
  mirror: MirrorRead | null,
  contents: Contents,
): string | null => {
  const place = placeFor(disk, folder, instant(clock.now()));
  const damagedMirror = mirror !== null && mirror.state !== 'whole';
  if (damagedMirror) keepMirror(disk, folder, place);
  writeMirror(disk, folder, key, contents);
  return quarantine(disk, folder, place, damagedMirror) ? place : null;
};

/** Puts the work that is left into a fresh database, in the caller's transaction. All of it may have been sent before. */
export const restore = (
  statements: Statements,
  { identity, outbox, held, decided, places, confirmed }: Contents,
  rebuilt: Omit<Rebuilt, 'saved' | 'greeted'>,
): void => {
  const { run } = statements;
  writeState(statements, identity);
  for (const place of places) noteLink(statements, place);
  for (const { n, kind, account_id, at, payload, hash, seq } of confirmed.values()) {
    run(
      'INSERT INTO journal (n, kind, account_id, at, payload, hash, seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[n, kind, account_id, at, payload, hash, seq],
    );
  }
  for (const mutation of outbox.values()) {
    const why = held.get(mutation.n);
    run(
      `INSERT INTO outbox (n, kind, account_id, at, payload, hash, status, verdict, sqlstate, message, held)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[mutation.n, mutation.kind, mutation.account_id, mutation.at, mutation.payload, mutation.hash],
      ...(why === undefined
        ? ['sent', null, null, null, 0]
        : ['parked', 'rejected', why.sqlstate, why.message, 1]),
    );
    for (const { tbl, pk } of readPayload(mutation.payload).changes) {
      run('INSERT INTO outbox_row (tbl, pk, n) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', tbl, pk, mutation.n);
    }
    // Only what the centre cannot do at all pauses its kind; what it refused may be held for its number alone.
    if (why?.sqlstate?.startsWith('42') !== true) continue;
    run(
      'INSERT INTO paused_kind (kind, sqlstate, message) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      mutation.kind,
      why.sqlstate,
      why.message,
    );
  }
  for (const { n, kind, account_id, at, payload, sqlstate, message, ...more } of decided.values()) {
    run(
      `INSERT INTO outbox_history (n, kind, account_id, at, payload, sqlstate, message, outcome, resent_as, decided_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[n, kind, account_id, at, payload, sqlstate, message],
      ...[more.outcome, more.resent_as, more.decided_at],
    );
  }
  run(
    'INSERT INTO rebuild (one, at, reason, folder, saved, lost) VALUES (1, ?, ?, ?, ?, ?)',
    ...[rebuilt.at, rebuilt.reason, rebuilt.folder, outbox.size, rebuilt.lost],
  );
};
