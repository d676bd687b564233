import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const known = somePatient({ mrn: 'CHART-1', family: 'Haddad', given: 'Samira', email: null });
const other = somePatient({ mrn: 'CHART-2', family: 'Haddad', given: 'Samir' });
const asked = somePatient({ mrn: 'PANEL-1', family: 'Haddad', given: 'Samira', source: 'panel' });
const linkId = v7();

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;

/** Each in turn reaches the centre; then both hear of everything. */
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedReception(a, clinic, [known, other, asked]);
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert('patient_account_link', {
      ...blank('patient_account_link'),
      id: linkId,
      account_id: v7(),
      patient_id: asked.id,
      relationship: 'self',
      status: 'requested',
      account_name: 'Samira H',
      account_email: 'samira@example.org',
      requested_at: new Date().toISOString(),
    }),
  );
  await a.settled();
  await b.settled();
  atA = await offlineDesk(a);
  atB = await offlineDesk(b);
  await a.offline();
  await b.offline();
});
afterEach(() => clinic.end());

const approveAs = async (desk: OfflineDesk, chartId: string) => {
  const ids = { leftId: chartId as PatientId, rightId: asked.id as PatientId };
  const { left, right } = await desk.get('patients.mergePreview', ids);
  const was = { own: left.values, other: right.values };
  await desk.get('panelDesk.approveAs', { linkId, chartId: ids.leftId, take: [], was });
};
const linkAt = ({ local }: Desk) =>
  local.store.get(localDb.selectFrom('patient_account_link').selectAll().where('id', '=', linkId));
const mergedAt = ({ local }: Desk) =>
  local.store.get(localDb.selectFrom('patient').select('merged_into').where('id', '=', asked.id))
    ?.merged_into;

it('of an approval and a refusal made apart the one that reaches the centre first stands at both desks, whole', async () => {
  const { a, b } = clinic;
  await atB.get('panelDesk.refuse', { linkId, reason: 'We do not know you' });
  await approveAs(atA, known.id);
  await meet(a, b);
  for (const desk of [a, b]) {
    expect(linkAt(desk)).toMatchObject({ status: 'approved', decision_reason: null });
    expect(mergedAt(desk)).toBe(known.id);
  }
  expect((await atB.get('panelDesk.access', { patientId: known.id as PatientId })).links).toMatchObject([
    { status: 'approved', reason: null },
  ]);
  await expectConverged(a, b);
});

it('a refusal that came first keeps the record closed, although another desk said who it is', async () => {
  const { a, b } = clinic;
  await approveAs(atA, known.id);
  await atB.get('panelDesk.refuse', { linkId, reason: 'We do not know you' });
  await meet(b, a);
  for (const desk of [a, b])
    expect(linkAt(desk)).toMatchObject({ status: 'refused', decision_reason: 'We do not know you' });
  await expectConverged(a, b);
});

it('two desks that say two persons: the centre’s first chart has it, and the other desk is asked about the merge', async () => {
  const { a, b } = clinic;
  await approveAs(atB, other.id);
  await approveAs(atA, known.id);
  await meet(a, b);
  for (const desk of [a, b]) {
    expect(mergedAt(desk)).toBe(known.id);
    expect(linkAt(desk)?.status).toBe('approved');
  }
  const open = await atB.get('conflicts.open', {});
  expect(open.map(({ table, mine }) => [table, mine])).toEqual([['patient', true]]);
  await expectConverged(a, b);
});

it('a code made at two desks apart counts at neither less: each was printed, and using one is enough', async () => {
  const { a, b } = clinic;
  const of = { patientId: known.id as PatientId };
  await atA.get('panelDesk.makeCode', of);
  await atB.get('panelDesk.makeCode', of);
  await meet(a, b);
  // The next one makes both worthless.
  await a.offline();
  await atA.get('panelDesk.voidCode', of);
  await meet(a, b);
  expect((await atB.get('panelDesk.access', of)).code).toBeNull();
  await expectConverged(a, b);
});
