import { z } from 'zod';
import { isClean, lengthOf, noteLimits, noteTypes } from '#shared/domain/notes/sections.ts';
import { templateLimits } from '#shared/domain/notes/template.ts';
import {
  NoteDraftId,
  NoteId,
  NoteTemplateId,
  PatientId,
  PractitionerId,
  StaffAccountId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

/** Who reads and writes notes. */

const words = (most: number) => z.string().max(most, 'too-long').refine(isClean, 'characters');
const title = words(noteLimits.title);
const reason = words(noteLimits.reason);
const pin = z.string().max(8);

const sections = z
  .array(z.object({ title, text: words(noteLimits.characters) }))
  .min(1)
  .max(noteLimits.sections)
  .refine((all) => lengthOf(all) <= noteLimits.characters, 'too-long');

const ShownSection = z.object({ title: z.string(), text: z.string() });

/** `note`: a new one. `addendum`: added to a signed one. `amendment`: takes the place of a signed one. */
const draftKind = z.enum(['note', 'addendum', 'amendment']);

/** A note that is being written, on this workstation alone. */
export const NoteDraftView = z.object({
  id: NoteDraftId,
  patientId: PatientId,
  kind: draftKind,
  /** The signed note it is added to or amends. */
  answers: NoteId.nullable(),
  title: z.string(),
  type: z.enum(noteTypes),
  sections: z.array(ShownSection),
  reason: z.string(),
  /** Counts up with every save. */
  revision: z.number().int(),
  startedAt: z.string(),
  savedAt: z.string(),
});
export type NoteDraftView = z.infer<typeof NoteDraftView>;

/** One version of a signed note or of an addendum. */
export const NoteView = z.object({
  id: NoteId,
  patientId: PatientId,
  title: z.string(),
  sections: z.array(ShownSection),
  state: z.enum(['current', 'replaced', 'in-error', 'unsigned']),
  isAmendment: z.boolean(),
  /** Why it takes the place of an earlier version. */
  reason: z.string().nullable(),
  /** Null for an imported note of somebody unknown. */
  authorName: z.string().nullable(),
  signedAt: z.string().nullable(),
  createdAt: z.string(),
  /** Where it was imported from. */
  source: z.string().nullable(),
  voided: z.object({ at: z.string(), by: z.string().nullable(), reason: z.string() }).nullable(),
  /** Who is to sign as well, and when that was. */
  supervision: z.object({ name: z.string(), signedAt: z.string().nullable() }).nullable(),
  may: z.object({ append: z.boolean(), amend: z.boolean(), void: z.boolean(), cosign: z.boolean() }),
  certainty,
});
export type NoteView = z.infer<typeof NoteView>;

const versions = { current: z.array(NoteView), earlier: z.array(NoteView) };

/** A note with its earlier versions and what was added to it. */
export const NoteThreadView = z.object({ ...versions, addenda: z.array(z.object(versions)) });
export type NoteThreadView = z.infer<typeof NoteThreadView>;

export const NoteTemplateView = z.object({
  id: NoteTemplateId,
  name: z.string(),
  speciality: z.string().nullable(),
  sections: z.array(ShownSection),
  active: z.boolean(),
  certainty,
});
export type NoteTemplateView = z.infer<typeof NoteTemplateView>;

/** `restricted`: the chart opens with a reason first; what is in the note is not told until then. */
const WaitingNote = z.object({
  note: NoteView,
  restricted: z.boolean(),
  patientName: z.string(),
  patientMrn: z.string(),
});

export const noteCalls = defineCalls({
  /** The notes of a patient under any record, those that began last first; `after` is the `next` of the page before. */
  'notes.list': {
    kind: 'query',
    needs: 'note.read',
    input: z.object({
      patientId: PatientId,
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(20).default(10),
    }),
    output: z.object({ threads: z.array(NoteThreadView), next: z.string().nullable() }),
  },
  /** What the user is writing about a patient: the note of the encounter that goes on, and whatever else was left unsigned. */
  'notes.writing': {
    kind: 'query',
    needs: 'note.create',
    input: z.object({ patientId: PatientId }),
    output: z.object({ now: NoteDraftView.nullable(), others: z.array(NoteDraftView) }),
  },
  /** All the user's notes at this workstation that are not signed, those written last first. */
  'notes.drafts': {
    kind: 'query',
    needs: 'note.create',
    input: z.object({}),
    output: z.array(
      z.object({
        draft: NoteDraftView,
        patientName: z.string().nullable(),
        patientMrn: z.string().nullable(),
      }),
    ),
  },
  /**
   * Keeps what is written, durably, on this workstation alone. `revision` is that of the last save known here, 0 for none:
   * `draft-elsewhere` when another window has saved since, and nothing is written over.
   */
  'notes.saveDraft': {
    kind: 'command',
    needs: 'note.create',
    input: z.object({
      /** Whose it is: `not-permitted` when somebody else has signed in at the window meanwhile. */
      writer: StaffAccountId,
      id: NoteDraftId.nullable(),
      patientId: PatientId,
      kind: draftKind,
      answers: NoteId.nullable(),
      title,
      type: z.enum(noteTypes),
      sections,
      reason,
      revision: z.number().int().min(0),
    }),
    output: NoteDraftView,
  },
  /** Gives a draft up; the one that was is returned, to be put back. */
  'notes.dropDraft': {
    kind: 'command',
    needs: 'note.create',
    input: z.object({ id: NoteDraftId }),
    output: NoteDraftView,
  },
  /** Signs a draft as it was saved with `revision`, and nothing else; a failure leaves the draft. */
  'notes.sign': {
    kind: 'command',
    needs: 'note.sign',
    input: z.object({ id: NoteDraftId, revision: z.number().int().min(1), pin }),
    output: NoteView,
  },
  /** Says that a signed note was entered in error; it stays, with the reason. */
  'notes.void': {
    kind: 'command',
    needs: 'note.void',
    input: z.object({ id: NoteId, reason: reason.min(1, 'required'), pin }),
    output: NoteView,
  },
  /** Signed notes that wait for the user's signature as supervisor, the oldest first, at most 200. */
  'notes.toCosign': {
    kind: 'query',
    needs: 'note.approve',
    input: z.object({}),
    output: z.array(WaitingNote),
  },
  'notes.cosign': {
    kind: 'command',
    needs: 'note.approve',
    input: z.object({ id: NoteId, pin }),
    output: NoteView,
  },
  /** Templates by name; those out of use too. */
  'notes.templates': {
    kind: 'query',
    needs: 'note-template.read',
    input: z.object({}),
    output: z.array(NoteTemplateView),
  },
  /** `id` null: a new one. */
  'notes.saveTemplate': {
    kind: 'command',
    needs: 'note-template.update',
    input: z.object({
      id: NoteTemplateId.nullable(),
      name: words(templateLimits.name),
      speciality: words(200).nullable(),
      sections: z.array(z.object({ title, text: words(templateLimits.text) })).max(noteLimits.sections),
      active: z.boolean(),
    }),
    output: NoteTemplateView,
  },
  /** Whose notes are signed by whom as well. */
  'notes.supervision': {
    kind: 'query',
    needs: 'practitioner.update',
    input: z.object({}),
    output: z.array(
      z.object({
        id: PractitionerId,
        name: z.string(),
        speciality: z.string(),
        supervisorId: PractitionerId.nullable(),
      }),
    ),
  },
  'notes.setSupervisor': {
    kind: 'command',
    needs: 'practitioner.update',
    input: z.object({ practitionerId: PractitionerId, supervisorId: PractitionerId.nullable() }),
    output: z.null(),
  },
});
