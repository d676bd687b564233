import type { Rectangle } from 'electron';
import Store from 'electron-store';
import type { ScreenName } from '#shared/domain/shell/screens.ts';
import { visibleBounds } from './bounds.ts';

/** Where and how large a window was. Nothing else of the product is kept here: no patient, no secret. */
interface WindowState {
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
}

/** Whose place it is: that of the first window, or of a further one that shows this screen. */
export type WindowRole = 'window' | ScreenName;

export interface WindowStateStore {
  load(displays: readonly Rectangle[]): WindowState;
  save(state: WindowState): void;
}

/** Keeps a window's state in `window.json` in Electron's folder of this workstation. */
export const openWindowState = (role: WindowRole): WindowStateStore => {
  const store = new Store<Partial<Record<WindowRole, WindowState>>>({
    name: 'window',
    // A damaged file costs a window's place, not the start of the product.
    clearInvalidConfig: true,
  });
  return {
    load: (displays) => {
      const { bounds, maximized } = store.get(role) ?? { bounds: null, maximized: false };
      return { bounds: visibleBounds(bounds, displays), maximized };
    },
    save: (state) => store.set(role, state),
  };
};
