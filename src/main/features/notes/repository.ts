import { localDb, type NoteDraftTable } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type NoteRow = LocalRowOf<'composition'>;
export type DraftRow = NoteDraftTable;

/** Where a page of notes ends. */
export interface Place {
  readonly created_at: string;
  readonly id: string;
}

/** More are in no list of drafts; it bounds what one call can ask of memory. */
const mostDrafts = 100;
const mostToCosign = 200;

// Two steps: sorting must not carry the texts of all notes of a long chart.
const begun = localDb
  .selectFrom('composition')
  .select(['id', 'created_at'])
  .where('parent_id', 'is', null)
  .where('appends_id', 'is', null);

/** The notes of a person, under any record, that began last before `after`. */
export const begunNotes = (
  reader: LocalReader,
  patientId: string,
  after: Place | null,
  limit: number,
): readonly Place[] => {
  const query = begun.where('patient_id', 'in', samePatient(patientId));
  return reader.all(
    (after === null
      ? query
      : query.where((eb) =>
          eb.or([
            eb('created_at', '<', after.created_at),
            eb.and([eb('created_at', '=', after.created_at), eb('id', '<', after.id)]),
          ]),
        )
    )
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  );
};

export const notesById = (reader: LocalReader, ids: readonly string[]): readonly NoteRow[] =>
  ids.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('composition')
          .selectAll()
          .where('id', 'in', [...ids]),
      );

const answering = (reader: LocalReader, ids: readonly string[]): readonly NoteRow[] => [
  ...reader.all(
    localDb
      .selectFrom('composition')
      .selectAll()
      .where('parent_id', 'in', [...ids]),
  ),
  ...reader.all(
    localDb
      .selectFrom('composition')
      .selectAll()
      .where('appends_id', 'in', [...ids]),
  ),
];

/** Notes with all their later versions and addenda. */
export const withAnswers = (reader: LocalReader, ids: readonly string[]): readonly NoteRow[] => {
  const found = new Map(notesById(reader, ids).map((row) => [row.id, row]));
  for (let next = [...found.keys()]; next.length > 0; ) {
    const more = answering(reader, next).filter(({ id }) => !found.has(id));
    for (const row of more) found.set(row.id, row);
    next = more.map(({ id }) => id);
  }
  return [...found.values()];
};

/** A note, the versions it took the place of, and all that answers any of them. */
export const wholeFamily = (reader: LocalReader, id: string): readonly NoteRow[] => {
  const up = new Map<string, NoteRow>();
  for (let next: string | null = id; next !== null && !up.has(next); ) {
    const [row]: readonly NoteRow[] = notesById(reader, [next]);
    if (row === undefined) break;
    up.set(row.id, row);
    next = row.parent_id ?? row.appends_id;
  }
  return withAnswers(reader, [...up.keys()]);
};

export const attestersOf = (
  reader: LocalReader,
  ids: readonly string[],
): readonly LocalRowOf<'composition_attester'>[] =>
  ids.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('composition_attester')
          .selectAll()
          .where('composition_id', 'in', [...ids])
          .where('mode', '=', 'professional'),
      );

/** Standing notes that wait for this supervisor, the oldest first. */
export const toCosign = (reader: LocalReader, practitionerId: string): readonly NoteRow[] =>
  reader.all(
    localDb
      .selectFrom('composition as c')
      .selectAll('c')
      .where('c.supervisor_id', '=', practitionerId)
      .where('c.voided_at', 'is', null)
      .where('c.status', 'in', ['final', 'amended'])
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('composition as n').select('n.id').whereRef('n.parent_id', '=', 'c.id'))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('composition_attester as a')
              .select('a.id')
              .whereRef('a.composition_id', '=', 'c.id')
              .where('a.mode', '=', 'professional')
              .where('a.practitioner_id', '=', practitionerId),
          ),
        ),
      )
      .orderBy('c.signed_at')
      .limit(mostToCosign),
  );

export const findDraft = (reader: LocalReader, id: string, accountId: string): DraftRow | undefined =>
  reader.get(
    localDb.selectFrom('note_draft').selectAll().where('id', '=', id).where('account_id', '=', accountId),
  );

/** The one draft there can be of these: one note by one person in one encounter, one answer of a kind to a note. */
export const draftAt = (
  reader: LocalReader,
  at: Pick<DraftRow, 'account_id' | 'patient_id' | 'encounter_id' | 'kind' | 'answers'>,
): DraftRow | undefined =>
  reader.get(
    localDb
      .selectFrom('note_draft')
      .selectAll()
      .where('account_id', '=', at.account_id)
      .where('patient_id', '=', at.patient_id)
      .where('encounter_id', '=', at.encounter_id)
      .where('kind', '=', at.kind)
      .where('answers', '=', at.answers),
  );

export const draftsOf = (
  reader: LocalReader,
  accountId: string,
  patientId: string | null,
): readonly DraftRow[] => {
  const query = localDb.selectFrom('note_draft').selectAll().where('account_id', '=', accountId);
  return reader.all(
    (patientId === null ? query : query.where('patient_id', 'in', samePatient(patientId)))
      .orderBy('saved_at', 'desc')
      .limit(mostDrafts),
  );
};

export const practitionersById = (
  reader: LocalReader,
  ids: readonly string[],
): readonly LocalRowOf<'practitioner'>[] =>
  ids.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('practitioner')
          .selectAll()
          .where('id', 'in', [...ids]),
      );

/** A patient whose chart is here and not voided. */
export const patientOf = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null));

export const encounterIsHere = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('encounter').select('id').where('id', '=', id)) !== undefined;

export const supervisorOf = (reader: LocalReader, practitionerId: string | null): string | null =>
  practitionerId === null
    ? null
    : (reader.get(localDb.selectFrom('practitioner').select('supervisor_id').where('id', '=', practitionerId))
        ?.supervisor_id ?? null);

export const templates = (reader: LocalReader): readonly LocalRowOf<'note_template'>[] =>
  reader.all(localDb.selectFrom('note_template').selectAll().orderBy('name').orderBy('id').limit(500));

export const findTemplate = (reader: LocalReader, id: string): LocalRowOf<'note_template'> | undefined =>
  reader.get(localDb.selectFrom('note_template').selectAll().where('id', '=', id));

export const activePractitioners = (reader: LocalReader): readonly LocalRowOf<'practitioner'>[] =>
  reader.all(
    localDb
      .selectFrom('practitioner')
      .selectAll()
      .where('active', '=', 1)
      .orderBy('family')
      .orderBy('given')
      .limit(1000),
  );
