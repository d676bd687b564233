import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AddressError, readAddress, withAuthorities } from '#main/data/central/address.ts';
import type { AddressSource } from '#main/data/central/calls.ts';
import { CentreError, UntrustedCentreError } from '#main/data/central/centre.ts';
import { packCertificates } from '#main/data/central/certificates.ts';
import { ClaimError, type ClaimProblem, claimLogin } from '#main/data/central/claim.ts';
import {
  type CodeProblem,
  EnrolmentCodeError,
  readCode,
  writeCode,
} from '#main/data/central/enrolment-code.ts';

/** How a workstation reaches its centre, as its host keeps it, in a place that is safe for passwords. */
export interface KeptCentre {
  /** The address with this workstation's own password. */
  readonly centre: string | null;
  /** A code that may not have been exchanged yet, with the password it is to be exchanged for. */
  readonly enrolment: { readonly code: string; readonly password: string } | null;
}

export interface CentreKeep {
  read(): Promise<KeptCentre>;
  /** Durable when it resolves. */
  write(kept: KeptCentre): Promise<void>;
}

/** What this start was told; null: nothing. */
export interface CentreGiven {
  /** A whole address, with a login that is complete. */
  readonly centre: string | null;
  /** A one-time code. */
  readonly enrol: string | null;
  /** A file with the certificates of the clinic's own authority. */
  readonly ca: string | null;
}

/** Where the centre is found, and as which login. */
export interface CentreAccess {
  readonly source: AddressSource;
  readonly login: string;
}

export type EnrolmentProblem = CodeProblem | ClaimProblem | 'untrusted-centre' | 'bad-certificate';

/** The workstation cannot be enrolled. The message is for whoever started it; `shell.cannotStart` has the same by problem. */
export class EnrolmentError extends Error {
  override readonly name = 'EnrolmentError';
  readonly problem: EnrolmentProblem;

  constructor(problem: EnrolmentProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

const explained = (error: unknown): unknown => {
  if (error instanceof EnrolmentCodeError || error instanceof ClaimError)
    return new EnrolmentError(error.problem, error.message, error);
  if (error instanceof UntrustedCentreError)
    return new EnrolmentError(
      'untrusted-centre',
      `This workstation was not enrolled, and the code was not sent: ${error.message}. Ask the administrator for a code with the authority’s certificate in it (--ca), or give its file here with --ca.`,
      error,
    );
  if (error instanceof AddressError && error.problem === 'bad-certificate')
    return new EnrolmentError('bad-certificate', error.message, error);
  return error;
};

const certificatesIn = (file: string) => {
  try {
    return packCertificates(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new EnrolmentError(
      'bad-certificate',
      `${file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----), or cannot be read.`,
      error,
    );
  }
};

const sameLogin = (one: string, other: string): boolean => readAddress(one).user === readAddress(other).user;

/** What is to be kept after a start that was given a code. */
const withCode = (kept: KeptCentre, code: string): KeptCentre => {
  const address = readCode(code);
  // The code of an earlier start that was left in a script does no harm.
  if (kept.centre !== null && sameLogin(kept.centre, address)) return kept;
  if (kept.enrolment !== null && sameLogin(readCode(kept.enrolment.code), address)) return kept;
  return { ...kept, enrolment: { code, password: randomBytes(32).toString('base64url') } };
};

const withCertificates = (kept: KeptCentre, file: string): KeptCentre => {
  const packed = certificatesIn(file);
  const { centre, enrolment } = kept;
  return {
    centre: centre === null ? null : withAuthorities(centre, packed),
    enrolment:
      enrolment === null
        ? null
        : { ...enrolment, code: writeCode(withAuthorities(readCode(enrolment.code), packed)) },
  };
};

const told = (kept: KeptCentre, given: CentreGiven): KeptCentre => {
  let next = kept;
  if (given.centre !== null) next = { centre: given.centre, enrolment: null };
  if (given.enrol !== null) next = withCode(next, given.enrol);
  return given.ca === null ? next : withCertificates(next, given.ca);
};

/** Exchanges the code for a password of this workstation's own, and forgets it. */
const finish = async (keep: CentreKeep, { enrolment, centre }: KeptCentre): Promise<string | null> => {
  if (enrolment === null) return centre;
  const own = await claimLogin(enrolment.code, enrolment.password);
  await keep.write({ centre: own, enrolment: null });
  return own;
};

/** For later tries, when nobody is there to read words: the synchronisation decides by the SQLSTATE. */
const asCentreError = (error: unknown): unknown =>
  error instanceof EnrolmentCodeError ? new CentreError(error.message, '28P01', false, error) : error;

const tryingAgain = (keep: CentreKeep): (() => Promise<string>) => {
  let known: string | null = null;
  let running: Promise<string | null> | null = null;
  return async () => {
    if (known !== null) return known;
    running ??= keep.read().then((kept) => finish(keep, kept));
    try {
      known = await running;
    } catch (error) {
      throw asCentreError(error);
    } finally {
      running = null;
    }
    if (known === null) throw new CentreError('nothing is kept of the centre', null, false);
    return known;
  };
};

const finishOrLater = async (keep: CentreKeep, next: KeptCentre): Promise<AddressSource> => {
  try {
    return (await finish(keep, next)) ?? tryingAgain(keep);
  } catch (error) {
    if (!(error instanceof CentreError) || !error.retryable || error instanceof UntrustedCentreError)
      throw error;
    return tryingAgain(keep);
  }
};

/** A code of no use takes nothing away from a workstation that has a login. */
const withdrawn = async (keep: CentreKeep, error: unknown): Promise<void> => {
  if (!(error instanceof ClaimError)) return;
  const { centre } = await keep.read();
  if (centre !== null) await keep.write({ centre, enrolment: null });
};

const loginIn = ({ centre, enrolment }: KeptCentre): string | null =>
  enrolment !== null
    ? readAddress(readCode(enrolment.code)).user
    : centre === null
      ? null
      : readAddress(centre).user;

/**
 * Where this workstation finds its centre, from what this start was told and earlier ones have kept; null when no start
 * ever said. A new code is exchanged at once; the password it is exchanged for is kept before the centre hears of it, so
 * whatever is killed when, the next start finishes. While the centre cannot be reached, the exchange is tried again with
 * each connection. A code for a workstation that has a login gives it another one (`takeIdentity` in start.ts). Throws an
 * {@link EnrolmentError}; then what was kept before is still so.
 */
export const centreAccess = async (keep: CentreKeep, given: CentreGiven): Promise<CentreAccess | null> => {
  try {
    const kept = await keep.read();
    const next = told(kept, given);
    const login = loginIn(next);
    if (login === null) return null;
    if (next.centre !== kept.centre || next.enrolment?.code !== kept.enrolment?.code) await keep.write(next);
    return { source: await finishOrLater(keep, next), login };
  } catch (error) {
    await withdrawn(keep, error);
    throw explained(error);
  }
};
