import { accountNames, idsIn, practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { NoteDraftView, NoteThreadView, NoteView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { type NoteRights, noteRights, type Writer } from '#shared/domain/notes/permissions.ts';
import { decodeBody, type NoteType } from '#shared/domain/notes/sections.ts';
import { type NoteState, stateOfNote, threadsOf } from '#shared/domain/notes/thread.ts';
import type { NoteDraftId, NoteId, PatientId } from '#shared/kernel/ids.ts';
import { attestersOf, type DraftRow, type NoteRow } from './repository.ts';

/** Who asks, as the rules know them. */
const writerOf = ({ id, role, practitionerId }: SignedInUser): Writer => ({
  accountId: id,
  role,
  practitionerId,
});

/** The id of a thing without one is empty in the drafts' table. */
const orNull = (text: string): string | null => (text === '' ? null : text);

export const draftView = (row: DraftRow): NoteDraftView => ({
  id: row.id as NoteDraftId,
  patientId: row.patient_id as PatientId,
  kind: row.kind,
  answers: orNull(row.answers) as NoteId | null,
  title: row.title,
  type: row.type as NoteType,
  sections: decodeBody(row.body).map((section) => ({ ...section })),
  reason: row.reason,
  revision: row.revision,
  startedAt: row.started_at,
  savedAt: row.saved_at,
});

const rightsOf = (row: NoteRow, state: NoteState, isCosigned: boolean, user: SignedInUser): NoteRights => {
  const rights = noteRights(writerOf(user), {
    authorId: row.author_id,
    createdBy: row.created_by,
    supervisorId: row.supervisor_id,
    state,
    isCosigned,
  });
  // What is added to an addendum is added to its note.
  return {
    ...rights,
    append: rights.append && row.appends_id === null,
    void: rights.void && user.permissions.includes('note.void'),
  };
};

/** How each of `rows`, which hold all that answers them, is shown to somebody. */
const viewer = (reader: LocalReader, rows: readonly NoteRow[], user: SignedInUser) => {
  const practitioners = practitionerNames(
    reader,
    idsIn(rows.flatMap((row) => [row.author_id, row.supervisor_id])),
  );
  const accounts = accountNames(reader, idsIn(rows.flatMap((row) => [row.created_by, row.voided_by])));
  const ids = rows.map(({ id }) => id);
  const attested = attestersOf(reader, ids);
  const uncertain = reader.uncertain('composition', ids);
  const named = (names: ReadonlyMap<string, string>, id: string | null) =>
    id === null ? null : (names.get(id) ?? null);
  return (row: NoteRow): NoteView => {
    const state = stateOfNote(row, rows);
    const cosigned = attested.find(
      (each) => each.composition_id === row.id && each.practitioner_id === row.supervisor_id,
    );
    return {
      id: row.id as NoteId,
      patientId: row.patient_id as PatientId,
      title: row.title,
      sections: decodeBody(row.body).map((section) => ({ ...section })),
      state,
      isAmendment: row.parent_id !== null,
      reason: row.reason,
      authorName: named(practitioners, row.author_id) ?? named(accounts, row.created_by),
      signedAt: row.signed_at,
      createdAt: row.created_at,
      source: row.source,
      voided:
        row.voided_at === null
          ? null
          : { at: row.voided_at, by: named(accounts, row.voided_by), reason: row.void_reason ?? '' },
      supervision:
        row.supervisor_id === null
          ? null
          : {
              name: practitioners.get(row.supervisor_id) ?? '',
              signedAt: cosigned?.recorded_at ?? null,
            },
      may: rightsOf(row, state, cosigned !== undefined, user),
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  };
};

/** One version as it is shown; `rows` are its whole family. */
export const noteView = (
  reader: LocalReader,
  rows: readonly NoteRow[],
  id: string,
  user: SignedInUser,
): NoteView | null => {
  const row = rows.find((each) => each.id === id);
  return row === undefined ? null : viewer(reader, rows, user)(row);
};

export const threadViews = (
  reader: LocalReader,
  rows: readonly NoteRow[],
  user: SignedInUser,
): NoteThreadView[] => {
  const view = viewer(reader, rows, user);
  return threadsOf(rows).map(({ current, earlier, addenda }) => ({
    current: current.map(view),
    earlier: earlier.map(view),
    addenda: addenda.map((each) => ({ current: each.current.map(view), earlier: each.earlier.map(view) })),
  }));
};
