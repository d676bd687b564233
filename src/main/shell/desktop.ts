import { join } from 'node:path';
import { app, session } from 'electron';
import type { Core } from '#main/core/dispatch.ts';
import { denyEverything } from '#main/security/permissions.ts';
import { serveApp } from '#main/security/protocol.ts';
import { startIpcRouter } from '#main/transport/ipc/router.ts';
import type { Catalogue } from '#shared/i18n/english.ts';
import type { Language } from '#shared/i18n/languages.ts';
import type { DesktopProtection } from './desktop-protection.ts';
import { setMenu } from './menu.ts';
import { lockWithComputer } from './power.ts';
import { type DesktopPrinting, openPrinting } from './printing.ts';
import { startUpdates, type UpdateSurroundings } from './start-updates.ts';
import { stoppedPage } from './stopped-page.ts';
import { createUpdates, type Updates } from './updates.ts';
import { createWindows, type DesktopWindows } from './windows.ts';

/** What the desktop does for its core. It is there before the core is, and the windows after. */
export interface DesktopHosts {
  readonly printing: DesktopPrinting;
  readonly windows: DesktopWindows;
  readonly updates: Updates;
}

/** Electron is ready. */
export const openHosts = (): DesktopHosts => ({
  printing: openPrinting(),
  windows: createWindows(),
  updates: createUpdates(),
});

/** What a window needs of the built product. */
export interface BuiltProduct {
  /** The folder of the built product, with `renderer` and `preload` in it. */
  readonly built: string;
  readonly words: Catalogue;
  readonly language: Language;
}

/** Lets windows show the product's pages, and gives them their menu; once. Electron is ready. */
export const servePages = ({ built, words, language }: BuiltProduct): void => {
  denyEverything(session.defaultSession);
  serveApp(join(built, 'renderer'), () => stoppedPage(words.app.safe, language));
  setMenu(words.shell.menu, !app.isPackaged);
};

/** What every window of the product begins with. */
export const windowParts = ({ built, words }: BuiltProduct) => ({
  preloadFolder: join(built, 'preload'),
  title: words.app.name,
});

export interface DesktopParts
  extends DesktopHosts,
    BuiltProduct,
    Pick<UpdateSurroundings, 'options' | 'backUp' | 'end' | 'log'> {
  readonly core: Core;
  readonly protection: Pick<DesktopProtection, 'connectPages'>;
}

/** Opens the product's window on a running core. The pages are served. */
export const openDesktop = async (parts: DesktopParts): Promise<void> => {
  const { core, printing, protection, windows } = parts;
  const router = startIpcRouter(core);
  printing.connectPages(router.pageOf);
  protection.connectPages(router.pageOf);
  await windows.openFirst(core, router, windowParts(parts));
  lockWithComputer(core);
  startUpdates({ ...parts, router });
};
