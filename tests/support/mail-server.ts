import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { TestCertificate } from './certificates.ts';

/** What arrived: who it was for, who said so, and the message as it came over the wire. */
export interface Arrived {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | null;
  readonly secure: boolean;
  readonly raw: string;
}

/** A real mail server on this computer, whose answers the test decides. */
export interface MailServerDouble {
  readonly port: number;
  readonly arrived: Arrived[];
  /** How many texts it has begun to take, whatever it said to them. */
  begun: number;
  /** Answers a recipient with this code instead of taking it; null takes everybody. */
  refuse: (recipient: string) => number | null;
  /** Answers the text with this code after it has come; null takes it. */
  refuseText: (raw: string) => number | null;
  /** Waits with the answer to a text. */
  hold: Promise<unknown>;
  close(): Promise<void>;
}

export interface MailServerTerms {
  /** 0: any that is free. */
  readonly port?: number;
  readonly certificate?: TestCertificate;
  /** TLS from the first byte. */
  readonly secure?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
}

const answer = (code: number | null): Error | null =>
  code === null ? null : Object.assign(new Error('said the test'), { responseCode: code });

const terms = ({ certificate, secure = false, login }: MailServerTerms): SMTPServerOptions => ({
  secure,
  ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.certificate }),
  authOptional: login === undefined,
  disabledCommands: [
    ...(certificate === undefined ? (['STARTTLS'] as const) : []),
    ...(login === undefined ? (['AUTH'] as const) : []),
  ],
  logger: false,
  onAuth: ({ username, password }, _session, done) =>
    username === login?.user && password === login?.password
      ? done(null, { user: username })
      : done(answer(535)),
});

/** Listens on 127.0.0.1. */
export const mailServer = async (given: MailServerTerms = {}): Promise<MailServerDouble> => {
  const server = new SMTPServer({
    ...terms(given),
    onRcptTo: ({ address }, _session, done) => done(answer(double.refuse(address))),
    onData: (stream, { envelope, user, secure }, done) =>
      void text(stream).then(async (raw) => {
        double.begun += 1;
        await double.hold;
        const refused = double.refuseText(raw);
        const { mailFrom, rcptTo } = envelope;
        if (refused === null)
          double.arrived.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            user: (user as string | undefined) ?? null,
            secure,
            raw,
          });
        done(answer(refused));
      }),
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(given.port ?? 0, '127.0.0.1', () => resolve()));
  const double: MailServerDouble = {
    port: (server.server.address() as AddressInfo).port,
    arrived: [],
    begun: 0,
    refuse: () => null,
    refuseText: () => null,
    hold: Promise.resolve(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return double;
};
