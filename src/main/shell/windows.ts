import type { BrowserWindow } from 'electron';
import type { Core } from '#main/core/dispatch.ts';
import type { WindowHost } from '#main/core/windows.ts';
import { appOrigin } from '#main/security/app-url.ts';
import type { IpcRouter } from '#main/transport/ipc/router.ts';
import { mostFurtherWindows, pageAddress, screenAt, waitingRoomPath } from '#shared/domain/shell/screens.ts';
import { type MadeWindow, makeWindow, type WindowParts } from './window.ts';

export interface DesktopWindows {
  readonly host: WindowHost;
  /** Opens the first window on a running core. Resolves when its page has loaded. */
  openFirst(
    core: Core,
    router: IpcRouter,
    parts: Pick<WindowParts, 'preloadFolder' | 'title'>,
  ): Promise<void>;
}

/** Without a name on it, so it may stay on its monitor while nobody is signed in; it then shows nothing at all. */
const showsWaitingRoom = ({ webContents }: BrowserWindow): boolean =>
  webContents.getURL().split('#')[1] === waitingRoomPath;

const bringForward = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

/**
 * The windows of the desktop: a first one, and further ones in its session. They go when it goes, and when the session
 * ends: what a person leaves behind on another monitor is not there for the next. The core is there before its windows are.
 */
export const createWindows = (): DesktopWindows => {
  const further = new Set<MadeWindow>();
  const asked = new WeakMap<BrowserWindow, string>();
  let open: WindowHost['open'] = () => Promise.reject(new Error('the first window is not there yet'));
  return {
    host: { open: (address) => open(address) },
    openFirst: async (core, router, parts) => {
      const first = makeWindow({ ...parts, role: 'window', others: [] });
      const session = router.register(first.window.webContents);
      open = async (address) => {
        const page = pageAddress(address);
        const role = screenAt(address);
        if (role === null) throw new Error('no screen for a window of its own');
        // One that has not begun to load is where it was asked to be.
        const there = [...further].find(
          ({ window }) =>
            (window.webContents.getURL() || appOrigin + (asked.get(window) ?? '')) === appOrigin + page,
        );
        if (there !== undefined) {
          bringForward(there.window);
          return 'opened';
        }
        if (further.size >= mostFurtherWindows) return 'too-many';
        const others = [first, ...further].map(({ window }) => window);
        const made = makeWindow({ ...parts, role, others });
        further.add(made);
        asked.set(made.window, page);
        made.window.once('closed', () => further.delete(made));
        router.register(made.window.webContents, session);
        await made.load(page).catch((reason: unknown) => {
          made.end();
          throw reason;
        });
        return 'opened';
      };
      core.onEvent((event) => {
        if (event.type !== 'session-ended') return;
        for (const made of further) if (!showsWaitingRoom(made.window)) made.end();
      });
      first.window.once('closed', () => {
        for (const made of further) made.end();
      });
      await first.load('/');
    },
  };
};
