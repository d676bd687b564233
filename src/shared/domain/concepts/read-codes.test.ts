import { describe, expect, it } from 'vitest';
import { conceptId } from './concept.ts';
import { codeOf, formatOf, plainCode, readCodes } from './read-codes.ts';

const order = [
  `00001 Q00     0 ${'Made up group'.padEnd(60)} Made up group of the test`,
  `00002 Q001    1 ${'Made up one'.padEnd(60)} Made up one, the long title`,
  'this is no line of it',
].join('\n');

const claml = `<?xml version="1.0"?>
<ClaML version="2.0.0">
  <ModifierClass modifier="M1" code=".0"><Rubric kind="preferred"><Label>With this</Label></Rubric></ModifierClass>
  <ModifierClass modifier="M1" code="1"><Rubric kind="preferred"><Label>Fifth sign</Label></Rubric></ModifierClass>
  <Class code="I" kind="chapter"><Rubric kind="preferred"><Label>Chapter</Label></Rubric></Class>
  <Class code="Q10" kind="category">
    <SubClass code="Q10.0"/>
    <Rubric id="1" kind="preferred"><Label xml:lang="en">Rest &amp; quiet <Reference>Q99</Reference></Label></Rubric>
    <Rubric kind="inclusion"><Label>Not this</Label></Rubric>
  </Class>
  <Class code="Q10.0" kind="category"><Rubric kind="preferred"><Label>Quiet, <Term>deep</Term></Label></Rubric></Class>
  <Class code="Q11" kind="category">
    <ModifiedBy code="M1"/><Rubric kind="preferred"><Label>Made up</Label></Rubric>
  </Class>
</ClaML>`;

describe('a file of codes', () => {
  it('is known by how it begins', () => {
    expect(formatOf(claml)).toBe('claml');
    expect(formatOf(order)).toBe('cm-order');
    expect(formatOf('Q001   Made up one\n')).toBe('cm-codes');
    expect(formatOf('code,title\nQ00.1,One\n')).toBe('csv');
    expect(formatOf('Q00,Made up, one\n')).toBe('csv');
  });

  it('of ICD-10-CM has the long title, and says which line is none', () => {
    expect([...readCodes(order, 'cm-order')]).toEqual([
      { line: 1, code: 'Q00', title: 'Made up group of the test' },
      { line: 2, code: 'Q00.1', title: 'Made up one, the long title' },
      { line: 3, problem: 'malformed-row' },
    ]);
    expect([...readCodes('Q0012AB Made up\r\n\r\n', 'cm-codes')]).toEqual([
      { line: 1, code: 'Q00.12AB', title: 'Made up' },
    ]);
  });

  it('of WHO has categories with their preferred titles, and what modifiers add', () => {
    expect([...readCodes(claml, 'claml')]).toEqual([
      { line: 6, code: 'Q10', title: 'Rest & quiet' },
      { line: 11, code: 'Q10.0', title: 'Quiet, deep' },
      { line: 12, code: 'Q11', title: 'Made up' },
      { line: 12, code: 'Q11.0', title: 'Made up: With this' },
    ]);
  });

  it('refuses what is no code and what has no title', () => {
    expect(plainCode(' e11.9 ')).toBe('E11.9');
    expect(plainCode('A17.0†')).toBe('A17.0');
    expect([plainCode('A00-A09'), plainCode('IX'), plainCode('250.00')]).toEqual([null, null, null]);
    expect(codeOf(7, 'E11', ' ')).toEqual({ line: 7, problem: 'missing-value' });
    expect(codeOf(7, 'chapter', 'x')).toEqual({ line: 7, problem: 'bad-code' });
    expect(codeOf(7, 'E11', 'x'.repeat(1001))).toEqual({ line: 7, problem: 'too-long' });
  });
});

it('a code has one id in each system, wherever it is imported', () => {
  expect(conceptId('a', 'E11')).toBe(conceptId('a', 'E11'));
  expect(conceptId('a', 'E11')).not.toBe(conceptId('b', 'E11'));
});
