/** Why the centre could not be set up, as a code to act on; the message says to a person what to do. */
export type CentreAdminProblem =
  | 'unreachable'
  | 'login-refused'
  | 'server-too-old'
  | 'no-btree-gist'
  | 'no-role-creation'
  | 'no-create'
  | 'from-the-future'
  | 'not-migrated'
  | 'unknown-site'
  | 'unknown-device'
  | 'device-state'
  | 'not-confirmed'
  | 'has-admin'
  | 'no-name'
  | 'archive'
  | 'no-create-database'
  | 'failed';

/** An expected failure of an administrator's command. The message never holds a password. */
export class CentreAdminError extends Error {
  readonly code: CentreAdminProblem;

  constructor(code: CentreAdminProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'CentreAdminError';
    this.code = code;
  }
}
