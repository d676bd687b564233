import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { usePreferences } from '../preferences.ts';
import { type KeyBinding, type KeyGroup, type KeyLayer, type KeyPlace, KeyRegistry } from './registry.ts';

/** The shortcuts of this window. */
const registry = new KeyRegistry();

/** Everything that holds at the moment, for the overlay. */
export const useKeyGroups = (): readonly KeyGroup[] =>
  useSyncExternalStore(registry.subscribe, registry.groups);

/** What is shown within a sheet has its shortcuts before those of the screen. */
export const KeyLayerContext = createContext<KeyLayer>('screen');

/**
 * Registers the shortcuts of a screen or sheet while it is shown, from the moment it is drawn. They appear in the `?` overlay
 * under `title`. `bindings` may be a new array each time; the newest `run` is always the one called.
 */
export function useKeys(
  title: string,
  bindings: readonly KeyBinding[],
  { layer }: { layer?: KeyLayer } = {},
): void {
  const within = useContext(KeyLayerContext);
  const on = layer ?? within;
  const newest = useRef(bindings);
  const place = useRef<KeyPlace | null>(null);
  useLayoutEffect(() => {
    newest.current = bindings;
  });
  useLayoutEffect(() => {
    const taken = registry.add({ title: '', bindings: [], layer: on });
    place.current = taken;
    return () => taken.remove();
  }, [on]);
  const shape = JSON.stringify(
    bindings.map(({ keys, label, enabled, inFields }) => [keys, label, enabled, inFields]),
  );
  useLayoutEffect(() => {
    const group = newest.current.map((binding, index) => ({
      ...binding,
      run: () => newest.current[index]?.run(),
    }));
    place.current?.change({ title, bindings: group, layer: on });
  }, [title, shape, on]);
}

/** The shortcuts of a sheet, for what draws it and so stands around it. */
export const useSheetKeys = (title: string, bindings: readonly KeyBinding[]): void =>
  useKeys(title, bindings, { layer: 'sheet' });

const fieldSelector = 'input, textarea, select, [contenteditable="true"]';

/** Buttons and links answer Enter and Space themselves; a shortcut on the same key must not take it away. */
function belongsToControl(target: EventTarget | null, key: string): boolean {
  return (
    (key === 'Enter' || key === ' ') &&
    target instanceof Element &&
    target.closest('button, a[href], [role="button"], [role="menuitem"], [role="option"]') !== null
  );
}

/** Listens for every shortcut; used once, by the app. */
export function useKeyListener(): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && belongsToControl(event.target, event.key)) return;
      // What Ctrl Enter sends, it sends once, however long it is held: the next form may be there already.
      if (event.repeat && event.key === 'Enter' && !plain) return event.preventDefault();
      const target = event.target instanceof Element ? event.target : null;
      const binding = registry.match(event, {
        inField: target?.closest(fieldSelector) != null,
        inModal: document.querySelector('[aria-modal="true"]') !== null,
        singleKeys: usePreferences.getState().singleKeys,
        at: event.timeStamp,
      });
      if (!binding) return;
      event.preventDefault();
      binding.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
