import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { startCore } from './core/start.ts';
import { databaseFile } from './data/local/open.ts';
import { confineEveryPage } from './security/navigation.ts';
import { registerAppScheme } from './security/protocol.ts';
import { openSecrets } from './security/secrets.ts';
import { openDesktop } from './shell/desktop.ts';
import { wordsFor } from './shell/language.ts';
import { quitWithParent, showOnSecondStart } from './shell/lifecycle.ts';
import { desktopOptions, electronFolder } from './shell/options.ts';
import { giveUp, NoCentreError, refuseDebugging } from './shell/problem.ts';
import { centreAddress, databaseKey } from './shell/vault.ts';
import { createRouter } from './transport/router.ts';

const options = desktopOptions(process.argv.slice(1), process.env);
const folder = options.data ?? join(app.getPath('appData'), 'ClinicHub');

const start = async (): Promise<void> => {
  const { language, words } = wordsFor(app.getLocale());
  try {
    refuseDebugging();
    const secrets = await openSecrets(join(folder, 'secrets'));
    const centre = await centreAddress(secrets, options.centre);
    if (centre === null) throw new NoCentreError();
    const key = await databaseKey(secrets, existsSync(databaseFile(folder)));
    const core = await startCore({
      folder,
      key,
      centre,
      name: options.name,
      demo: options.demo,
      version: app.getVersion(),
      host: 'desktop',
      route: createRouter,
    });
    await openDesktop({ core, built: join(import.meta.dirname, '..'), words, language });
  } catch (reason) {
    giveUp(reason, words.shell.cannotStart);
  }
};

registerAppScheme();
app.enableSandbox();
app.setPath('userData', electronFolder(folder));
if (app.requestSingleInstanceLock()) {
  confineEveryPage();
  showOnSecondStart();
  if (options.child) quitWithParent();
  void app.whenReady().then(start);
} else {
  app.quit();
}
