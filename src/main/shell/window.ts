import { join } from 'node:path';
import { BrowserWindow, screen, type WebPreferences } from 'electron';
import { appOrigin, stoppedPath } from '#main/security/app-url.ts';
import { boundsBeside, clearOf } from './bounds.ts';
import { openWindowState, type WindowRole, type WindowStateStore } from './window-state.ts';

/** Every setting that keeps a page in its box, stated even where it is the default: a default can change. */
const confined = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  experimentalFeatures: false,
  enableWebSQL: false,
  navigateOnDragDrop: false,
  // The spelling checker would fetch dictionaries, and send what is typed to the system's service on some systems.
  spellcheck: false,
});

/** When the page's process dies, a still page says so; from there a person goes on, and main has forgotten nothing. */
const surviveCrash = (window: BrowserWindow): void => {
  const contents = window.webContents;
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    if (contents.getURL().endsWith(stoppedPath)) return;
    contents.loadURL(`${appOrigin}${stoppedPath}`).catch(() => window.destroy());
  });
};

/** What a new window needs to know of the product. */
export interface WindowParts {
  /** Folder of the built preload. */
  readonly preloadFolder: string;
  readonly title: string;
  readonly role: WindowRole;
  /** The windows that are there, the first one first. */
  readonly others: readonly BrowserWindow[];
}

/** A window that has no page yet. */
export interface MadeWindow {
  readonly window: BrowserWindow;
  /** Loads what `address` (`/#/day`) shows. Resolves when it has loaded, or the window has gone meanwhile. */
  load(address: string): Promise<void>;
  /** Takes the window away at once, whatever its page says. */
  end(): void;
}

const placeOf = (state: WindowStateStore, others: readonly BrowserWindow[]) => {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const taken = others.map((other) => other.getNormalBounds());
  const [first] = taken;
  const { bounds, maximized } = state.load(displays);
  const wished = bounds ?? (first === undefined ? null : boundsBeside(first, displays));
  return { bounds: wished && clearOf(wished, taken), maximized };
};

/** The only place that makes windows: every one of them is confined in the same way. */
export const makeWindow = ({ preloadFolder, title, role, others }: WindowParts): MadeWindow => {
  const state = openWindowState(role);
  const { bounds, maximized } = placeOf(state, others);
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    title,
    show: false,
    webPreferences: confined(join(preloadFolder, 'index.cjs')),
  });
  const remember = () => state.save({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  surviveCrash(window);
  window.on('close', remember);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  return {
    window,
    load: (address) =>
      window.loadURL(appOrigin + address).catch((reason: unknown) => {
        if (!window.isDestroyed()) throw reason;
      }),
    end: () => {
      if (window.isDestroyed()) return;
      remember();
      window.destroy();
    },
  };
};
