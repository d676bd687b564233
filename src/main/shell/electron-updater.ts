import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { app } from 'electron';
import type { Updater } from './updates.ts';

/** Longest time between the end of the program and the start of the next version's installer. */
const patience = 60_000;

/**
 * Whether this installation can put another version in its place. A package of the system (deb, MSI) is the system's to
 * replace; a checkout is nobody's.
 */
export const canUpdateItself = (
  platform: NodeJS.Platform,
  packaged: boolean,
  env: Readonly<Record<string, string | undefined>>,
): boolean => packaged && (platform === 'linux' ? env.APPIMAGE !== undefined : true);

/**
 * Whether an update's signature would be looked at. On Windows electron-updater compares it with the publisher that the
 * installer has written down, and with nothing where none is: an installation that was not signed takes no updates. macOS
 * compares by itself; on Linux there is none, and the check sum comes over https from the clinic's address.
 */
export const checksSignatures = (platform: NodeJS.Platform, description: string): boolean =>
  platform !== 'win32' || /^publisherName:(?:[ \t]*\S|[ \t]*\n[ \t]*-[ \t]*\S)/m.test(description);

const descriptionOf = (): string => {
  try {
    return readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8');
  } catch {
    return '';
  }
};

/** What is used of electron-updater's `AppUpdater`. */
export interface ElectronUpdater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  logger: unknown;
  setFeedURL(feed: { readonly provider: 'generic'; readonly url: string }): void;
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
  } | null>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(silent: boolean, runAfter: boolean): void;
  once(event: 'error', listener: () => void): unknown;
}

/** electron-updater, told to do nothing by itself. `giveUp` is for an installer that does not come. */
export const updaterAt = (updater: ElectronUpdater, address: string, giveUp: () => void): Updater => {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // Its own notes have addresses and paths in them.
  updater.logger = null;
  updater.setFeedURL({ provider: 'generic', url: address });
  return {
    look: async () => {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    fetch: async () => {
      await updater.downloadUpdate();
    },
    install: () => {
      updater.once('error', giveUp);
      setTimeout(giveUp, patience);
      updater.quitAndInstall(true, true);
    },
  };
};

const packages = createRequire(import.meta.url);

/** The updater of this installation; null where there may be none. It is loaded then only: it looks for an installed product. */
export const openUpdater = (address: string, startAgain: () => void): Updater | null => {
  if (!canUpdateItself(process.platform, app.isPackaged, process.env)) return null;
  if (!checksSignatures(process.platform, descriptionOf())) return null;
  const { autoUpdater } = packages('electron-updater') as { readonly autoUpdater: ElectronUpdater };
  return updaterAt(autoUpdater, address, () => {
    startAgain();
    app.exit(1);
  });
};
