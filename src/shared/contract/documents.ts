import { z } from 'zod';
import { fileTypes } from '#shared/domain/documents/content.ts';
import { attachedCategories, categories, templates } from '#shared/domain/documents/kinds.ts';
import { mostFileBytes, partBytes } from '#shared/domain/documents/limits.ts';
import { isClean } from '#shared/domain/notes/sections.ts';
import { languages } from '#shared/i18n/languages.ts';
import { DocumentId, PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

/** Who sees documents and attaches them; a doctor makes them as well. */

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'too-long')
    .refine((text) => isClean(text) && !/[\n\t]/.test(text), 'characters');
const words = (most: number) => z.string().max(most, 'too-long').refine(isClean, 'characters');
const title = line(200).pipe(z.string().min(1, 'required'));
const day = z.iso.date();

/** Base64 of one part, in characters. */
const partCharacters = Math.ceil(partBytes / 3) * 4;

export const DocumentView = z.object({
  id: DocumentId,
  patientId: PatientId,
  title: z.string(),
  category: z.enum(categories),
  contentType: z.string(),
  size: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  voided: z.object({ at: z.string(), by: z.string().nullable(), reason: z.string() }).nullable(),
  /** Where its file is: `here` and at the centre, still being `sending` there, or not here (`away`). */
  place: z.enum(['here', 'sending', 'away']),
  certainty,
});
export type DocumentView = z.infer<typeof DocumentView>;

const Section = z.object({ title: line(100), text: words(20_000) });

/** What a template is filled with before anybody has changed a word. */
export const DocumentDraft = z.object({
  title: z.string(),
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
  /** What the patient is known to have, to be shown or not. */
  diagnosis: z.string(),
  today: z.string(),
});
export type DocumentDraft = z.infer<typeof DocumentDraft>;

const language = z.enum(Object.keys(languages) as [keyof typeof languages]);

export const documentCalls = defineCalls({
  /** Documents of a person under any record, the newest first; `after` is the `next` of the page before. */
  'documents.list': {
    kind: 'query',
    needs: 'document.read',
    input: z.object({
      patientId: PatientId,
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ documents: z.array(DocumentView), next: z.string().nullable() }),
  },
  /** Begins handing over a file. `too-large` and `file-type` before a byte of it is sent. */
  'documents.begin': {
    kind: 'command',
    needs: 'document.create',
    input: z.object({
      patientId: PatientId,
      size: z.number().int().min(1),
      contentType: z.string().max(100),
    }),
    output: z.object({ uploadId: z.guid() }),
  },
  /** One part of 128 KiB in base64, counted from 0. The same part may be sent again. */
  'documents.part': {
    kind: 'command',
    needs: 'document.create',
    most: partCharacters + 1000,
    input: z.object({
      uploadId: z.guid(),
      n: z
        .number()
        .int()
        .min(0)
        .max(Math.ceil(mostFileBytes / partBytes)),
      data: z.base64().max(partCharacters),
    }),
    output: z.null(),
  },
  /** Keeps the file as a document. `file-type` and `file-damaged` by what is in it, whatever it was called. */
  'documents.attach': {
    kind: 'command',
    needs: 'document.create',
    input: z.object({
      uploadId: z.guid(),
      patientId: PatientId,
      title,
      category: z.enum(attachedCategories),
      contentType: z.enum(fileTypes),
    }),
    output: DocumentView,
  },
  /** Gives up a file that is being handed over. */
  'documents.cancel': {
    kind: 'command',
    needs: 'document.create',
    input: z.object({ uploadId: z.guid() }),
    output: z.null(),
  },
  /**
   * Sees to it that a document's file is here. `absent`: no other workstation has sent it yet; `late`: it is still coming;
   * `damaged`: what came was not the file; `out-of-reach`: the centre has it, perhaps, and does not answer.
   */
  'documents.open': {
    kind: 'command',
    needs: 'document.read',
    input: z.object({ id: DocumentId }),
    output: z.object({
      document: DocumentView,
      file: z.enum(['here', 'absent', 'late', 'damaged', 'out-of-reach']),
    }),
  },
  /** One part of a file that is here, in base64. */
  'documents.bytes': {
    kind: 'query',
    needs: 'document.read',
    input: z.object({ id: DocumentId, n: z.number().int().min(0).max(1000) }),
    output: z.object({ data: z.string() }),
  },
  /** It was not of this patient, or should not be here: it stays, crossed out, with the reason. */
  'documents.void': {
    kind: 'command',
    needs: 'document.void',
    input: z.object({ id: DocumentId, reason: words(1000).pipe(z.string().trim().min(1, 'required')) }),
    output: DocumentView,
  },
  /** What a template says of this patient today, to be read and changed before it is made. */
  'documents.draft': {
    kind: 'query',
    needs: 'document.sign',
    input: z.object({ patientId: PatientId, template: z.enum(templates), language }),
    output: DocumentDraft,
  },
  /** Makes a document as a PDF in today's encounter. */
  'documents.make': {
    kind: 'command',
    needs: 'document.sign',
    input: z.object({
      patientId: PatientId,
      template: z.enum(templates),
      language,
      title,
      /** Of a sick note, both days included. */
      from: day.nullable().default(null),
      to: day.nullable().default(null),
      /** Empty: not shown. */
      diagnosis: line(500).default(''),
      /** Of a referral letter: to whom. */
      addressee: words(500).default(''),
      sections: z.array(Section).max(12),
    }),
    output: DocumentView,
  },
});
