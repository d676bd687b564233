import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalWriter } from '#main/data/local/store.ts';
import { preferenceId } from '#shared/domain/preferences/preference.ts';
import { blank, catalogue, type RowOf, tableNames } from '#shared/sync/catalogue.ts';
import {
  someAllergy,
  someInvoice,
  someNote,
  someObservation,
  somePrescription,
} from '#tests/support/clinical-samples.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  act,
  apartThenTogether,
  conflictsOn,
  expectAttributed,
  type Order,
  orders,
  rowsOn,
} from '#tests/support/two-orders.ts';
import { expectConverged, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

/** One test for each line of the table of conflicts: two desks apart, in both orders of arrival. */

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const other = (order: Order): Order => (order === 'A' ? 'B' : 'A');

const verdictOnB = (n: number) => {
  clinic.b.engine.wake();
  return clinic.b.engine.verdict(n, 10_000);
};

/** What Desk A writes and everybody has before the desks part. */
const before = async (write: Parameters<typeof act>[2]) => {
  act(clinic.a, 'A', write);
  await clinic.a.settled();
  await clinic.b.settled();
};

const voided = (reason: string) => ({
  voided_at: '2026-11-24T09:00:00.000Z',
  voided_by: null,
  void_reason: reason,
});

test.each(orders)(
  'notes, vitals, dispenses, payments, stock movements: append-only, cannot conflict (%s first)',
  async (order) => {
    const patient_id = clinic.patient.id;
    const verdicts = await apartThenTogether(clinic, order, {
      A: (writer) => writer.insert('observation', someObservation({ patient_id, value: '72' })),
      B: (writer) => writer.insert('observation', someObservation({ patient_id, value: '118' })),
    });
    expect(verdicts).toMatchObject({ first: { status: 'applied' }, second: { status: 'applied' } });
    expect(rowsOn(clinic.a, 'observation').map(({ value }) => value)).toEqual(['72', '118']);
    expect(conflictsOn(clinic.a)).toEqual([]);
  },
);

test('what is append-only is changed by nobody: a workstation is refused, and so is a person at the centre', async () => {
  const append = tableNames.filter((table) => catalogue[table].policy === 'append');
  expect(append).toEqual([
    'audit_event',
    'diagnostic_report',
    'observation',
    'composition_attester',
    'consent',
    'result_acknowledgement',
    'immunization',
    'detected_issue',
    'medication_dispense',
    'prescription_print',
    'invoice_line',
    'till_session',
    'till_event',
    'payment',
    'claim_item',
    'claim_response_item',
    'stock_movement',
  ]);
  const row = someObservation({ patient_id: clinic.patient.id });
  await before((writer) => writer.insert('observation', row));
  const n = act(clinic.b, 'B', (writer) => writer.update('observation', row.id, { value: '1' }));
  expect(await verdictOnB(n)).toMatchObject({ status: 'rejected', sqlstate: 'CH102' });
  await clinic.b.settled();
  expect(rowsOn(clinic.b, 'observation')).toMatchObject([{ value: '72' }]);
  for (const statement of ['update clinichub.observation set value = 1', 'delete from clinichub.observation'])
    await expect(clinic.query(statement)).rejects.toMatchObject({ code: 'CH102' });
});

test('an observation corrects one of the same patient: who holds one of two patients could not take it', async () => {
  const other = somePatient({ mrn: 'SHARED-2' });
  const wrong = someObservation({ patient_id: clinic.patient.id });
  await before((writer) => {
    writer.insert('patient', other);
    writer.insert('observation', wrong);
  });
  const correct = (patient_id: string) =>
    act(clinic.b, 'B', (writer) =>
      writer.insert('observation', someObservation({ patient_id, corrects: wrong.id })),
    );
  const [refused, taken] = [correct(other.id), correct(clinic.patient.id)];
  expect(await verdictOnB(refused)).toMatchObject({ status: 'rejected', sqlstate: 'CH102' });
  expect(await verdictOnB(taken)).toMatchObject({ status: 'applied' });
});

const versioned = [
  ['composition', (more: object) => someNote({ patient_id: clinic.patient.id, ...more })],
  ['medication_request', (more: object) => somePrescription({ patient_id: clinic.patient.id, ...more })],
] as const;

test.each(versioned.flatMap(([table, make]) => orders.map((order) => [table, order, make] as const)))(
  'signed %s: two corrections of one version are a fork, both kept, until a clinician settles it (%s first)',
  async (table, order, make) => {
    const signed = make({});
    await before((writer) => writer.insert(table, signed as never));
    const versions = { A: make({ parent_id: signed.id }), B: make({ parent_id: signed.id }) };
    const verdicts = await apartThenTogether(clinic, order, {
      A: (writer) => writer.insert(table, versions.A as never),
      B: (writer) => writer.insert(table, versions.B as never),
    });
    const [earlier, later] = [versions[order], versions[other(order)]];
    expect(verdicts).toMatchObject({
      first: { status: 'applied' },
      second: { status: 'needs_review', sqlstate: null, message: 'forked' },
    });
    expect(rowsOn(clinic.a, table)).toHaveLength(3);
    const [fork] = conflictsOn(clinic.a);
    expect(fork).toMatchObject({
      kind: 'version',
      reason: 'forked',
      tbl: table,
      row_id: later.id,
      patient_id: clinic.patient.id,
      attempted: { id: later.id },
      kept: { id: earlier.id },
    });
    expectAttributed(fork, other(order));

    // A clinician reads both, writes what holds, and voids the one that is not followed.
    const settled = make({ parent_id: earlier.id });
    act(clinic.a, 'A', (writer) => {
      writer.insert(table, settled as never);
      writer.update(table, later.id, voided('Settled') as never);
      writer.update('conflict', fork?.id ?? '', {
        status: 'settled',
        resolution: 'edited',
        resolved_at: '2026-11-24T10:00:00.000Z',
      });
    });
    await clinic.a.settled();
    await clinic.b.settled();
    expect(conflictsOn(clinic.b)).toMatchObject([{ status: 'settled', resolution: 'edited' }]);
    const standing = rowsOn(clinic.b, table).filter(({ voided_at }) => voided_at === null);
    const parents = new Set(standing.map(({ parent_id }) => parent_id));
    expect(standing.filter(({ id }) => !parents.has(id)).map(({ id }) => id)).toEqual([settled.id]);
    await expectConverged(clinic.a, clinic.b);
  },
);

test.each(versioned.flatMap(([table, make]) => orders.map((order) => [table, order, make] as const)))(
  '%s: a fork that two settle offline, each otherwise, ends with the version of the first, and the second is asked (%s first)',
  async (table, order, make) => {
    const signed = make({});
    await before((writer) => writer.insert(table, signed as never));
    const versions = { A: make({ parent_id: signed.id }), B: make({ parent_id: signed.id }) };
    await apartThenTogether(clinic, 'A', {
      A: (writer) => writer.insert(table, versions.A as never),
      B: (writer) => writer.insert(table, versions.B as never),
    });
    const [fork] = conflictsOn(clinic.a);
    const letStand = (resolution: 'kept' | 'attempted', other: string) => (writer: LocalWriter) => {
      writer.update(table, other, voided('fork-settled') as never);
      writer.update('conflict', fork?.id ?? '', {
        status: 'settled',
        resolution,
        resolved_at: '2026-11-24T10:00:00.000Z',
      });
    };
    const verdicts = await apartThenTogether(clinic, order, {
      A: letStand('kept', versions.B.id),
      B: letStand('attempted', versions.A.id),
    });
    expect(verdicts).toMatchObject({ first: { status: 'applied' }, second: { status: 'merged' } });
    const standing = rowsOn(clinic.b, table).filter(({ voided_at }) => voided_at === null);
    expect(standing.map(({ id }) => id).toSorted()).toEqual([signed.id, versions[order].id].toSorted());
    expect(conflictsOn(clinic.b).find(({ tbl }) => tbl === 'conflict')).toMatchObject({
      status: 'open',
      row_id: fork?.id,
      kept: { resolution: order === 'A' ? 'kept' : 'attempted' },
      attempted: { resolution: order === 'A' ? 'attempted' : 'kept' },
    });
    await expectConverged(clinic.a, clinic.b);
  },
);

test('a signed version is changed and deleted by nobody, and voided once', async () => {
  const row = someNote({ patient_id: clinic.patient.id });
  await before((writer) => writer.insert('composition', row));
  const rewrite = () =>
    act(clinic.b, 'B', (writer) => writer.update('composition', row.id, { body: 'Fever.' }));
  expect(rewrite).toThrow('never changes');
  // A workstation of a version that did not refuse it itself.
  clinic.b.local.db.exec('DROP TRIGGER composition_never_changes');
  const n = rewrite();
  expect(await verdictOnB(n)).toMatchObject({ status: 'rejected', sqlstate: 'CH102' });
  await clinic.b.settled();
  expect(rowsOn(clinic.b, 'composition')).toMatchObject([{ body: 'No fever.' }]);
  const set = (assignment: string) =>
    clinic.query(`set role clinichub_owner; update clinichub.composition set ${assignment}`);
  await expect(set(`body = 'Fever.'`)).rejects.toMatchObject({ code: 'CH102' });
  await expect(clinic.query('delete from clinichub.composition')).rejects.toMatchObject({ code: 'CH102' });
  await set(`voided_at = now(), void_reason = 'Wrong patient'`);
  await expect(set(`void_reason = 'Other'`)).rejects.toMatchObject({ code: 'CH102' });
  await expect(set(`voided_at = null`)).rejects.toMatchObject({ code: 'CH102' });
});

test.each(orders)(
  'a prescription corrected by one and voided by another: the correction stands and a person must look (%s first)',
  async (order) => {
    const signed = somePrescription({ patient_id: clinic.patient.id });
    await before((writer) => writer.insert('medication_request', signed));
    const corrected = somePrescription({
      patient_id: clinic.patient.id,
      parent_id: signed.id,
      dosage: 'Two',
    });
    const { second } = await apartThenTogether(clinic, order, {
      A: (writer) => writer.insert('medication_request', corrected),
      B: (writer) => writer.update('medication_request', signed.id, voided('Stopped')),
    });
    expect(second).toMatchObject({ status: 'needs_review', message: 'changed-elsewhere' });
    expect(rowsOn(clinic.b, 'medication_request')).toMatchObject([
      { id: signed.id, void_reason: 'Stopped' },
      { id: corrected.id, voided_at: null },
    ]);
    const [conflict] = conflictsOn(clinic.b);
    expect(conflict).toMatchObject({
      kind: 'version',
      attempted: { id: order === 'A' ? signed.id : corrected.id },
      kept: { id: order === 'A' ? corrected.id : signed.id },
    });
    expectAttributed(conflict, other(order));
  },
);

test.each(orders)(
  'appointment: the slot goes to the first, the loser is kept as needs rebooking with a task on the desk that made it (%s first)',
  async (order) => {
    const second = somePatient({ mrn: 'SHARED-2' });
    await before((writer) => writer.insert('patient', second));
    const book = (patient_id: string) =>
      someAppointment({
        patient_id,
        practitioner_id: clinic.practitioner.id,
        location_id: clinic.location.id,
      });
    const bookings = { A: book(clinic.patient.id), B: book(second.id) };
    const verdicts = await apartThenTogether(clinic, order, {
      A: (writer) => writer.insert('appointment', bookings.A),
      B: (writer) => writer.insert('appointment', bookings.B),
    });
    const [winner, loser] = [bookings[order], bookings[other(order)]];
    expect(verdicts.second).toMatchObject({ status: 'needs_review', message: 'practitioner-busy' });
    const standing = rowsOn(clinic.a, 'appointment');
    expect(standing.find(({ id }) => id === winner.id)).toMatchObject({ needs_rebooking: 0 });
    expect(standing.find(({ id }) => id === loser.id)).toMatchObject({ ...loser, needs_rebooking: 1 });
    const [conflict] = conflictsOn(clinic.b);
    expect(conflict).toMatchObject({
      kind: 'slot',
      row_id: loser.id,
      reason: 'practitioner-busy',
      attempted: loser,
      kept: { needs_rebooking: 1, taken_by: winner.id },
    });
    expectAttributed(conflict, other(order));
    const desk = order === 'A' ? clinic.b : clinic.a;
    expect(rowsOn(clinic.a, 'task')).toMatchObject([
      {
        code: 'rebook-appointment',
        appointment_id: loser.id,
        owner_device: desk.local.store.workstation()?.deviceId,
      },
    ]);
  },
);

test.each(orders)(
  'demographics: disjoint fields merge; on the same field the centre’s order wins and the losing value is kept for review (%s first)',
  async (order) => {
    const { id } = clinic.patient;
    const verdicts = await apartThenTogether(clinic, order, {
      A: (writer) => writer.update('patient', id, { city: 'Paris', phone: '+33 1 00 00 00 00' }),
      B: (writer) =>
        writer.update('patient', id, { city: 'Nice', email: 'zoe@example.org', birth_date_estimated: 1 }),
    });
    expect(verdicts).toMatchObject({ first: { status: 'applied' }, second: { status: 'merged' } });
    const cities = { A: 'Paris', B: 'Nice' };
    expect(rowsOn(clinic.a, 'patient')).toMatchObject([
      {
        city: cities[order],
        phone: '+33 1 00 00 00 00',
        email: 'zoe@example.org',
        birth_date_estimated: 1,
      },
    ]);
    const conflicts = conflictsOn(clinic.b);
    expect(conflicts).toMatchObject([
      {
        kind: 'field',
        tbl: 'patient',
        row_id: id,
        attempted: { city: cities[other(order)] },
        kept: { city: cities[order] },
      },
    ]);
    expectAttributed(conflicts[0], other(order));
  },
);

test.each(orders)(
  'allergies: what two desks record both stands, the same substance too (%s first)',
  async (order) => {
    const patient_id = clinic.patient.id;
    const rows = {
      A: someAllergy({ patient_id, criticality: 'high' }),
      B: someAllergy({ patient_id, criticality: 'low' }),
    };
    await apartThenTogether(clinic, order, {
      A: (writer) => writer.insert('allergy_intolerance', rows.A),
      B: (writer) => writer.insert('allergy_intolerance', rows.B),
    });
    expect(rowsOn(clinic.b, 'allergy_intolerance')).toMatchObject([rows.A, rows.B]);
    expect(conflictsOn(clinic.b)).toEqual([]);
    await expect(clinic.query('delete from clinichub.allergy_intolerance')).rejects.toMatchObject({
      code: 'CH102',
    });
  },
);

test.each(orders)(
  'allergies: refined by two desks, disjoint fields merge and a differing value is kept for review (%s first)',
  async (order) => {
    const row = someAllergy({ patient_id: clinic.patient.id });
    await before((writer) => writer.insert('allergy_intolerance', row));
    await apartThenTogether(clinic, order, {
      A: (writer) => writer.update('allergy_intolerance', row.id, { criticality: 'high', note: 'Hives' }),
      B: (writer) =>
        writer.update('allergy_intolerance', row.id, { criticality: 'low', substance: 'Amoxicillin' }),
    });
    const values = { A: 'high', B: 'low' };
    expect(rowsOn(clinic.b, 'allergy_intolerance')).toMatchObject([
      { criticality: values[order], note: 'Hives', substance: 'Amoxicillin' },
    ]);
    const [conflict] = conflictsOn(clinic.b);
    expect(conflict).toMatchObject({
      attempted: { criticality: values[other(order)] },
      kept: { criticality: values[order] },
    });
    expectAttributed(conflict, other(order));
  },
);

test.each(orders)(
  'allergies: union only, so one voided by a desk while another refined it stays, and the void is kept for review (%s first)',
  async (order) => {
    const row = someAllergy({ patient_id: clinic.patient.id });
    await before((writer) => writer.insert('allergy_intolerance', row));
    const { second } = await apartThenTogether(clinic, order, {
      A: (writer) => writer.update('allergy_intolerance', row.id, { criticality: 'high' }),
      B: (writer) => writer.update('allergy_intolerance', row.id, voided('Not allergic')),
    });
    expect(second).toMatchObject({ status: 'merged' });
    expect(rowsOn(clinic.b, 'allergy_intolerance')).toMatchObject([
      { criticality: 'high', voided_at: null, void_reason: null },
    ]);
    const conflicts = conflictsOn(clinic.a);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({
      attempted: { voided_at: '2026-11-24T09:00:00.000Z', void_reason: 'Not allergic' },
    });
    expectAttributed(conflicts[0], 'B');
  },
);

test('allergies: one voided by somebody who knows of every edit is voided', async () => {
  const row = someAllergy({ patient_id: clinic.patient.id });
  await before((writer) => writer.insert('allergy_intolerance', row));
  act(clinic.a, 'A', (writer) => writer.update('allergy_intolerance', row.id, { criticality: 'high' }));
  await clinic.a.settled();
  await clinic.b.settled();
  const n = act(clinic.b, 'B', (writer) =>
    writer.update('allergy_intolerance', row.id, voided('Entered in error')),
  );
  expect(await verdictOnB(n)).toMatchObject({ status: 'applied' });
  await clinic.b.settled();
  await clinic.a.settled();
  expect(rowsOn(clinic.a, 'allergy_intolerance')).toMatchObject([{ void_reason: 'Entered in error' }]);
  await expectConverged(clinic.a, clinic.b);
});

test.each(orders)(
  'patient merge: reversible merged_into; what is written for the merged record meanwhile is kept and follows it (%s first)',
  async (order) => {
    const duplicate = somePatient({ mrn: 'TWICE-1' });
    await before((writer) => writer.insert('patient', duplicate));
    const written = someAllergy({ patient_id: duplicate.id });
    const survivor = clinic.patient.id;
    const verdicts = await apartThenTogether(clinic, order, {
      A: (writer) => writer.update('patient', duplicate.id, { merged_into: survivor }),
      B: (writer) => {
        writer.insert('allergy_intolerance', written);
        writer.update('patient', duplicate.id, { phone: '+33 6 00 00 00 00' });
      },
    });
    expect(verdicts).toMatchObject({ first: { status: 'applied' }, second: { status: 'applied' } });
    expect(conflictsOn(clinic.a)).toEqual([]);
    const same = await clinic.query<{ id: string }>('select clinichub.patient_same($1) as id', [survivor]);
    expect(same.map(({ id }) => id).toSorted()).toEqual([survivor, duplicate.id].toSorted());
    expect(rowsOn(clinic.b, 'allergy_intolerance')).toMatchObject([{ patient_id: duplicate.id }]);

    act(clinic.b, 'B', (writer) => writer.update('patient', duplicate.id, { merged_into: null }));
    await clinic.b.settled();
    await clinic.a.settled();
    expect(await clinic.query('select clinichub.patient_same($1) as id', [survivor])).toEqual([
      { id: survivor },
    ]);
    expect(rowsOn(clinic.a, 'patient').find(({ id }) => id === duplicate.id)).toMatchObject({
      merged_into: null,
      phone: '+33 6 00 00 00 00',
    });
    await expectConverged(clinic.a, clinic.b);
  },
);

test('patient merge: two desks that merge two records into each other do not make a circle', async () => {
  const duplicate = somePatient({ mrn: 'TWICE-1' });
  await before((writer) => writer.insert('patient', duplicate));
  const { first, second } = await apartThenTogether(clinic, 'A', {
    A: (writer) => writer.update('patient', duplicate.id, { merged_into: clinic.patient.id }),
    B: (writer) => writer.update('patient', clinic.patient.id, { merged_into: duplicate.id }),
  });
  expect(first).toMatchObject({ status: 'applied' });
  expect(second).toMatchObject({ status: 'rejected', sqlstate: 'CH102' });
});

test('patient merge: a patient under two records is in one place at a time', async () => {
  const duplicate = somePatient({ mrn: 'TWICE-1' });
  const colleague = { ...clinic.practitioner, id: '01900000-0000-7000-8000-00000000c001' };
  await before((writer) => {
    writer.insert('patient', duplicate);
    writer.update('patient', duplicate.id, { merged_into: clinic.patient.id });
    writer.insert('practitioner', colleague);
  });
  const book = (patient_id: string, practitioner_id: string): RowOf<'appointment'> =>
    someAppointment({ patient_id, practitioner_id, location_id: clinic.location.id });
  const [first, second] = [book(clinic.patient.id, clinic.practitioner.id), book(duplicate.id, colleague.id)];
  const verdicts = await apartThenTogether(clinic, 'A', {
    A: (writer) => writer.insert('appointment', first),
    B: (writer) => writer.insert('appointment', second),
  });
  expect(verdicts.second).toMatchObject({ status: 'needs_review', message: 'patient-busy' });
  expect(conflictsOn(clinic.b)).toMatchObject([
    { row_id: second.id, reason: 'patient-busy', kept: { taken_by: first.id } },
  ]);
});

test.each(orders)(
  'invoice number: provisional at the desk, the fiscal number is given in commit order, gapless (%s first)',
  async (order) => {
    const patient_id = clinic.patient.id;
    const bill = (desk: Order, count: number) =>
      Array.from({ length: count }, (_, k) =>
        someInvoice({ patient_id, provisional_number: `${desk}-${k + 1}` }),
      );
    const bills = { A: bill('A', 3), B: bill('B', 2) };
    await apartThenTogether(clinic, order, {
      A: (writer) => {
        for (const row of bills.A) writer.insert('invoice', row);
      },
      B: (writer) => {
        for (const row of bills.B) writer.insert('invoice', row);
      },
    });
    const numbered = rowsOn(clinic.a, 'invoice')
      .toSorted((x, y) => (x.fiscal_number ?? 0) - (y.fiscal_number ?? 0))
      .map((row) => [row.fiscal_number, row.provisional_number]);
    const inOrder = [...bills[order], ...bills[other(order)]];
    expect(numbered).toEqual(inOrder.map((row, index) => [index + 1, row.provisional_number]));
  },
);

test.each(orders)(
  'preferences: last write wins, and nothing is kept for review (%s first)',
  async (order) => {
    const account: RowOf<'staff_account'> = {
      ...blank('staff_account'),
      id: '01900000-0000-7000-8000-00000000e001',
      username: 'claire',
      display_name: 'Claire',
      role: 'reception',
      practitioner_id: null,
      location_id: null,
      password_hash: 'x',
      active: 1,
    };
    const preference = (key: string, value: string): RowOf<'preference'> => ({
      id: preferenceId(account.id, key),
      account_id: account.id,
      key,
      value,
    });
    const theme = preference('theme', 'light');
    await before((writer) => {
      writer.insert('staff_account', account);
      writer.insert('preference', theme);
    });
    const set = (value: string) => (writer: Parameters<Parameters<typeof act>[2]>[0]) => {
      writer.update('preference', theme.id, { value });
      writer.insert('preference', preference('board.columns', value));
    };
    const verdicts = await apartThenTogether(clinic, order, { A: set('of A'), B: set('of B') });
    expect(verdicts).toMatchObject({ first: { status: 'applied' }, second: { status: 'applied' } });
    const last = `of ${other(order)}`;
    expect(
      rowsOn(clinic.a, 'preference')
        .map(({ key, value }) => [key, value])
        .toSorted(),
    ).toEqual([
      ['board.columns', last],
      ['theme', last],
    ]);
    expect(conflictsOn(clinic.a)).toEqual([]);
  },
);
