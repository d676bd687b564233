import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type AppDriver, type Backend, launchApp, type Workstation } from './app-driver.ts';

/** Set by each project of playwright.config.ts. */
export interface E2eOptions {
  readonly backend: Backend;
}

export interface Fixtures {
  /**
   * Whether a page that runs into its content security policy, or logs an error, fails its test; off where that is
   * what is tested.
   */
  readonly failOnViolation: boolean;
  /** An empty folder of this test's own, gone afterwards. */
  readonly folder: string;
  /** Starts a workstation on the project's backend; it is ended after the test, and shows its output when that failed. */
  readonly launch: (workstation: Workstation) => Promise<AppDriver>;
}

/** Fails when a page of `app` ran into its content security policy, logged an error or threw. */
export const expectQuiet = (app: AppDriver): void => {
  expect(app.violations, 'refused by the content security policy').toEqual([]);
  expect(app.errors, 'errors of the page').toEqual([]);
};

/** Playwright's `test` with a backend, a folder and workstations that end with the test. */
export const test = base.extend<Fixtures, E2eOptions>({
  backend: ['double', { option: true, scope: 'worker' }],
  failOnViolation: [true, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'clinichub-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  // The folder is asked for so that it is there until the last workstation has ended.
  launch: async ({ backend, browser, failOnViolation, folder: _folder }, use, testInfo) => {
    const running: AppDriver[] = [];
    await use(async (workstation) => {
      const app = await launchApp(backend, browser, workstation);
      running.push(app);
      return app;
    });
    for (const app of running) {
      await app.close();
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('output of main', { body: app.output(), contentType: 'text/plain' });
        console.error(app.output());
      }
      if (failOnViolation) expectQuiet(app);
    }
  },
});

export { expect };
