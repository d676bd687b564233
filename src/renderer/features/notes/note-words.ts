import type { TFunction } from 'i18next';
import type { Section } from '#shared/domain/notes/sections.ts';
import { noteTypeOf } from '#shared/domain/notes/template.ts';
import type { NoteContent, NoteSubject } from './keeper.ts';

/** The headings every note can begin with, in the language of the window. */
export const soapSections = (t: TFunction): readonly Section[] =>
  (['subjective', 'objective', 'assessment', 'plan'] as const).map((name) => ({
    title: t(`notes.soap.${name}`),
    text: '',
  }));

/** A note nobody has written in yet. */
export const emptyNote = (t: TFunction, role: string): NoteContent => ({
  title: t(role === 'nurse' ? 'notes.default.nurse' : 'notes.default.doctor'),
  sections: soapSections(t),
  reason: '',
});

/** What a new note about a patient is. */
export const newNote = (patientId: NoteSubject['patientId'], role: string): Omit<NoteSubject, 'writer'> => ({
  patientId,
  kind: 'note',
  answers: null,
  type: noteTypeOf(role),
});
