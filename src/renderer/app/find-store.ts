import { flushSync } from 'react-dom';
import { create } from 'zustand';

/** Whether the find box is open. */
export const useFindOpen = create<{ readonly open: boolean }>()(() => ({ open: false }));

export const closeFind = (): void => useFindOpen.setState({ open: false });

/** Opens the find box with the cursor in it before the next key can arrive: people type on without looking. */
export function openFind(): void {
  flushSync(() => useFindOpen.setState({ open: true }));
  document.getElementById('find')?.focus();
}
