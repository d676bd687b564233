/**
 * A host with messages to send, as a process of its own that a test can kill: `node mail-child.ts <folder> <key> <port> <count>`
 * opens the database in `folder`, puts `count` messages into the queue, and sends what is in it.
 */
import { v7 } from 'uuid';
import { createMailQueue, mailPace } from '#main/core/mail/mail-queue.ts';
import { smtpMail } from '#main/core/mail/smtp-mail.ts';
import { openLocal } from '#main/data/local/open.ts';
import { systemClock } from '#shared/kernel/clock.ts';

const [folder = '', key = '', port = '0', count = '0'] = process.argv.slice(2);
const local = openLocal({ folder, key: Buffer.from(key, 'hex') });
const queue = createMailQueue({
  store: local.store,
  clock: systemClock,
  log: { info: () => undefined, error: (event, error) => process.stderr.write(`${event}: ${error}\n`) },
  newId: () => v7(),
  outgoing: smtpMail({
    server: { host: '127.0.0.1', port: Number(port), secure: false, loopback: true, login: null },
    from: { name: 'Kacyiru', address: 'desk@kacyiru.rw' },
    authorities: null,
  }),
  pace: { ...mailPace, backOff: 10, backOffMost: 100 },
});
for (let n = 1; n <= Number(count); n += 1)
  queue.send({
    kind: 'verify-code',
    to: { name: '', address: `${n}@example.rw` },
    subject: 'Your code',
    text: 'K7M2-QF',
    html: '<p>K7M2-QF</p>',
    until: null,
  });
queue.start();
// Until it is killed.
setInterval(() => undefined, 60_000);
