import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { Connection } from '#main/core/dispatch.ts';
import type { ProtectionHost } from '#main/core/protection.ts';
import type { Secrets } from '#main/security/secrets.ts';
import { keyringKeyKeep } from './vault.ts';
import { desktopSettings, openBackupSettings } from './workstation-settings.ts';

export interface DesktopProtection {
  readonly host: ProtectionHost;
  /** Where backups are put a second time. */
  second(): string | null;
  /** How the window of a connection is found, as soon as there are windows. */
  connectPages(pageOf: (connection: Connection) => WebContents | undefined): void;
}

interface Surroundings {
  readonly folder: string;
  readonly secrets: Secrets;
  /** What this start said about the second place; null: nothing. It is remembered. */
  readonly backupTo: string | null;
  /** Title of the box in which a folder is chosen. */
  readonly title: string;
}

/** The system's box for one file or folder, over `window`; null when it was closed. */
export const choosePath = async (
  window: BrowserWindow | null,
  options: { readonly title: string; readonly what: readonly ('openFile' | 'openDirectory')[] },
): Promise<string | null> => {
  const wanted = { title: options.title, properties: [...options.what] };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(wanted)
    : dialog.showOpenDialog(window, wanted));
  return canceled ? null : (filePaths[0] ?? null);
};

/** What the desktop does for the key and the backups. */
export const desktopProtection = ({ folder, secrets, backupTo, title }: Surroundings): DesktopProtection => {
  const settings = openBackupSettings();
  if (backupTo !== null) settings.remember(backupTo);
  let pageOf: (connection: Connection) => WebContents | undefined = () => undefined;
  const windowOf = (connection: Connection): BrowserWindow | null => {
    const page = pageOf(connection);
    return page === undefined ? null : BrowserWindow.fromWebContents(page);
  };
  return {
    second: settings.second,
    connectPages: (find) => {
      pageOf = find;
    },
    host: {
      place: 'keyring',
      keep: keyringKeyKeep(secrets),
      folders: {
        choose: (connection) => choosePath(windowOf(connection), { title, what: ['openDirectory'] }),
        remember: settings.remember,
      },
      settings: () => desktopSettings(folder),
    },
  };
};
