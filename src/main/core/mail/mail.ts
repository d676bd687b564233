import type { LocalWriter } from '#main/data/local/store.ts';
import type { MailStatus } from '#shared/contract/mail.ts';
import type { MailAddress } from './address.ts';

/** One message to one person, as it is handed to whoever carries it. */
export interface MailMessage {
  /** Stays the same when a message is handed over again: its receiver can tell that it is one. */
  readonly id: string;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
}

/**
 * What became of handing a message over. `refused`: nobody will ever take this one. `later`: this one not now. `unreachable`:
 * no message at all now. `code` is the server's or the program's, never a text.
 */
export interface Handed {
  readonly outcome: 'sent' | 'refused' | 'later' | 'unreachable';
  readonly code: string | null;
}

/** Who carries messages out of this computer; a host gives it to the core, or null where there is no such way. */
export interface OutgoingMail {
  /** Tries once. Never throws: what goes wrong is an outcome. */
  send(message: MailMessage): Promise<Handed>;
  /** Gives up what is under way. */
  close(): void;
}

/** A message that a feature has to say. */
export interface Letter extends Pick<MailMessage, 'to' | 'subject' | 'text' | 'html'> {
  /** What it is about, for whoever operates the host: a name of ours, nothing of a person. */
  readonly kind: string;
  /** When it is of no use any more, milliseconds since 1970: then it is not sent. Null: it stays of use. */
  readonly until: number | null;
}

/** Why nobody will get a message: nobody takes it, it ran out before, a day of tries was in vain. */
export const mailFailures = ['refused', 'expired', 'unreachable'] as const;
export type MailFailure = (typeof mailFailures)[number];

/** What features send messages with. */
export interface Mail {
  /** Whether this host has a way to send messages at all. */
  readonly on: boolean;
  /**
   * Puts a message into the queue, durably: inside the mutation of `writer` where there is one, so that what it tells of and
   * the message are both kept or neither. False when it was not taken: mail is off, the queue is full, or nobody can have
   * that address.
   */
  send(letter: Letter, writer?: LocalWriter): boolean;
  status(): MailStatus;
}
