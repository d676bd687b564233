import { z } from 'zod';
import { allergySeverities, criticalities } from '#shared/domain/allergies/allergy.ts';
import { categories } from '#shared/domain/documents/kinds.ts';
import { isClean } from '#shared/domain/notes/sections.ts';
import { reportFlags } from '#shared/domain/orders/interpretation.ts';
import { releasedKinds } from '#shared/domain/panel/release.ts';
import { patientRequestStatuses, requestLimits } from '#shared/domain/panel/request.ts';
import { clinicalStatuses, problemSeverities } from '#shared/domain/problems/problem.ts';
import { measureNames } from '#shared/domain/vitals/measures.ts';
import { interpretations } from '#shared/domain/vitals/normal.ts';
import { languages } from '#shared/i18n/languages.ts';
import { DocumentId, NoteId, PatientId, PrescriptionId, TaskId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { ReportView, ResultValue } from './orders.ts';
import { roles } from './permissions.ts';

/** What a patient reads of their own chart, and what they ask for. */

const words = z.string().trim().max(requestLimits.text, 'too-long').refine(isClean, 'characters');
const someWords = words.pipe(z.string().min(1, 'required'));
const language = z.enum(Object.keys(languages) as [keyof typeof languages]);

/** A page of a person's; `before` is the `next` of the page before it. */
const page = z.object({
  patientId: PatientId,
  before: z.string().max(100).nullable().default(null),
  limit: z.number().int().min(1).max(50).default(20),
});
/** `shown` is false where the clinic shows nothing of this kind here: then an empty list says nothing of what there is. */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ shown: z.boolean(), items: z.array(item), next: z.string().nullable() });
/** One row of a person's, by its own id. `not-released` where the clinic shows nothing of its kind, whatever there is. */
const one = z.object({ patientId: PatientId, id: z.guid() });

export const PanelAllergy = z.object({
  id: z.guid(),
  substance: z.string(),
  reaction: z.string(),
  severity: z.enum(allergySeverities).nullable(),
  criticality: z.enum(criticalities).nullable(),
  /** What holds now; else it is over. */
  active: z.boolean(),
  /** A clinician has said so; else somebody has told of it. */
  confirmed: z.boolean(),
  onset: z.string().nullable(),
});
export type PanelAllergy = z.infer<typeof PanelAllergy>;

export const PanelCondition = z.object({
  id: z.guid(),
  display: z.string(),
  clinicalStatus: z.enum(clinicalStatuses),
  severity: z.enum(problemSeverities).nullable(),
  onset: z.string().nullable(),
  abatement: z.string().nullable(),
});
export type PanelCondition = z.infer<typeof PanelCondition>;

export const PanelReport = ReportView.pick({
  id: true,
  test: true,
  display: true,
  performer: true,
  effectiveAt: true,
  conclusion: true,
  isCorrection: true,
  values: true,
}).extend({ flag: z.enum(reportFlags).nullable() });
export type PanelReport = z.infer<typeof PanelReport>;

export const PanelReading = z.object({
  id: z.guid(),
  name: z.enum(measureNames as [(typeof measureNames)[number]]),
  value: z.string(),
  unit: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  interpretation: z.enum(interpretations).nullable(),
});
export type PanelReading = z.infer<typeof PanelReading>;

/** What was measured at one moment. */
export const PanelVitals = z.object({ effectiveAt: z.string(), readings: z.array(PanelReading) });
export type PanelVitals = z.infer<typeof PanelVitals>;

const NoteText = z.object({
  id: NoteId,
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
  author: z.string().nullable(),
  signedAt: z.string(),
});
/** A signed note as it stands; `checking`: two versions of it stand and the clinic has yet to say which holds, so neither is shown. */
export const PanelNote = NoteText.extend({
  title: z.string(),
  amended: z.boolean(),
  checking: z.boolean(),
  addenda: z.array(NoteText),
});
export type PanelNote = z.infer<typeof PanelNote>;

export const PanelImmunization = z.object({ id: z.guid(), display: z.string(), givenAt: z.string() });
export type PanelImmunization = z.infer<typeof PanelImmunization>;

export const PanelDocument = z.object({
  id: DocumentId,
  title: z.string(),
  category: z.enum(categories),
  contentType: z.string(),
  size: z.number().int(),
  createdAt: z.string(),
  /** Its file is at this host; else it is fetched when it is opened. */
  here: z.boolean(),
});
export type PanelDocument = z.infer<typeof PanelDocument>;

/** A file as it is handed to a browser: base64. */
export const PanelFile = z.object({ name: z.string(), contentType: z.string(), data: z.string() });
export type PanelFile = z.infer<typeof PanelFile>;

/** A visit, as far as its patient knows of it: nothing that was written at it. */
export const PanelEncounter = z.object({
  id: z.guid(),
  practitionerName: z.string().nullable(),
  locationName: z.string().nullable(),
  /** FHIR EncounterStatus; what an import brought may be none of ours. */
  status: z.string(),
  startAt: z.string(),
  endAt: z.string().nullable(),
});
export type PanelEncounter = z.infer<typeof PanelEncounter>;

/** What a patient asked for, and what became of it. */
export const PatientRequest = z.object({
  id: TaskId,
  kind: z.enum(['records', 'renewal']),
  /** In the patient's words; of a renewal the medicine, empty where it is not shown here. */
  what: z.string(),
  why: z.string(),
  prescriptionId: PrescriptionId.nullable(),
  status: z.enum(patientRequestStatuses),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
  /** What the clinic says to it. */
  answer: z.string(),
  certainty,
});
export type PatientRequest = z.infer<typeof PatientRequest>;

/** How a record was looked at. */
export const accessKinds = [
  'record',
  'chart',
  'closed-chart',
  'refused',
  'document',
  'print',
  'merge',
  'panel',
  'other',
] as const;
export const AccessLine = z.object({
  id: z.guid(),
  at: z.string(),
  /** Null for somebody who is not known here. */
  who: z.string().nullable(),
  role: z.enum(roles).nullable(),
  what: z.enum(accessKinds),
  /** By whoever asks. */
  self: z.boolean(),
});
export type AccessLine = z.infer<typeof AccessLine>;

/** A request for copies of a record, as a desk sees it. */
export const RecordsRequest = z.object({
  id: TaskId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  /** Who asks, which may be somebody who looks after the patient. */
  askedBy: z.string(),
  what: z.string(),
  why: z.string(),
  createdAt: z.string(),
  certainty,
});
export type RecordsRequest = z.infer<typeof RecordsRequest>;

export const panelRecordsCalls = defineCalls({
  /** Of which kinds the clinic shows something. */
  'panel.releases': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId }),
    output: z.object({ kinds: z.record(z.enum(releasedKinds), z.boolean()) }),
  },
  /** What stands and what is over, as it was written down last first. `state` is what it says together. */
  'panel.allergies': {
    kind: 'query',
    needs: 'own',
    input: page,
    output: pageOf(PanelAllergy).extend({
      state: z.enum(['not-asked', 'none-known', 'some', 'checking']),
    }),
  },
  'panel.allergy': { kind: 'query', needs: 'own', input: one, output: PanelAllergy },
  'panel.conditions': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelCondition) },
  'panel.condition': { kind: 'query', needs: 'own', input: one, output: PanelCondition },
  /** Reports as the clinic releases them; `afterReading`: once a clinician has looked at them. */
  'panel.results': {
    kind: 'query',
    needs: 'own',
    input: page,
    output: pageOf(PanelReport).extend({ afterReading: z.boolean() }),
  },
  'panel.result': { kind: 'query', needs: 'own', input: one, output: PanelReport },
  /** One value over time, in reports that are shown. */
  'panel.resultHistory': {
    kind: 'query',
    needs: 'own',
    input: page.extend({ code: z.string().max(20) }),
    output: pageOf(ResultValue.extend({ effectiveAt: z.string() })),
  },
  'panel.vitals': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelVitals) },
  'panel.notes': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelNote) },
  /** A note by the id of any of its versions or addenda. */
  'panel.note': { kind: 'query', needs: 'own', input: one.extend({ id: NoteId }), output: PanelNote },
  /** Visits, the latest first. No clinic sets whether they are shown; a chart that is closed shows none. */
  'panel.encounters': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelEncounter) },
  'panel.encounter': { kind: 'query', needs: 'own', input: one, output: PanelEncounter },
  'panel.immunizations': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelImmunization) },
  'panel.documents': { kind: 'query', needs: 'own', input: page, output: pageOf(PanelDocument) },
  /** Sees to it that a document's file is here, as `documents.open` does for the staff. */
  'panel.openDocument': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: DocumentId }),
    output: z.object({ file: z.enum(['here', 'absent', 'late', 'damaged', 'out-of-reach']) }),
  },
  /** One part of a file that is here, in base64. */
  'panel.documentBytes': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: DocumentId, n: z.number().int().min(0).max(1000) }),
    output: z.object({ data: z.string() }),
  },
  /** A summary of what is shown of the record, as a PDF; it says what is in it and what is not. */
  'panel.summary': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, language }),
    output: PanelFile,
  },
  /** Asks the clinic for what is in the record. `duplicate` while five such requests are open. */
  'panel.requestRecords': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, what: someWords, why: words.default('') }),
    output: PatientRequest,
  },
  /** What was asked for, the latest first, at most fifty. */
  'panel.requests': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId }),
    output: z.array(PatientRequest),
  },
  /** Takes a request back. `changed-meanwhile` once the clinic has answered it. */
  'panel.withdrawRequest': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: TaskId }),
    output: z.null(),
  },
  /**
   * Who looked at the record, the latest first, as far as this host knows. `completeUntil`: until when what others did has come
   * from the centre; null while older lines are still on their way.
   */
  'panel.accessLog': {
    kind: 'query',
    needs: 'own',
    input: page,
    output: pageOf(AccessLine).extend({ completeUntil: z.string().nullable() }),
  },
  /** Requests for copies that nobody has answered, the oldest first, at most 200. */
  'records.requests': {
    kind: 'query',
    needs: 'task.read',
    input: z.object({}),
    output: z.array(RecordsRequest),
  },
  /** Says to the patient that it is done or will not be; why not, in words. */
  'records.answer': {
    kind: 'command',
    needs: 'task.update',
    input: z.object({ id: TaskId, status: z.enum(['completed', 'rejected']), words }),
    output: z.null(),
  },
});
