import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';
import { somePatient } from '#tests/support/sync-local.ts';

const account = '01900000-0000-7000-8000-00000000ac01';
const day = 86_400_000;

let clinic: Clinic;
let desk: Connection;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const store = () => clinic.temporary.local.store;
const patientId = habimana.id as PatientId;

/** What the panel writes when somebody asks without a code: a record of its own and a link. */
const asked = (
  more: {
    linkId?: string;
    family?: string;
    given?: string;
    mrn?: string;
    at?: number;
    patient?: string;
  } = {},
) => {
  const linkId = more.linkId ?? crypto.randomUUID();
  const record = somePatient({
    id: more.patient ?? crypto.randomUUID(),
    mrn: more.mrn ?? `PANEL-${linkId.slice(0, 4)}`,
    family: more.family ?? 'Habimana',
    given: more.given ?? 'Jean',
    birth_date: '1985-02-03',
    phone: '+250788123456',
    email: 'jean@example.org',
    source: 'panel',
  });
  store().mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', record);
    writer.insert('patient_account_link', {
      ...blank('patient_account_link'),
      id: linkId,
      account_id: account,
      patient_id: record.id,
      relationship: 'self',
      status: 'requested',
      account_name: 'Jean H',
      account_email: 'jean@example.org',
      note: 'I was here in spring',
      requested_at: new Date(more.at ?? now).toISOString(),
    });
  });
  return { linkId, record };
};

const linkOf = (id: string) =>
  store().get(localDb.selectFrom('patient_account_link').selectAll().where('id', '=', id));
const recordOf = (id: string) => store().get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const codes = () => store().all(localDb.selectFrom('patient_link_code').selectAll().orderBy('created_at'));
const events = () =>
  store()
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('recorded_at').orderBy('id'))
    .filter(({ event }) => event.startsWith('panel-'))
    .map(({ event, entity_id }) => [event, entity_id]);

const seen = async (chartId: string, otherId: string) => {
  const { left, right } = await clinic.get(
    'patients.mergePreview',
    { leftId: chartId, rightId: otherId } as never,
    desk,
  );
  return { own: left.values, other: right.values };
};

describe('an access code', () => {
  it('is told once, kept as a digest alone, and counts for the clinic’s days', async () => {
    const { code, until, link } = await clinic.get('panelDesk.makeCode', { patientId }, desk);
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(Date.parse(until)).toBe(now + 30 * day);
    expect(link).toBeNull();
    const [row] = codes();
    expect(row?.code_hash).toBe(createHash('sha256').update(code).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(code);
    const { code: out } = await clinic.get('panelDesk.access', { patientId }, desk);
    expect(out).toEqual({ until, createdAt: new Date(now).toISOString(), createdBy: 'reception' });
    expect(events()).toEqual([['panel-code-made', habimana.id]]);
  });

  it('leads to the page that takes it where the panel’s address is set', async () => {
    const at = { siteId: null, seen: null };
    await clinic.get(
      'settings.set',
      { key: 'panel.address', value: 'https://clinic.example/', ...at },
      admin,
    );
    await clinic.get('settings.set', { key: 'panel.code-days', value: 3, ...at }, admin);
    const { code, until, link, address } = await clinic.get('panelDesk.makeCode', { patientId }, desk);
    expect(link).toBe(`https://clinic.example/panel#/code/${code}`);
    expect(address).toBe('https://clinic.example/panel');
    expect(Date.parse(until)).toBe(now + 3 * day);
    for (const value of ['clinic.example', 'javascript:alert(1)', 'https://a b', 'https://x/"><script>'])
      expect(
        await clinic.ask(
          'settings.set',
          { key: 'panel.address', siteId: null, seen: JSON.stringify('https://clinic.example/'), value },
          admin,
        ),
      ).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  it('makes the one before it worthless, and can be taken back', async () => {
    const first = await clinic.get('panelDesk.makeCode', { patientId }, desk);
    clinic.clock.at += 1000;
    const second = await clinic.get('panelDesk.makeCode', { patientId }, desk);
    expect(second.code).not.toBe(first.code);
    expect(codes().map(({ void_reason }) => void_reason)).toEqual(['replaced', null]);
    await clinic.get('panelDesk.voidCode', { patientId }, desk);
    expect(codes().every(({ voided_at }) => voided_at !== null)).toBe(true);
    expect((await clinic.get('panelDesk.access', { patientId }, desk)).code).toBeNull();
    expect(await clinic.ask('panelDesk.voidCode', { patientId }, desk)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('is not made for a record that goes on elsewhere, nor for nobody', async () => {
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into: habimana.id }),
    );
    const of = (id: string) => clinic.ask('panelDesk.makeCode', { patientId: id as PatientId }, desk);
    expect(await of(mutesi.id)).toMatchObject({ error: { code: 'merged-already' } });
    expect(await of(crypto.randomUUID())).toMatchObject({ error: { code: 'not-found' } });
  });

  it('is made by those of the office alone', async () => {
    for (const role of ['doctor', 'nurse', 'cashier', 'pharmacist'] as const) {
      const other = await clinic.signedIn(role);
      for (const name of ['panelDesk.makeCode', 'panelDesk.access'] as const)
        expect(await clinic.ask(name, { patientId }, other)).toMatchObject({
          error: { code: 'not-permitted' },
        });
    }
  });
});

describe('a request', () => {
  it('waits with what was asked, the longest first, with likely charts beside it', async () => {
    const later = asked({ family: 'Nobody', given: 'Known', at: now + 1000 });
    const { linkId, record } = asked();
    const requests = await clinic.get('panelDesk.requests', {}, desk);
    expect(await clinic.get('panelDesk.waiting', {}, desk)).toBe(2);
    expect(requests.map(({ id }) => id)).toEqual([linkId, later.linkId]);
    expect(requests[0]).toMatchObject({
      accountName: 'Jean H',
      accountEmail: 'jean@example.org',
      note: 'I was here in spring',
      relationship: 'self',
      patient: { id: record.id, birthDate: '1985-02-03', email: 'jean@example.org', mergedInto: null },
      appointments: 0,
    });
    const alike = await clinic.get('panelDesk.alike', { linkId }, desk);
    expect(alike.map(({ id }) => id)[0]).toBe(habimana.id);
    expect(alike.map(({ id }) => id)).not.toContain(record.id);
    expect(alike[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('of a person we know is one mutation: the records are one, and the account sees it', async () => {
    const { linkId, record } = asked();
    const was = await seen(habimana.id, record.id);
    const before = store().get(localDb.selectFrom('patient').selectAll().where('id', '=', habimana.id));
    await clinic.get('panelDesk.approveAs', { linkId, chartId: patientId, take: ['email'], was }, desk);
    expect(before?.email).toBeNull();
    expect(recordOf(habimana.id)?.email).toBe('jean@example.org');
    expect(recordOf(record.id)?.merged_into).toBe(habimana.id);
    expect(linkOf(linkId)).toMatchObject({
      status: 'approved',
      decided_by: clinic.accountId('reception'),
      decision_reason: null,
    });
    const [outbox] = clinic.temporary.local.db
      .prepare('SELECT kind, count(*) AS n FROM outbox WHERE kind = ? GROUP BY kind')
      .all('panel.approve') as { n: number }[];
    expect(outbox?.n).toBe(1);
    const { links } = await clinic.get('panelDesk.access', { patientId }, desk);
    expect(links).toMatchObject([
      { accountName: 'Jean H', status: 'approved', byCode: false, decidedBy: 'reception' },
    ]);
    expect(await clinic.get('panelDesk.waiting', {}, desk)).toBe(0);
    expect(await clinic.get('panelDesk.requests', {}, desk)).toEqual([]);
  });

  it('of somebody new leaves the record as it is', async () => {
    const { linkId, record } = asked({ family: 'Newcomer' });
    await clinic.get('panelDesk.approve', { linkId }, desk);
    expect(linkOf(linkId)?.status).toBe('approved');
    expect(recordOf(record.id)?.merged_into).toBeNull();
    expect(events()).toEqual([['panel-access-approved', record.id]]);
  });

  it('that is refused tells the patient why, and needs a reason', async () => {
    const { linkId } = asked();
    for (const reason of ['', '  ', 'a\u0000b'])
      expect(await clinic.ask('panelDesk.refuse', { linkId, reason }, desk)).toMatchObject({
        error: { code: 'invalid-input' },
      });
    await clinic.get('panelDesk.refuse', { linkId, reason: 'Please come to the desk' }, desk);
    expect(linkOf(linkId)).toMatchObject({
      status: 'refused',
      decision_reason: 'Please come to the desk',
    });
  });

  it('is decided once, and about what the person at the desk saw', async () => {
    const { linkId, record } = asked();
    const was = await seen(habimana.id, record.id);
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { phone: '+250788999999' }),
    );
    const wish = { linkId, chartId: patientId, take: [], was };
    expect(await clinic.ask('panelDesk.approveAs', wish, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(linkOf(linkId)?.status).toBe('requested');
    expect(recordOf(record.id)?.merged_into).toBeNull();
    await clinic.get('panelDesk.refuse', { linkId, reason: 'no' }, desk);
    for (const reply of [
      await clinic.ask('panelDesk.approve', { linkId }, desk),
      await clinic.ask('panelDesk.refuse', { linkId, reason: 'again' }, desk),
      await clinic.ask('panelDesk.approveAs', wish, desk),
    ])
      expect(reply).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(linkOf(linkId)?.decision_reason).toBe('no');
  });

  it('whose record was made one with another meanwhile is approved for that one, and merged no further', async () => {
    const { linkId, record } = asked();
    const was = await seen(mutesi.id, record.id);
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', record.id, { merged_into: habimana.id }),
    );
    const [request] = await clinic.get('panelDesk.requests', {}, desk);
    expect(request?.patient.mergedInto).toMatchObject({ id: habimana.id });
    expect(await clinic.get('panelDesk.alike', { linkId }, desk)).toEqual([]);
    expect(
      await clinic.ask(
        'panelDesk.approveAs',
        { linkId, chartId: mutesi.id as PatientId, take: [], was },
        desk,
      ),
    ).toMatchObject({ error: { code: 'merged-already' } });
    await clinic.get('panelDesk.approve', { linkId }, desk);
    expect(linkOf(linkId)?.status).toBe('approved');
    const { links } = await clinic.get('panelDesk.access', { patientId }, desk);
    expect(links.map(({ id }) => id)).toEqual([linkId]);
  });

  it('makes two records one only for who may do that', async () => {
    const { linkId, record } = asked();
    const was = await seen(habimana.id, record.id);
    await clinic.get('access.set', { role: 'reception', permission: 'patient.merge', granted: false }, admin);
    expect(
      await clinic.ask('panelDesk.approveAs', { linkId, chartId: patientId, take: [], was }, desk),
    ).toMatchObject({ error: { code: 'not-permitted' } });
    await clinic.get('panelDesk.approve', { linkId }, desk);
  });
});

it('access ends with a reason, once', async () => {
  const { linkId, record } = asked();
  const of = { patientId: record.id as PatientId };
  const reason = 'The daughter is of age';
  expect(await clinic.ask('panelDesk.endAccess', { linkId, reason }, desk)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  await clinic.get('panelDesk.approve', { linkId }, desk);
  await clinic.get('panelDesk.endAccess', { linkId, reason }, desk);
  expect((await clinic.get('panelDesk.access', of, desk)).links).toMatchObject([{ status: 'ended', reason }]);
  expect(await clinic.ask('panelDesk.endAccess', { linkId, reason }, desk)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  expect(
    await clinic.ask('panelDesk.endAccess', { linkId: crypto.randomUUID(), reason }, desk),
  ).toMatchObject({ error: { code: 'not-found' } });
});

it('access ends under every record of a person', async () => {
  const { linkId, record } = asked();
  const { linkId: second } = asked();
  store().mutate({ kind: 'test', user: null }, (writer) => {
    writer.update('patient', record.id, { merged_into: habimana.id });
    writer.insert('patient_account_link', {
      ...(linkOf(linkId) as RowOf<'patient_account_link'>),
      id: crypto.randomUUID(),
      patient_id: habimana.id,
      status: 'approved',
    });
  });
  await clinic.get('panelDesk.approve', { linkId }, desk);
  await clinic.get('panelDesk.endAccess', { linkId, reason: 'The daughter is of age' }, desk);
  const { links } = await clinic.get('panelDesk.access', { patientId }, desk);
  expect(links.map(({ status }) => status)).toEqual(['ended', 'ended']);
  expect(linkOf(second)?.status).toBe('requested');
});

describe('the accounts of patients', () => {
  const insert = (n: number, more: object = {}) => {
    const id = `01900000-0000-7000-8000-0000000bc${String(n).padStart(3, '0')}`;
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('patient_account', {
        ...blank('patient_account'),
        id,
        email: `p${String(n).padStart(3, '0')}@example.org`,
        password_hash: 'a secret hash',
        display_name: `Patient ${n}`,
        language: 'en',
        active: 1,
        verified_at: new Date(now).toISOString(),
        created_at: new Date(now).toISOString(),
        ...more,
      }),
    );
    return id;
  };

  it('are found by name or e-mail, so many at a time, and tell nothing of their secrets', async () => {
    for (let n = 0; n < 103; n += 1) insert(n);
    const closed = insert(500, { active: 0, display_name: 'Gone %_' });
    const all = await clinic.get('panelAccounts.list', {}, admin);
    expect([all.accounts.length, all.more, all.here]).toEqual([100, true, true]);
    expect(JSON.stringify(all)).not.toContain('secret');
    const found = await clinic.get('panelAccounts.list', { text: 'PATIENT 42' }, admin);
    expect(found.accounts.map(({ email }) => email)).toEqual(['p042@example.org']);
    expect((await clinic.get('panelAccounts.list', { text: '%' }, admin)).accounts).toEqual([]);
    const gone = await clinic.get('panelAccounts.list', { text: '%_', show: 'all' }, admin);
    expect(gone.accounts.map(({ id, active }) => [id, active])).toEqual([[closed, false]]);
  });

  it('are closed, opened again and signed out by an administrator alone', async () => {
    const id = insert(1);
    const row = () => store().get(localDb.selectFrom('patient_account').selectAll().where('id', '=', id));
    expect(await clinic.ask('panelAccounts.setActive', { id, active: false }, desk)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    await clinic.get('panelAccounts.setActive', { id, active: false }, admin);
    expect(row()?.active).toBe(0);
    await clinic.get('panelAccounts.setActive', { id, active: true }, admin);
    await clinic.get('panelAccounts.signOut', { id }, admin);
    expect(row()).toMatchObject({ active: 1, sessions_ended_at: new Date(now).toISOString() });
    expect(events().map(([event]) => event)).toEqual([
      'panel-account-closed',
      'panel-account-opened',
      'panel-account-signed-out',
    ]);
    const unknown = { id: crypto.randomUUID() };
    expect(await clinic.ask('panelAccounts.signOut', unknown, admin)).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
