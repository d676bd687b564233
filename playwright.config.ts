import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './tests/support/e2e-chromium.ts';
import { electronRuntime } from './tests/support/e2e-electron.ts';
import type { E2eOptions } from './tests/support/e2e-test.ts';

const chromium = findChromium();
const electron = electronRuntime();

// What they show is the screens' and the desks' matter, the same on every backend; the other journeys of the same screens run on all.
const onHeadlessAlone = [
  'accounts.spec.ts',
  'all-sites.spec.ts',
  'audit.spec.ts',
  'billing.spec.ts',
  'chart.spec.ts',
  'clinic.spec.ts',
  'comparison.spec.ts',
  'connection.spec.ts',
  'doctor.spec.ts',
  'documents.spec.ts',
  'duplicates.spec.ts',
  'first-day.spec.ts',
  'formulary.spec.ts',
  'front-desk.spec.ts',
  'import.spec.ts',
  'inbox.spec.ts',
  'kiosk.spec.ts',
  'notes.spec.ts',
  'oversight.spec.ts',
  'overview.spec.ts',
  'panel.spec.ts',
  'panel-records.spec.ts',
  'payments.spec.ts',
  'permissions.spec.ts',
  'prescribing.spec.ts',
  'prices.spec.ts',
  'results.spec.ts',
  'schedule.spec.ts',
  'series.spec.ts',
  'sick-doctor.spec.ts',
  'stock.spec.ts',
  'till.spec.ts',
  'two-desks.spec.ts',
  'visits.spec.ts',
  'vitals.spec.ts',
  'waitlist.spec.ts',
];

export default defineConfig<object, E2eOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/support/e2e.setup.ts',
  // Each test starts processes and a database; two at a time is what a small machine bears.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // Most take a quarter of it; a machine that does other work besides takes its time.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: chromiumArguments(),
    },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    screenshot: 'only-on-failure',
    // A trace that is thrown away takes an eighth of the processors. The page's tree and its picture tell of a failure; `--trace on` has more.
    trace: 'off',
  },
  // The shell's own specs ask what only the double lets a test ask. A project is a backend: the report's `[double]` or `[electron]` says what a test ran on.
  projects: [
    { name: 'double', use: { backend: 'double' }, testIgnore: onHeadlessAlone },
    { name: 'headless', use: { backend: 'headless' }, testIgnore: 'shell*.spec.ts' },
    ...(electron.ok
      ? [
          {
            name: 'electron',
            use: { backend: 'electron' } as const,
            testIgnore: ['shell*.spec.ts', ...onHeadlessAlone],
          },
        ]
      : []),
  ],
});
