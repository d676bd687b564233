import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { partBytes, partsOf } from '#shared/domain/documents/limits.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { tcpProxy } from '#tests/support/tcp-proxy.ts';
import { type Desk, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A document with its bytes, as a service keeps both in one mutation. */
const attach = (desk: Desk, bytes: Buffer, created = Date.now()) => {
  const hash = sha256(bytes);
  const id = v7();
  desk.local.store.mutate({ kind: 'document.attach', user: null }, (writer) => {
    desk.local.blobs.keepBytes(hash, bytes);
    writer.insert('document_reference', {
      ...blank('document_reference'),
      id,
      patient_id: clinic.patient.id,
      category: 'letter',
      title: 'Letter',
      content_type: 'application/pdf',
      size: bytes.length,
      hash,
      created_at: new Date(created).toISOString(),
    });
  });
  return { hash, id };
};

const bytesOf = (desk: Desk, hash: string, size: number) =>
  Buffer.concat(
    Array.from({ length: partsOf(size) }, (_, n) => desk.local.blobs.part(hash, n) ?? Buffer.alloc(0)),
  );
const here = (desk: Desk, hash: string) => desk.local.replica.files.here(hash);
const sent = (desk: Desk, hash: string) => desk.local.blobs.places([hash]).get(hash)?.sent === true;

/** Waits until `condition` holds; a desk that was told that a file is not there yet is woken to ask again. */
const soon = async (condition: () => boolean, desk?: Desk): Promise<void> => {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (condition()) return;
    if (tries % 50 === 49) desk?.engine.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('waited in vain');
};

/** A way to the centre that changes what `blobPut` and `blobGet` carry. */
const through = (url: string, change: (real: Centre) => Partial<Centre>) => () => {
  const real = connectCentre(url);
  return { ...real, ...change(real) };
};

test('a file made offline reaches the centre after its row, and the other desk by itself', async () => {
  const { a, b } = clinic;
  await a.offline();
  const bytes = randomBytes(3 * partBytes + 17);
  const { hash } = attach(a, bytes);
  expect(a.local.replica.counts().files).toBe(1);
  await a.online();
  await soon(() => sent(a, hash));
  await b.settled();
  await soon(() => here(b, hash), b);
  expect(bytesOf(b, hash, bytes.length)).toEqual(bytes);
  expect(a.engine.status().files).toBe(0);
});

test('an old file comes when it is opened, and it is said when it cannot', async () => {
  const { a, b } = clinic;
  const bytes = randomBytes(2 * partBytes);
  const { hash } = attach(a, bytes, Date.now() - 60 * 24 * 60 * 60 * 1000);
  await a.settled();
  await soon(() => sent(a, hash));
  await b.settled();
  expect(here(b, hash)).toBe(false);
  const url = b.url;
  await b.online({ centre: () => connectCentre('postgres://x:y@127.0.0.1:1/none') });
  await b.until(({ connection }) => connection === 'offline');
  expect(await b.engine.fetchFile(hash, 5000)).toBe('out-of-reach');
  await b.online({ centre: () => connectCentre(url) });
  await b.until(({ connection }) => connection === 'live');
  expect(await b.engine.fetchFile(hash, 5000)).toBe('here');
  expect(bytesOf(b, hash, bytes.length)).toEqual(bytes);
  expect(await b.engine.fetchFile(sha256(randomBytes(3)), 5000), 'no document names it').toBe('absent');
});

test('a file whose desk has not sent it yet is absent, and comes once it has', async () => {
  const { a, b } = clinic;
  let open = false;
  await a.online({
    centre: through(a.url, (real) => ({
      blobPut: async (part) => {
        if (!open) throw Object.assign(new Error('held'), { name: 'Error' });
        return real.blobPut(part);
      },
    })),
  });
  const bytes = randomBytes(100);
  const { hash } = attach(a, bytes);
  await soon(() => a.local.replica.oldestUnsent() === null || a.engine.status().connection !== 'live');
  await b.settled();
  expect(await b.engine.fetchFile(hash, 5000)).toBe('absent');
  open = true;
  await a.online();
  await soon(() => sent(a, hash));
  expect(await b.engine.fetchFile(hash, 5000)).toBe('here');
});

test('a cut cable and a kill cost no part that arrived: both go on where they were', async () => {
  const { a, b, centre } = clinic;
  const target = new URL(a.url);
  const proxy = await tcpProxy(target.hostname, Number(target.port));
  const puts: number[] = [];
  const counting = (url: string) =>
    through(url, (real) => ({
      blobPut: async (part) => {
        puts.push(part.n);
        if (puts.length === 3) proxy.cut();
        return real.blobPut(part);
      },
    }));
  await a.online({ centre: counting(proxy.url(a.url)) });
  await a.until(({ connection }) => connection === 'live');
  const bytes = randomBytes(6 * partBytes);
  const { hash } = attach(a, bytes);
  a.engine.wake();
  await soon(() => puts.length >= 3);
  await a.until(({ connection }) => connection === 'offline');
  await a.offline();
  a.temporary.reopen();
  proxy.restore();
  await a.online({ centre: counting(proxy.url(a.url)) });
  await soon(() => sent(a, hash));
  expect(puts.filter((n) => n === 0)).toEqual([0]);
  expect(puts.length).toBeLessThanOrEqual(7);

  const gets: number[] = [];
  const watching = through(b.url, (real) => ({
    blobGet: async (name, n) => {
      gets.push(n);
      if (gets.length === 3) throw new Error('killed');
      return real.blobGet(name, n);
    },
  }));
  await b.online({ centre: watching });
  await soon(() => gets.length >= 3);
  await b.offline();
  b.temporary.reopen();
  await b.online({ centre: watching });
  await soon(() => here(b, hash));
  expect(gets).toEqual([0, 1, 2, 2, 3, 4, 5]);
  expect(bytesOf(b, hash, bytes.length)).toEqual(bytes);
  await proxy.close();
  expect(await centre.sql('select complete from clinichub.blob')).toEqual([{ complete: true }]);
});

test('a part that is damaged on the way is found out, at the centre and here, and nothing of it is shown', async () => {
  const { a, b } = clinic;
  const flipped = (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy[7] = (copy[7] ?? 0) ^ 1;
    return copy;
  };
  let damage = true;
  const log: string[] = [];
  await a.online({
    centre: through(a.url, (real) => ({
      blobPut: (part) =>
        real.blobPut(damage && part.n === 1 ? { ...part, bytes: flipped(part.bytes) } : part),
    })),
    log: (event) => log.push(event),
  });
  await a.until(({ connection }) => connection === 'live');
  const bytes = randomBytes(2 * partBytes + 5);
  const { hash } = attach(a, bytes);
  a.engine.wake();
  await soon(() => log.includes('file-damaged'));
  expect(await clinic.query('select from clinichub.blob')).toEqual([]);
  damage = false;
  await a.online();
  await soon(() => sent(a, hash));

  damage = true;
  await b.online({
    centre: through(b.url, (real) => ({
      blobGet: async (name, n) => {
        const part = await real.blobGet(name, n);
        return damage && n === 0 && part !== null ? flipped(part) : part;
      },
    })),
    log: (event) => log.push(`b ${event}`),
  });
  await soon(() => log.includes('b file-damaged'));
  expect(here(b, hash)).toBe(false);
  expect(b.local.blobs.part(hash, 0)).toBeNull();
  damage = false;
  expect(await b.engine.fetchFile(hash, 5000)).toBe('here');
  expect(bytesOf(b, hash, bytes.length)).toEqual(bytes);
});

test('rows go between two parts of a file', async () => {
  const { a, query } = clinic;
  const steps: string[] = [];
  await a.online({
    centre: through(a.url, (real) => ({
      push: (mutations) => {
        if (mutations.length > 0) steps.push('push');
        return real.push(mutations);
      },
      blobPut: async (part) => {
        steps.push(`part ${part.n}`);
        if (part.n === 1) {
          a.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
            writer.update('patient', clinic.patient.id, { city: 'Nice' }),
          );
          a.engine.wake();
        }
        return real.blobPut(part);
      },
    })),
  });
  await a.until(({ connection }) => connection === 'live');
  const { hash } = attach(a, randomBytes(4 * partBytes));
  a.engine.wake();
  await soon(() => sent(a, hash));
  expect(steps).toEqual(['push', 'part 0', 'part 1', 'push', 'part 2', 'part 3']);
  expect(await query('select city from clinichub.patient')).toEqual([{ city: 'Nice' }]);
});

test('a centre that was restored is sent again the files it forgot, and only those', async () => {
  const { a, b } = clinic;
  const kept = attach(a, randomBytes(50));
  await a.settled();
  await soon(() => sent(a, kept.hash));
  await a.offline();
  await b.offline();
  const restore = await clinic.centre.backUp();
  await a.online();
  const lost = attach(a, randomBytes(60));
  await a.settled();
  await soon(() => sent(a, lost.hash));
  await a.offline();
  await restore();
  const puts: string[] = [];
  await a.online({
    centre: through(a.url, (real) => ({
      blobPut: (part) => {
        puts.push(part.hash);
        return real.blobPut(part);
      },
    })),
  });
  await soon(() => puts.length > 0 && sent(a, lost.hash) && sent(a, kept.hash));
  expect(puts).toEqual([lost.hash]);
  await b.online();
  await soon(() => here(b, lost.hash) && here(b, kept.hash), b);
});

test('when a patient leaves the scope the files go with the chart', async () => {
  const { b, a } = clinic;
  const { hash } = attach(a, randomBytes(50));
  await a.settled();
  await soon(() => sent(a, hash));
  await b.settled();
  await soon(() => here(b, hash), b);
  const reply = { ...(await connectedPull(b)), changes: [evict(clinic.patient.id)] };
  b.local.replica.applyPull(reply);
  expect(here(b, hash)).toBe(false);
  expect(b.local.db.prepare('SELECT count(*) FROM blob_part').pluck().get()).toBe(0);
});

const evict = (pk: string) => ({ seq: 1, tbl: 'patient', op: 'evict', pk, v: 0, values: {} }) as const;
const connectedPull = async (desk: Desk) => {
  await desk.offline();
  const centre = connectCentre(desk.url);
  const reply = await centre.pull(desk.local.replica.state().cursor, 100);
  await centre.close();
  return reply;
};

test('a file goes when its refused document is withdrawn, and not while it is parked', () => {
  const { a } = clinic;
  const { hash } = attach(a, randomBytes(50));
  const { files } = a.local.replica;
  a.local.db.prepare('DELETE FROM document_reference').run();
  files.sweep();
  expect(here(a, hash), 'the outbox still has the row').toBe(true);
  a.local.db.prepare('DELETE FROM outbox_row').run();
  a.local.db.prepare('DELETE FROM outbox').run();
  files.sweep();
  expect(here(a, hash)).toBe(false);
});

test('an upload that nobody went on with is swept after a day', () => {
  const { a } = clinic;
  const id = a.local.blobs.begin('somebody', 10);
  a.local.blobs.put(id, 0, Buffer.from('0123456789'));
  a.local.replica.files.sweep();
  expect(a.local.blobs.upload(id)).toEqual({ account_id: 'somebody', size: 10 });
  a.local.db.prepare(`UPDATE blob_upload SET created_at = '2020-01-01T00:00:00.000Z'`).run();
  a.local.replica.files.sweep();
  expect(a.local.blobs.upload(id)).toBeNull();
  expect(a.local.blobs.part(id, 0)).toBeNull();
});
