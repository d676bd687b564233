import { create } from 'zustand';
import type { LocationId } from '#shared/kernel/ids.ts';

interface StockState {
  /** The store that is looked at; null: the one of this workstation's site. */
  readonly chosen: LocationId | null;
  /** What was counted and not written yet, as it was typed: by person and store, then by batch. */
  readonly counts: ReadonlyMap<string, Readonly<Record<string, string>>>;
  choose(store: LocationId): void;
  count(key: string, counts: Readonly<Record<string, string>>): void;
}

/** What of the stock room is looked at in this window, whichever part of it is shown. */
export const useStock = create<StockState>((set) => ({
  chosen: null,
  counts: new Map(),
  choose: (chosen) => set({ chosen }),
  count: (key, counts) => set((state) => ({ counts: new Map(state.counts).set(key, counts) })),
}));
