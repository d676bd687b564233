import { defineConfig } from 'vitest/config';

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
          name: 'rest',
          globalSetup: ['tests/support/central-cluster.setup.ts'],
          include: [
            'src/{main,renderer}/**/*.test.{ts,tsx}',
            'migrations/**/*.test.ts',
            'tests/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
        },
      },
    ],
  },
});
