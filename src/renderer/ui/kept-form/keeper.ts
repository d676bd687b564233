import type { Client } from '#renderer/client/client.ts';
import { createTypingPause } from '#renderer/ui/typing-pause.ts';
import type { FormName, TypedForm } from '#shared/contract/drafts.ts';
import type { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import type { AppError } from '#shared/kernel/result.ts';

/** Which form it is, and whose. */
export interface FormPlace {
  /** Whose it is; another user at this window saves nothing of it. */
  readonly writer: StaffAccountId;
  readonly patientId: PatientId;
  readonly form: FormName;
  readonly subject: string | null;
}

export interface FormKept {
  /** What was typed, null for nothing. */
  readonly typed: TypedForm | null;
  /** `kept`: what is on the screen is in the file. */
  readonly state: 'kept' | 'typing' | 'failed';
  readonly problem: AppError | null;
}

/** Keeps what is typed into one form; it outlives the form on the screen. */
export interface FormKeeper {
  get(): FormKept;
  subscribe(listener: () => void): () => void;
  /** Something was typed, or taken back: the file has it with the next pause. */
  write(typed: TypedForm | null): void;
  /** Saves at once what is not saved; resolves when the file has it, or does not take it. */
  flush(): Promise<void>;
  /** The form was saved: nothing is kept any more. */
  end(): Promise<void>;
}

/** Milliseconds until what could not be saved is tried again. */
const again = 2000;
/** Somebody else is here, or it is not taken as it is: it is saved when its writer is back, or has typed on. */
const lasting: readonly AppError['code'][] = [
  'not-signed-in',
  'locked',
  'not-permitted',
  'restricted',
  'invalid-input',
  'too-large',
];

/** Told when the file has something else of a form: what it has, null for nothing. */
export type InFile = (typed: TypedForm | null) => void;

/** `found`: what the file has of the form. */
export const createFormKeeper = (
  client: Pick<Client, 'ask'>,
  { writer, patientId, form, subject }: FormPlace,
  found: TypedForm | null,
  tell: InFile = () => undefined,
): FormKeeper => {
  const listeners = new Set<() => void>();
  let kept: FormKept = { typed: found, state: 'kept', problem: null };
  let inFile = found !== null;
  let saving: Promise<void> | null = null;
  let ended = false;

  const set = (part: Partial<FormKept>) => {
    kept = { ...kept, ...part };
    for (const listener of listeners) listener();
  };
  const typing = createTypingPause(() => void flush());
  const discard = async () => {
    const reply = await client.ask('drafts.discard', { patientId, form, subject });
    if (reply.ok) tell(null);
    return reply;
  };

  const save = async (): Promise<void> => {
    while (!ended) {
      const { typed } = kept;
      const reply =
        typed === null
          ? await discard()
          : await client.ask('drafts.save', { writer, patientId, subject, typed });
      if (!reply.ok) {
        set({ state: 'failed', problem: reply.error });
        if (!ended && !lasting.includes(reply.error.code)) typing.later(again);
        return;
      }
      inFile = typed !== null;
      if (typed !== null) tell(typed);
      const isLatest = kept.typed === typed;
      set({ state: isLatest ? 'kept' : 'typing', problem: null });
      if (isLatest) return;
    }
  };

  const flush = async (): Promise<void> => {
    typing.stop();
    if (saving === null && kept.state !== 'kept' && !ended)
      saving = save().finally(() => {
        saving = null;
      });
    await saving;
  };

  return {
    get: () => kept,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write: (typed) => {
      set({ typed, state: kept.state === 'failed' ? 'failed' : 'typing' });
      typing.typed();
    },
    flush,
    end: async () => {
      ended = true;
      typing.stop();
      await saving;
      if (inFile) await discard();
    },
  };
};

/**
 * The forms being typed at this window. Nothing of one user's is shown to the next; what could not be saved when a session
 * ended is there, and saved, when its user opens the form again.
 */
const keepers = new Map<string, FormKeeper>();

const nameOf = ({ writer, patientId, form, subject }: FormPlace) =>
  [writer, patientId, form, subject ?? ''].join(' ');

/** One that has nothing to save may know less than the file, which another window may have written to. */
export const formKeeperOf = (
  client: Pick<Client, 'ask'>,
  place: FormPlace,
  found: TypedForm | null,
  tell?: InFile,
): FormKeeper => {
  const known = keepers.get(nameOf(place));
  if (known !== undefined && known.get().state !== 'kept') {
    void known.flush();
    return known;
  }
  const made = createFormKeeper(client, place, found, tell);
  keepers.set(nameOf(place), made);
  return made;
};

/** Saves at once what no form has saved yet. */
export const flushForms = (): Promise<unknown> =>
  Promise.all([...keepers.values()].map((keeper) => keeper.flush()));

/** Forgets a form that was saved. */
export const endFormKeeper = async (keeper: FormKeeper): Promise<void> => {
  for (const [name, each] of keepers) if (each === keeper) keepers.delete(name);
  await keeper.end();
};
