import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backUpInTime, isDue } from './backup-times.ts';
import { jsonLog } from './log.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-30T08:00:00Z') });
});
afterEach(() => void vi.useRealTimers());

const clock = { now: () => Date.now() };
const minutes = (n: number) => n * 60_000;

test('due are the first, one four hours later, and one after a clock that was ahead', () => {
  const now = Date.parse('2026-11-30T08:00:00Z');
  expect(isDue(null, now)).toBe(true);
  expect(isDue('2026-11-30T04:00:00.000Z', now)).toBe(true);
  expect(isDue('2026-11-30T04:00:01.000Z', now)).toBe(false);
  expect(isDue('2027-01-01T00:00:00.000Z', now)).toBe(true);
});

test('one is made soon after the start and every four hours; a failure is noted and tried again', () => {
  const lines: string[] = [];
  const times: string[] = [];
  let broken = true;
  const make = () => {
    if (broken) throw new Error('Habimana');
    const at = new Date().toISOString();
    times.push(at);
    return { at } as never;
  };
  const stop = backUpInTime(
    { newest: () => null, make, keepSecond: async () => undefined },
    clock,
    jsonLog((line) => lines.push(line), clock.now),
  );
  vi.advanceTimersByTime(minutes(5));
  expect(times).toEqual([]);
  expect(lines.join('')).toMatch(/backup failed/);
  expect(lines.join('')).not.toContain('Habimana');
  broken = false;
  vi.advanceTimersByTime(minutes(9 * 60));
  expect(times).toEqual(['2026-11-30T08:10:00.000Z', '2026-11-30T12:10:00.000Z', '2026-11-30T16:10:00.000Z']);
  stop();
  vi.advanceTimersByTime(minutes(9 * 60));
  expect(times).toHaveLength(3);
});
