import { createSpotlight } from '@mantine/spotlight';
import { flushSync } from 'react-dom';

const [store, actions] = createSpotlight();

/** Whether the find box is open. */
export const findStore = store;

export const closeFind = actions.close;

/** Opens the find box with the cursor in it before the next key can arrive: people type on without looking. */
export function openFind(): void {
  flushSync(actions.open);
  document.querySelector<HTMLInputElement>('.mantine-Spotlight-search')?.focus();
}
