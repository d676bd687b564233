import type { Client } from '#renderer/client/client.ts';
import type { NoteDraftView } from '#shared/contract/notes.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { createKeeper, type Keeper, type NoteContent, type NoteSubject } from './keeper.ts';

/**
 * The notes being written at this window, by who writes them and what about. Nothing of one user's is shown to the next;
 * what could not be saved when a session ended is saved when its user is here again.
 */
const keepers = new Map<string, Keeper>();

const nameOf = (
  userId: string,
  { patientId, kind, answers }: Omit<NoteSubject, 'writer'>,
  draftId: string | null,
) => [userId, patientId, kind, answers ?? '', draftId ?? ''].join(' ');

/** One that has nothing to save may know less than the file, which another window may have written to. */
const goesOn = (known: Keeper, start: NoteContent | NoteDraftView): boolean => {
  const { state, saved } = known.get();
  if (state !== 'kept') return true;
  if (!('id' in start)) return saved === null;
  return saved?.id === start.id && saved.revision >= start.revision;
};

/** A note of an earlier encounter is known by its draft; the one of now by what it is about. */
export const keeperOf = (
  client: Pick<Client, 'ask'>,
  userId: StaffAccountId,
  subject: Omit<NoteSubject, 'writer'>,
  start: NoteContent | NoteDraftView,
  draftId: string | null = null,
): Keeper => {
  const name = nameOf(userId, subject, draftId);
  const known = keepers.get(name);
  if (known !== undefined && goesOn(known, start)) {
    void known.flush();
    return known;
  }
  known?.end();
  const made = createKeeper(client, { ...subject, writer: userId }, start);
  keepers.set(name, made);
  return made;
};

/** Forgets a note that was signed or given up. */
export const endKeeper = (keeper: Keeper): void => {
  keeper.end();
  for (const [name, each] of keepers) if (each === keeper) keepers.delete(name);
};

/** The window is hidden or goes, or the session is locked: nothing waits for a pause any more. */
export const flushNotes = (): Promise<unknown> =>
  Promise.all([...keepers.values()].map((keeper) => keeper.flush()));
