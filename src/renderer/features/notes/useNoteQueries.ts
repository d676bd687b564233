import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';

/** Counts up when drafts changed otherwise than by typing: they are looked for again. */
export const useDraftsChanged = create<{ readonly times: number; changed(): void }>()((set) => ({
  times: 0,
  changed: () => set(({ times }) => ({ times: times + 1 })),
}));

/** No event tells that drafts changed: they are this workstation's alone. Whoever changed one asks again. */
export function useNoteQueries(): () => void {
  const queries = useQueryClient();
  return () => {
    useDraftsChanged.getState().changed();
    for (const name of ['notes.list', 'notes.drafts', 'notes.toCosign'])
      void queries.invalidateQueries({ queryKey: [name] });
  };
}
