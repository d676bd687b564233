import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cleanText,
  decodeBody,
  encodeBody,
  isClean,
  mergeSections,
  type Section,
  signedSections,
} from './sections.ts';

const section: fc.Arbitrary<Section> = fc.record({
  title: fc.string({ unit: 'grapheme', maxLength: 8 }),
  text: fc.string({ unit: 'grapheme', maxLength: 40 }),
});
const sections = fc.array(section, { maxLength: 6 });

describe('the body of a note', () => {
  it('says again what was put into it', () => {
    fc.assert(
      fc.property(sections, (all) => {
        expect(decodeBody(encodeBody(all))).toEqual(all);
      }),
    );
  });

  it('that somebody else wrote is one section with every character of it', () => {
    for (const body of [
      'No fever.',
      '',
      '{',
      '[]',
      'null',
      '{"sections":1}',
      '{"sections":[{"title":1,"text":""}]}',
    ])
      expect(decodeBody(body)).toEqual([{ title: '', text: body }]);
    fc.assert(
      fc.property(fc.string(), (body) => {
        expect(
          decodeBody(body)
            .map(({ text }) => text)
            .join(''),
        ).toBe(body);
      }),
    );
  });
});

it('takes out what nobody sees and no database takes, and nothing else', () => {
  expect(cleanText('a\u0000b\u0007\r\nc\rd\te\ud800é😀')).toBe('ab\nc\nd\teé😀');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isClean(cleanText(text))).toBe(true);
      expect(cleanText(text).replaceAll('\n', '')).toBe(cleanText(text.replaceAll(/[\r\n]/g, '')));
    }),
  );
});

it('signs what is written, without empty headings', () => {
  expect(
    signedSections([
      { title: ' Subjective ', text: ' Fever\n' },
      { title: 'Objective', text: ' \n' },
    ]),
  ).toEqual([{ title: 'Subjective', text: 'Fever' }]);
});

describe('what two windows wrote', () => {
  const words = (all: readonly Section[]) => all.map(({ text }) => text).join('\n');

  it('is kept whole, whatever it is', () => {
    fc.assert(
      fc.property(sections, sections, (first, second) => {
        const merged = words(mergeSections(first, second));
        for (const { text } of [...first, ...second]) expect(merged).toContain(text.trim());
      }),
    );
  });

  it('is not said twice', () => {
    fc.assert(
      fc.property(sections, (all) => {
        expect(mergeSections(all, all)).toEqual(all);
      }),
    );
    expect(
      mergeSections([{ title: 'S', text: 'Fever since' }], [{ title: 'S', text: 'Fever since Monday' }]),
    ).toEqual([{ title: 'S', text: 'Fever since Monday' }]);
  });
});
