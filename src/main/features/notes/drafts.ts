import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { encounterNow, encounterOf } from '#main/core/encounter.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { NoteDraftView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { encodeBody } from '#shared/domain/notes/sections.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type DraftRow, draftAt, draftsOf, findDraft, notesById, patientOf } from './repository.ts';
import { draftView } from './view.ts';

/** Where a new draft belongs; a note begins the encounter it is written in. */
const placeOf = (
  deps: FeatureDeps,
  writer: LocalWriter,
  input: Parsed<'notes.saveDraft'>,
  user: SignedInUser,
) => ({
  account_id: user.id,
  patient_id: input.patientId,
  encounter_id: input.kind === 'note' ? encounterOf(deps, writer, { patientId: input.patientId, user }) : '',
  kind: input.kind,
  answers: input.answers ?? '',
});

/** Whether what an addendum or an amendment answers is here, and of this patient's chart. */
const answersFit = (deps: FeatureDeps, { kind, answers, patientId }: Parsed<'notes.saveDraft'>): boolean => {
  if (kind === 'note' || answers === null) return kind === 'note' && answers === null;
  const [note] = notesById(deps.store, [answers]);
  return note !== undefined && recordsOf(deps.store, patientId).has(note.patient_id);
};

const saveDraft = (
  deps: FeatureDeps,
  input: Parsed<'notes.saveDraft'>,
  user: SignedInUser,
): Result<NoteDraftView> => {
  if (input.writer !== user.id) return fail('not-permitted');
  const known = input.id === null ? undefined : findDraft(deps.store, input.id, user.id);
  if (input.id !== null && known === undefined) return fail('not-found');
  if (known === undefined) {
    if (patientOf(deps.store, input.patientId) === undefined || !answersFit(deps, input))
      return fail('not-found');
    // What was begun while the chart was open is one's own and is kept, however it stands now.
    const open = chartAccess(deps, input.patientId, user);
    if (!open.ok) return open;
  }
  const at = instant(deps.clock.now());
  const { value, n } = deps.store.mutate({ kind: 'note.draft', user: user.id }, (writer) => {
    const place = known ?? placeOf(deps, writer, input, user);
    const before = known ?? draftAt(writer, place);
    if ((before?.revision ?? 0) !== input.revision) return null;
    const row: DraftRow = {
      ...place,
      id: before?.id ?? deps.newId(),
      title: input.title,
      type: input.type,
      body: encodeBody(input.sections),
      reason: input.reason,
      revision: input.revision + 1,
      started_at: before?.started_at ?? at,
      saved_at: at,
    };
    writer.keep('note_draft', row);
    return row;
  });
  if (n !== 0) deps.engine.wake();
  return value === null ? fail('draft-elsewhere') : ok(draftView(value));
};

const drafts = (deps: FeatureDeps, user: SignedInUser) =>
  draftsOf(deps.store, user.id, null).map((row) => {
    const patient = patientOf(deps.store, row.patient_id);
    return {
      draft: draftView(row),
      patientName: patient === undefined ? null : fullName(patient),
      patientMrn: patient?.mrn ?? null,
    };
  });

const writing = (deps: FeatureDeps, patientId: string, user: SignedInUser) => {
  const encounter = encounterNow(deps, { patientId, user });
  const rows = draftsOf(deps.store, user.id, patientId);
  const now = rows.find((row) => row.kind === 'note' && row.encounter_id === encounter);
  return {
    now: now === undefined ? null : draftView(now),
    others: rows.filter((row) => row !== now).map(draftView),
  };
};

const drop = (deps: FeatureDeps, id: string, user: SignedInUser): Result<NoteDraftView> => {
  const row = findDraft(deps.store, id, user.id);
  if (row === undefined) return fail('not-found');
  deps.store.mutate({ kind: 'note.drop-draft', user: user.id }, (writer) => writer.drop('note_draft', id));
  return ok(draftView(row));
};

/** Somebody is signed in: the call needs a permission. */
export const asUser = <T>({ user }: Connection, work: (user: SignedInUser) => Result<T>): Result<T> =>
  user === null ? fail('not-signed-in') : work(user);

/** What is being written, kept on this workstation alone and seen by its writer alone. */
export const draftHandlers = (
  deps: FeatureDeps,
): Handlers<'notes.saveDraft' | 'notes.dropDraft' | 'notes.drafts' | 'notes.writing'> => ({
  'notes.saveDraft': (input, connection) => asUser(connection, (user) => saveDraft(deps, input, user)),
  'notes.dropDraft': ({ id }, connection) => asUser(connection, (user) => drop(deps, id, user)),
  'notes.drafts': (_input, connection) => asUser(connection, (user) => ok(drafts(deps, user))),
  'notes.writing': ({ patientId }, connection) =>
    asUser(connection, (user) => {
      const open = chartAccess(deps, patientId, user);
      return open.ok ? ok(writing(deps, patientId, user)) : open;
    }),
});
