/** One command of `npm run central`. Its name is the word a person types; its file is named after it. */
export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Its own options, besides --url and --help. */
  readonly options: Readonly<Record<string, Option>>;
  /** Does it. What it throws as a `CentreAdminError` is told in one line. */
  run(given: Given): Promise<Outcome>;
}

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What follows the option on the command line, as in `--name "Front desk"`. */
  readonly example?: string;
  readonly help: string;
}

/** What a person typed. */
export interface Given {
  /** The centre's address. Looking at it without one being given throws {@link UsageError}. */
  readonly url: string;
  /** The value of an option, trimmed; undefined when it was not given or is empty. */
  text(option: string): string | undefined;
  /** A whole number from 0 up; throws {@link UsageError} for anything else. */
  number(option: string): number | undefined;
  /** Whether a switch was given. */
  flag(option: string): boolean;
  /** Says how far long work has come, on standard error. */
  say(line: string): void;
}

/** `failed`: the command did its work and found something wrong; the exit status is 1. */
export interface Outcome {
  readonly text: string;
  readonly failed?: boolean;
}

/** The command line was not understood: it is answered with the usage. */
export class UsageError extends Error {}
