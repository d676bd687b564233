/** What the start process and the supervisor tell each other. */

/** What the supervisor is asked to run. */
export interface SupervisorTask {
  readonly folder: string;
  readonly root: string;
  readonly desks: number;
  readonly port: number | null;
  readonly fresh: boolean;
  /** Electron's program for desktop workstations; null for headless ones. */
  readonly electron: string | null;
  /** Whether a desktop workstation that cannot start is replaced by a headless one. */
  readonly mayFallBack: boolean;
}

interface DeskUp {
  readonly name: string;
  /** Its page in the browser; null for a desktop window. */
  readonly url: string | null;
}

/** Everything runs. */
export interface Up {
  readonly type: 'up';
  readonly desks: readonly DeskUp[];
  /** The folder e-mails to patients are put into; null where none are written. */
  readonly mail: string | null;
}

export type FromSupervisor =
  | { readonly type: 'say'; readonly text: string }
  | Up
  | { readonly type: 'failed'; readonly message: string };

export type ToSupervisor =
  | { readonly type: 'run'; readonly task: SupervisorTask }
  | { readonly type: 'stop' };
