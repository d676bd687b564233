import type { Client } from '#renderer/client/client.ts';
import { createTypingPause } from '#renderer/ui/typing-pause.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { NoteDraftView } from '#shared/contract/notes.ts';
import { mergeSections, type NoteType, type Section } from '#shared/domain/notes/sections.ts';
import type { NoteId, PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import type { AppError } from '#shared/kernel/result.ts';

/** What is being written. */
export interface NoteContent {
  readonly title: string;
  readonly sections: readonly Section[];
  /** Why a signed note is amended. */
  readonly reason: string;
}

/** What the note is about; it does not change while it is written. */
export interface NoteSubject {
  /** Whose note it is; another user at this window saves nothing of it. */
  readonly writer: StaffAccountId;
  readonly patientId: PatientId;
  readonly kind: NoteDraftView['kind'];
  readonly answers: NoteId | null;
  readonly type: NoteType;
}

export interface Kept {
  readonly content: NoteContent;
  /** The workstation's record of it, null before the first save. */
  readonly saved: NoteDraftView | null;
  /** `kept`: what is on the screen is in the file. */
  readonly state: 'kept' | 'typing' | 'failed';
  readonly problem: AppError | null;
  /** Counts up when another window's text was put beside this one's. */
  readonly merged: number;
}

/** Keeps one note while it is written, whatever screen is shown: it outlives the editor on the screen. */
export interface Keeper {
  readonly subject: NoteSubject;
  get(): Kept;
  subscribe(listener: () => void): () => void;
  /** Something was typed: it is saved with the next pause. */
  write(content: NoteContent): void;
  /** Saves at once what is not saved; resolves when the file has it, or does not take it. */
  flush(): Promise<Kept>;
  /** The draft is signed or given up: nothing is saved any more. */
  end(): void;
}

/** Milliseconds until what could not be saved is tried again, and until what was typed meanwhile is saved. */
const again = 2000;
const soon = 400;

const contentOf = ({ title, sections, reason }: NoteDraftView): NoteContent => ({ title, sections, reason });

const isSame = (a: NoteContent, b: NoteContent): boolean => JSON.stringify(a) === JSON.stringify(b);

export const createKeeper = (
  client: Pick<Client, 'ask'>,
  subject: NoteSubject,
  start: NoteContent | NoteDraftView,
): Keeper => {
  const listeners = new Set<() => void>();
  const first = 'id' in start ? start : null;
  let kept: Kept = {
    content: first === null ? (start as NoteContent) : contentOf(first),
    saved: first,
    state: 'kept',
    problem: null,
    merged: 0,
  };
  let saving: Promise<void> | null = null;
  let ended = false;

  const set = (part: Partial<Kept>) => {
    kept = { ...kept, ...part };
    for (const listener of listeners) listener();
  };

  const typing = createTypingPause(() => void flush());

  /** Another window has written: its text and this one's are both kept. */
  const meet = async (): Promise<boolean> => {
    const { patientId, kind, answers } = subject;
    const reply = await client.ask('notes.writing', { patientId });
    if (!reply.ok) return false;
    const { now, others } = reply.value;
    const drafts = now === null ? others : [now, ...others];
    const found = drafts.find((draft) =>
      kept.saved === null ? draft.kind === kind && draft.answers === answers : draft.id === kept.saved.id,
    );
    if (found === undefined) {
      // Signed or given up there: what is written here is a draft of its own.
      if (kept.saved === null) return false;
      set({ saved: null });
      return true;
    }
    const { title, sections, reason } = contentOf(found);
    set({
      saved: found,
      content: {
        title: kept.content.title || title,
        sections: mergeSections(sections, kept.content.sections),
        reason: kept.content.reason || reason,
      },
      merged: kept.merged + 1,
    });
    return true;
  };

  const inputOf = (content: NoteContent): Input<'notes.saveDraft'> => ({
    ...subject,
    ...content,
    sections: content.sections.map((section) => ({ ...section })),
    id: kept.saved?.id ?? null,
    revision: kept.saved?.revision ?? 0,
  });

  const save = async (): Promise<void> => {
    // Twice: what another window wrote is met once, then it is saved.
    for (let tries = 0; tries < 3 && !ended; tries += 1) {
      const { content } = kept;
      const reply = await client.ask('notes.saveDraft', inputOf(content));
      if (ended) return;
      if (reply.ok) {
        const isLatest = isSame(kept.content, content);
        set({ saved: reply.value, state: isLatest ? 'kept' : 'typing', problem: null });
        if (isLatest) return;
        continue;
      }
      const { code } = reply.error;
      if ((code === 'draft-elsewhere' || (code === 'not-found' && kept.saved !== null)) && (await meet()))
        continue;
      set({ state: 'failed', problem: reply.error });
      // Somebody else is here, or nobody: it is saved when its writer is back.
      if (code !== 'not-signed-in' && code !== 'locked' && code !== 'not-permitted') typing.later(again);
      return;
    }
    if (kept.state === 'typing') typing.later(soon);
  };

  const flush = async (): Promise<Kept> => {
    typing.stop();
    if (saving === null && kept.state !== 'kept' && !ended)
      saving = save().finally(() => {
        saving = null;
      });
    await saving;
    return kept;
  };

  return {
    subject,
    get: () => kept,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write: (content) => {
      if (isSame(content, kept.content)) return;
      set({ content, state: kept.state === 'failed' ? 'failed' : 'typing' });
      typing.typed();
    },
    flush,
    end: () => {
      ended = true;
      typing.stop();
    },
  };
};
