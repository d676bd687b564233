import { CentreError } from '#main/data/central/centre.ts';
import { LocalError, type LocalErrorCode } from '#main/data/local/error.ts';
import type { CopyOrder, CopyProgress } from './bootstrap.ts';

/** What a thread needs to open the database this process has open. */
export interface FolderAccess {
  readonly folder: string;
  readonly key: Uint8Array;
}

/** A copy to load, and the centre's address to load it from. */
export interface LoadTask extends FolderAccess {
  readonly url: string;
  readonly order: CopyOrder;
}

/** What the thread is given when it starts; without an order it moves SQLite's log until it is told to end. */
export type CopyTask = LoadTask | (FolderAccess & { readonly order: null });

/** An error on its way from one thread to another, where it would lose its class. */
export type SentError =
  | {
      readonly kind: 'centre';
      readonly message: string;
      readonly sqlstate: string | null;
      readonly retryable: boolean;
    }
  | { readonly kind: 'local'; readonly message: string; readonly code: LocalErrorCode }
  | { readonly kind: 'other'; readonly message: string };

/** What the copying thread says. Its last word is `done` or `failed`. */
export type CopyWord =
  | { readonly type: 'progress'; readonly progress: CopyProgress }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: SentError };

/** The copying thread broke, as a thread: what it had loaded is kept and the next try goes on. */
export class CopyThreadError extends Error {
  override readonly name = 'CopyThreadError';
}

export const sendable = (error: unknown): SentError => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CentreError) {
    return { kind: 'centre', message, sqlstate: error.sqlstate, retryable: error.retryable };
  }
  if (error instanceof LocalError) return { kind: 'local', message, code: error.code };
  return { kind: 'other', message };
};

export const received = (error: SentError): Error => {
  switch (error.kind) {
    case 'centre':
      return new CentreError(error.message, error.sqlstate, error.retryable);
    case 'local':
      return new LocalError(error.code, error.message);
    case 'other':
      return new CopyThreadError(error.message);
  }
};
