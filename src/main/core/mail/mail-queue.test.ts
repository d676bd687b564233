import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jsonLog } from '#main/core/log.ts';
import { mailServer } from '#tests/support/mail-server.ts';
import { makeReady, openTemporary, type TemporaryLocal } from '#tests/support/sync-local.ts';
import type { Handed, Letter, MailMessage, OutgoingMail } from './mail.ts';
import { createMailQueue, type MailQueue, type MailQueueDeps, mailPace } from './mail-queue.ts';
import { smtpMail } from './smtp-mail.ts';

const letter: Letter = {
  kind: 'verify-code',
  to: { name: 'Zoé', address: 'zoe@example.rw' },
  subject: 'Your code',
  text: 'K7M2-QF',
  html: '<p>K7M2-QF</p>',
  until: null,
};
const to = (name: string): Letter => ({ ...letter, to: { name, address: `${name}@example.rw` } });

let temporary: TemporaryLocal;
let queues: MailQueue[];
let lines: string[];
let made: number;
const clock = { at: 0, now: () => clock.at };
beforeEach(() => {
  clock.at = Date.parse('2026-11-23T08:00:00Z');
  temporary = openTemporary();
  makeReady(temporary.local);
  queues = [];
  lines = [];
  made = 0;
});
afterEach(async () => {
  for (const queue of queues) await queue.stop();
  temporary.remove();
});

/** Waits for a state, however busy the machine is. */
const until = (check: () => void): Promise<void> => vi.waitFor(check, 60_000);

/** What is handed over ends as the test says; what ended well is told by name. */
const carrier = () => {
  const double = {
    tried: [] as MailMessage[],
    sent: [] as MailMessage[],
    answer: (_message: MailMessage): Handed => ({ outcome: 'sent', code: null }),
    hold: Promise.resolve() as Promise<unknown>,
    closed: 0,
    send: async (message: MailMessage) => {
      double.tried.push(message);
      await double.hold;
      const handed = double.answer(message);
      if (handed.outcome === 'sent') double.sent.push(message);
      return handed;
    },
    close: () => {
      double.closed += 1;
    },
  };
  return double satisfies OutgoingMail;
};

/** Tries again at once, so that no test waits; what is due is told by the test's clock. */
const quick = { ...mailPace, backOff: 5, backOffMost: 20, ending: 50 };
const queueOf = (outgoing: OutgoingMail | null, more: Partial<MailQueueDeps> = {}): MailQueue => {
  const queue = createMailQueue({
    store: temporary.local.store,
    clock,
    log: jsonLog((line) => lines.push(line), clock.now),
    newId: () => `id-${String(++made).padStart(5, '0')}`,
    outgoing,
    pace: quick,
    ...more,
  });
  queues.push(queue);
  return queue;
};
const rows = () => temporary.local.db.prepare('SELECT * FROM outgoing_mail').all();
const names = (messages: readonly MailMessage[]) => messages.map((message) => message.to.name);

describe('the queue of messages', () => {
  it('sends in the order they were written, one at a time, and keeps nothing of them', async () => {
    const mail = carrier();
    const queue = queueOf(mail);
    queue.start();
    let under = 0;
    let most = 0;
    mail.answer = () => ({ outcome: 'sent', code: null });
    mail.hold = {
      // biome-ignore lint/suspicious/noThenProperty: counts who waits at the same time
      then: (done: (value: unknown) => unknown) => {
        most = Math.max(most, ++under);
        setImmediate(() => {
          under -= 1;
          done(null);
        });
      },
    } as Promise<unknown>;
    for (const name of ['a', 'b', 'c', 'd']) expect(queue.send(to(name))).toBe(true);
    await until(() => expect(rows()).toEqual([]));
    expect(names(mail.sent)).toEqual(['a', 'b', 'c', 'd']);
    expect(most).toBe(1);
    expect(queue.status()).toEqual({
      on: true,
      waiting: 0,
      waitingSince: null,
      failed: { refused: 0, expired: 0, unreachable: 0 },
    });
  });

  it('keeps a message and what it tells of together, or neither', async () => {
    const mail = carrier();
    const queue = queueOf(mail);
    queue.start();
    const { store } = temporary.local;
    const failing = () =>
      store.mutate({ kind: 'test', user: null }, (writer) => {
        expect(queue.send(to('never'), writer)).toBe(true);
        throw new Error('thought better of it');
      });
    expect(failing).toThrow('thought better of it');
    expect(rows()).toEqual([]);
    store.mutate({ kind: 'test', user: null }, (writer) => queue.send(to('kept'), writer));
    await until(() => expect(names(mail.sent)).toEqual(['kept']));
    expect(names(mail.tried)).toEqual(['kept']);
    expect(temporary.local.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });

  it('takes nothing where mail is off, nor for what is no address, nor more than it may hold', () => {
    expect(queueOf(null).on).toBe(false);
    expect(queueOf(null).send(letter)).toBe(false);
    const queue = queueOf(carrier(), { pace: { ...quick, most: 2 } });
    const evil = { name: 'x', address: 'a@b.rw\r\nRCPT TO:<c@d.rw>' };
    expect(queue.send({ ...letter, to: evil })).toBe(false);
    expect([1, 2, 3].map(() => queue.send(letter))).toEqual([true, true, false]);
    expect(rows()).toHaveLength(2);
    clock.at += 60_000;
    expect(queue.status()).toMatchObject({ waiting: 2, waitingSince: '2026-11-23T08:00:00.000Z' });
    expect(lines.join('')).toContain('mail queue full');
  });

  it('keeps heads to one line before anything else sees them', () => {
    const queue = queueOf(carrier());
    queue.send({ ...letter, to: { ...letter.to, name: 'Zoé\r\nBcc: x' }, subject: 'a\nb' });
    expect(rows()).toMatchObject([{ to_name: 'Zoé Bcc: x', subject: 'a b' }]);
  });
});

describe('a message that is not taken', () => {
  it('is given up at once when it is refused, and only the reason is kept, for seven days', async () => {
    const mail = carrier();
    mail.answer = ({ to: { name } }) =>
      name === 'bad' ? { outcome: 'refused', code: '550' } : { outcome: 'sent', code: null };
    const queue = queueOf(mail);
    queue.start();
    queue.send(to('bad'));
    queue.send(to('good'));
    await until(() => expect(names(mail.sent)).toEqual(['good']));
    expect(names(mail.tried)).toEqual(['bad', 'good']);
    expect(queue.status().failed).toEqual({ refused: 1, expired: 0, unreachable: 0 });
    const kept = JSON.stringify([rows(), lines]);
    for (const secret of ['bad', 'good', 'example.rw', 'K7M2', 'Your code'])
      expect(kept, secret).not.toContain(secret);
    expect(kept).toContain('550');
    clock.at += 7 * 86_400_000 + 1;
    queue.send(to('later'));
    await until(() => expect(rows()).toEqual([]));
  });

  it('is tried again after a pause that grows, while others go', async () => {
    const mail = carrier();
    mail.answer = ({ to: { name } }) =>
      name === 'grey' ? { outcome: 'later', code: '450' } : { outcome: 'sent', code: null };
    const queue = queueOf(mail, { pace: { ...mailPace } });
    queue.start();
    queue.send(to('grey'));
    queue.send(to('other'));
    await until(() => expect(names(mail.sent)).toEqual(['other']));
    const nextAt = () => (rows()[0] as { next_at: number }).next_at - clock.at;
    expect(nextAt()).toBe(30_000);
    for (const wait of [60_000, 120_000, 240_000]) {
      clock.at += nextAt();
      queue.send(to(`wake-${wait}`));
      await until(() => expect(nextAt()).toBe(wait));
    }
    mail.answer = () => ({ outcome: 'sent', code: null });
    clock.at += nextAt();
    queue.send(to('wake'));
    await until(() => expect(rows()).toEqual([]));
    expect(names(mail.sent)).toContain('grey');
  });

  it('is not sent any more once it is of no use, nor tried for ever', async () => {
    const mail = carrier();
    mail.answer = () => ({ outcome: 'unreachable', code: 'ECONNECTION' });
    const queue = queueOf(mail);
    queue.start();
    queue.send({ ...to('code'), until: clock.at + 600_000 });
    queue.send(to('news'));
    await until(() => expect(mail.tried.length).toBeGreaterThan(3));
    clock.at += 600_000;
    await until(() => expect(queue.status().failed.expired).toBe(1));
    clock.at += mailPace.giveUp;
    await until(() => expect(queue.status().failed.unreachable).toBe(1));
    mail.answer = () => ({ outcome: 'sent', code: null });
    queue.send(to('next'));
    await until(() => expect(names(mail.sent)).toEqual(['next']));
    expect(queue.status()).toMatchObject({ waiting: 0, failed: { refused: 0, expired: 1, unreachable: 1 } });
    expect(lines.join('')).not.toMatch(/example\.rw|K7M2/);
  });

  it('does not hold the others when it is the one that breaks the connection', async () => {
    const mail = carrier();
    mail.answer = ({ to: { name } }) => {
      clock.at += 1;
      return name === 'poison'
        ? { outcome: 'unreachable', code: 'ECONNECTION' }
        : { outcome: 'sent', code: null };
    };
    const queue = queueOf(mail);
    queue.send(to('poison'));
    queue.send(to('a'));
    queue.send(to('b'));
    queue.start();
    await until(() => expect(names(mail.sent)).toEqual(['a', 'b']));
  });

  it('remembers a bounded number that failed', async () => {
    const mail = carrier();
    mail.answer = () => ({ outcome: 'refused', code: '550' });
    const queue = queueOf(mail);
    const insert = temporary.local.db.prepare(
      `INSERT INTO outgoing_mail VALUES (?, 'x', '', '', '', '', '', 0, NULL, ?, 1, 'refused')`,
    );
    for (let n = 0; n < 1_300; n += 1) insert.run(`old-${n}`, clock.at - n);
    queue.start();
    queue.send(letter);
    await until(() => expect(queue.status()).toMatchObject({ waiting: 0, failed: { refused: 1_000 } }));
  });
});

describe('a queue that is interrupted', () => {
  it('goes on after a restart, also with what was under way at a kill, under the same id', async () => {
    const first = carrier();
    first.hold = new Promise(() => undefined);
    const before = queueOf(first);
    before.start();
    before.send(to('under way'.replace(' ', '-')));
    before.send(to('waiting'));
    await until(() => expect(first.tried).toHaveLength(1));
    // Nothing ends in order: the file is all that is left.
    temporary.reopen();
    const second = carrier();
    const after = queueOf(second, { store: temporary.local.store });
    after.start();
    await until(() => expect(names(second.sent)).toEqual(['under-way', 'waiting']));
    expect(second.sent[0]?.id).toBe(first.tried[0]?.id);
  });

  it('ends when what is under way has ended, and begins nothing more', async () => {
    const mail = carrier();
    let release: (value: unknown) => void = () => undefined;
    mail.hold = new Promise((resolve) => {
      release = resolve;
    });
    const queue = queueOf(mail, { pace: { ...quick, ending: 60_000 } });
    queue.start();
    queue.send(to('a'));
    queue.send(to('b'));
    await until(() => expect(mail.tried).toHaveLength(1));
    const ended = queue.stop();
    release(null);
    await ended;
    expect(names(mail.sent)).toEqual(['a']);
    expect(mail.closed).toBe(1);
    expect(rows()).toMatchObject([{ to_name: 'b' }]);
  });

  it('does not wait for ever for a server that hangs, and writes nothing afterwards', async () => {
    const mail = carrier();
    let release: (value: unknown) => void = () => undefined;
    mail.hold = new Promise((resolve) => {
      release = resolve;
    });
    const queue = queueOf(mail);
    queue.start();
    queue.send(to('a'));
    await until(() => expect(mail.tried).toHaveLength(1));
    await queue.stop();
    temporary.local.close();
    release(null);
    await new Promise((resolve) => setImmediate(resolve));
    temporary.reopen();
    expect(rows()).toHaveLength(1);
    expect(lines.join('')).not.toContain('mail queue failed');
  });

  it('waits while the database is closed to services, and then sends', async () => {
    const mail = carrier();
    let ready = false;
    let looks = 0;
    const { store } = temporary.local;
    const look = () => {
      looks += 1;
      return ready;
    };
    const queue = queueOf(mail, { store: { ...store, ready: look } });
    queue.send(to('a'));
    queue.start();
    await until(() => expect(looks).toBeGreaterThan(2));
    expect(mail.tried).toEqual([]);
    ready = true;
    await until(() => expect(names(mail.sent)).toEqual(['a']));
  });

  it('does not wait until a clock that was set ahead and back has come round again', async () => {
    const mail = carrier();
    const queue = queueOf(mail);
    clock.at += 30 * 86_400_000;
    queue.send(to('a'));
    clock.at -= 30 * 86_400_000;
    queue.start();
    await until(() => expect(names(mail.sent)).toEqual(['a']));
  });
});

it('with a server that is down and comes up again, everything arrives once', async () => {
  const down = await mailServer();
  const { port } = down;
  await down.close();
  const queue = queueOf(
    smtpMail({
      server: { host: '127.0.0.1', port, secure: false, loopback: true, login: null },
      from: { name: 'Kacyiru', address: 'desk@kacyiru.rw' },
      authorities: null,
    }),
  );
  queue.start();
  for (const name of ['a', 'b', 'c']) queue.send(to(name));
  await until(() => expect(lines.join('')).toContain('mail server out of reach'));
  const up = await mailServer({ port });
  up.refuse = (recipient) => (recipient.startsWith('b@') ? 550 : null);
  await until(() => expect(queue.status()).toMatchObject({ waiting: 0, failed: { refused: 1 } }));
  expect(up.arrived.map(({ to: [one] }) => one).sort()).toEqual(['a@example.rw', 'c@example.rw']);
  expect(lines.join('')).toContain('mail server answers again');
  expect(lines.join('')).not.toMatch(/example\.rw|K7M2|Zoé/);
  await queue.stop();
  await up.close();
});
