import { type FormDraftTable, localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { mostDrafts } from '#shared/contract/drafts.ts';

/** Whose form it is and what it is about. */
export type FormPlace = Pick<FormDraftTable, 'account_id' | 'patient_id' | 'form' | 'subject'>;

/** More than are ever kept of a user. */
const most = 100;

/** What was typed into a form of a person, under any record, the last first. */
export const findDrafts = (reader: LocalReader, place: FormPlace): readonly FormDraftTable[] =>
  reader.all(
    localDb
      .selectFrom('form_draft')
      .selectAll()
      .where('account_id', '=', place.account_id)
      .where('patient_id', 'in', samePatient(place.patient_id))
      .where('form', '=', place.form)
      .where('subject', '=', place.subject)
      .orderBy('saved_at', 'desc')
      .limit(most),
  );

/** What a user has typed about a person, under any record and in any form, the last first. */
export const draftsOf = (
  reader: LocalReader,
  place: Pick<FormPlace, 'account_id' | 'patient_id'>,
): readonly FormDraftTable[] =>
  reader.all(
    localDb
      .selectFrom('form_draft')
      .selectAll()
      .where('account_id', '=', place.account_id)
      .where('patient_id', 'in', samePatient(place.patient_id))
      .orderBy('saved_at', 'desc')
      .limit(mostDrafts),
  );

/** Whatever was saved last before an instant, by anybody. */
export const typedBefore = (reader: LocalReader, at: string): readonly string[] =>
  reader
    .all(localDb.selectFrom('form_draft').select('id').where('saved_at', '<', at).limit(most))
    .map(({ id }) => id);

/** A user's, the last first. */
export const idsOf = (reader: LocalReader, accountId: string): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('form_draft')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('saved_at', 'desc')
        .orderBy('id', 'desc')
        .limit(most),
    )
    .map(({ id }) => id);
