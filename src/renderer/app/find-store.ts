import { flushSync } from 'react-dom';
import { create } from 'zustand';

interface FindState {
  readonly open: boolean;
  /** Where the focus was: Escape gives it back, going somewhere does not. */
  readonly before: Element | null;
}

/** Whether the find box is open. */
export const useFindOpen = create<FindState>()(() => ({ open: false, before: null }));

/** Closes the find box because one goes somewhere: the focus belongs to the next screen. */
export const leaveFind = (): void => useFindOpen.setState({ open: false, before: null });

/** Closes the find box and puts the focus back where it was. */
export function cancelFind(): void {
  const { before } = useFindOpen.getState();
  flushSync(leaveFind);
  if (before instanceof HTMLElement && before.isConnected) before.focus();
}

/** Opens the find box with the cursor in it before the next key can arrive: people type on without looking. */
export function openFind(): void {
  flushSync(() => useFindOpen.setState({ open: true, before: document.activeElement }));
  document.getElementById('find')?.focus();
}
