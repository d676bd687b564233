import { create } from 'zustand';

export type Tone = 'done' | 'attention' | 'problem';

/** One thing to go on with, by its key or its button. */
export interface Next {
  readonly label: string;
  readonly keys: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  /** What happened, in one line. Said to screen readers as well. */
  readonly text: string;
  readonly tone: Tone;
  /** Takes the action back; offered until the toast goes. */
  readonly undo?: () => void | Promise<void>;
  /** What may come next; offered as long. */
  readonly next?: Next;
}

interface Toasts {
  readonly current: Toast | null;
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
}

/** One line at a time: the newest is what the person has just done. */
export const useToasts = create<Toasts>()((set) => ({
  current: null,
  show: (toast) => set(({ current }) => ({ current: { ...toast, id: (current?.id ?? 0) + 1 } })),
  dismiss: (id) => set(({ current }) => ({ current: current?.id === id ? null : current })),
}));

/** Tells in the status line what happened; it never covers the work. */
export function toast(
  text: string,
  more: { tone?: Tone; undo?: () => void | Promise<void>; next?: Next } = {},
): void {
  useToasts.getState().show({ ...more, text, tone: more.tone ?? 'done' });
}
