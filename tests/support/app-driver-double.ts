import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type MainProcess, startMain } from '#tests/doubles/electron/browser/main-process.ts';
import { Pages } from '#tests/doubles/electron/browser/pages.ts';
import type { RecordedCall } from '#tests/doubles/electron/link.ts';
import type { AppDriver, Workstation } from './app-driver.ts';
import { workstationArguments } from './e2e-arguments.ts';
import { builtProduct } from './e2e-built.ts';
import { collectErrors, collectViolations } from './e2e-violations.ts';

/** The double's driver: what only a stand-in lets a test ask. */
export interface DoubleDriver extends AppDriver {
  readonly backend: 'double';
  /** Asks of the main process what only Electron could. */
  readonly main: MainProcess;
  readonly pages: Pages;
  /** What main did to the system: addresses opened, boxes shown, windows focused. */
  recorded<W extends RecordedCall['what']>(what: W): readonly Extract<RecordedCall, { what: W }>[];
}

interface Run {
  readonly main: MainProcess;
  readonly pages: Pages;
}

/** Starts main with its pages in `context`; does not wait for a window. */
export const startOnDouble = async (context: BrowserContext, workstation: Workstation): Promise<Run> => {
  let main: MainProcess | null = null;
  const pages = new Pages(context, (name, ask) => {
    if (main === null) throw new Error('main has not been started');
    return main.ask(name, ask);
  });
  await pages.route();
  const args = workstationArguments(workstation);
  const entry = join(builtProduct(), 'out/main/index.js');
  main = startMain({ main: entry, args, env: workstation.env ?? {} }, pages.answers);
  return { main, pages };
};

const waitForWindow = async ({ main, pages }: Run): Promise<void> => {
  const early = main.ended.then((code) => {
    throw new Error(`main ended with ${code} before its window was there:\n${main.output()}`);
  });
  await Promise.race([pages.firstPage(), early]);
};

/** Starts the real main entry on the double. The browser context outlives restarts, as Electron's profile does. */
export const launchOnDouble = async (browser: Browser, workstation: Workstation): Promise<DoubleDriver> => {
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  const violations = collectViolations(context);
  const errors = collectErrors(context);
  const start = async (): Promise<Run> => {
    const run = await startOnDouble(context, workstation);
    await waitForWindow(run);
    return run;
  };
  let run = await start();

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (run.main.isRunning()) run.main.signal(signal);
    await run.main.ended;
    await run.pages.close();
  };
  return {
    backend: 'double',
    get page(): Page {
      return run.pages.page;
    },
    get main() {
      return run.main;
    },
    get pages() {
      return run.pages;
    },
    recorded: (what) =>
      run.pages.recorded.filter(
        (call): call is Extract<RecordedCall, { what: typeof what }> => call.what === what,
      ),
    restart: async () => {
      await end('SIGTERM');
      run = await start();
    },
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM');
      // A second close finds it closed.
      await context.close();
    },
    violations,
    errors,
    output: () => run.main.output(),
  };
};
