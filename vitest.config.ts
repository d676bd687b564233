import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'migrations/**/*.test.ts',
      'tests/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    globalSetup: ['tests/support/central-cluster.setup.ts'],
    // Most take a hundredth of it; a machine that does other work besides takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Two wait for PostgreSQL and for disks as often as they work: one at a time, as two cores would have it, leaves a core idle.
    maxWorkers: 2,
  },
});
