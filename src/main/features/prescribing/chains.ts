import type { LocalReader } from '#main/data/local/store.ts';
import { type Chain, chainsOf, isForked } from '#shared/domain/prescribing/chain.ts';
import type { PrescriptionState } from '#shared/domain/prescribing/prescription.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findPrescription, type PrescriptionRow, type ShortVersion, versionsOf } from './repository.ts';

/** The part of a version that says which state it is in. */
type Standing = Pick<ShortVersion, 'status' | 'signedAt' | 'source' | 'endDate'>;

const states: Readonly<Record<string, PrescriptionState>> = {
  active: 'active',
  'on-hold': 'on-hold',
  stopped: 'stopped',
  completed: 'completed',
  draft: 'draft',
  'entered-in-error': 'entered-in-error',
  cancelled: 'stopped',
  unknown: 'stopped',
};

/**
 * The state of a version on a day. What nobody has signed is a draft, whatever it says: so is what follows from a settled
 * fork. An active one whose last day is over is completed without anybody writing it.
 */
export const stateOn = (
  { status, signedAt, source, endDate }: Standing,
  today: string,
): PrescriptionState => {
  const state = states[status] ?? 'stopped';
  if (state === 'active' && signedAt === null && source === null) return 'draft';
  return state === 'active' && endDate !== null && endDate < today ? 'completed' : state;
};

/** A row as `stateOn` takes it. */
export const standingOf = (row: PrescriptionRow): Standing => ({
  status: row.status,
  signedAt: row.signed_at,
  source: row.source,
  endDate: row.end_date,
});

const going: readonly PrescriptionState[] = ['draft', 'active', 'on-hold'];

/** Whether the patient takes it, or is to. */
export const isCurrent = (chain: Chain<ShortVersion>, today: string): boolean =>
  chain.newest.some((version) => going.includes(stateOn(version, today)));

/** A version with the prescription it belongs to. */
export interface Placed {
  readonly row: PrescriptionRow;
  readonly chain: Chain<ShortVersion>;
}

export const placed = (reader: LocalReader, id: string): Result<Placed> => {
  const row = findPrescription(reader, id);
  if (row === undefined) return fail('not-found');
  const chain = chainsOf(versionsOf(reader, row.patient_id)).find(({ versions }) =>
    versions.some((version) => version.id === id),
  );
  return chain === undefined ? fail('not-found') : ok({ row, chain });
};

/** A version that holds, alone: what comes next is written of it. `forked` where two do, `changed-meanwhile` where another does. */
export const holding = (reader: LocalReader, id: string): Result<Placed> => {
  const found = placed(reader, id);
  if (!found.ok) return found;
  if (isForked(found.value.chain)) return fail('forked');
  return found.value.chain.newest[0]?.id === id ? found : fail('changed-meanwhile');
};
