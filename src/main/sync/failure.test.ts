import { describe, expect, test } from 'vitest';
import { CentreError } from '#main/data/central/centre.ts';
import { toCentreError } from '#main/data/central/failure.ts';
import { LocalError } from '#main/data/local/error.ts';
import { failureOf, mayHaveArrived, wasTooMuch } from './failure.ts';

/** What docs/sync-protocol.md, "Errors", says a workstation does. */

/** As the driver gives what a server says. */
const said = (code: string) => toCentreError(Object.assign(new Error('x'), { code, severity: 'ERROR' }));

describe('what an error means for the exchange', () => {
  test.each([
    ['CH001', { kind: 'refused', problem: 'suspended' }],
    ['CH002', { kind: 'halt', problem: 'cloned' }],
    ['CH003', { kind: 'greet' }],
    ['CH004', { kind: 'greet' }],
    ['CH005', { kind: 'again' }],
    ['54000', { kind: 'again' }],
    ['CH006', { kind: 'refused', problem: 'outdated' }],
    ['CH007', { kind: 'greet' }],
    ['CH008', { kind: 'refused', problem: 'centre-outdated' }],
    ['28P01', { kind: 'refused', problem: 'login-refused' }],
    ['28000', { kind: 'refused', problem: 'login-refused' }],
    ['08006', { kind: 'lost' }],
    ['57P01', { kind: 'lost' }],
    ['25006', { kind: 'lost' }],
    ['40001', { kind: 'again' }],
    ['53100', { kind: 'again' }],
    ['55P03', { kind: 'again' }],
    ['58030', { kind: 'again' }],
    ['25P03', { kind: 'again' }],
    ['XX001', { kind: 'refused', problem: 'failed' }],
    ['22023', { kind: 'refused', problem: 'failed' }],
  ] as const)('%s', (sqlstate, failure) => {
    expect(failureOf(said(sqlstate))).toEqual(failure);
  });

  test('no SQLSTATE: the centre was not reached', () => {
    expect(failureOf(toCentreError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })))).toEqual({
      kind: 'lost',
    });
  });

  test('a reply of another shape is no passing trouble', () => {
    expect(failureOf(new CentreError('malformed', null, false))).toEqual({
      kind: 'refused',
      problem: 'failed',
    });
  });

  test('what does not fit what is here leads to a new copy; a failing disk stops', () => {
    expect(failureOf(new LocalError('replica', 'x'))).toEqual({ kind: 'renew' });
    expect(failureOf(new LocalError('disk-full', 'x'))).toEqual({ kind: 'refused', problem: 'failed' });
  });
});

test('a smaller call is tried after CH005 and class 54 only', () => {
  expect(['CH005', '54000', '53200', 'CH004'].map((state) => wasTooMuch(said(state)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a push may have arrived when no answer came or the connection broke', () => {
  expect(mayHaveArrived(toCentreError(new Error('reset')))).toBe(true);
  expect(['08006', '40001', 'CH005'].map((state) => mayHaveArrived(said(state)))).toEqual([
    true,
    false,
    false,
  ]);
});
