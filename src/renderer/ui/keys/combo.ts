/** A key as it was pressed, as much of KeyboardEvent as shortcuts need. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/**
 * The name of a press, as shortcuts are written: `n`, `?`, `Enter`, `mod+k`, `mod+Enter`, `alt+ArrowLeft`.
 * `mod` is Ctrl, or Command on a Mac. Shift is named only with keys that have no other sign for it.
 * An empty text for a modifier alone.
 */
export function nameOf(press: Press): string {
  if (modifierKeys.has(press.key)) return '';
  const single = press.key.length === 1;
  const key = single ? (press.key === ' ' ? 'Space' : press.key.toLowerCase()) : press.key;
  const parts = [
    press.ctrlKey || press.metaKey ? 'mod' : '',
    press.altKey ? 'alt' : '',
    press.shiftKey && (!single || /\p{L}/u.test(press.key)) ? 'shift' : '',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

/** Whether a shortcut is letters or signs alone, without a modifier: WCAG 2.1.4 lets people turn those off. */
export function isSingleKey(shortcut: string): boolean {
  return shortcut.split(' ').some((stroke) => [...stroke].length === 1);
}

const symbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The strokes of a shortcut as printed on keys: `g d` is `[['G'], ['D']]`, `mod+k` is `[['Ctrl', 'K']]`. */
export function printed(shortcut: string, mac = false): readonly (readonly string[])[] {
  return shortcut.split(' ').map((stroke) =>
    (stroke === '+' ? ['+'] : stroke.split('+')).map((part) => {
      if (part === 'mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'alt') return mac ? '⌥' : 'Alt';
      if (part === 'shift') return mac ? '⇧' : 'Shift';
      return symbols[part] ?? ([...part].length === 1 ? part.toUpperCase() : part);
    }),
  );
}
