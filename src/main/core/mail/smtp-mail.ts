import { createTransport, type NodemailerError } from 'nodemailer';
import type { MailAddress, MailServer } from './address.ts';
import { closedIn, composed } from './compose.ts';
import type { Handed, OutgoingMail } from './mail.ts';

export interface SmtpMailOptions {
  readonly server: MailServer;
  readonly from: MailAddress;
  /** Certificates of the authorities that may vouch for the server, PEM; null for those Node trusts. */
  readonly authorities: string | null;
  /** Milliseconds; what a healthy server needs many times over, where nothing is said. */
  readonly patience?: { readonly connect: number; readonly silence: number };
}

const usual = { connect: 15_000, silence: 60_000 } as const;

const about = (error: unknown): Partial<NodemailerError> =>
  error instanceof Error ? (error as Partial<NodemailerError>) : {};

/**
 * What an error of nodemailer means for the message. Only what a server says about this recipient or this text is about the
 * message; a refused sender or login is about how the host is set up, and another try after somebody has put it right will do.
 */
const handed = (error: unknown): Handed => {
  const { code, responseCode, command } = about(error);
  const isAboutIt = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM');
  if (!isAboutIt) return { outcome: 'unreachable', code: code ?? null };
  if (responseCode === undefined) return { outcome: 'refused', code };
  return { outcome: responseCode < 500 ? 'later' : 'refused', code: String(responseCode) };
};

/**
 * Hands messages to a mail server. Nothing is said to a server on the network before TLS, with a certificate for its name.
 * What is said to a server on this computer passes no network: it may do without, or have the certificate its system made.
 */
export const smtpMail = ({ server, from, authorities, patience = usual }: SmtpMailOptions): OutgoingMail => {
  const transport = createTransport({
    ...closedIn,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.loopback,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: !server.loopback,
      ...(authorities === null ? {} : { ca: authorities }),
    },
    ...(server.login === null ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    dnsTimeout: patience.connect,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.silence,
  });
  return {
    send: async (message) => {
      try {
        await transport.sendMail(composed(from, message));
        return { outcome: 'sent', code: null };
      } catch (error) {
        return handed(error);
      }
    },
    close: () => transport.close(),
  };
};
