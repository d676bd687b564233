import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditQuestion, CentreError } from '#main/data/central/centre.ts';
import { localDb } from '#main/data/local/query.ts';
import type { AuditEntry, AuditPage } from '#shared/sync/wire.ts';
import { type Clinic, habimana, mutesi, openClinic, site } from '#tests/support/core-clinic.ts';

/** The audit trail for an administrator's screen. What the centre answers is tested with a real one in audit-calls.test.ts. */
let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic();
});
afterEach(() => clinic.close());

const adminId = '01900000-0000-7000-8000-e00000000004';
const nurseId = '01900000-0000-7000-8000-e00000000002';
const rowId = '01900000-0000-7000-8000-f00000000001';

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  seq: 7,
  at: '2026-11-23T07:00:00.000Z',
  device: 2,
  login: 'clinichub_ws_x',
  user: nurseId,
  kind: 'patient.update',
  tbl: 'patient',
  pk: habimana.id,
  op: 'update',
  v: 3,
  patient: habimana.id,
  fields: ['phone'],
  event: null,
  ...more,
});

const page = (entries: readonly AuditEntry[], more: Partial<AuditPage> = {}): AuditPage => ({
  entries: [...entries],
  next: null,
  devices: [{ no: 2, name: 'Back office', site: site.id }],
  head: { seq: 9, chain: 'ab' },
  keep_years: 6,
  begins_after: 0,
  ...more,
});

/** A centre that answers with these pages and remembers what it was asked. */
const answering = (...pages: readonly AuditPage[]): AuditQuestion[] => {
  const asked: AuditQuestion[] = [];
  clinic.engine.audit = async (question) => {
    asked.push(question);
    const answer = pages[asked.length - 1];
    if (answer === undefined) throw new Error('asked too often');
    return answer;
  };
  return asked;
};

describe('with the centre', () => {
  test('a line names who, what of whom, and which workstation at which site', async () => {
    const opened = {
      action: 'R',
      outcome: 'refused',
      entity_table: 'patient',
      entity_id: mutesi.id,
      detail: null,
    };
    answering(
      page([
        entry(),
        entry({
          tbl: 'audit_event',
          pk: rowId,
          op: 'insert',
          kind: 'chart.open',
          patient: null,
          event: opened,
        }),
        entry({ device: 0, user: null, kind: null, login: 'postgres', patient: rowId }),
      ]),
    );
    const admin = await clinic.signedIn('admin');
    const { lines, ...rest } = await clinic.get('audit.list', {}, admin);
    expect(lines[0]).toMatchObject({
      who: 'nurse',
      workstation: 'Back office',
      site: site.name,
      login: null,
      patient: { id: habimana.id, mrn: 'OLD-1' },
      fields: ['phone'],
      event: null,
    });
    expect(lines[1]).toMatchObject({
      patient: { id: mutesi.id },
      event: { action: 'R', outcome: 'refused', table: null, rowId: null },
    });
    expect(lines[2]).toMatchObject({ who: null, workstation: null, login: 'postgres', patient: null });
    expect(rest).toMatchObject({ source: 'centre', head: '9:ab', keepYears: 6, next: null });
    expect(rest.people.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['admin', 'doctor', 'nurse', 'reception']),
    );
  });

  test('what was changed of a patient is told once, by the row that changed', async () => {
    const noted = {
      tbl: 'audit_event',
      pk: rowId,
      op: 'insert',
      fields: null,
    } as const;
    const event = {
      event: 'patient-change',
      action: 'U',
      outcome: 'success',
      entity_table: 'patient',
      entity_id: habimana.id,
    };
    answering(page([entry({ ...noted, event }), entry()]));
    const { lines } = await clinic.get('audit.list', {}, await clinic.signedIn('admin'));
    expect(lines.map(({ table }) => table)).toEqual(['patient']);
  });

  test('days are asked about by the clinic’s clock, both included, and pages follow each other', async () => {
    const asked = answering(page([entry()], { next: { tx: 41, ord: 3 } }), page([]));
    const admin = await clinic.signedIn('admin');
    const filter = { from: '2026-11-02', until: '2026-11-03', patientId: habimana.id, kinds: ['chart.open'] };
    const { next } = await clinic.get('audit.list', filter, admin);
    await clinic.get('audit.list', { ...filter, before: next }, admin);
    // Kigali is two hours ahead.
    const question = {
      user: adminId,
      patient: habimana.id,
      kinds: ['chart.open'],
      since: '2026-11-01T22:00:00.000Z',
      until: '2026-11-03T22:00:00.000Z',
      limit: 50,
      export: false,
    };
    expect(asked).toMatchObject([
      { ...question, before: null },
      { ...question, before: { tx: 41, ord: 3 } },
    ]);
  });

  test('an export is asked for as one, in large pages', async () => {
    const asked = answering(page([entry()], { next: { tx: 1, ord: 1 } }));
    const admin = await clinic.signedIn('admin');
    expect(await clinic.get('audit.export', { personId: nurseId }, admin)).toMatchObject({
      lines: [{ who: 'nurse' }],
      next: '1:1',
    });
    expect(asked).toMatchObject([{ export: true, limit: 1000, person: nurseId }]);
  });

  test('a record comes with the names of what its values name', async () => {
    const trace = { seq: 1, at: '2026-11-23T07:00:00.000Z', device: 2, device_name: 'Back office' };
    clinic.engine.auditRecord = async () => ({
      versions: [
        {
          ...trace,
          login: 'x',
          user: nurseId,
          kind: 'appointment.book',
          op: 'insert',
          v: 1,
          values: { patient_id: habimana.id, location_id: site.id, practitioner_id: rowId, note: 'x' },
        },
      ],
    });
    const admin = await clinic.signedIn('admin');
    const record = await clinic.get('audit.record', { table: 'appointment', rowId }, admin);
    expect(record.versions).toMatchObject([{ who: 'nurse', workstation: 'Back office', version: 1 }]);
    expect(record.names).toMatchObject({ [habimana.id]: 'Habimana Jean', [site.id]: site.name });
    expect(record.names[rowId]).toBeUndefined();
  });
});

describe('without the centre', () => {
  test('what this workstation holds of it is shown, a page at a time, by the same filters', async () => {
    const nurse = await clinic.signedIn('nurse');
    for (const { id } of [habimana, mutesi]) {
      clinic.clock.at += 60_000;
      await clinic.get('chart.open', { id }, nurse);
    }
    clinic.clock.at += 60_000;
    const admin = await clinic.signedIn('admin');
    const shown = await clinic.get('audit.list', {}, admin);
    expect(shown).toMatchObject({ source: 'out-of-reach', head: null, workstations: [] });
    expect(shown.lines.map(({ kind, who, patient }) => [kind, who, patient?.mrn ?? null])).toEqual([
      ['session.sign-in', 'admin', null],
      ['chart.open', 'nurse', 'OLD-2'],
      ['chart.open', 'nurse', 'OLD-1'],
      ['session.sign-in', 'nurse', null],
    ]);
    const told = async (filter: object) =>
      (await clinic.get('audit.list', filter, admin)).lines.map(({ kind }) => kind);
    expect(await told({ patientId: mutesi.id })).toEqual(['chart.open']);
    expect(await told({ personId: nurseId, kinds: ['session.sign-in'] })).toEqual(['session.sign-in']);
    expect(await told({ until: '2026-11-22' })).toEqual([]);
    expect(await told({ from: '2026-11-23', until: '2026-11-23' })).toHaveLength(4);
  });

  test('many are walked through without a gap or a repetition', async () => {
    const store = clinic.temporary.local.store;
    const id = (n: number) => `01900000-0000-7000-9000-${String(n).padStart(12, '0')}`;
    const event = { action: 'E', event: 'test', account_id: null, entity_table: null, entity_id: null };
    store.mutate({ kind: 'test', user: null }, (writer) => {
      for (let n = 0; n < 120; n += 1)
        writer.insert('audit_event', {
          ...event,
          id: id(n),
          recorded_at: `2026-11-22T08:00:0${n % 3}.000Z`,
          outcome: 'success',
          detail: null,
        });
    });
    const admin = await clinic.signedIn('admin');
    const keys: string[] = [];
    for (let before: string | null = null; ; ) {
      const shown: Awaited<ReturnType<typeof list>> = await list(before);
      keys.push(...shown.lines.map(({ key }) => key));
      if (shown.next === null) break;
      before = shown.next;
    }
    function list(before: string | null) {
      return clinic.get('audit.list', { kinds: ['test'], before }, admin);
    }
    expect(keys).toHaveLength(120);
    expect(new Set(keys).size).toBe(120);
  });

  test('nothing is exported, and no record is told', async () => {
    const admin = await clinic.signedIn('admin');
    const unavailable = { ok: false, error: { code: 'centre-unavailable' } };
    expect(await clinic.ask('audit.export', {}, admin)).toEqual(unavailable);
    expect(await clinic.ask('audit.record', { table: 'patient', rowId }, admin)).toEqual(unavailable);
  });
});

test('a workstation the centre refuses says so', async () => {
  clinic.engine.audit = () => Promise.reject(new CentreError('not the whole clinic', 'CH102', false));
  const admin = await clinic.signedIn('admin');
  expect(await clinic.get('audit.list', {}, admin)).toMatchObject({ source: 'not-from-here' });
});

test.each(['reception', 'nurse', 'doctor'] as const)('%s may not read or export it', async (role) => {
  const connection = await clinic.signedIn(role);
  const refused = { ok: false, error: { code: 'not-permitted' } };
  expect(await clinic.ask('audit.list', {}, connection)).toEqual(refused);
  expect(await clinic.ask('audit.export', {}, connection)).toEqual(refused);
  expect(await clinic.ask('audit.record', { table: 'patient', rowId }, connection)).toEqual(refused);
});

test('what is printed or exported is written down, with whose it was', async () => {
  const desk = await clinic.signedIn('reception');
  await clinic.get('audit.note', { event: 'print', what: 'card', patientId: habimana.id }, desk);
  await clinic.get('audit.note', { event: 'export', what: 'calls' }, desk);
  const rows = clinic.temporary.local.store.all(
    localDb
      .selectFrom('audit_event')
      .select(['event', 'action', 'account_id', 'entity_table', 'entity_id', 'detail'])
      .where('event', 'in', ['print', 'export']),
  );
  const by = { action: 'R', account_id: '01900000-0000-7000-8000-e00000000001' };
  expect(rows).toEqual([
    { ...by, event: 'print', entity_table: 'patient', entity_id: habimana.id, detail: '{"what":"card"}' },
    { ...by, event: 'export', entity_table: null, entity_id: null, detail: '{"what":"calls"}' },
  ]);
  expect(
    await clinic.ask('audit.note', { event: 'export', what: 'everything' } as never, desk),
  ).toMatchObject({
    ok: false,
  });
});
