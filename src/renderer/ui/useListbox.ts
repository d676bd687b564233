import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

export interface ListboxOptions {
  readonly count: number;
  /** The options belong to what is typed; while they do not, Enter waits for them. */
  readonly ready: boolean;
  readonly onChoose: (index: number) => void;
}

/** The option an arrow key leads to from `at`; null for any other key. */
export function optionAfterKey(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  return null;
}

/**
 * A field with a list of choices under it, as the ARIA combobox pattern has it: the focus stays in the field, arrow
 * keys move through the list, Enter chooses. Spread `field` on the input, `list` on the list and `option(n)` on each.
 */
export function useListbox({ count, ready, onChoose }: ListboxOptions) {
  const id = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, count - 1));
  const enterWaits = useRef(false);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  useEffect(() => {
    if (!ready || !enterWaits.current) return;
    enterWaits.current = false;
    if (count > 0) onChoose(at);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    enterWaits.current = false;
    const target = optionAfterKey(event.key, at, count);
    if (target !== null) {
      event.preventDefault();
      setActive(target);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!ready) enterWaits.current = true;
      else if (count > 0) onChoose(at);
    }
  };
  return {
    /** The text changed: the best match is first again. */
    restart: () => setActive(0),
    field: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': count > 0 ? `${id}-${at}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    },
    list: (label: string) => ({ id, role: 'listbox', 'aria-label': label }) as const,
    option: (index: number) => ({
      id: `${id}-${index}`,
      role: 'option',
      'aria-selected': index === at,
      onClick: () => onChoose(index),
      // The focus stays in the field.
      onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
    }),
  } as const;
}
