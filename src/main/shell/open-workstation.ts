import { hostname } from 'node:os';
import { app } from 'electron';
import type { WorkstationLog } from '#main/core/log-file.ts';
import { type Started, startCore } from '#main/core/start.ts';
import { refuseWiped } from '#main/core/wipe.ts';
import { openSecrets, sealedFile } from '#main/security/secrets.ts';
import { createRouter } from '#main/transport/router.ts';
import type { DesktopHosts } from './desktop.ts';
import { choosePath, type DesktopProtection, desktopProtection } from './desktop-protection.ts';
import { createFirstStart, type FirstStart } from './first-start.ts';
import { wordsFor } from './language.ts';
import type { DesktopOptions } from './options.ts';
import type { StartWindow } from './start-window.ts';
import { restoreSettings } from './workstation-settings.ts';

/** Where the workstation is, and what this start said of it. */
export interface Place {
  readonly folder: string;
  readonly secretsFolder: string;
  readonly options: DesktopOptions;
  readonly log: WorkstationLog;
  /** Destroys key, settings and files of this workstation. */
  readonly destroy: () => Promise<void>;
}

/** A workstation that runs, and the start screen it may have been asked for at. */
export interface OpenedWorkstation extends Started {
  readonly protection: DesktopProtection;
  readonly start: StartWindow;
}

/**
 * Has the keyring, or the person at the start screen, give what is missing, and starts the core. `window` makes the start
 * screen, which is shown when something is asked. Electron is ready, and the pages are served.
 */
export const openWorkstation = async (
  { folder, secretsFolder, options, log, destroy }: Place,
  { printing, windows, updates }: DesktopHosts,
  window: (calls: () => FirstStart['calls']) => StartWindow,
): Promise<OpenedWorkstation> => {
  await refuseWiped(folder, options.enrol, destroy);
  const secrets = await openSecrets(secretsFolder);
  const { words } = wordsFor(app.getLocale());
  const start = window(() => first.calls);
  const first = createFirstStart({
    folder,
    secrets,
    secretFile: (name) => sealedFile(secretsFolder, name),
    given: options,
    name: options.name ?? hostname(),
    show: options.child ? null : start.show,
    choose: (what) =>
      choosePath(start.window(), {
        title: words.protection.start.restore.title,
        what: what === 'file' ? ['openFile'] : ['openDirectory'],
      }),
    restoreSettings: (settings) => restoreSettings(folder, settings),
  });
  const { key, centre } = await first.run();
  const protection = desktopProtection({
    folder,
    secrets,
    backupTo: options.backupTo,
    title: words.shell.chooseBackups,
  });
  const started = await startCore({
    folder,
    protection: protection.host,
    key,
    centre,
    destroy,
    secondBackups: protection.second(),
    log,
    settings: { child: options.child },
    name: options.name,
    demo: options.demo,
    version: app.getVersion(),
    host: 'desktop',
    printing: printing.host,
    windows: windows.host,
    updates: updates.host,
    route: createRouter,
  });
  return { ...started, protection, start };
};
