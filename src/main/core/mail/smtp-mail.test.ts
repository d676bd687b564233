import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { testAuthority } from '#tests/support/certificates.ts';
import { type MailServerDouble, type MailServerTerms, mailServer } from '#tests/support/mail-server.ts';
import type { MailServer } from './address.ts';
import type { MailMessage } from './mail.ts';
import { type SmtpMailOptions, smtpMail } from './smtp-mail.ts';

const message: MailMessage = {
  id: '01900000-0000-7000-8000-000000000001',
  to: { name: 'Zoé Mukamana', address: 'zoe@example.rw' },
  subject: 'Rendez-vous confirmé',
  text: 'Bonjour,\n.\nà demain\n',
  html: '<p>Bonjour</p>',
  at: Date.parse('2026-11-23T08:00:00Z'),
};

const open: MailServerDouble[] = [];
const serve = async (given: MailServerTerms = {}) => {
  const server = await mailServer(given);
  open.push(server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const carrier = (port: number, more: Partial<MailServer> = {}, rest: Partial<SmtpMailOptions> = {}) =>
  smtpMail({
    server: { host: '127.0.0.1', port, secure: false, loopback: true, login: null, ...more },
    from: { name: 'Clinique "Kacyiru"', address: 'desk@kacyiru.rw' },
    authorities: null,
    ...rest,
  });

/** Heads and their continuation lines as one, by name. */
const headsOf = (raw: string): ReadonlyMap<string, string> =>
  new Map(
    (raw.split('\r\n\r\n')[0] ?? '')
      .replaceAll(/\r\n[ \t]/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );

describe('a mail server', () => {
  it('gets a message with both texts, a stable id and a sign that a machine wrote it', async () => {
    const server = await serve();
    expect(await carrier(server.port).send(message)).toEqual({ outcome: 'sent', code: null });
    const [arrived] = server.arrived;
    expect(arrived).toMatchObject({ from: 'desk@kacyiru.rw', to: ['zoe@example.rw'], user: null });
    const heads = headsOf(arrived?.raw ?? '');
    expect(heads.get('message-id')).toBe(`<${message.id}@kacyiru.rw>`);
    expect(heads.get('auto-submitted')).toBe('auto-generated');
    expect(heads.get('date')).toBe('Mon, 23 Nov 2026 08:00:00 +0000');
    expect(heads.get('content-type')).toContain('multipart/alternative');
    expect(arrived?.raw).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(arrived?.raw).toMatch(/Content-Type: text\/html; charset=utf-8/);
  });

  it('never gets a head or a recipient out of a name or a subject', async () => {
    const server = await serve();
    const evil = '\r\nBcc: all@kacyiru.rw\r\n\r\nhello';
    await carrier(server.port).send({
      ...message,
      to: { name: `Zoé${evil}`, address: 'zoe@example.rw' },
      subject: `Hi${evil}`,
    });
    const [arrived] = server.arrived;
    expect(arrived?.to).toEqual(['zoe@example.rw']);
    expect([...headsOf(arrived?.raw ?? '').keys()].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
  });

  it('says whether a message is refused for good, for now, or cannot be handed over at all', async () => {
    const server = await serve();
    const outcomeOf = async () => carrier(server.port).send(message);
    server.refuse = () => 550;
    expect(await outcomeOf()).toEqual({ outcome: 'refused', code: '550' });
    server.refuse = () => 450;
    expect(await outcomeOf()).toEqual({ outcome: 'later', code: '450' });
    server.refuse = () => null;
    server.refuseText = () => 554;
    expect(await outcomeOf()).toEqual({ outcome: 'refused', code: '554' });
    server.refuseText = () => 451;
    expect(await outcomeOf()).toEqual({ outcome: 'later', code: '451' });
    expect(server.arrived).toEqual([]);
    const { port } = server;
    await server.close();
    expect(await carrier(port).send(message)).toMatchObject({ outcome: 'unreachable' });
  });

  it('that takes a connection and then says nothing is out of reach', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { readonly port: number };
    const sent = carrier(port, {}, { patience: { connect: 200, silence: 200 } }).send(message);
    expect(await sent).toEqual({ outcome: 'unreachable', code: 'ETIMEDOUT' });
    silent.close();
  });

  it('gets the login, and a wrong one is nothing against the message', async () => {
    const login = { user: 'desk@kacyiru.rw', password: 'pa/ss:wörd' };
    const server = await serve({ certificate: testAuthority().issue(['127.0.0.1']), login });
    expect(await carrier(server.port, { login }).send(message)).toMatchObject({ outcome: 'sent' });
    expect(server.arrived[0]).toMatchObject({ user: login.user, secure: true });
    const wrong = { ...login, password: 'guess' };
    expect(await carrier(server.port, { login: wrong }).send(message)).toEqual({
      outcome: 'unreachable',
      code: 'EAUTH',
    });
    expect(await carrier(server.port).send(message)).toMatchObject({ outcome: 'unreachable' });
  });
});

describe('a mail server on the network', () => {
  const far = { loopback: false } as const;

  it('hears nothing before TLS, by an authority that vouches for its name', async () => {
    const authority = testAuthority();
    const trusted = { authorities: authority.certificate };
    for (const secure of [false, true]) {
      const server = await serve({ certificate: authority.issue(['127.0.0.1']), secure });
      expect(await carrier(server.port, { ...far, secure }, trusted).send(message)).toMatchObject({
        outcome: 'sent',
      });
      expect(server.arrived[0]?.secure).toBe(true);
      expect(await carrier(server.port, { ...far, secure }).send(message)).toMatchObject({
        outcome: 'unreachable',
      });
      const other = await serve({ certificate: authority.issue(['mail.example.rw']), secure });
      expect(await carrier(other.port, { ...far, secure }, trusted).send(message)).toMatchObject({
        outcome: 'unreachable',
      });
      expect(other.arrived).toEqual([]);
    }
  });

  it('that has no TLS gets nothing', async () => {
    const server = await serve();
    expect(await carrier(server.port, far).send(message)).toEqual({ outcome: 'unreachable', code: 'ETLS' });
    expect(server.arrived).toEqual([]);
  });
});
