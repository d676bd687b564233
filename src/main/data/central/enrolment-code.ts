import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AddressError, readAddress } from './address.ts';

/** Why a text is no enrolment code that can be used. */
export type CodeProblem = 'not-a-code' | 'newer-code' | 'cut-code' | 'mistyped-code' | 'bad-address';

/** The message says what to do; it never holds the code. */
export class EnrolmentCodeError extends Error {
  override readonly name = 'EnrolmentCodeError';
  readonly problem: CodeProblem;

  constructor(problem: CodeProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

const prefix = 'CH1';
const checkLength = 8;

const checkOf = (body: string): string =>
  createHash('sha256').update(`${prefix}.${body}`).digest('base64url').slice(0, checkLength);

/**
 * An enrolment code: a workstation's address with its one-time secret, as one word that can be pasted, with a check sum.
 * `CH1.<address, deflated, base64url>.<first 8 characters of the SHA-256>`.
 */
export const writeCode = (address: string): string => {
  const body = deflateRawSync(Buffer.from(address)).toString('base64url');
  return `${prefix}.${body}.${checkOf(body)}`;
};

const problems: Readonly<Record<CodeProblem, string>> = {
  'not-a-code':
    'This is no enrolment code. A code begins with CH1. and is printed by “npm run central -- enrol”.',
  'newer-code': 'This enrolment code is of a later version of ClinicHub. Update this installation first.',
  'cut-code':
    'The enrolment code is not whole: its end is missing. Copy it once more, from CH1. to the last character.',
  'mistyped-code':
    'The enrolment code does not fit its check sum: a character is wrong or missing. Copy it once more.',
  'bad-address': 'The enrolment code names a centre that cannot be used.',
};

const refuse = (problem: CodeProblem, cause?: unknown): EnrolmentCodeError =>
  new EnrolmentCodeError(problem, cause instanceof AddressError ? cause.message : problems[problem], cause);

/** The address in a code. Spaces and line ends, which a mail puts into long words, do not matter. Throws an {@link EnrolmentCodeError}. */
export const readCode = (text: string): string => {
  const [version = '', body = '', check = '', ...more] = text.replace(/\s+/g, '').split('.');
  if (!/^CH\d+$/.test(version) || body === '' || more.length > 0) throw refuse('not-a-code');
  if (version !== prefix) throw refuse('newer-code');
  if (check.length < checkLength) throw refuse('cut-code');
  if (check !== checkOf(body)) throw refuse('mistyped-code');
  try {
    const address = inflateRawSync(Buffer.from(body, 'base64url')).toString('utf8');
    readAddress(address);
    return address;
  } catch (error) {
    throw refuse('bad-address', error);
  }
};
