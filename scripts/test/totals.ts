import { z } from 'zod';

/** What one runner, or all of them, found. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A runner's own count, and what went wrong outside its tests (a file that does not load, a worker that died). */
export interface RunnerReport extends Totals {
  readonly otherErrors: number;
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Reads Vitest's JSON report. A file that failed without a test of it having run did not load: one other error. */
export const vitestReport = (json: unknown): RunnerReport => {
  const report = VitestReport.parse(json);
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    otherErrors: unloaded.length,
  };
};

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Reads Playwright's JSON report. A test that passed only when tried again has failed once, and counts as failed. */
export const playwrightReport = (json: unknown): RunnerReport => {
  const { stats, errors } = PlaywrightReport.parse(json);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    otherErrors: errors.length,
  };
};

/**
 * What a runner's run counts for. `report` is null when it left none, `exitCode` null when it was killed. A run that
 * went wrong without a failed test to show for it, or that ran no test at all, counts as one failure: never as nothing.
 */
export const totalsOf = (report: RunnerReport | null, exitCode: number | null): Totals => {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { passed, skipped, otherErrors } = report;
  const failed = report.failed + otherErrors;
  const wentWrong = exitCode !== 0 || passed + failed === 0;
  return { passed, failed: failed === 0 && wentWrong ? 1 : failed, skipped };
};

/** The sum over all runners. */
export const sum = (all: readonly Totals[]): Totals => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  skipped: all.reduce((total, { skipped }) => total + skipped, 0),
});

/** The last line of a test run. */
export const totalsLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
