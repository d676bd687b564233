import { expect, test } from 'vitest';
import { type Protected, warningsOf } from './warnings.ts';

const now = Date.parse('2026-11-30T08:00:00Z');
const backups = (more: Partial<Protected['backups']> = {}) => ({ failed: false, second: null, ...more });
const warnings = (
  more: Partial<Protected['backups']>,
  recoveryKeyAt: string | null = '2026-11-01T08:00:00Z',
) => warningsOf({ recoveryKeyAt, backups: backups(more) }, now);

test('nothing is said of a workstation with a recovery key whose backups are written', () => {
  expect(warnings({})).toEqual([]);
  expect(warnings({ second: { state: 'written', writtenAt: '2026-11-30T07:59:00Z' } })).toEqual([]);
  expect(warnings({ second: { state: 'unknown', writtenAt: null } })).toEqual([]);
});

test('without a recovery key, and when the disk took no backup, that is said', () => {
  expect(warnings({ failed: true }, null)).toEqual(['no-recovery-key', 'backup-failed']);
});

test.each([
  ['2026-11-29T09:00:00Z', []],
  ['2026-11-29T07:00:00Z', ['second-old']],
  // A clock that was ahead.
  ['2027-11-29T07:00:00Z', ['second-old']],
  [null, ['second-old']],
])('a second place that is away and had all of them last at %s', (writtenAt, expected) => {
  expect(warnings({ second: { state: 'away', writtenAt } })).toEqual(expected);
});
