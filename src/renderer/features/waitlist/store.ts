import { create } from 'zustand';
import type { WishDraft } from './wish-draft.ts';

interface WaitlistState {
  /** Whose work this is: another person at this window starts with nothing of it. */
  readonly owner: string | null;
  /** What was put into the sheet that adds; it outlives closing it. */
  readonly draft: WishDraft | null;
  claim(owner: string): void;
  setDraft(draft: WishDraft | null): void;
}

export const useWaitlist = create<WaitlistState>()((set) => ({
  owner: null,
  draft: null,
  claim: (owner) => set((state) => (state.owner === owner ? state : { draft: null, owner })),
  setDraft: (draft) => set({ draft }),
}));
