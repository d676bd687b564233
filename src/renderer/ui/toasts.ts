import { create } from 'zustand';

export type Tone = 'done' | 'attention' | 'problem';

export interface Toast {
  readonly id: number;
  /** What happened, in one line. Said to screen readers as well. */
  readonly text: string;
  readonly tone: Tone;
  /** Takes the action back; offered until the toast goes. */
  readonly undo?: () => void | Promise<void>;
  /** What most people do next; offered until the toast goes. */
  readonly next?: { readonly label: string; readonly run: () => void };
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
export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'undo' | 'next'>> = {}): void {
  useToasts.getState().show({ tone: 'done', ...more, text });
}
