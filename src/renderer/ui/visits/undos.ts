import { create } from 'zustand';

interface Undos {
  /** What this person did at this window and can take back, the latest last. */
  readonly done: readonly { readonly user: string; readonly undo: string }[];
  push(user: string, undo: string): void;
  drop(undo: string): void;
}

/** More steps back than this nobody goes. */
const most = 50;

export const useUndos = create<Undos>()((set) => ({
  done: [],
  push: (user, undo) => set(({ done }) => ({ done: [...done, { user, undo }].slice(-most) })),
  drop: (undo) => set(({ done }) => ({ done: done.filter((one) => one.undo !== undo) })),
}));
