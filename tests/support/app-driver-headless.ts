import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { AppDriver, Workstation } from './app-driver.ts';
import { workstationArguments } from './e2e-arguments.ts';
import { collectErrors, collectViolations } from './e2e-violations.ts';

const root = resolve(import.meta.dirname, '../..');
const entry = resolve(root, 'src/main/headless.ts');

/** The headless host in a process of its own, and the address it printed. */
const startHost = async (workstation: Workstation) => {
  const child = spawn(process.execPath, [entry, ...workstationArguments(workstation), '--port', '0'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...workstation.env },
  });
  let output = '';
  const address = new Promise<string>((found, failed) => {
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-64_000);
      const match = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\S*/.exec(output);
      if (match !== null) found(match[0]);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('exit', (code) => failed(new Error(`the headless host ended with ${code}:\n${output}`)));
    child.once('error', failed);
  });
  const ended = once(child, 'exit').then(() => undefined);
  return { child, ended, address: await address, output: () => output };
};

/** Starts the headless host and opens its page in `browser`. */
export const launchHeadless = async (browser: Browser, workstation: Workstation): Promise<AppDriver> => {
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  const violations = collectViolations(context);
  const errors = collectErrors(context);
  const start = async (): Promise<{ host: Awaited<ReturnType<typeof startHost>>; page: Page }> => {
    const host = await startHost(workstation);
    const page = await context.newPage();
    await page.goto(host.address);
    return { host, page };
  };
  let run = await start();
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    run.host.child.kill(signal);
    await run.host.ended;
    await run.page.close();
  };
  return {
    backend: 'headless',
    get page() {
      return run.page;
    },
    restart: async () => {
      await end('SIGTERM');
      run = await start();
    },
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM');
      await context.close();
    },
    violations,
    errors,
    output: () => run.host.output(),
  };
};
