import { type RawBuilder, sql } from 'kysely';
import { goingOn } from '#main/data/local/merged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';
import type { Connection } from './dispatch.ts';

/** A record that an account has to do with: its own, or that of somebody it looks after. */
export interface OwnPatient {
  readonly link: LocalRowOf<'patient_account_link'>;
  /** The record the link names. */
  readonly patientId: string;
  /** The desk said who this is: the chart is open, and so is what was written under records merged with this one. */
  readonly approved: boolean;
}

/** Nobody looks after more. */
const mostLinks = 50;
const open = ['requested', 'approved'];

const ownOf = (link: LocalRowOf<'patient_account_link'>): OwnPatient => ({
  link,
  patientId: link.patient_id,
  approved: link.status === 'approved',
});

/** Everybody an account has to do with, itself first, then as they were asked for. */
export const ownPatients = (reader: LocalReader, accountId: string): readonly OwnPatient[] =>
  reader
    .all(
      localDb
        .selectFrom('patient_account_link')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('status', 'in', open)
        .orderBy(sql`relationship = 'self'`, 'desc')
        .orderBy('requested_at')
        .limit(mostLinks),
    )
    .map(ownOf);

/**
 * The gate before everything a patient's account asks about a person: `not-found` for whoever is not theirs, as for whoever
 * does not exist.
 * @example const own = ownPatient(deps, connection, patientId);
 * if (!own.ok) return own;
 */
export const ownPatient = (
  { store }: Pick<FeatureDeps, 'store'>,
  { user }: Connection,
  patientId: string,
): Result<OwnPatient> => {
  if (user?.role !== 'patient') return fail('not-signed-in');
  const link = store.get(
    localDb
      .selectFrom('patient_account_link')
      .selectAll()
      .where('account_id', '=', user.id)
      .where('patient_id', '=', patientId)
      .where('status', 'in', open)
      .orderBy('status')
      .limit(1),
  );
  return link === undefined ? fail('not-found') : ok(ownOf(link));
};

/** As `ownPatient`, and the desk has said who it is: before everything that is in a chart. `not-approved` until then. */
export const approvedPatient = (
  deps: Pick<FeatureDeps, 'store'>,
  connection: Connection,
  patientId: string,
): Result<OwnPatient> => {
  const own = ownPatient(deps, connection, patientId);
  return !own.ok || own.value.approved ? own : fail('not-approved');
};

/**
 * The ids of the records an account reads of a person, for `in`: all of theirs once it is approved. Until then only the one it made
 * itself, for somebody may have merged that one into a stranger's.
 */
export const ownRecords = ({ patientId, approved }: OwnPatient): RawBuilder<string> =>
  approved ? samePatient(patientId) : sql<string>`(${patientId})`;

/**
 * The record that is read and written for a person: once it is approved, the one that goes on. None where it was taken back as entered
 * in error.
 */
export const ownRecord = (
  reader: LocalReader,
  { patientId, approved }: OwnPatient,
): LocalRowOf<'patient'> | undefined => {
  const id = approved ? (goingOn(reader, [patientId]).get(patientId) ?? patientId) : patientId;
  return reader.get(
    localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null),
  );
};
