import { expect, test } from 'vitest';
import { playwrightReport, sum, totalsLine, totalsOf, vitestReport } from './totals.ts';

const report = { passed: 3, failed: 0, skipped: 0, otherErrors: 0 };

test('a sound run counts what passed', () => {
  expect(totalsOf(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
});

test('a runner that left no report is a failure', () => {
  expect(totalsOf(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(totalsOf(null, null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a runner that ends badly is a failure although every test passed', () => {
  expect(totalsOf(report, 1).failed).toBe(1);
  expect(totalsOf(report, null).failed).toBe(1);
});

test('a run of no test is a failure', () => {
  expect(totalsOf({ ...report, passed: 0 }, 0).failed).toBe(1);
  expect(totalsOf({ ...report, passed: 0, skipped: 9 }, 0).failed).toBe(1);
});

test('a file that does not load is a failure', () => {
  const json = {
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}, {}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(vitestReport(json)).toEqual({ passed: 2, failed: 0, skipped: 2, otherErrors: 1 });
  expect(totalsOf(vitestReport(json), 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test('a browser test that passed only the second time has failed', () => {
  const json = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] };
  expect(totalsOf(playwrightReport(json), 1)).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

test('an error outside any browser test is a failure', () => {
  const json = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{ message: 'x' }] };
  expect(totalsOf(playwrightReport(json), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line says what was skipped only when something was', () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(totalsLine(sum([one, { passed: 2, failed: 1, skipped: 0 }]))).toBe('3 passed, 1 failed');
  expect(totalsLine(sum([one, { passed: 0, failed: 0, skipped: 4 }]))).toBe('1 passed, 0 failed, 4 skipped');
});
