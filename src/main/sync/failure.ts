import { CentreError, UntrustedCentreError } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import { centreErrors } from '#shared/sync/wire.ts';
import { CopyThreadError } from './copy-thread.ts';
import type { Failure } from './planner.ts';

/** The centre's own SQLSTATEs beyond the wire's list: a call too large, a program too old. */
const tooMuch = 'CH005';
const outdated = 'CH006';

const bySqlstate = (sqlstate: string): Failure => {
  switch (sqlstate) {
    case centreErrors.suspended:
      return { kind: 'refused', problem: 'suspended' };
    case centreErrors.cloned:
      return { kind: 'halt', problem: 'cloned' };
    case centreErrors.gap:
    case centreErrors.belowLowWater:
      return { kind: 'greet' };
    case centreErrors.centreOutdated:
      return { kind: 'refused', problem: 'centre-outdated' };
    case outdated:
      return { kind: 'refused', problem: 'outdated' };
    // The centre's `hello` says what is to be done.
    case centreErrors.wipe:
      return { kind: 'greet' };
    default:
      return { kind: 'refused', problem: sqlstate.startsWith('28') ? 'login-refused' : 'failed' };
  }
};

/** Whether a smaller call may do what this one did not. */
export const wasTooMuch = (error: unknown): boolean =>
  error instanceof CentreError && (error.sqlstate === tooMuch || error.sqlstate?.startsWith('54') === true);

/** Whether the centre may have done what was asked although no answer came. */
export const mayHaveArrived = (error: unknown): boolean =>
  error instanceof CentreError && (error.sqlstate === null || error.sqlstate.startsWith('08'));

/** What a failed step means for the synchronisation; docs/sync-protocol.md names the SQLSTATEs. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof LocalError) {
    return error.code === 'replica' ? { kind: 'renew' } : { kind: 'refused', problem: 'failed' };
  }
  if (error instanceof CopyThreadError) return { kind: 'again' };
  if (!(error instanceof CentreError)) return { kind: 'refused', problem: 'failed' };
  if (error instanceof UntrustedCentreError) return { kind: 'lost', problem: 'untrusted' };
  if (wasTooMuch(error)) return { kind: 'again' };
  if (error.retryable) {
    // 25006: the server only reads, as after a failover: another host of the address may take the write.
    const lost = error.sqlstate === null || /^(08|57|25006)/.test(error.sqlstate);
    return { kind: lost ? 'lost' : 'again' };
  }
  return error.sqlstate === null ? { kind: 'refused', problem: 'failed' } : bySqlstate(error.sqlstate);
};
