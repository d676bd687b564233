import { useEffect, useLayoutEffect, useRef } from 'react';
import { type FieldState, fieldOf, restoreField, stateOfField, typeInto } from './fields.ts';
import { type Scan, Wedge } from './wedge.ts';

/** A key that may belong to a record number. In a field it was typed at once; `before` is the field as it was then. */
interface Kept {
  readonly event: KeyboardEvent;
  readonly before: FieldState | null;
}

/** In milliseconds. A field's keys are not kept waiting, so it may be held up for longer; how fast it all was decides. */
const fieldPatience = 300;

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph']);

const swallow = (event: KeyboardEvent): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Presses a key again that had been kept. Where it now lands in a field, it is typed there. */
function pressAgain({ key, code, shiftKey, location }: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const again = new KeyboardEvent('keydown', {
    ...{ key, code, shiftKey, location },
    ...{ bubbles: true, cancelable: true, composed: true },
  });
  if (target.dispatchEvent(again)) typeInto(target, key);
}

/** Listens until the returned function is called. */
function listen(onScan: (scan: Scan) => void): () => void {
  const wedge = new Wedge<Kept>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pressing = false;
  let line = Promise.resolve();

  const giveBack = (keys: readonly Kept[]) => {
    clearTimeout(timer);
    for (const { event, before } of keys) {
      if (before !== null) continue;
      // One after the other, so that what a key opens is there for the next one; before the browser gives another key.
      line = line.then(() => {
        pressing = true;
        try {
          pressAgain(event);
        } finally {
          pressing = false;
        }
      });
    }
  };
  const drop = () => giveBack(wedge.drop());

  const onKeyDown = (event: KeyboardEvent) => {
    if (pressing || event.isComposing || modifiers.has(event.key)) return;
    const field = fieldOf(event.target);
    if (field?.closest('[data-scan="typed"]')) return drop();
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
    }
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('pointerdown', drop, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
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
  useEffect(() => listen((scan) => newest.current(scan)), []);
}
