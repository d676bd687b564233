import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import { useCurrentUser } from '#renderer/client/session.ts';
import { createTurns } from '#renderer/ui/turns.ts';

interface ListState {
  /** Whose search this is: another person at this window finds their own. */
  readonly owner: string | null;
  readonly text: string;
  readonly selectedId: string | null;
  set(change: { readonly text?: string; readonly selectedId?: string | null }): void;
}

const takeTurns = createTurns(({ text, selectedId }: Pick<ListState, 'text' | 'selectedId'>) => ({
  text,
  selectedId,
}));

const useList = create<ListState>()((set) => ({
  owner: null,
  text: '',
  selectedId: null,
  set: (change) => set(change),
}));

/** What was searched and chosen, so that coming back from a patient finds the list as it was left. In memory only. */
export function useListState(): ListState {
  const owner = useCurrentUser()?.id;
  // Before anything is drawn or asked for: what the one before looked for is not theirs.
  useLayoutEffect(() => {
    if (owner === undefined || useList.getState().owner === owner) return;
    useList.setState((state) => ({ text: '', selectedId: null, ...takeTurns(state, owner) }));
  }, [owner]);
  return useList();
}
