import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createReporter, toldEvery } from './activity.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells of a hand at once, then no more often than it has to, and of the last sign as well', () => {
  const tell = vi.fn();
  const { hear, stop } = createReporter(tell);
  hear({ type: 'keydown' });
  expect(tell).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 20; n += 1) hear({ type: 'pointermove', movementX: 3, movementY: 0 });
  vi.advanceTimersByTime(toldEvery - 1);
  expect(tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(tell).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10 * toldEvery);
  expect(tell).toHaveBeenCalledTimes(2);
  hear({ type: 'wheel' });
  hear({ type: 'wheel' });
  stop();
  vi.advanceTimersByTime(10 * toldEvery);
  expect(tell).toHaveBeenCalledTimes(3);
});

it('takes neither a page that moves under a still mouse for a hand nor a key that is held down', () => {
  const tell = vi.fn();
  const { hear } = createReporter(tell);
  hear({ type: 'pointermove', movementX: 0, movementY: 0 });
  hear({ type: 'keydown', repeat: true });
  expect(tell).not.toHaveBeenCalled();
});
