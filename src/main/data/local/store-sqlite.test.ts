import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { openReady, openTemporary, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { localDb, readPayload } from './query.ts';

let temporary: TemporaryLocal;
const header = { kind: 'patient.register', user: null };
const byId = (id: string) => localDb.selectFrom('patient').selectAll().where('id', '=', id);

describe('before the first copy is whole', () => {
  beforeEach(() => {
    temporary = openTemporary();
  });
  afterEach(() => temporary.remove());

  test('reading and writing are refused as not ready', () => {
    const { store } = temporary.local;
    expect(store.ready()).toBe(false);
    expect(store.workstation()).toBeNull();
    expect(() => store.get(byId('x'))).toThrow(expect.objectContaining({ code: 'not-ready' }));
    expect(() => store.mutate(header, () => 1)).toThrow(expect.objectContaining({ code: 'not-ready' }));
  });
});

describe('what is kept soon', () => {
  beforeEach(() => {
    temporary = openReady();
  });
  afterEach(() => temporary.remove());
  const secrets = () => temporary.local.store.all(localDb.selectFrom('own_secret').selectAll());

  test('waits for no disk, and what is written after it does again', () => {
    const { store, db } = temporary.local;
    const modes: unknown[] = [];
    const look = () => modes.push(db.pragma('synchronous', { simple: true }));
    store.keepSoon((writer) => {
      look();
      writer.keep('own_secret', { name: 'a', value: '1' });
    });
    look();
    store.mutate(header, (writer) => {
      look();
      writer.insert('patient', somePatient());
    });
    expect(modes).toEqual([1, 2, 2]);
    expect(secrets()).toEqual([{ name: 'a', value: '1' }]);
    expect(store.all(localDb.selectFrom('outbox').select('n'))).toHaveLength(1);
  });

  test('is whole or not at all, and the disk is waited for again when it failed', () => {
    const { store, db } = temporary.local;
    expect(() =>
      store.keepSoon((writer) => {
        writer.keep('own_secret', { name: 'a', value: '1' });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(secrets()).toEqual([]);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
  });
});

describe('a mutation', () => {
  beforeEach(() => {
    temporary = openReady();
  });
  afterEach(() => temporary.remove());

  test('writes the row, its base image and the outbox entry together, and says which tables changed', () => {
    const { store, db, onChanged } = temporary.local;
    const seen: string[][] = [];
    onChanged((tables) => seen.push([...tables]));
    const patient = somePatient();
    const { value, n } = store.mutate(header, (writer) => {
      writer.insert('patient', patient);
      return 'done';
    });
    expect([value, n]).toEqual(['done', 1]);
    expect(store.get(byId(patient.id))).toEqual({ ...patient, row_version: 0 });
    expect(store.certainty('patient', patient.id)).toBe('provisional');
    expect(seen).toEqual([['patient']]);
    const entry = store.get(localDb.selectFrom('outbox').selectAll());
    expect(entry).toMatchObject({ n: 1, kind: 'patient.register', status: 'waiting', verdict: null });
    expect(entry?.hash).toBe(
      createHash('sha256')
        .update(entry?.payload ?? '')
        .digest('hex'),
    );
    expect(readPayload(entry?.payload ?? '')).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      schema: schemaVersion,
      kind: 'patient.register',
      user: header.user,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      changes: [{ tbl: 'patient', op: 'insert', pk: patient.id, base: 0, values: patient }],
    });
    expect(db.prepare('SELECT * FROM sync_base').all()).toEqual([
      { tbl: 'patient', pk: patient.id, row_version: 0, image: null, gone: 0 },
    ]);
  });

  test('that throws leaves nothing', () => {
    const { store, db } = temporary.local;
    expect(() =>
      store.mutate(header, (writer) => {
        writer.insert('patient', somePatient());
        throw new Error('changed my mind');
      }),
    ).toThrow('changed my mind');
    for (const table of ['patient', 'outbox', 'outbox_row', 'sync_base']) {
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
    }
    expect(store.mutate(header, (writer) => writer.insert('patient', somePatient())).n).toBe(1);
  });

  test('sends only the fields that really change, and nothing when none does', () => {
    const { store } = temporary.local;
    const patient = somePatient();
    store.mutate(header, (writer) => writer.insert('patient', patient));
    const same = store.mutate(header, (writer) =>
      writer.update('patient', patient.id, { city: 'Lyon', family: 'Mercier' }),
    );
    expect(same.n).toBe(0);
    store.mutate(header, (writer) =>
      writer.update('patient', patient.id, { city: 'Paris', family: 'Mercier' }),
    );
    const entry = store.get(localDb.selectFrom('outbox').selectAll().where('n', '=', 2));
    expect(readPayload(entry?.payload ?? '').changes).toEqual([
      { tbl: 'patient', op: 'update', pk: patient.id, base: 0, values: { city: 'Paris' } },
    ]);
    expect(store.get(byId(patient.id))).toMatchObject({ city: 'Paris' });
  });

  test('of a row that is not here is refused, whole', () => {
    const { store } = temporary.local;
    expect(() =>
      store.mutate(header, (writer) => {
        writer.insert('patient', somePatient());
        writer.update('patient', 'nobody', { city: 'Paris' });
      }),
    ).toThrow(expect.objectContaining({ code: 'no-such-row' }));
    expect(store.all(localDb.selectFrom('patient').selectAll())).toEqual([]);
  });

  test('that would leave a row naming nothing is refused, whole', () => {
    const { store } = temporary.local;
    const stray = somePatient({ location_id: '01900000-0000-7000-8000-000000000999' });
    expect(() => store.mutate(header, (writer) => writer.insert('patient', stray))).toThrow(
      expect.objectContaining({ code: 'no-such-row' }),
    );
    expect(store.all(localDb.selectFrom('outbox').selectAll())).toEqual([]);
  });

  test('cannot wait for a promise', () => {
    const { store } = temporary.local;
    expect(() => store.mutate(header, async (writer) => writer.insert('patient', somePatient()))).toThrow(
      TypeError,
    );
  });

  test('is still there after a restart, under the same number', () => {
    const patient = somePatient();
    temporary.local.store.mutate(header, (writer) => writer.insert('patient', patient));
    const { store } = temporary.reopen();
    expect(store.ready()).toBe(true);
    expect(store.get(byId(patient.id))).toMatchObject({ mrn: patient.mrn });
    expect(store.mutate(header, (writer) => writer.insert('patient', somePatient())).n).toBe(2);
    expect(store.workstation()).toEqual({
      deviceId: '01900000-0000-7000-8000-00000000d001',
      deviceNo: 1,
      deviceName: 'Desk A',
      locationId: null,
      wholeClinic: true,
    });
  });

  test('on a full disk is refused with its code and leaves nothing', () => {
    const { store, db } = temporary.local;
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${pages + 2}`);
    const long = somePatient({ address_line: 'x'.repeat(50_000) });
    expect(() => store.mutate(header, (writer) => writer.insert('patient', long))).toThrow(
      expect.objectContaining({ code: 'disk-full' }),
    );
    db.pragma('max_page_count = 4294967294');
    expect(store.all(localDb.selectFrom('patient').selectAll())).toEqual([]);
    expect(store.all(localDb.selectFrom('outbox').selectAll())).toEqual([]);
    store.mutate(header, (writer) => writer.insert('patient', long));
    expect(store.get(byId(long.id))).toBeDefined();
  });
});

describe('certainty of many rows at once', () => {
  beforeEach(() => {
    temporary = openReady();
  });
  afterEach(() => temporary.remove());

  test('names only the rows the centre has not confirmed', () => {
    const { store, replica } = temporary.local;
    const [first, second, third] = [somePatient(), somePatient(), somePatient()];
    for (const patient of [first, second, third]) {
      store.mutate(header, (writer) => writer.insert('patient', patient));
    }
    replica.recordVerdicts([
      { n: 1, status: 'applied', sqlstate: null, message: null },
      { n: 2, status: 'needs_review', sqlstate: null, message: null },
    ]);
    const ids = [first.id, second.id, third.id, 'somebody-else'];
    expect(store.uncertain('patient', ids)).toEqual(
      new Map([
        [second.id, 'provisional'],
        [third.id, 'provisional'],
      ]),
    );
    expect(store.certainty('patient', first.id)).toBe('confirmed');
    replica.recordVerdicts([{ n: 3, status: 'rejected', sqlstate: '23514', message: 'no' }]);
    expect(store.uncertain('patient', ids).get(third.id)).toBe('parked');
  });
});
