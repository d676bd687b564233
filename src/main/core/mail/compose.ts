import { createTransport } from 'nodemailer';
import type { MailAddress } from './address.ts';
import type { MailMessage } from './mail.ts';

/** Neither a file of this computer nor an address of the network ever becomes part of a message. */
export const closedIn = { disableFileAccess: true, disableUrlAccess: true } as const;

/** A message as nodemailer puts it together. The envelope is said, not read from the heads. */
export const composed = (from: MailAddress, { id, to, subject, text, html, at }: MailMessage) => ({
  ...closedIn,
  from,
  to,
  envelope: { from: from.address, to: [to.address] },
  messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
  date: new Date(at),
  subject,
  text,
  html,
  // Nobody's absence notice answers a code.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** A message as the bytes that would go over the wire (RFC 5322). */
export const bytesOf = async (from: MailAddress, message: MailMessage): Promise<Buffer> => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message: bytes } = await transport.sendMail(composed(from, message));
  return bytes as Buffer;
};
