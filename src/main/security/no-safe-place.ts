/** Why secrets cannot be kept or read; the words are `shell.cannotStart` in `shared/i18n`. */
export type SecretsProblem = 'noKeyring' | 'keyringLocked' | 'unreadable';

/** This PC offers no safe place for secrets. Nothing was written. */
export class NoSafePlaceError extends Error {
  override readonly name = 'NoSafePlaceError';
  readonly problem: SecretsProblem;

  constructor(problem: SecretsProblem, options?: ErrorOptions) {
    super(`no safe place for secrets: ${problem}`, options);
    this.problem = problem;
  }
}
