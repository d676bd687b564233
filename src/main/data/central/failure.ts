import { CentreError, UntrustedCentreError } from './centre.ts';

/** SQLSTATE classes after which the same call may succeed: connection, rollback, resources, operator, system. */
const passing = new Set(['08', '40', '53', '57', '58']);
/** Single states outside those classes: a lock not had in time; a server that only reads, as after a failover. */
const passingStates = new Set(['55P03', '25006', '25P03']);

const poolerRefuses = /^(SASL authentication failed|password authentication failed|no such user|auth failed)/;

const sqlstateOf = (error: unknown): string | null => {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  // PgBouncer has no SQLSTATE of its own for a login it refuses.
  if (code === '08P01' && poolerRefuses.test(error.message)) return '28P01';
  // Node's own codes (ECONNREFUSED) are longer or shorter than a SQLSTATE; EPIPE is not, but has no severity.
  return /^[0-9A-Z]{5}$/.test(code) && 'severity' in error ? code : null;
};

const certificateErrors =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_CA|HOSTNAME_MISMATCH|ERR_SSL_|ERR_TLS_)/;

/** Why the server is not believed to be the centre, when that is what went wrong. */
const trustProblem = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  // The driver's own words, without a code: the server, or who answers in its place, speaks no TLS.
  if (error.message === 'The server does not support SSL connections') return 'it does not speak TLS';
  const code = 'code' in error ? String(error.code) : '';
  if (!certificateErrors.test(code)) return null;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another name';
    default:
      return 'its certificate is not signed by an authority this workstation trusts';
  }
};

/** Whether the same call may succeed later; an error without a SQLSTATE never reached the server. */
const isRetryable = (sqlstate: string | null): boolean =>
  sqlstate === null || passing.has(sqlstate.slice(0, 2)) || passingStates.has(sqlstate);

/** Any failure of a call, as the error the sync engine decides by. */
export const toCentreError = (error: unknown): CentreError => {
  if (error instanceof CentreError) return error;
  const sqlstate = sqlstateOf(error);
  const trust = trustProblem(error);
  if (trust !== null) return new UntrustedCentreError(trust, error);
  const message =
    error instanceof Error && error.message !== '' ? error.message : 'the centre was not reached';
  return new CentreError(message, sqlstate, isRetryable(sqlstate), error);
};
