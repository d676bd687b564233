/** One heading of a note and what is written under it. A note that has no headings is one section without a title. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** LOINC codes of the notes written here: a doctor's progress note, and a note of anybody else's. */
export const noteTypes = ['11506-3', '34109-9'] as const;
export type NoteType = (typeof noteTypes)[number];

/** What a note may hold in all, some thirty printed pages, and each of its parts. In UTF-16 units, as screens count. */
export const noteLimits = { characters: 80_000, sections: 30, title: 100, reason: 1000 } as const;

/** How long a note is: titles and texts. */
export const lengthOf = (sections: readonly Section[]): number =>
  sections.reduce((sum, { title, text }) => sum + title.length + text.length, 0);

// Control characters but tab and line feed, and halves of pairs: no database takes them, and nobody sees them.
const unseen = /(?:(?![\t\n])\p{Cc}|\p{Cs})/gu;

/** A text without characters that nobody can see and no database takes; every line ends with a line feed. */
export const cleanText = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(unseen, '');

/** Whether {@link cleanText} leaves a text as it is. */
export const isClean = (text: string): boolean => cleanText(text) === text;

/** Whether nothing is written under any heading. */
export const isBlank = (sections: readonly Section[]): boolean =>
  sections.every(({ text }) => text.trim() === '');

/** What is signed: headings under which nothing is written are left out, and so is white space around a text. */
export const signedSections = (sections: readonly Section[]): readonly Section[] =>
  sections
    .map(({ title, text }) => ({ title: title.trim(), text: text.trim() }))
    .filter(({ text }) => text !== '');

/** `composition.body`: JSON, so that headings are kept apart from what is written. */
export const encodeBody = (sections: readonly Section[]): string =>
  JSON.stringify({ sections: sections.map(({ title, text }) => ({ title, text })) });

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  'text' in value &&
  typeof value.title === 'string' &&
  typeof value.text === 'string';

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

/**
 * The sections of a `composition.body`. Anything that is not what {@link encodeBody} writes is a text somebody else wrote
 * and is shown whole, as one section without a title: an import, a version before headings.
 */
export const decodeBody = (body: string): readonly Section[] => {
  const value = parsed(body);
  if (
    typeof value === 'object' &&
    value !== null &&
    'sections' in value &&
    Array.isArray(value.sections) &&
    value.sections.every(isSection)
  )
    return value.sections.map(({ title, text }: Section) => ({ title, text }));
  return [{ title: '', text: body }];
};

const mergedText = (first: string, second: string): string => {
  if (first.includes(second.trim())) return first;
  if (second.includes(first.trim())) return second;
  return `${first.trimEnd()}\n\n${second.trimStart()}`;
};

/**
 * What two windows wrote of one note, with nothing of either left out: a heading of the same title and place among its like
 * is one heading, whose text is the longer of two that agree, else both.
 */
export const mergeSections = (first: readonly Section[], second: readonly Section[]): readonly Section[] => {
  const left = [...second];
  const merged = first.map((section) => {
    const at = left.findIndex(({ title }) => title === section.title);
    if (at === -1) return section;
    const [other] = left.splice(at, 1);
    return { title: section.title, text: mergedText(section.text, other?.text ?? '') };
  });
  return [...merged, ...left];
};
