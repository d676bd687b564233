import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { panelSources } from '#shared/domain/panel/source.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Rows in one go. */
export const atOnce = 200;

const unwatched = (table: 'appointment' | 'patient_account_link') =>
  localDb
    .selectFrom('outbox_row as o')
    .where('o.tbl', '=', table)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('panel_news as n').select('n.id').whereRef('n.id', '=', 'o.pk'))),
    );

/**
 * Appointments that were booked in the panel at this very host and are not watched yet: among what waits for the centre, those it
 * has never had. No other host has them so, so nobody is told twice.
 */
export const newAppointments = (reader: LocalReader): readonly LocalRowOf<'appointment'>[] =>
  reader.all(
    unwatched('appointment')
      .crossJoin('appointment as a')
      .whereRef('a.id', '=', 'o.pk')
      .where('a.source', '>=', panelSources[0])
      .where('a.source', '<', panelSources[1])
      .where('a.row_version', '=', 0)
      .selectAll('a')
      .distinct()
      .limit(atOnce),
  );

/** As {@link newAppointments}, of accounts that asked at this host to see a record, or opened one with a printed code. */
export const newLinks = (reader: LocalReader): readonly LocalRowOf<'patient_account_link'>[] =>
  reader.all(
    unwatched('patient_account_link')
      .crossJoin('patient_account_link as l')
      .whereRef('l.id', '=', 'o.pk')
      .where((eb) =>
        eb.or([
          eb('l.status', '=', 'requested'),
          eb.and([eb('l.status', '=', 'approved'), eb('l.code_id', 'is not', null)]),
        ]),
      )
      .where('l.row_version', '=', 0)
      .selectAll('l')
      .distinct()
      .limit(atOnce),
  );

/** An appointment that is watched, with what was told of it and where it is. */
export type WatchedAppointment = LocalRowOf<'appointment'> & {
  readonly told_state: string;
  readonly told_at: string;
  readonly site_name: string;
  readonly site_address: string | null;
};

export const watchedAppointments = (reader: LocalReader, after: string): readonly WatchedAppointment[] =>
  reader.all(
    localDb
      .selectFrom('panel_news as n')
      .crossJoin('appointment as a')
      .crossJoin('location as l')
      .whereRef('a.id', '=', 'n.id')
      .whereRef('l.id', '=', 'a.location_id')
      .where('n.tbl', '=', 'appointment')
      .where('n.id', '>', after)
      .selectAll('a')
      .select([
        'n.state as told_state',
        'n.at as told_at',
        'l.name as site_name',
        'l.address_line as site_address',
      ])
      .orderBy('n.id')
      .limit(atOnce),
  );

/** Links that are watched and were decided otherwise than they stood, and those opened with a code that the centre has let stand. */
export const decidedLinks = (
  reader: LocalReader,
): readonly (LocalRowOf<'patient_account_link'> & { readonly told_state: string })[] =>
  reader.all(
    localDb
      .selectFrom('panel_news as n')
      .crossJoin('patient_account_link as l')
      .whereRef('l.id', '=', 'n.id')
      .where('n.tbl', '=', 'patient_account_link')
      .where((eb) =>
        eb.or([
          eb('l.status', '!=', eb.ref('n.state')),
          eb.and([eb('n.state', '=', 'approved'), eb('l.row_version', '>', 0)]),
        ]),
      )
      .selectAll('l')
      .select('n.state as told_state')
      .limit(atOnce),
  );

/** What is watched and is nowhere any more: it was withdrawn before the centre had it. */
export const gone = (reader: LocalReader): readonly { readonly id: string }[] =>
  reader.all(
    localDb
      .selectFrom('panel_news as n')
      .leftJoin('appointment as a', 'a.id', 'n.id')
      .leftJoin('patient_account_link as l', 'l.id', 'n.id')
      .where('a.id', 'is', null)
      .where('l.id', 'is', null)
      .select('n.id')
      .limit(atOnce),
  );

export const accountById = (
  reader: LocalReader,
  id: string,
): Pick<LocalRowOf<'patient_account'>, 'email' | 'display_name' | 'language'> | undefined =>
  reader.get(
    localDb
      .selectFrom('patient_account')
      .select(['email', 'display_name', 'language'])
      .where('id', '=', id)
      .where('active', '=', 1),
  );

/** Whether the clinic has ended what an account saw of a person, under all records of theirs. */
export const hasLost = (reader: LocalReader, accountId: string, patientId: string): boolean => {
  const links = reader.all(
    localDb
      .selectFrom('patient_account_link')
      .select(['status', 'decided_by'])
      .where('account_id', '=', accountId)
      .where('patient_id', 'in', samePatient(patientId))
      .limit(atOnce),
  );
  return (
    links.some(({ status, decided_by }) => status === 'ended' && decided_by !== null) &&
    !links.some(({ status }) => status === 'approved')
  );
};
