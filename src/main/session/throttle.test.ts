import { expect, it } from 'vitest';
import { createThrottle, type TryMemory } from './throttle.ts';

const at = (milliseconds = 0) => {
  const clock = { milliseconds, now: () => clock.milliseconds };
  return { clock, throttle: createThrottle(clock) };
};

it('lets three slips pass, then doubles the wait up to five minutes', () => {
  const { clock, throttle } = at();
  const waits = Array.from({ length: 14 }, () => {
    throttle.tried(['name a']);
    const wait = throttle.wait(['name a']);
    clock.milliseconds += wait * 1000;
    return wait;
  });
  expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

it('counts by each key: another connection does not help with the same name, nor another name on the same connection', () => {
  const { throttle } = at();
  for (let n = 0; n < 5; n += 1) throttle.tried(['name a', 'connection 1']);
  expect(throttle.wait(['name a', 'connection 2'])).toBe(2);
  expect(throttle.wait(['name b', 'connection 1'])).toBe(2);
  expect(throttle.wait(['name b', 'connection 2'])).toBe(0);
});

it('starts afresh after a right try and after a quarter of an hour', () => {
  const { clock, throttle } = at();
  for (let n = 0; n < 6; n += 1) throttle.tried(['name a']);
  clock.milliseconds += 900_000;
  expect(throttle.wait(['name a'])).toBe(0);
  throttle.tried(['name a']);
  expect(throttle.wait(['name a'])).toBe(0);
  for (let n = 0; n < 6; n += 1) throttle.tried(['name a']);
  throttle.cleared(['name a']);
  expect(throttle.wait(['name a'])).toBe(0);
});

it('does not grow without bound', () => {
  const { throttle } = at();
  for (let n = 0; n < 30_000; n += 1) throttle.tried([`name ${n}`]);
  for (let n = 0; n < 5; n += 1) throttle.tried(['name 29999']);
  expect(throttle.wait(['name 29999'])).toBeGreaterThan(0);
  expect(throttle.wait(['name 0'])).toBe(0);
});

it('keeps no more over a start than it counts, and nothing that is forgotten', () => {
  const bounds: unknown[] = [];
  const memory = {
    find: () => undefined,
    keep: (...[, , bound]: Parameters<TryMemory['keep']>) => bounds.push(bound),
    drop: () => undefined,
  };
  createThrottle({ now: () => 1_000_000 }, memory).tried(['name a']);
  expect(bounds).toEqual([{ forgotten: 100_000, most: 10_000 }]);
});

it('does not keep anybody out for a day because the clock was set back by one', () => {
  const { clock, throttle } = at(1_000_000_000);
  for (let n = 0; n < 6; n += 1) throttle.tried(['name a']);
  clock.milliseconds -= 86_400_000;
  expect(throttle.wait(['name a'])).toBe(4);
  clock.milliseconds += 4000;
  expect(throttle.wait(['name a'])).toBe(0);
});
