import { create } from 'zustand';
import { createTurns } from '#renderer/ui/turns.ts';
import type { WishDraft } from './wish-draft.ts';

interface WaitlistState {
  /** Whose work this is: another person at this window finds their own. */
  readonly owner: string | null;
  /** What was put into the sheet that adds; it outlives closing it. */
  readonly draft: WishDraft | null;
  claim(owner: string): void;
  setDraft(draft: WishDraft | null): void;
}

const takeTurns = createTurns(({ draft }: Pick<WaitlistState, 'draft'>) => ({ draft }));

export const useWaitlist = create<WaitlistState>()((set) => ({
  owner: null,
  draft: null,
  claim: (owner) =>
    set((state) => (state.owner === owner ? state : { draft: null, ...takeTurns(state, owner) })),
  setDraft: (draft) => set({ draft }),
}));
