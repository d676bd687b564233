import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { Core } from './core/dispatch.ts';
import { workstationLog } from './core/log-file.ts';
import { keepMemoryOutOfDumps } from './core/memory-dump.ts';
import { type Started, startCore } from './core/start.ts';
import { destroyWorkstation, refuseWiped } from './core/wipe.ts';
import { confineEveryPage } from './security/navigation.ts';
import { registerAppScheme } from './security/protocol.ts';
import { openSecrets, sealedFile } from './security/secrets.ts';
import { type DesktopHosts, openDesktop, openHosts, servePages } from './shell/desktop.ts';
import { choosePath, type DesktopProtection, desktopProtection } from './shell/desktop-protection.ts';
import { surviveFailures } from './shell/failures.ts';
import { createFirstStart, type FirstStart } from './shell/first-start.ts';
import { wordsFor } from './shell/language.ts';
import { quitOrderly, quitWithParent, showOnSecondStart } from './shell/lifecycle.ts';
import { desktopOptions, electronFolder } from './shell/options.ts';
import { giveUp, refuseDebugging } from './shell/problem.ts';
import { createStartWindow, type StartWindow } from './shell/start-window.ts';
import { secretNames } from './shell/vault.ts';
import { restoreSettings } from './shell/workstation-settings.ts';
import { createRouter } from './transport/router.ts';

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
  destroyWorkstation(
    folder,
    secretNames.map((name) => sealedFile(secretsFolder, name)),
  );

interface Opened extends Started {
  readonly protection: DesktopProtection;
}

const openCore = async (
  { printing, windows, updates }: DesktopHosts,
  window: (calls: () => FirstStart['calls']) => StartWindow,
): Promise<Opened & { readonly start: StartWindow }> => {
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
    const opened = await openCore(hosts, (calls) => createStartWindow(product, calls, log));
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
