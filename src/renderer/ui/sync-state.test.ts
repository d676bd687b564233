import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { pillState } from './sync-state.ts';

const live: SyncStatus = {
  connection: 'live',
  waiting: 0,
  parked: 0,
  tasks: 0,
  files: 0,
  offlineSince: null,
  lastContact: null,
  cursor: 9,
  head: 9,
  problem: null,
  leaseDaysLeft: 14,
  signInDaysLeft: 7,
  rebuilt: null,
  mirrorBehind: false,
  bootstrap: null,
  check: { until: null, running: null, repaired: null },
};

const history = { phase: 'history', rows: 1, total: 9, rowsPerSecond: 1, secondsLeft: 8 } as const;

describe('pillState', () => {
  it.each([
    [undefined, 'unreachable'],
    [live, 'live'],
    [{ ...live, waiting: 3 }, 'waiting'],
    [{ ...live, bootstrap: history }, 'arriving'],
    [{ ...live, bootstrap: history, waiting: 1 }, 'waiting'],
    [{ ...live, bootstrap: history, connection: 'offline' }, 'offline'],
    [{ ...live, connection: 'offline', waiting: 3 }, 'offline'],
    [{ ...live, connection: 'offline', parked: 1 }, 'attention'],
    [{ ...live, tasks: 1 }, 'attention'],
    [{ ...live, connection: 'preparing', parked: 1 }, 'preparing'],
    [{ ...live, connection: 'stopped', waiting: 2 }, 'stopped'],
  ] as const)('of %o is %s', (status, expected) => {
    expect(pillState(status)).toBe(expected);
  });
});
