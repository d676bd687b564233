import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { Core } from './core/dispatch.ts';
import { workstationLog } from './core/log-file.ts';
import { keepMemoryOutOfDumps } from './core/memory-dump.ts';
import { destroyWorkstation } from './core/wipe.ts';
import { recoveryFile } from './data/local/files.ts';
import { confineEveryPage } from './security/navigation.ts';
import { registerAppScheme } from './security/protocol.ts';
import { sealedFile } from './security/secrets.ts';
import { openDesktop, openHosts, servePages } from './shell/desktop.ts';
import { surviveFailures } from './shell/failures.ts';
import { wordsFor } from './shell/language.ts';
import { quitOrderly, quitWithParent, showOnSecondStart } from './shell/lifecycle.ts';
import { openWorkstation } from './shell/open-workstation.ts';
import { desktopOptions, electronFolder } from './shell/options.ts';
import { giveUp, refuseDebugging } from './shell/problem.ts';
import { createStartWindow } from './shell/start-window.ts';
import { secretNames } from './shell/vault.ts';

const options = desktopOptions(process.argv.slice(1), process.env);
const folder = options.data ?? join(app.getPath('appData'), 'ClinicHub');
const secretsFolder = join(folder, 'secrets');
const log = workstationLog(folder);

/** Whether this process is the first of this workstation. Before Electron is ready, as it demands. */
const prepare = (): boolean => {
  keepMemoryOutOfDumps();
  registerAppScheme();
  app.enableSandbox();
  confineEveryPage();
  // Electron refuses a folder that is not there.
  mkdirSync(electronFolder(folder), { recursive: true, mode: 0o700 });
  app.setPath('userData', electronFolder(folder));
  return app.requestSingleInstanceLock();
};

const destroy = async () =>
  destroyWorkstation(folder, [
    ...secretNames.map((name) => sealedFile(secretsFolder, name)),
    recoveryFile(folder),
  ]);

const place = { folder, secretsFolder, options, log, destroy };

const run = async (isFirst: () => boolean): Promise<void> => {
  let core: Core | null = null;
  try {
    if (!isFirst()) return app.quit();
    const end = quitOrderly(log, async () => core?.stop());
    surviveFailures(log, folder, options, end);
    showOnSecondStart();
    if (options.child) quitWithParent();
    await app.whenReady();
    refuseDebugging();
    const product = { built: join(import.meta.dirname, '..'), ...wordsFor(app.getLocale()) };
    servePages(product);
    const hosts = openHosts();
    const opened = await openWorkstation(place, hosts, (calls) => createStartWindow(product, calls, log));
    core = opened.core;
    opened.start.release();
    await openDesktop({ ...hosts, ...opened, ...product, options, end, log });
    opened.start.close();
  } catch (reason) {
    await app.whenReady();
    await core?.stop();
    giveUp(reason, wordsFor(app.getLocale()).words.shell.cannotStart);
  }
};

void run(prepare);
