import type { CallName, Output, Parsed, Reply } from '#shared/contract/contract.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ProgramServices } from './programs.ts';

/** One window or one browser session. Who is signed in is known here, in main, and nowhere else. */
export interface Connection {
  readonly id: string;
  /** Nobody while the session is locked. */
  user: SignedInUser | null;
  /** The browser it is, in few words, as it calls itself. */
  device?: string;
  /** Somebody's session waits here, locked, and nobody else's is open. */
  locked?: boolean;
  /** Whoever made a kiosk of it answers for what is done there; `opener` as of a session. Nobody is signed in. */
  kiosk?: { readonly by: SignedInUser; readonly opener: string } | undefined;
  /** The window a further one was opened from: they are one session, which begins and ends in all of them. */
  readonly first?: Connection;
  /** A program's, by its token: nobody sits there, so it is not locked; the token bounds it. */
  readonly lasting?: true;
}

/** A feature's calls. Input and permission are already checked when a handler runs. */
type Handler<N extends CallName> = (
  input: Parsed<N>,
  connection: Connection,
) => Result<Output<N>> | Promise<Result<Output<N>>>;

/** A feature exports its handlers as one object of this type, for example `Handlers<'patients.search' | 'patients.get'>`. */
export type Handlers<N extends CallName> = { readonly [K in N]: Handler<K> };

/** What both hosts hold: every call by name, events out, and an orderly end. */
export interface Core {
  /** Session -> permission -> zod in -> service -> zod out. Never throws: a bug becomes `internal`. */
  dispatch(name: string, input: unknown, connection: Connection): Promise<Reply<unknown>>;
  /** A new connection; or one that is `known`: from before a restart, where who is signed in stays so, or of a further window. */
  connect(known?: Connection): Connection;
  /** Ends a connection: its window or browser session is gone. */
  disconnect(connection: Connection): void;
  /** `to` is the one connection an event is for, null for all that may hear it (`events.ts`). */
  onEvent(listener: (event: HostEvent, to: Connection | null) => void): () => void;
  /** Locks every open session: the computer sleeps, or is locked itself. */
  lock(): void;
  /** What the documented API needs besides calls. */
  programs<T>(use: (services: ProgramServices) => T | Promise<T>): Promise<T>;
  stop(): Promise<void>;
}
