import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { useKeys } from './keys/useKeys.ts';
import classes from './PickList.module.css';

export interface PickListHandle {
  /** Puts the focus on what is selected as soon as it is drawn. */
  focus(): void;
}

export interface PickListProps<Item> {
  readonly label: string;
  /** Under which name and words the keys are listed. */
  readonly keysTitle: string;
  readonly keysLabel: string;
  readonly items: readonly Item[];
  readonly itemKey: (item: Item) => string;
  readonly selectedKey: string | null;
  readonly onSelect: (item: Item) => void;
  /** Enter or a double click. */
  readonly onOpen?: (item: Item) => void;
  readonly render: (item: Item) => ReactNode;
  /** A heading before the first item of each group. */
  readonly groupOf?: (item: Item) => string;
  readonly ref?: Ref<PickListHandle>;
}

const groupsOf = <Item,>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] => [...Map.groupBy(items, groupOf)];

/** A short list one walks through with arrow keys, or J and K; one item is chosen, and one stop of the Tab key. */
export function PickList<Item>(props: PickListProps<Item>) {
  const { label, keysTitle, keysLabel, items, itemKey, selectedKey, onSelect, onOpen, render, groupOf, ref } =
    props;
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  const at = items.findIndex((item) => itemKey(item) === selectedKey);
  const step = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (!next) return;
    wanted.current = true;
    onSelect(next);
  };
  // Runs after every drawing: what is selected may come with one that this list did not ask for.
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const element = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!element) return;
    wanted.current = false;
    element.focus();
  });
  useImperativeHandle(ref, () => ({
    focus: () => {
      wanted.current = true;
    },
  }));
  useKeys(keysTitle, [
    { keys: 'j|ArrowDown', label: keysLabel, run: () => step(1) },
    { keys: 'k|ArrowUp', label: keysLabel, run: () => step(-1) },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = items[at];
    if (event.key === 'Enter' && chosen && onOpen) {
      event.preventDefault();
      onOpen(chosen);
      return;
    }
    const ends: Readonly<Record<string, number>> = { Home: -items.length, End: items.length };
    const by = ends[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      className={classes.list}
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      {groupsOf(items, groupOf ?? (() => '')).map(([group, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox has no element of its own
        <div key={group} role="group" aria-label={group || label}>
          {group && (
            <div className={classes.group} aria-hidden>
              {group}
            </div>
          )}
          {members.map((item) => {
            const key = itemKey(item);
            const selected = key === selectedKey;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys choose
              <div
                key={key}
                role="option"
                aria-selected={selected}
                tabIndex={selected ? 0 : -1}
                className={classes.item}
                onClick={() => onSelect(item)}
                onDoubleClick={() => onOpen?.(item)}
              >
                {render(item)}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
