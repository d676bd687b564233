import { create } from 'zustand';

interface ListState {
  readonly text: string;
  readonly selectedId: string | null;
  set(change: { readonly text?: string; readonly selectedId?: string | null }): void;
}

/** What was searched and chosen, so that coming back from a patient finds the list as it was left. In memory only. */
export const useListState = create<ListState>()((set) => ({
  text: '',
  selectedId: null,
  set: (change) => set(change),
}));
