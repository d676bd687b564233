import { readFileSync } from 'node:fs';
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

/** electron-updater, told to do nothing by itself; null where it may not be used. `startAgain` is for an installer that does not come. */
export const openUpdater = async (address: string, startAgain: () => void): Promise<Updater | null> => {
  if (!canUpdateItself(process.platform, app.isPackaged, process.env)) return null;
  if (!checksSignatures(process.platform, descriptionOf())) return null;
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  // Its own notes have addresses and paths in them.
  autoUpdater.logger = null;
  autoUpdater.setFeedURL({ provider: 'generic', url: address });
  const giveUp = () => {
    startAgain();
    app.exit(1);
  };
  return {
    look: async () => {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    fetch: async () => {
      await autoUpdater.downloadUpdate();
    },
    install: () => {
      autoUpdater.once('error', giveUp);
      setTimeout(giveUp, patience);
      autoUpdater.quitAndInstall(true, true);
    },
  };
};
