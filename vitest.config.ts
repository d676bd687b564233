import { defineConfig } from 'vitest/config';

/**
 * The core, its features and what screens know without a window: to load all of it anew for each file takes longer than most files.
 * By itself stays what puts something else in the place of a module, what watches how long a process is held up, and what is over
 * while workstations of its own still run: their clocks would tick on among the tests of others.
 */
const together = ['src/main/{core,features,session}/**/*.test.ts', 'src/renderer/**/*.test.{ts,tsx}'];
const alone = [
  'src/main/features/panel-account/equal-work.test.ts',
  'src/main/features/import/*.test.ts',
  'src/main/{core,features}/**/two-*.test.ts',
];

export default defineConfig({
  test: {
    // Most take a hundredth of it; a machine that does other work besides takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Two wait for PostgreSQL and for disks as often as they work: one at a time, as two cores would have it, leaves a core idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Pure rules, which keep nothing from one call to the next: a process for each file takes as long as the tests in it.
        test: { name: 'shared', include: ['src/shared/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'core',
          globalSetup: ['tests/support/central-cluster.setup.ts'],
          include: together,
          exclude: alone,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'rest',
          globalSetup: ['tests/support/central-cluster.setup.ts'],
          include: [
            'src/main/*.test.ts',
            'src/main/!(core|features|session)/**/*.test.ts',
            ...alone,
            'migrations/**/*.test.ts',
            'tests/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
        },
      },
    ],
  },
});
