import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { Core } from './core/dispatch.ts';
import { centreAccess } from './core/enrolment.ts';
import { workstationLog } from './core/log-file.ts';
import { keepMemoryOutOfDumps } from './core/memory-dump.ts';
import { NoCentreError } from './core/settings-file.ts';
import { type Started, startCore } from './core/start.ts';
import { destroyWorkstation, refuseWiped } from './core/wipe.ts';
import { realDisk } from './data/local/disk.ts';
import { holdsData } from './data/local/files.ts';
import { confineEveryPage } from './security/navigation.ts';
import { registerAppScheme } from './security/protocol.ts';
import { openSecrets, sealedFile } from './security/secrets.ts';
import { type DesktopHosts, openDesktop, openHosts } from './shell/desktop.ts';
import { type DesktopProtection, desktopProtection } from './shell/desktop-protection.ts';
import { surviveFailures } from './shell/failures.ts';
import { wordsFor } from './shell/language.ts';
import { quitOrderly, quitWithParent, showOnSecondStart } from './shell/lifecycle.ts';
import { desktopOptions, electronFolder } from './shell/options.ts';
import { giveUp, refuseDebugging } from './shell/problem.ts';
import { databaseKey, keyringKeep, secretNames } from './shell/vault.ts';
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

const openCore = async ({ printing, windows, updates }: DesktopHosts): Promise<Opened> => {
  await refuseWiped(folder, options.enrol, destroy);
  const secrets = await openSecrets(secretsFolder);
  const centre = await centreAccess(keyringKeep(secrets), options);
  if (centre === null) throw new NoCentreError();
  const protection = desktopProtection({
    folder,
    secrets,
    backupTo: options.backupTo,
    title: wordsFor(app.getLocale()).words.shell.chooseBackups,
  });
  const started = await startCore({
    folder,
    protection: protection.host,
    key: await databaseKey(secrets, holdsData(realDisk, folder)),
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
  return { ...started, protection };
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
    const hosts = openHosts();
    const opened = await openCore(hosts);
    core = opened.core;
    await openDesktop({
      ...hosts,
      ...opened,
      options,
      end,
      log,
      built: join(import.meta.dirname, '..'),
      ...wordsFor(app.getLocale()),
    });
  } catch (reason) {
    await app.whenReady();
    await core?.stop();
    giveUp(reason, wordsFor(app.getLocale()).words.shell.cannotStart);
  }
};

void run(prepare);
