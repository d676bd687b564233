import { join } from 'node:path';
import { app, session } from 'electron';
import type { Core } from '#main/core/dispatch.ts';
import { denyEverything } from '#main/security/permissions.ts';
import { serveApp } from '#main/security/protocol.ts';
import { startIpcRouter } from '#main/transport/ipc/router.ts';
import type { Catalogue, Language } from '#shared/i18n/catalogues.ts';
import { setMenu } from './menu.ts';
import type { DesktopPrinting } from './printing.ts';
import { stoppedPage } from './stopped-page.ts';
import type { DesktopWindows } from './windows.ts';

export interface DesktopParts {
  readonly core: Core;
  readonly printing: DesktopPrinting;
  readonly windows: DesktopWindows;
  /** The folder of the built product, with `renderer` and `preload` in it. */
  readonly built: string;
  readonly words: Catalogue;
  readonly language: Language;
}

/** Opens the product's window on a running core. Electron is ready. */
export const openDesktop = async ({
  core,
  printing,
  windows,
  built,
  words,
  language,
}: DesktopParts): Promise<void> => {
  denyEverything(session.defaultSession);
  serveApp(join(built, 'renderer'), () => stoppedPage(words.app.safe, language));
  setMenu(words.shell.menu, !app.isPackaged);
  const router = startIpcRouter(core);
  printing.connectPages(router.pageOf);
  await windows.openFirst(core, router, { preloadFolder: join(built, 'preload'), title: words.app.name });
};
