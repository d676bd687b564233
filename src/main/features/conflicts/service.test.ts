import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { ConflictId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { MutationPayload } from '#shared/sync/wire.ts';
import { type Clinic, habimana, openClinic, site, uwase } from '#tests/support/core-clinic.ts';
import {
  nurseAccount,
  otherDesk,
  pullRows,
  receptionAccount,
  someConflict,
} from '#tests/support/core-conflicts.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const id = someConflict().id as ConflictId;
const n = (number: number) => `01900000-0000-7000-8000-f${String(number).padStart(11, '0')}` as ConflictId;
const bring = (...rows: readonly ReturnType<typeof someConflict>[]) =>
  pullRows(
    clinic,
    rows.map((row) => ({ tbl: 'conflict', row })),
  );
const open = (connection = desk) => clinic.get('conflicts.open', {}, connection);
const history = (connection = desk) => clinic.get('conflicts.history', {}, connection);
const tasks = async () => (await clinic.get('sync.status', {}, desk)).tasks;
const phone = () =>
  clinic.temporary.local.store.get(
    localDb.selectFrom('patient').select('phone').where('id', '=', habimana.id),
  )?.phone;
const lastMutation = (): MutationPayload =>
  JSON.parse(
    clinic.temporary.local.store.get(
      localDb.selectFrom('outbox').select('payload').orderBy('n', 'desc').limit(1),
    )?.payload ?? '{}',
  );
const seen = { phone: habimana.phone };

describe('what waits for a decision', () => {
  it('says whose value, both versions, and who wrote each when and where', async () => {
    bring(someConflict());
    expect(await open()).toMatchObject([
      {
        kind: 'field',
        table: 'patient',
        name: 'Habimana Jean',
        mrn: 'OLD-1',
        kept: { by: 'nurse', device: 'Desk B', at: '2026-11-23T06:59:00.000Z' },
        attempted: { by: 'reception', device: 'Desk A' },
        fields: [
          {
            column: 'phone',
            format: 'phone',
            kept: '+250788123456',
            attempted: '+250788000002',
            current: '+250788123456',
          },
        ],
        seen,
        mine: true,
        mayDecide: true,
        byValue: true,
      },
    ]);
  });

  it('comes oldest first, without slots, which have their tasks, and without what only the program keeps', async () => {
    bring(
      someConflict({ id: n(2), created_at: '2026-11-23T07:40:00.000Z' }),
      someConflict({ id: n(3), created_at: '2026-11-23T07:10:00.000Z' }),
      someConflict({ id: n(4), kind: 'slot', tbl: 'appointment' }),
      someConflict({
        id: n(5),
        tbl: 'task',
        attempted: '{"completed_at":"a"}',
        kept: '{"completed_at":"b"}',
      }),
    );
    expect((await open()).map((one) => one.id)).toEqual([n(3), n(2)]);
  });

  it('is counted where it was attempted, and seen everywhere', async () => {
    expect(await tasks()).toBe(0);
    bring(someConflict(), someConflict({ id: n(2), attempted_device: otherDesk }));
    expect(await tasks()).toBe(1);
    expect((await open()).map((one) => one.mine)).toEqual([true, false]);
  });

  it('names the doctors and places a value stands for', async () => {
    bring(
      someConflict({
        tbl: 'practitioner',
        row_id: uwase.id,
        patient_id: null,
        attempted: '{"speciality":"Paediatrics"}',
        kept: '{"speciality":"General practice"}',
      }),
      someConflict({
        id: n(2),
        tbl: 'schedule',
        row_id: '01900000-0000-7000-8000-d00000000001',
        patient_id: null,
        attempted: '{"start_time":"09:00","weekday":2}',
        kept: '{"start_time":"08:00","weekday":1}',
      }),
      someConflict({
        id: n(3),
        attempted: JSON.stringify({ city: 'Huye', location_id: null }),
        kept: JSON.stringify({ city: 'Musanze', location_id: site.id }),
      }),
    );
    const found = new Map((await open()).map((one) => [one.id, one]));
    expect(found.get(id)).toMatchObject({ name: 'Dr Aline Uwase', mayDecide: false });
    expect(found.get(n(2))).toMatchObject({
      name: 'Dr Aline Uwase',
      fields: [{ column: 'weekday', kept: 1 }, { column: 'start_time' }],
    });
    expect(found.get(n(3))?.fields.map(({ column }) => column)).toEqual(['city']);
  });
});

describe('a decision', () => {
  beforeEach(() => bring(someConflict()));
  const settle = (resolution: 'kept' | 'attempted' | 'edited', more: object = {}, connection = desk) =>
    clinic.ask('conflicts.settle', { id, resolution, seen, ...more }, connection);

  it('for what stands writes the conflict alone, and works without the centre', async () => {
    expect(await settle('kept')).toEqual({ ok: true, value: { now: seen } });
    expect(phone()).toBe(habimana.phone);
    expect(lastMutation()).toMatchObject({
      kind: 'conflict.settle',
      user: receptionAccount,
      changes: [
        {
          tbl: 'conflict',
          op: 'update',
          pk: id,
          values: {
            status: 'settled',
            resolution: 'kept',
            resolved_at: '2026-11-23T08:00:00.000Z',
            resolved_by: receptionAccount,
          },
        },
      ],
    });
    expect(await open()).toEqual([]);
    expect(await tasks()).toBe(0);
  });

  it('for the other version writes both rows in one mutation; the history keeps both versions', async () => {
    expect(await settle('attempted')).toMatchObject({ value: { now: { phone: '+250788000002' } } });
    expect(phone()).toBe('+250788000002');
    expect(lastMutation().changes.map(({ tbl, values }) => [tbl, values.phone ?? values.status])).toEqual([
      ['patient', '+250788000002'],
      ['conflict', 'settled'],
    ]);
    expect(await history()).toMatchObject([
      {
        resolution: 'attempted',
        resolvedBy: 'reception',
        resolvedAt: '2026-11-23T08:00:00.000Z',
        fields: [{ kept: '+250788123456', attempted: '+250788000002', current: '+250788000002' }],
      },
    ]);
  });

  it('for a third value reads it as the desk would', async () => {
    expect(await settle('edited', { typed: { phone: '0788 000 003' } })).toMatchObject({ ok: true });
    expect(phone()).toBe('+250788000003');
    expect(await history()).toMatchObject([{ resolution: 'edited' }]);
  });

  it('for a value that is no good says so at the field, and nothing has happened', async () => {
    expect(await settle('edited', { typed: { phone: 'none' } })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { phone: 'phone' } },
    });
    expect(await open()).toHaveLength(1);
  });

  it('is refused when the value was changed since it was seen, or the conflict is settled already', async () => {
    expect(await settle('attempted', { seen: { phone: '+250788999999' } })).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    await settle('kept');
    expect(await settle('attempted')).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(phone()).toBe(habimana.phone);
  });

  it('is taken back whole, and not once somebody has changed the value', async () => {
    await settle('attempted');
    const back = { id, before: seen, now: { phone: '+250788000002' } };
    expect(await clinic.ask('conflicts.reopen', back, desk)).toEqual({ ok: true, value: null });
    expect(phone()).toBe(habimana.phone);
    expect(lastMutation().changes.map(({ tbl }) => tbl)).toEqual(['patient', 'conflict']);
    expect(await open()).toMatchObject([{ id, seen }]);
    expect(await history()).toEqual([]);
    await settle('attempted');
    const other = { ...back, now: { phone: '+250788000007' } };
    expect(await clinic.ask('conflicts.reopen', other, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });

  it('about the clinic\u2019s set-up is an administrator\u2019s, about a signed record a doctor\u2019s', async () => {
    const doctor = await clinic.signedIn('doctor');
    const admin = await clinic.signedIn('admin');
    const words = { attempted: '{"name":"A"}', kept: '{"name":"B"}', patient_id: null };
    bring(someConflict({ id: n(2), tbl: 'location', row_id: site.id, ...words }));
    const decide = (which: ConflictId, connection: Connection) =>
      clinic.ask('conflicts.settle', { id: which, resolution: 'kept', seen: {} }, connection);
    expect(await decide(n(2), desk)).toMatchObject({ error: { code: 'not-permitted' } });
    expect(await decide(n(2), admin)).toMatchObject({ ok: true });
    expect(await decide(id, doctor)).toMatchObject({ ok: true });
  });
});

describe('two corrections of one prescription', () => {
  const prescription = (which: number, dosage: string): RowOf<'medication_request'> => ({
    ...blank('medication_request'),
    id: n(which),
    patient_id: habimana.id,
    parent_id: null,
    medication: 'Amlodipine',
    dosage,
    status: 'active',
    requester_id: uwase.id,
    signed_at: null,
    created_at: '2026-11-23T07:00:00.000Z',
    created_by: null,
    voided_at: null,
    voided_by: null,
    void_reason: null,
  });
  const fork = () => {
    pullRows(clinic, [
      { tbl: 'medication_request', row: prescription(11, '5 mg once') },
      { tbl: 'medication_request', row: prescription(12, '10 mg once') },
    ]);
    bring(
      someConflict({
        kind: 'version',
        tbl: 'medication_request',
        row_id: n(12),
        reason: 'forked',
        attempted: JSON.stringify({ id: n(12) }),
        kept: JSON.stringify({ id: n(11) }),
      }),
    );
  };
  const standing = () =>
    clinic.temporary.local.store
      .all(localDb.selectFrom('medication_request').select(['dosage', 'void_reason']).orderBy('id'))
      .map(({ dosage, void_reason }) => [dosage, void_reason]);
  const decide = (resolution: 'kept' | 'attempted', connection: Connection) =>
    clinic.ask('conflicts.settle', { id, resolution, seen: {} }, connection);

  it('show what each says, and only a doctor decides', async () => {
    fork();
    const doctor = await clinic.signedIn('doctor');
    expect(await open(doctor)).toMatchObject([
      {
        kind: 'version',
        mayDecide: true,
        undoable: false,
        fields: [{ column: 'dosage', kept: '5 mg once', attempted: '10 mg once', editable: false }],
      },
    ]);
    for (const role of ['reception', 'admin'] as const)
      expect(await open(await clinic.signedIn(role))).toMatchObject([
        { restricted: true, fields: [], seen: {}, mayDecide: false },
      ]);
    expect(await decide('kept', desk)).toMatchObject({ error: { code: 'not-permitted' } });
    expect(await decide('kept', await clinic.signedIn('admin'))).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });

  it.each([
    [
      'kept',
      [
        ['5 mg once', null],
        ['10 mg once', 'fork-settled'],
      ],
    ],
    [
      'attempted',
      [
        ['5 mg once', 'fork-settled'],
        ['10 mg once', null],
      ],
    ],
  ] as const)('end %s with the other one taken back, in the same mutation', async (resolution, rows) => {
    fork();
    expect(await decide(resolution, await clinic.signedIn('doctor'))).toMatchObject({ ok: true });
    expect(standing()).toEqual(rows);
    expect(lastMutation().changes.map(({ tbl }) => tbl)).toEqual(['medication_request', 'conflict']);
    expect(await history(await clinic.signedIn('doctor'))).toMatchObject([
      { resolution, fields: [{ kept: '5 mg once', attempted: '10 mg once' }] },
    ]);
    expect(await history()).toMatchObject([{ resolution, fields: [] }]);
  });

  it.each([
    ['kept', '5 mg once', null],
    ['attempted', '10 mg once', n(11)],
  ] as const)(
    'that two settled, each otherwise, end %s with one that holds',
    async (resolution, dosage, parent) => {
      // Another desk's decision came first: the earlier version holds.
      pullRows(clinic, [
        { tbl: 'medication_request', row: prescription(11, '5 mg once') },
        {
          tbl: 'medication_request',
          row: { ...prescription(12, '10 mg once'), voided_at: 'x', void_reason: 'fork-settled' },
        },
      ]);
      const inner = { status: 'settled', resolution: 'kept', resolved_at: 'x' } as const;
      const words = ({ resolution }: { readonly resolution: string }) => JSON.stringify({ resolution });
      bring(
        someConflict({
          ...inner,
          kind: 'version',
          tbl: 'medication_request',
          row_id: n(12),
          reason: 'forked',
          attempted: JSON.stringify({ id: n(12) }),
          kept: JSON.stringify({ id: n(11) }),
        }),
        someConflict({
          id: n(2),
          tbl: 'conflict',
          row_id: id,
          attempted: words({ resolution: 'attempted' }),
          kept: words({ resolution: 'kept' }),
        }),
      );
      const doctor = await clinic.signedIn('doctor');
      expect(await open(doctor)).toMatchObject([{ id: n(2), kind: 'version', decidedTwice: true }]);
      const settled = await clinic.ask('conflicts.settle', { id: n(2), resolution, seen: {} }, doctor);
      expect(settled).toMatchObject({ ok: true });
      const rows = clinic.temporary.local.store.all(
        localDb.selectFrom('medication_request').selectAll().where('voided_at', 'is', null),
      );
      const followed = new Set(rows.map(({ parent_id }) => parent_id));
      const holding = rows.filter((row) => !followed.has(row.id));
      expect(holding).toMatchObject([{ dosage, parent_id: parent, signed_at: null }]);
      expect((await history()).map((one) => [one.id, one.resolution]).toSorted()).toEqual([
        [id, resolution],
        [n(2), resolution],
      ]);
    },
  );

  it('cannot be decided where they are not', async () => {
    bring(
      someConflict({
        kind: 'version',
        tbl: 'medication_request',
        row_id: n(12),
        attempted: '{}',
        kept: '{}',
      }),
    );
    expect(await decide('kept', await clinic.signedIn('doctor'))).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('a conflict settled at two desks, each otherwise', () => {
  /** Here the other version was taken, and stands in the row; another desk had kept what stood before. */
  const twice = () => {
    bring(
      someConflict({ status: 'settled', resolution: 'kept', resolved_at: 'x', resolved_by: nurseAccount }),
      someConflict({
        id: n(2),
        tbl: 'conflict',
        row_id: id,
        attempted: JSON.stringify({
          resolution: 'attempted',
          resolved_at: 'y',
          resolved_by: receptionAccount,
        }),
        kept: JSON.stringify({ resolution: 'kept', resolved_at: 'x', resolved_by: nurseAccount }),
      }),
    );
    pullRows(clinic, [{ tbl: 'patient', row: { id: habimana.id, phone: '+250788000002' }, v: 2 }]);
  };
  const settle = (resolution: 'kept' | 'attempted') =>
    clinic.get('conflicts.settle', { id: n(2), resolution, seen: { phone: '+250788000002' } }, desk);

  it('is asked about once more, as a choice between what both meant', async () => {
    twice();
    expect(await open()).toMatchObject([
      {
        id: n(2),
        table: 'patient',
        name: 'Habimana Jean',
        decidedTwice: true,
        undoable: false,
        fields: [{ kept: '+250788123456', attempted: '+250788000002', current: '+250788000002' }],
      },
    ]);
  });

  it.each([
    ['kept', '+250788123456', 'kept'],
    ['attempted', '+250788000002', 'attempted'],
  ] as const)(
    'ends %s with that value, and the first conflict says the same',
    async (resolution, value, ends) => {
      twice();
      await settle(resolution);
      expect(phone()).toBe(value);
      expect(await open()).toEqual([]);
      expect((await history()).map((one) => [one.id, one.resolution]).toSorted()).toEqual([
        [id, ends],
        [n(2), resolution],
      ]);
    },
  );
});
