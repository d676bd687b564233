import { app, shell, type WebContents } from 'electron';
import { isAppAddress } from './app-url.ts';
import { externalAddress } from './external-url.ts';

/** Hands `address` to the system's browser or mail program when it is https or mailto; else nothing happens. */
const openOutside = (address: string): void => {
  const safe = externalAddress(address);
  if (safe === null) return;
  // A system without a browser refuses; the page has nothing to learn from that.
  shell.openExternal(safe).catch((reason: unknown) => console.error('could not open an address', reason));
};

/** No page leaves our own address, opens a window, embeds a frame of others or attaches a webview. */
const confine = (contents: WebContents): void => {
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isAppAddress(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
};

/** Confines every page there will ever be, whoever makes it. Call before the first window. */
export const confineEveryPage = (): void => {
  app.on('web-contents-created', (_event, contents) => confine(contents));
};
