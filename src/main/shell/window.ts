import { join } from 'node:path';
import { BrowserWindow, screen, type WebPreferences } from 'electron';
import { appOrigin, stoppedPath } from '#main/security/app-url.ts';
import { openWindowState, type WindowStateStore } from './window-state.ts';

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
    console.error('the page stopped', details.reason, details.exitCode);
    if (contents.getURL().endsWith(stoppedPath)) return;
    contents.loadURL(`${appOrigin}${stoppedPath}`).catch(() => window.destroy());
  });
};

const rememberState = (window: BrowserWindow, state: WindowStateStore): void => {
  window.on('close', () => state.save({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
};

/** What a new window needs to know of the product. */
export interface WindowParts {
  /** Folder of the built preload. */
  readonly preloadFolder: string;
  readonly title: string;
  /** Called before the page is loaded, so that its first word is already heard. */
  readonly register: (page: Electron.WebContents) => void;
}

/** The only place that makes windows. Resolves when the page has loaded. */
export const openWindow = async ({ preloadFolder, title, register }: WindowParts): Promise<BrowserWindow> => {
  const state = openWindowState();
  const { bounds, maximized } = state.load(screen.getAllDisplays().map((display) => display.workArea));
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
  register(window.webContents);
  surviveCrash(window);
  rememberState(window, state);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  await window.loadURL(`${appOrigin}/`);
  return window;
};
