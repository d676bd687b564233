import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Pins } from '#main/session/pin.ts';
import type { NoteView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { decodeBody, encodeBody, isBlank, signedSections } from '#shared/domain/notes/sections.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  type DraftRow,
  encounterIsHere,
  findDraft,
  type NoteRow,
  patientOf,
  supervisorOf,
  wholeFamily,
} from './repository.ts';
import { noteView } from './view.ts';

export interface NoteDeps extends FeatureDeps {
  /** Whether it is the signed-in person who signs. */
  readonly checkPin: Pins['check'];
}

const shown = (deps: FeatureDeps, id: string, user: SignedInUser): Result<NoteView> => {
  const view = noteView(deps.store, wholeFamily(deps.store, id), id, user);
  return view === null ? fail('not-found') : ok(view);
};

/** The encounter of the draft; anew where that is no longer here. What answers a note belongs to that note's encounter. */
const encounterFor = (
  deps: FeatureDeps,
  writer: LocalWriter,
  draft: DraftRow,
  answered: NoteRow | undefined,
  user: SignedInUser,
): string | null => {
  if (answered !== undefined) return answered.encounter_id;
  if (encounterIsHere(writer, draft.encounter_id)) return draft.encounter_id;
  return encounterOf(deps, writer, { patientId: draft.patient_id, user });
};

/** What is written when a draft is signed. */
const signedRow = (
  deps: FeatureDeps,
  writer: LocalWriter,
  draft: DraftRow,
  answered: NoteRow | undefined,
  user: SignedInUser,
): RowOf<'composition'> => {
  const at = instant(deps.clock.now());
  const isAmendment = draft.kind === 'amendment';
  return {
    ...blank('composition'),
    id: deps.newId(),
    patient_id: answered?.patient_id ?? draft.patient_id,
    parent_id: isAmendment ? draft.answers : null,
    appends_id: isAmendment
      ? (answered?.appends_id ?? null)
      : draft.kind === 'addendum'
        ? draft.answers
        : null,
    encounter_id: encounterFor(deps, writer, draft, answered, user),
    type: isAmendment ? (answered?.type ?? draft.type) : draft.type,
    title: draft.title.trim(),
    body: encodeBody(signedSections(decodeBody(draft.body))),
    status: isAmendment ? 'amended' : 'final',
    reason: isAmendment ? draft.reason.trim() : null,
    author_id: user.practitionerId,
    supervisor_id: supervisorOf(writer, user.practitionerId),
    signed_at: at,
    created_at: at,
    created_by: user.id,
  };
};

/** Why a draft cannot be signed as it is, before anybody is asked for a PIN and again when it is written. */
const obstacle = (
  deps: FeatureDeps,
  draft: DraftRow,
  revision: number,
  user: SignedInUser,
): Extract<Result<never>, { readonly ok: false }> | null => {
  if (draft.revision !== revision) return fail('draft-elsewhere');
  const fields = {
    ...(draft.title.trim() === '' ? { title: 'required' } : {}),
    ...(isBlank(decodeBody(draft.body)) ? { text: 'required' } : {}),
    ...(draft.kind === 'amendment' && draft.reason.trim() === '' ? { reason: 'required' } : {}),
  };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  if (patientOf(deps.store, draft.patient_id) === undefined) return fail('not-found');
  const open = chartAccess(deps, draft.patient_id, user);
  if (!open.ok) return open;
  if (draft.kind === 'note') return null;
  const note = noteView(deps.store, wholeFamily(deps.store, draft.answers), draft.answers, user);
  if (note === null) return fail('not-found');
  if (note.may[draft.kind === 'addendum' ? 'append' : 'amend']) return null;
  return note.state === 'current' || note.state === 'unsigned'
    ? fail('not-permitted')
    : fail('changed-meanwhile');
};

const sign = async (
  deps: NoteDeps,
  input: { readonly id: string; readonly revision: number; readonly pin: string },
  user: SignedInUser,
): Promise<Result<NoteView>> => {
  const look = () => {
    const draft = findDraft(deps.store, input.id, user.id);
    if (draft === undefined) return fail('not-found');
    return obstacle(deps, draft, input.revision, user) ?? ok(draft);
  };
  const before = look();
  if (!before.ok) return before;
  const allowed = await deps.checkPin(user, input.pin);
  if (!allowed.ok) return allowed;
  // It was written on while the PIN was looked at, or signed in another window.
  const draft = look();
  if (!draft.ok) return draft;
  const answered = wholeFamily(deps.store, draft.value.answers).find(({ id }) => id === draft.value.answers);
  const { value: id } = deps.store.mutate({ kind: `note.${draft.value.kind}`, user: user.id }, (writer) => {
    const row = signedRow(deps, writer, draft.value, answered, user);
    writer.insert('composition', row);
    writer.drop('note_draft', draft.value.id);
    return row.id;
  });
  deps.engine.wake();
  return shown(deps, id, user);
};

/** A signed note this person may do `right` with, before and after the PIN. */
const withNote = async (
  deps: NoteDeps,
  { id, pin }: { readonly id: string; readonly pin: string },
  user: SignedInUser,
  right: 'void' | 'cosign',
  write: (writer: LocalWriter, note: NoteView) => void,
): Promise<Result<NoteView>> => {
  const look = (): Result<NoteView> => {
    const note = shown(deps, id, user);
    if (!note.ok) return note;
    const open = chartAccess(deps, note.value.patientId, user);
    if (!open.ok) return open;
    if (note.value.may[right]) return note;
    return note.value.state === 'current' ? fail('not-permitted') : fail('changed-meanwhile');
  };
  const before = look();
  if (!before.ok) return before;
  const allowed = await deps.checkPin(user, pin);
  if (!allowed.ok) return allowed;
  const note = look();
  if (!note.ok) return note;
  deps.store.mutate({ kind: `note.${right}`, user: user.id }, (writer) => write(writer, note.value));
  deps.engine.wake();
  return shown(deps, id, user);
};

/** Signing, and what may be done with what is signed: each asks for the PIN. */
export const signingHandlers = (deps: NoteDeps): Handlers<'notes.sign' | 'notes.void' | 'notes.cosign'> => ({
  'notes.sign': (input, { user }) => (user === null ? fail('not-signed-in') : sign(deps, input, user)),
  'notes.void': (input, { user }) =>
    user === null
      ? fail('not-signed-in')
      : withNote(deps, input, user, 'void', (writer, { id }) =>
          writer.update('composition', id, {
            voided_at: instant(deps.clock.now()),
            voided_by: user.id,
            void_reason: input.reason.trim(),
          }),
        ),
  'notes.cosign': (input, { user }) =>
    user === null
      ? fail('not-signed-in')
      : withNote(deps, input, user, 'cosign', (writer, { id, patientId }) =>
          writer.insert('composition_attester', {
            ...blank('composition_attester'),
            id: deps.newId(),
            patient_id: patientId,
            composition_id: id,
            practitioner_id: user.practitionerId,
            mode: 'professional',
            recorded_at: instant(deps.clock.now()),
            recorded_by: user.id,
          }),
        ),
});
