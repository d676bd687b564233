import { useLayoutEffect, useRef } from 'react';
import { type FieldState, fieldOf, restoreField, stateOfField, typeInto } from './fields.ts';
import { type Scan, Wedge } from './wedge.ts';

/**
 * A key that may belong to a record number. In a field it was typed at once, and `before` is the field as it was then;
 * anywhere else it waits, and `before` is null.
 */
interface Kept {
  readonly event: KeyboardEvent;
  readonly before: FieldState | null;
}

const waits = ({ before }: Kept): boolean => before === null;

/** In milliseconds. A field's keys are not kept waiting, so it may be held up for longer; how fast it all was decides. */
const fieldPatience = 300;

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph']);

const cursor = (): Element => document.activeElement ?? document.body;

const swallow = (event: KeyboardEvent): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Presses a key again where the cursor is now; false when something there took it. */
function pressAgain(event: KeyboardEvent): boolean {
  const { key, code, location, repeat, shiftKey, ctrlKey, altKey, metaKey } = event;
  const again = new KeyboardEvent('keydown', {
    ...{ key, code, location, repeat, shiftKey, ctrlKey, altKey, metaKey },
    ...{ bubbles: true, cancelable: true, composed: true },
  });
  return cursor().dispatchEvent(again);
}

/** Listens until the returned function is called. */
function listen(onScan: (scan: Scan) => void): () => void {
  const wedge = new Wedge<Kept>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pressing = false;
  let line = Promise.resolve();

  /** One after the other, so that what a key opens is there for the next one; before the browser gives another key. */
  const afterThose = (press: () => void) => {
    line = line.then(() => {
      pressing = true;
      try {
        press();
      } finally {
        pressing = false;
      }
    });
  };
  const giveBack = (keys: readonly Kept[]) => {
    clearTimeout(timer);
    for (const { event } of keys.filter(waits))
      afterThose(() => {
        if (pressAgain(event)) typeInto(cursor(), event.key);
      });
  };
  const drop = () => giveBack(wedge.drop());
  /** A key that has not waited itself belongs where those before it have put the cursor. */
  const follow = (event: KeyboardEvent) =>
    afterThose(() => {
      if (cursor() === event.target) return;
      event.stopImmediatePropagation();
      if (!pressAgain(event)) event.preventDefault();
    });

  const onKeyDown = (event: KeyboardEvent) => {
    if (pressing || event.isComposing || modifiers.has(event.key)) return;
    const target = fieldOf(event.target);
    if (target?.closest('[data-scan="typed"]')) return drop();
    // While keys wait, none may overtake them, not even in a field that one of them has opened.
    const field = wedge.keys.some(waits) ? null : target;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    const { release, kept, scanned } = wedge.press(
      plain ? event.key : '',
      event.timeStamp,
      { event, before: field && stateOfField(field) },
      field ? fieldPatience : undefined,
    );
    giveBack(release);
    if (scanned) {
      swallow(event);
      const typed = scanned.keys.find(({ before }) => before !== null);
      if (typed?.before) restoreField(typed.before);
      onScan(scanned.scan);
    } else if (kept && !field) {
      swallow(event);
      timer = setTimeout(drop, wedge.patience);
    } else if (release.some(waits)) follow(event);
  };
  /** Text that comes without a key of its own, as from an input method or a paste, comes after those that wait, too. */
  const onBeforeInput = (event: InputEvent) => {
    if (!wedge.keys.some(waits)) return;
    drop();
    const { data } = event;
    if (data === null || !event.cancelable) return;
    // The browser would put the cursor where it was before those keys.
    event.preventDefault();
    afterThose(() => typeInto(cursor(), data));
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('beforeinput', onBeforeInput, { capture: true });
  window.addEventListener('pointerdown', drop, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.removeEventListener('beforeinput', onBeforeInput, { capture: true });
    window.removeEventListener('pointerdown', drop, { capture: true });
  };
}

/**
 * Hears the scanner while what uses it is shown. Its keys reach no shortcut and leave nothing in the field that had the
 * focus; a field within `data-scan="typed"` takes a record number as if somebody had typed it.
 */
export function useScanner(onScan: (scan: Scan) => void): void {
  const newest = useRef(onScan);
  useLayoutEffect(() => {
    newest.current = onScan;
  });
  useLayoutEffect(() => listen((scan) => newest.current(scan)), []);
}
