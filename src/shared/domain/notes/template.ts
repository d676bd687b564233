import { type NoteType, noteLimits, type Section } from './sections.ts';

/** Limits of a template; the whole travels as JSON in a column of 20,000 characters. */
export const templateLimits = { name: 100, text: 2000, characters: 15_000 } as const;

/** What is wrong with a template an administrator writes, by field, as codes of the fields' errors. */
export const templateProblems = ({
  name,
  sections,
}: {
  readonly name: string;
  readonly sections: readonly Section[];
}): Readonly<Record<string, string>> => {
  const titles = sections.map(({ title }) => title.trim().toLocaleLowerCase());
  const isTwice = titles.some((title, i) => title !== '' && titles.indexOf(title) !== i);
  const isLong =
    sections.some(
      ({ title, text }) => title.length > noteLimits.title || text.length > templateLimits.text,
    ) ||
    sections.reduce((sum, { title, text }) => sum + title.length + text.length, 0) >
      templateLimits.characters;
  return {
    ...(name.trim() === ''
      ? { name: 'required' }
      : name.length > templateLimits.name
        ? { name: 'too-long' }
        : {}),
    ...(sections.length === 0 || (sections.length > 1 && titles.includes(''))
      ? { sections: 'required' }
      : isTwice
        ? { sections: 'duplicate' }
        : isLong || sections.length > noteLimits.sections
          ? { sections: 'too-long' }
          : {}),
  };
};

/** The kind of note a role writes. */
export const noteTypeOf = (role: string): NoteType => (role === 'doctor' ? '11506-3' : '34109-9');

/**
 * A note with a template taken up: what is written stays under its heading, and headings of the template that are not there
 * yet follow with their starting text. Headings nobody wrote under, and that the template has not, go.
 */
export const withTemplate = (
  written: readonly Section[],
  template: readonly Section[],
): readonly Section[] => {
  const titles = new Set(template.map(({ title }) => title));
  const kept = written.filter(({ text }) => text.trim() !== '');
  const others = kept.filter(({ title }) => !titles.has(title));
  const taken = template.map((section) => kept.find(({ title }) => title === section.title) ?? section);
  return [...others, ...taken];
};
