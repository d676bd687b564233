import { _electron, type ElectronApplication } from '@playwright/test';
import type { AppDriver, Workstation } from './app-driver.ts';
import { workstationArguments } from './e2e-arguments.ts';
import { builtProduct } from './e2e-built.ts';
import { electronRuntime } from './e2e-electron.ts';
import { collectErrors, collectViolations } from './e2e-violations.ts';

/** Starts the product on Electron's own runtime. */
export const launchOnElectron = async (workstation: Workstation): Promise<AppDriver> => {
  const runtime = electronRuntime();
  if (!runtime.ok) throw new Error(`Electron cannot run here: ${runtime.why}`);
  let output = '';
  const start = async () => {
    const app = await _electron.launch({
      executablePath: runtime.path,
      args: [
        builtProduct(),
        ...workstationArguments(workstation),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      env: { ...(process.env as Record<string, string>), ...workstation.env },
    });
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-64_000);
    };
    app.process().stdout?.on('data', keep);
    app.process().stderr?.on('data', keep);
    const context = app.context();
    const watched = { violations: collectViolations(context), errors: collectErrors(context) };
    return { app, ...watched, page: await app.firstWindow() };
  };
  const isRunning = (app: ElectronApplication) =>
    app.process().exitCode === null && app.process().signalCode === null;
  const ended = (app: ElectronApplication) =>
    new Promise<void>((done) => {
      if (isRunning(app)) app.process().once('exit', () => done());
      else done();
    });

  let run = await start();
  const close = async () => {
    if (!isRunning(run.app)) return;
    const gone = ended(run.app);
    await run.app.close();
    await gone;
  };
  return {
    backend: 'electron',
    get page() {
      return run.page;
    },
    restart: async () => {
      await close();
      run = await start();
    },
    kill: async () => {
      const gone = ended(run.app);
      run.app.process().kill('SIGKILL');
      await gone;
    },
    close,
    get violations() {
      return run.violations;
    },
    get errors() {
      return run.errors;
    },
    output: () => output,
  };
};
