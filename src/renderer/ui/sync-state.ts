import type { SyncStatus } from '#shared/contract/sync.ts';

/** The one thing the pill says, the most urgent first. */
export type PillState =
  | 'unreachable'
  | 'stopped'
  | 'preparing'
  | 'attention'
  | 'offline'
  | 'waiting'
  | 'arriving'
  | 'live';

/**
 * What of a status matters most to the person at the desk. No status at all: the workstation itself does not answer.
 * What needs a person comes before being offline: waiting solves the latter, nothing else solves the former. The pill's words then say both.
 */
export function pillState(status: SyncStatus | undefined): PillState {
  if (!status) return 'unreachable';
  if (status.connection === 'stopped' || status.connection === 'preparing') return status.connection;
  if (status.parked + status.tasks > 0) return 'attention';
  if (status.connection === 'offline') return 'offline';
  if (status.waiting > 0) return 'waiting';
  return status.bootstrap?.phase === 'history' ? 'arriving' : 'live';
}
