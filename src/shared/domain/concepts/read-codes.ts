import { readClaml } from './claml.ts';

/** A code as a file has it, in the form ICD writes it: `E11.9`. */
export interface ReadCode {
  readonly line: number;
  readonly code: string;
  readonly title: string;
}

export const codeProblems = [
  'missing-value',
  'bad-code',
  'too-long',
  'duplicate-code',
  'malformed-row',
] as const;
export type CodeProblem = (typeof codeProblems)[number];

/** A line that was not taken, and why. */
export interface BadLine {
  readonly line: number;
  readonly problem: CodeProblem;
}

export const isBadLine = (item: ReadCode | BadLine): item is BadLine => 'problem' in item;

/** What a file is: WHO's ClaML, the order file or the code list of ICD-10-CM, or a table with a code and a title. */
export type CodeFormat = 'claml' | 'cm-order' | 'cm-codes' | 'csv';

/** No title of a code is longer: the column ends there. */
const longestTitle = 1000;

const orderLine = /^\d{5} ([A-Z0-9]{3,7}) +[01] (.*)$/;
const codeLine = /^([A-Z]\d[0-9A-Z][0-9A-Z]{0,4})\s+(\S.*)$/;

/** What a text most likely is, by how it begins. */
export const formatOf = (text: string): CodeFormat => {
  if (text.trimStart().startsWith('<')) return 'claml';
  const first = text.split(/\r?\n/, 50).find((line) => line.trim() !== '') ?? '';
  if (orderLine.test(first)) return 'cm-order';
  return codeLine.test(first) && !first.includes(',') ? 'cm-codes' : 'csv';
};

/** A code as it is kept: capitals, a point after the third sign, WHO's dagger and asterisk off. Null for what is no code of ICD-10. */
export const plainCode = (text: string): string | null => {
  const signs = text
    .trim()
    .toUpperCase()
    .replace(/[†*+!]+$/u, '')
    .replace('.', '');
  if (!/^[A-Z]\d[0-9A-Z]{1,5}$/.test(signs)) return null;
  return signs.length === 3 ? signs : `${signs.slice(0, 3)}.${signs.slice(3)}`;
};

/** A code and its title as they were read, or what is wrong with them. */
export const codeOf = (line: number, code: string, title: string): ReadCode | BadLine => {
  const words = title.replace(/\s+/g, ' ').trim();
  if (code.trim() === '' || words === '') return { line, problem: 'missing-value' };
  const plain = plainCode(code);
  if (plain === null) return { line, problem: 'bad-code' };
  return Array.from(words).length > longestTitle
    ? { line, problem: 'too-long' }
    : { line, code: plain, title: words };
};

/** The short title takes 60 signs of an order line, the long one the rest. */
const shortTitle = 60;

const ofLine = (format: 'cm-order' | 'cm-codes', text: string, line: number): ReadCode | BadLine => {
  const found = (format === 'cm-order' ? orderLine : codeLine).exec(text);
  if (found === null) return { line, problem: 'malformed-row' };
  const [, code = '', rest = ''] = found;
  if (format === 'cm-codes') return codeOf(line, code, rest);
  const long = rest.slice(shortTitle).trim();
  return codeOf(line, code, long || rest.slice(0, shortTitle));
};

/** The codes of a text that is no table, one after the other, with the lines that were not taken. */
export function* readCodes(text: string, format: Exclude<CodeFormat, 'csv'>): Generator<ReadCode | BadLine> {
  if (format === 'claml') {
    for (const { line, code, title } of readClaml(text)) yield codeOf(line, code, title);
    return;
  }
  let line = 0;
  for (const one of text.split(/\r?\n/)) {
    line += 1;
    if (one.trim() !== '') yield ofLine(format, one, line);
  }
}
