import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { closureOf } from './closure.ts';

const about = (problem: SyncStatus['problem'], leaseDaysLeft: number | null, waiting = 0) =>
  closureOf({ problem, leaseDaysLeft, waiting });

describe('why nobody may work here', () => {
  it.each([
    [about(null, 14), null],
    [about('unreachable', 1), null],
    [about('unreachable', 0), 'expired'],
    [about(null, null), null],
    [about('wipe', 14), 'wiping'],
    [about('wipe', null, 2), 'wiping'],
    [about('wipe', null), 'wiped'],
  ] as const)('%s is %s', (seen, expected) => {
    expect(seen).toBe(expected);
  });
});
