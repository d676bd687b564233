import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { accountLink, patientAccount, patientPassword } from '#tests/support/core-panel.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import { hostAt, type PanelHost } from '#tests/support/panel-centre.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { linkCodeHash } from './link-code.ts';

/*
 * What patients do about whose records they see, while the two hosts know nothing of each other: with a real centre, which has the
 * last word.
 */

const chart = somePatient({ mrn: 'CHART-1', family: 'Haddad', given: 'Samira', birth_date: '1984-05-06' });
const asked = somePatient({ mrn: 'PANEL-1', family: 'Haddad', given: 'Samira', birth_date: '1984-05-06' });
const samira = patientAccount(v7(), 'samira@example.org');
const zoe = patientAccount(v7(), 'zoe@example.org');
const request = accountLink(samira.id, asked.id, { status: 'requested' });
const code = 'ABCD-2345-EFGH';

let clinic: TwoWorkstations;
let deskA: OfflineDesk;
let deskB: OfflineDesk;
let hostA: PanelHost;
let hostB: PanelHost;

/** Each in turn reaches the centre; then all hear of everything. */
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
};
const apart = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedReception(a, clinic, [chart, asked]);
  const now = Date.now();
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const account of [samira, zoe]) writer.insert('patient_account', account);
    writer.insert('patient_account_link', request);
    writer.insert('patient_link_code', {
      ...blank('patient_link_code'),
      id: v7(),
      patient_id: chart.id,
      code_hash: linkCodeHash(code) ?? '',
      until_at: new Date(now + 86_400_000).toISOString(),
      created_at: new Date(now).toISOString(),
    });
  });
  await a.settled();
  await b.settled();
  deskA = await offlineDesk(a);
  deskB = await offlineDesk(b);
  [hostA, hostB] = [hostAt(a), hostAt(b)];
});
afterEach(async () => {
  for (const one of [deskA, deskB, hostA.core, hostB.core]) await one.stop();
  await clinic.end();
});

const signIn = async (host: PanelHost, { email }: { readonly email: string }) =>
  expect(await host.ask('panel.signIn', { email, password: patientPassword })).toMatchObject({ ok: true });
const open = (host: PanelHost) => host.ask('panel.openWithCode', { code, relationship: 'self' });
const linksIn = ({ local }: Desk) =>
  local.store.all(localDb.selectFrom('patient_account_link').selectAll().orderBy('id'));
const peopleAt = async (host: PanelHost) => {
  const me = await host.ask('panel.me', {});
  return me.ok ? me.value.people.map(({ patientId, approved }) => [patientId, approved]) : me.error;
};
const waitingAt = async (desk: OfflineDesk) => (await desk.get('panelDesk.requests', {})).map(({ id }) => id);
const toldAt = async (desk: OfflineDesk) =>
  (await desk.get('conflicts.open', {}))
    .filter(({ mine }) => mine)
    .map(({ table, mayDecide, byValue, fields }) => ({
      table,
      mayDecide,
      byValue,
      fields: fields.map(({ column, kept, attempted }) => [column, kept, attempted]),
    }));

describe('a code used while somebody had said who they are', () => {
  it('answers the request, at the desk too, and the two records are one', async () => {
    const { a, b } = clinic;
    await signIn(hostA, samira);
    await apart();
    expect(await waitingAt(deskA)).toEqual([request.id]);
    expect(await open(hostA)).toMatchObject({ ok: true, value: { approved: true } });
    expect(await peopleAt(hostA)).toEqual([[chart.id, true]]);
    expect(await waitingAt(deskA)).toEqual([]);
    expect(await waitingAt(deskB)).toEqual([request.id]);
    await meet(a, b);
    expect(await waitingAt(deskB)).toEqual([]);
    expect(
      b.local.store.get(localDb.selectFrom('patient').select('merged_into').where('id', '=', asked.id)),
    ).toEqual({ merged_into: chart.id });
    expect(await toldAt(deskA)).toEqual([]);
    expect(await toldAt(deskB)).toEqual([]);
    await expectConverged(a, b);
  });

  it.each([
    ['a refusal that the centre had first', 'refused'],
    ['the code that the centre had first', 'ended'],
  ])('of it and a refusal %s stands for the request, and the code opens the chart', async (_, status) => {
    const { a, b } = clinic;
    await signIn(hostA, samira);
    await apart();
    expect(await open(hostA)).toMatchObject({ ok: true });
    await deskB.get('panelDesk.refuse', { linkId: request.id, reason: 'We do not know you' });
    await (status === 'refused' ? meet(b, a) : meet(a, b));
    for (const desk of [a, b])
      expect(linksIn(desk).map((link) => [link.id === request.id, link.status])).toEqual(
        expect.arrayContaining([
          [true, status],
          [false, 'approved'],
        ]),
      );
    expect(await peopleAt(hostA)).toEqual([[chart.id, true]]);
    expect(await toldAt(deskB)).toEqual(
      status === 'refused'
        ? []
        : [
            {
              table: 'patient_account_link',
              mayDecide: true,
              byValue: false,
              fields: [
                ['status', 'ended', 'refused'],
                ['decision_reason', null, 'We do not know you'],
              ],
            },
          ],
    );
    await expectConverged(a, b);
  });
});

describe('one code at two hosts', () => {
  const statusAt = async (host: PanelHost) => {
    const links = await host.ask('panel.links', {});
    return links.ok
      ? links.value.filter(({ byCode }) => byCode).map(({ status, certainty }) => [status, certainty])
      : links.error;
  };

  it('opens the record to the account the centre heard of first, and the other is told why not', async () => {
    const { a, b } = clinic;
    await signIn(hostA, samira);
    await signIn(hostB, zoe);
    await apart();
    expect(await open(hostA)).toMatchObject({ ok: true });
    expect(await open(hostB)).toMatchObject({ ok: true });
    await meet(b, a);
    expect(await statusAt(hostB)).toEqual([['approved', 'confirmed']]);
    expect(await statusAt(hostA)).toEqual([['refused', 'confirmed']]);
    expect(await peopleAt(hostB)).toEqual([[chart.id, true]]);
    expect(await hostA.ask('panel.record', { patientId: chart.id as PatientId })).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(await hostA.mail.to(samira.email)).toHaveLength(1);
    expect(hostB.mail.sent.filter(({ to }) => to.address === zoe.email)).toEqual([]);
    await expectConverged(a, b);
  });

  it('of one account leaves it one link', async () => {
    const { a, b } = clinic;
    await signIn(hostA, zoe);
    await signIn(hostB, zoe);
    await apart();
    await open(hostA);
    await open(hostB);
    await meet(a, b);
    for (const host of [hostA, hostB]) expect(await peopleAt(host)).toEqual([[chart.id, true]]);
    await expectConverged(a, b);
  });

  it('that the desk had taken back opens nothing once the centre knows', async () => {
    const { a, b } = clinic;
    await signIn(hostA, zoe);
    await apart();
    expect(await open(hostA)).toMatchObject({ ok: true });
    await deskB.get('panelDesk.voidCode', { patientId: chart.id as PatientId });
    await meet(b, a);
    expect(await statusAt(hostA)).toEqual([['refused', 'confirmed']]);
    expect(await peopleAt(hostA)).toEqual([]);
    await expectConverged(a, b);
  });

  it('in the same instant has one winner', async () => {
    const { a, b } = clinic;
    await signIn(hostA, samira);
    await signIn(hostB, zoe);
    await apart();
    await open(hostA);
    await open(hostB);
    await Promise.all([a.online(), b.online()]);
    await Promise.all([a.settled(), b.settled()]);
    await meet(a, b);
    const byCode = linksIn(a).filter(({ code_id }) => code_id !== null);
    expect(byCode.map(({ status }) => status).toSorted()).toEqual(['approved', 'refused']);
    await expectConverged(a, b);
  });
});

describe('a request for a record that is taken back', () => {
  const withdraw = () => hostA.ask('panel.withdrawLink', { linkId: request.id });
  const approve = () => deskB.get('panelDesk.approve', { linkId: request.id });

  beforeEach(async () => {
    await signIn(hostA, samira);
    await apart();
    expect(await withdraw()).toMatchObject({ ok: true });
  });

  it('before the desk’s approval reaches the centre stays so, is no task any more, and the desk is told', async () => {
    const { a, b } = clinic;
    expect(await peopleAt(hostA)).toEqual([]);
    expect(await waitingAt(deskA)).toEqual([]);
    await approve();
    await meet(a, b);
    for (const desk of [a, b]) expect(linksIn(desk)).toMatchObject([{ status: 'ended' }]);
    const told = await toldAt(deskB);
    expect(told).toMatchObject([
      { table: 'patient_account_link', byValue: false, fields: [['status', 'ended', 'approved']] },
    ]);
    const [lost] = await deskB.get('conflicts.open', {});
    if (lost === undefined) throw new Error('nobody is told');
    const noted = { id: lost.id, typed: {}, seen: lost.seen };
    await expect(deskB.get('conflicts.settle', { ...noted, resolution: 'attempted' })).rejects.toThrow(
      'not-permitted',
    );
    await deskB.get('conflicts.settle', { ...noted, resolution: 'kept' });
    expect(await toldAt(deskB)).toEqual([]);
    await meet(b, a);
    expect(linksIn(a)).toMatchObject([{ status: 'ended' }]);
    await expectConverged(a, b);
  });

  it('after it does not stand, and the patient sees that', async () => {
    const { a, b } = clinic;
    await approve();
    await meet(b, a);
    expect(await peopleAt(hostA)).toEqual([[asked.id, true]]);
    expect(await withdraw()).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await toldAt(deskA)).toEqual([]);
    expect(await toldAt(deskB)).toEqual([]);
    await expectConverged(a, b);
  });
});

describe('a request for records that is taken back', () => {
  const patientId = chart.id as PatientId;
  let id: string;
  const withdraw = () => hostA.ask('panel.withdrawRequest', { patientId, id: id as never });
  const reply = () => deskB.get('records.answer', { id: id as never, status: 'completed', words: '' });
  const requestAt = async () => {
    const found = await hostA.ask('panel.requests', { patientId });
    return found.ok ? found.value.map(({ status, answer }) => [status, answer]) : found.error;
  };

  beforeEach(async () => {
    const { a, b } = clinic;
    a.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
      writer.insert('patient_account_link', accountLink(zoe.id, chart.id)),
    );
    await signIn(hostA, zoe);
    const made = await hostA.ask('panel.requestRecords', { patientId, what: 'All', why: '' });
    id = made.ok ? made.value.id : '';
    await meet(a, b);
    await apart();
    expect(await withdraw()).toMatchObject({ ok: true });
  });

  it('before the answer reaches the centre stays so, and the desk is told', async () => {
    const { a, b } = clinic;
    expect(await requestAt()).toEqual([['cancelled', '']]);
    expect(await deskA.get('records.requests', {})).toEqual([]);
    await reply();
    await meet(a, b);
    expect(await requestAt()).toEqual([['cancelled', '']]);
    expect(await toldAt(deskB)).toMatchObject([
      { table: 'task', mayDecide: true, byValue: false, fields: [['status', 'cancelled', 'completed']] },
    ]);
    expect(await toldAt(deskA)).toEqual([]);
    await expectConverged(a, b);
  });

  it('after it does not stand, and the patient reads the answer', async () => {
    const { a, b } = clinic;
    await reply();
    await meet(b, a);
    expect(await requestAt()).toEqual([['completed', '']]);
    expect(await withdraw()).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await toldAt(deskB)).toEqual([]);
    expect(await toldAt(deskA)).toEqual([]);
    await expectConverged(a, b);
  });
});
