import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MailMessage } from '#main/core/mail/mail.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic, site, uwase } from '#tests/support/core-clinic.ts';
import {
  accountLink,
  addAccount,
  addLink,
  patientAccount,
  patientAccountId,
  patientEmail,
} from '#tests/support/core-panel.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

const day = 86_400_000;
const visit = (more: Partial<RowOf<'appointment'>> = {}) =>
  someAppointment({
    id: '01900000-0000-7000-8000-000000002201',
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_at: new Date(now + day).toISOString(),
    end_at: new Date(now + day + 1_800_000).toISOString(),
    start_local: '2026-11-24T10:00',
    time_zone: 'Africa/Kigali',
    source: 'panel x',
    created_by: patientAccountId,
    status: 'pending',
    participant_status: 'needs-action',
    description: 'Chest pain',
    ...more,
  });

let clinic: Clinic;
let sent: MailMessage[];
beforeEach(() => {
  sent = [];
  clinic = openClinic({
    outgoingMail: {
      send: async (message) => {
        sent.push(message);
        return { outcome: 'sent', code: null };
      },
      close: () => undefined,
    },
  });
  addAccount(clinic, patientAccount(patientAccountId, patientEmail, { display_name: 'Jean' }));
});
afterEach(() => clinic.close());

const until = (check: () => void): Promise<void> => vi.waitFor(check, 60_000);
const watched = () => clinic.temporary.local.db.prepare('SELECT id, tbl, state FROM panel_news').all();
const subjects = () => sent.map(({ subject }) => subject);

/** Booked in the panel at this host. */
const book = (row = visit()) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: patientAccountId }, (writer) =>
    writer.insert('appointment', row),
  );

/** The centre has the row as it is here, with these values. */
const centre = (
  tbl: 'appointment' | 'patient_account_link',
  pk: string,
  values: Readonly<Record<string, string | number | null>>,
) => {
  const { replica, db } = clinic.temporary.local;
  const { row_version: version, ...row } = db.prepare(`SELECT * FROM ${tbl} WHERE id = ?`).get(pk) as Record<
    string,
    string | number | null
  > & { readonly row_version: number };
  db.prepare('DELETE FROM outbox_row WHERE pk = ?').run(pk);
  const { cursor } = replica.state();
  const change =
    version === 0
      ? ({ op: 'insert', v: 1, values: { ...row, ...values } } as const)
      : ({ op: 'update', v: version + 1, values } as const);
  replica.applyPull({
    from: cursor,
    to: cursor + 1,
    head: cursor + 1,
    chain: `c${cursor + 1}`,
    txs: 1,
    changes: [{ seq: cursor + 1, tbl, pk, ...change }],
  });
};

describe('a patient hears by e-mail', () => {
  it('that the doctor agreed, once the centre has it, then of a move and of a cancellation', async () => {
    book();
    await until(() => expect(watched()).toMatchObject([{ id: visit().id, state: 'to-be-confirmed' }]));
    centre('appointment', visit().id, {});
    await until(() => expect(watched()).toMatchObject([{ state: 'pending' }]));
    expect(sent).toEqual([]);
    centre('appointment', visit().id, { status: 'booked', participant_status: 'accepted' });
    await until(() => expect(subjects()).toEqual(['Your appointment is confirmed (Ruhengeri)']));
    expect(sent[0]?.to).toEqual({ name: 'Jean', address: patientEmail });
    expect(sent[0]?.text).toContain('Tuesday, 24 November 2026 at 10:00, Ruhengeri');
    expect(sent[0]?.text).not.toMatch(/Chest|Uwase|Habimana/);
    centre('appointment', visit().id, { start_at: new Date(now + 2 * day).toISOString() });
    await until(() => expect(subjects().at(-1)).toBe('Your appointment was moved (Ruhengeri)'));
    centre('appointment', visit().id, { status: 'cancelled' });
    await until(() => expect(subjects().at(-1)).toBe('Your appointment was cancelled (Ruhengeri)'));
    expect(sent).toHaveLength(3);
    expect(watched()).toEqual([]);
  });

  it('of another time that is proposed, by that time', async () => {
    book();
    await until(() => expect(watched()).toHaveLength(1));
    const proposed = new Date(now + 3 * day).toISOString();
    centre('appointment', visit().id, { participant_status: 'tentative', proposed_start_at: proposed });
    await until(() => expect(sent[0]?.text).toContain('Thursday, 26 November 2026 at 10:00'));
    expect(subjects()).toEqual(['Another time for your appointment (Ruhengeri)']);
  });

  it('nothing that only this host knows', async () => {
    book(visit({ status: 'booked', participant_status: 'accepted' }));
    await until(() => expect(watched()).toHaveLength(1));
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', visit().id, { status: 'cancelled' }),
    );
    const later = visit({ id: '01900000-0000-7000-8000-000000002202' });
    book(later);
    await until(() => expect(watched()).toHaveLength(2));
    expect(watched()).toMatchObject([{ state: 'to-be-confirmed' }, { state: 'to-be-confirmed' }]);
    expect(sent).toEqual([]);
  });

  it('only from the host where they asked, and nothing of what a desk booked', async () => {
    const own = visit();
    book(own);
    const ofDesk = visit({ id: '01900000-0000-7000-8000-000000002203', source: null });
    book(ofDesk);
    await until(() => expect(watched()).toMatchObject([{ id: own.id }]));
    const elsewhere = visit({ id: '01900000-0000-7000-8000-000000002204' });
    const { replica } = clinic.temporary.local;
    const { cursor } = replica.state();
    const { id: pk, ...values } = elsewhere;
    replica.applyPull({
      from: cursor,
      to: cursor + 1,
      head: cursor + 1,
      chain: 'c9',
      txs: 1,
      changes: [
        { seq: cursor + 1, tbl: 'appointment', op: 'insert', pk, v: 1, values: { ...values, id: pk } },
      ],
    });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', elsewhere.id, { participant_status: 'accepted', status: 'booked' }),
    );
    const last = visit({ id: '01900000-0000-7000-8000-000000002205' });
    book(last);
    await until(() => expect(watched()).toMatchObject([{ id: own.id }, { id: last.id }]));
  });

  it('what was decided while the host was off', async () => {
    book();
    await until(() => expect(watched()).toHaveLength(1));
    await clinic.core.stop();
    centre('appointment', visit().id, { status: 'booked', participant_status: 'accepted' });
    const after = openClinic({
      empty: true,
      store: clinic.temporary.local.store,
      outgoingMail: mailDouble(),
    });
    await until(() => expect(subjects()).toEqual(['Your appointment is confirmed (Ruhengeri)']));
    await after.close();
  });

  it('nothing any more once the account is closed or the time is over', async () => {
    book();
    book(visit({ id: '01900000-0000-7000-8000-000000002206' }));
    await until(() => expect(watched()).toHaveLength(2));
    const other = '01900000-0000-7000-8000-000000002206';
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account', patientAccountId, { active: 0 }),
    );
    centre('appointment', visit().id, { status: 'cancelled' });
    await until(() => expect(watched()).toMatchObject([{ id: other }]));
    clinic.clock.at += 2 * day;
    centre('appointment', other, { status: 'booked', participant_status: 'accepted' });
    await until(() => expect(watched()).toEqual([]));
    expect(sent).toEqual([]);
  });

  it('nothing of somebody whose record the clinic has closed to them', async () => {
    const link = accountLink(patientAccountId, habimana.id);
    addLink(clinic, link);
    book();
    await until(() => expect(watched()).toHaveLength(1));
    centre('patient_account_link', link.id, { status: 'ended', decided_by: crypto.randomUUID() });
    centre('appointment', visit().id, { status: 'booked', participant_status: 'accepted' });
    await until(() => expect(watched()).toMatchObject([{ state: 'confirmed' }]));
    expect(sent).toEqual([]);
  });

  it('of a decision about a record only once the centre has it', async () => {
    const asked = accountLink(patientAccountId, habimana.id, { status: 'requested' });
    const known = accountLink(patientAccountId, mutesi.id, { status: 'requested' });
    for (const link of [asked, known]) addLink(clinic, link);
    await until(() => expect(watched()).toHaveLength(2));
    // Decided at this very host, while the centre may have heard another decision before.
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account_link', asked.id, { status: 'approved' }),
    );
    centre('patient_account_link', known.id, { status: 'refused' });
    await until(() => expect(watched()).toMatchObject([{ id: asked.id }]));
    expect(subjects()).toEqual(['Your account could not be linked (Ruhengeri)']);
  });

  it('what became of asking to see a record', async () => {
    const asked = accountLink(patientAccountId, habimana.id, { status: 'requested' });
    const refused = accountLink(patientAccountId, mutesi.id, { status: 'requested' });
    const byCode = accountLink(patientAccountId, mutesi.id);
    for (const link of [asked, refused, byCode]) addLink(clinic, link);
    await until(() => expect(watched()).toHaveLength(2));
    centre('patient_account_link', asked.id, { status: 'approved' });
    await until(() => expect(subjects()).toEqual(['Your account was linked (Ruhengeri)']));
    centre('patient_account_link', refused.id, { status: 'refused' });
    await until(() => expect(subjects().at(-1)).toBe('Your account could not be linked (Ruhengeri)'));
    expect(JSON.stringify(sent)).not.toMatch(/Habimana|Mutesi|Chantal/);
    expect(watched()).toEqual([]);
  });
});

it('forgets what was withdrawn before the centre had it', async () => {
  book();
  await until(() => expect(watched()).toHaveLength(1));
  clinic.temporary.local.db.exec(`DELETE FROM outbox_row; DELETE FROM outbox;
    DELETE FROM appointment WHERE source LIKE 'panel %'`);
  book(visit({ id: '01900000-0000-7000-8000-000000002207' }));
  await until(() => expect(watched()).toMatchObject([{ id: '01900000-0000-7000-8000-000000002207' }]));
});

it('a host that sends no e-mails watches nothing', async () => {
  const quiet = openClinic();
  quiet.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('appointment', visit()),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(quiet.temporary.local.db.prepare('SELECT count(*) FROM panel_news').pluck().get()).toBe(0);
  await quiet.close();
});

const mailDouble = () => ({
  send: async (message: MailMessage) => {
    sent.push(message);
    return { outcome: 'sent', code: null } as const;
  },
  close: () => undefined,
});
