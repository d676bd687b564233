import type { Rectangle } from 'electron';
import Store from 'electron-store';
import { visibleBounds } from './bounds.ts';

/** Where and how large the window was. Nothing else of the product is kept here: no patient, no secret. */
interface WindowState {
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
}

export interface WindowStateStore {
  load(displays: readonly Rectangle[]): WindowState;
  save(state: WindowState): void;
}

/** Keeps the window's state in `window.json` in Electron's folder of this workstation. */
export const openWindowState = (): WindowStateStore => {
  const store = new Store<{ window: WindowState }>({
    name: 'window',
    // A damaged file costs a window's place, not the start of the product.
    clearInvalidConfig: true,
    defaults: { window: { bounds: null, maximized: false } },
  });
  return {
    load: (displays) => {
      const { bounds, maximized } = store.get('window');
      return { bounds: visibleBounds(bounds, displays), maximized };
    },
    save: (state) => store.set('window', state),
  };
};
