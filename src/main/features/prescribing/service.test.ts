import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { homeOf } from '#main/core/home.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input, Output, Parsed } from '#shared/contract/contract.ts';
import type { PrescriptionLineInput } from '#shared/contract/prescriptions.ts';
import type { PrescriptionDraft } from '#shared/contract/safety.ts';
import { findingKey } from '#shared/domain/prescribing/override.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import type { MedicineId, PatientId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { amoxicillin, somePrescription } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mugabo, mutesi, openClinic } from '#tests/support/core-clinic.ts';
import { prescribingHandlers } from './service.ts';

const allergy: Finding = {
  check: 'allergy-ingredient',
  status: 'warning',
  severity: 'high',
  subject: 'Amoxicillin',
  reason: 'allergy-to-ingredient',
  params: { substance: 'Amoxicillin' },
  dataset: 'test 1',
};
const noWeight: Finding = {
  check: 'dose',
  status: 'not-checked',
  severity: null,
  subject: 'Amoxicillin',
  reason: 'weight-missing',
  params: {},
  dataset: 'test 1',
};

const line: PrescriptionLineInput = {
  medicineId: amoxicillin.id as MedicineId,
  medication: 'Amoxicillin',
  doseValue: '500',
  doseUnit: 'mg',
  route: 'oral',
  frequency: 'tid',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 7, unit: 'd' },
  quantity: null,
  quantityUnit: null,
  quantityComputed: true,
  repeats: 0,
  indication: null,
  conditionId: null,
  note: null,
  startDate: '2026-11-23',
  endDate: null,
  answers: null,
};

let clinic: Clinic;
let handlers: ReturnType<typeof prescribingHandlers>;
let doctor: Connection;
let nurse: Connection;
let found: readonly Finding[];
let asked: { readonly draft: PrescriptionDraft; readonly excludes: readonly string[] }[];

beforeEach(async () => {
  clinic = openClinic();
  found = [];
  asked = [];
  const { store } = clinic.temporary.local;
  handlers = prescribingHandlers({
    store,
    engine: clinic.engine,
    clock: clinic.clock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => v7(),
    settings: settingsOf(store),
    home: () => homeOf(store),
    inboxes: { readFor: () => [], isReader: () => true },
    safety: {
      check: (_, draft, excludes) => {
        asked.push({ draft, excludes });
        return ok({ findings: [...found], dataset: null });
      },
      recheck: () =>
        ok({
          prescriptions: store
            .all(localDb.selectFrom('medication_request').selectAll())
            .map(({ id, medication }) => ({ prescriptionId: id, medication, findings: [...found] })),
        }),
    },
    stock: {
      propose: () => {
        throw new Error('not asked');
      },
      check: () => ok(null),
      handOut: () => undefined,
      medicineOf: () => null,
      putBack: () => undefined,
      batchesOf: () => new Map(),
    },
    checkPin: async (_, pin) => (pin === '4711' ? ok(null) : fail('wrong-pin', { params: { left: 4 } })),
  });
  store.mutate({ kind: 'seed', user: null }, (writer) => writer.insert('medicine', amoxicillin));
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

type Call = keyof typeof handlers;
const ask = async <N extends Call>(name: N, input: Parsed<N>, who = doctor) =>
  (
    handlers[name] as (
      input: Parsed<N>,
      who: Connection,
    ) => Promise<{ ok: true; value: Output<N> } | { ok: false; error: { code: string; fields?: object } }>
  )(input, who);
const get = async <N extends Call>(name: N, input: Parsed<N>, who = doctor): Promise<Output<N>> => {
  const reply = await ask(name, input, who);
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
};
const patientId = habimana.id as PatientId;
const writing = (
  lines: readonly Partial<PrescriptionLineInput>[],
  more: Partial<Parsed<'prescriptions.write'>> = {},
): Parsed<'prescriptions.write'> => ({
  patientId,
  lines: lines.map((one) => ({ ...line, ...one })),
  sign: true,
  language: 'en',
  overrides: [],
  pin: null,
  ...more,
});
const sign = async (more: Partial<PrescriptionLineInput> = {}) => {
  const [view] = await get('prescriptions.write', writing([more]));
  if (view === undefined) throw new Error('nothing was signed');
  clinic.clock.at += 1000;
  return view;
};
const current = async () => (await get('prescriptions.current', { patientId })).prescriptions;
const past = async () =>
  (await get('prescriptions.past', { patientId, after: null, limit: 50 })).prescriptions;
const issues = () =>
  clinic.temporary.local.store.all(localDb.selectFrom('detected_issue').selectAll().orderBy('id'));
const step = (id: string, action: Input<'prescriptions.step'>['action'], reason = 'Because') =>
  ask('prescriptions.step', { id: id as never, action, reason });
const dispensing = (id: string, more: Partial<Parsed<'prescriptions.dispense'>> = {}) => ({
  id: id as never,
  quantity: '21',
  note: '',
  overrides: [],
  doctorId: null,
  pin: null,
  stock: null,
  ...more,
});

describe('a signed prescription', () => {
  it('has its medicine from the formulary, its quantity computed, its end and a line to read', async () => {
    const view = await sign({ doseValue: '500,0' });
    expect(view).toMatchObject({
      medication: 'Amoxicillin 500 mg capsule',
      state: 'active',
      doseValue: '500',
      frequency: 'TDS',
      quantity: '21',
      quantityUnit: 'capsule',
      quantityComputed: true,
      endDate: '2026-11-29',
      dosage: '500 mg by mouth, 3 times a day, for 7 days',
      certainty: 'provisional',
    });
    expect(view.number).toMatch(/^9-[2-9A-Z]{6}$/);
    expect(asked[0]?.draft).toMatchObject({
      unitOfDose: 'capsule',
      ingredients: [{ key: 'amoxicillin' }],
      doseValue: '500',
      frequency: 'TDS',
      route: 'oral',
    });
    expect(await current()).toMatchObject([{ id: view.id, versions: [{ id: view.id }], remaining: '21' }]);
  });

  it('keeps a quantity that was typed', async () => {
    const typed = { quantity: '15', quantityUnit: 'capsule', quantityComputed: false };
    expect(await sign(typed)).toMatchObject({ quantity: '15', quantityComputed: false });
  });

  it.each([
    [{ doseValue: '0' }, { 'lines.0.doseValue': 'above-zero' }],
    [{ doseValue: '-500' }, { 'lines.0.doseValue': 'above-zero' }],
    [{ doseValue: 'half' }, { 'lines.0.doseValue': 'number' }],
    [{ frequency: 'now and then' }, { 'lines.0.frequency': 'frequency' }],
    [{ endDate: '2026-11-01' }, { 'lines.0.endDate': 'order' }],
  ])('is refused with %o, and nothing is written', async (more, fields) => {
    expect(await ask('prescriptions.write', writing([more]))).toMatchObject({ error: { fields } });
    expect(await current()).toEqual([]);
  });

  it('is nothing a nurse may write', async () => {
    expect(await clinic.ask('prescriptions.write', writing([{}]), nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });

  it('as a draft is neither checked nor active, and is signed later', async () => {
    const [draft] = await get('prescriptions.write', writing([{}], { sign: false }));
    expect(draft).toMatchObject({ state: 'draft', number: null });
    expect(asked).toEqual([]);
    clinic.clock.at += 1000;
    if (draft) await sign({ answers: { kind: 'change', id: draft.id } });
    expect(await current()).toMatchObject([{ earlier: 1, versions: [{ state: 'active' }] }]);
  });
});

describe('something grave', () => {
  const answer = { line: 0, finding: findingKey(allergy), reasonCode: 'no-alternative', reason: '' } as const;

  it('is refused without a reason, without the PIN and with a wrong one; then it is written down with both', async () => {
    found = [allergy, noWeight];
    expect(await ask('prescriptions.write', writing([{}]))).toMatchObject({
      error: { code: 'override-needed' },
    });
    const other = { ...answer, reasonCode: 'other' } as const;
    expect(
      await ask('prescriptions.write', writing([{}], { overrides: [other], pin: '4711' })),
    ).toMatchObject({
      error: { code: 'override-needed' },
    });
    expect(await ask('prescriptions.write', writing([{}], { overrides: [answer] }))).toMatchObject({
      error: { fields: { pin: 'required' } },
    });
    expect(
      await ask('prescriptions.write', writing([{}], { overrides: [answer], pin: '1234' })),
    ).toMatchObject({ error: { code: 'wrong-pin' } });
    expect(issues()).toEqual([]);
    await get('prescriptions.write', writing([{}], { overrides: [answer], pin: '4711' }));
    expect((await current())[0]?.overridden).toEqual([
      'allergy-ingredient:allergy-to-ingredient Amoxicillin',
    ]);
    expect(issues()).toMatchObject([
      {
        code: 'allergy-ingredient:allergy-to-ingredient',
        outcome: 'overridden',
        reason_code: 'no-alternative',
      },
      { code: 'dose:weight-missing', outcome: 'not-checked', reason_code: null },
    ]);
    const [row] = clinic.temporary.local.store.all(localDb.selectFrom('medication_request').selectAll());
    expect(JSON.parse(row?.checked ?? '')).toMatchObject({
      dataset: 'test 1',
      findings: [{ check: 'allergy-ingredient' }, { check: 'dose' }],
    });
  });
});

describe('what follows', () => {
  it('a renewal is a new prescription, and the old one is over', async () => {
    const first = await sign();
    await sign({ answers: { kind: 'renew', id: first.id } });
    expect(asked.at(-1)?.excludes).toEqual([first.id]);
    expect(await current()).toMatchObject([{ versions: [{ renewsId: first.id, state: 'active' }] }]);
    expect(await past()).toMatchObject([{ id: first.id, versions: [{ state: 'completed' }] }]);
  });

  it('a change is a new version of the same prescription, and cannot be made of the old one', async () => {
    const first = await sign();
    await sign({ doseValue: '250', answers: { kind: 'change', id: first.id } });
    expect(await current()).toMatchObject([{ id: first.id, earlier: 1, versions: [{ doseValue: '250' }] }]);
    expect(
      await ask('prescriptions.write', writing([{ answers: { kind: 'change', id: first.id } }])),
    ).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });

  it('it is held, resumed and stopped with a reason', async () => {
    const { id } = await sign();
    expect(await step(id, 'hold', '')).toMatchObject({ error: { fields: { reason: 'required' } } });
    const held = await step(id, 'hold');
    expect(held).toMatchObject({ value: { state: 'on-hold', stateReason: 'Because' } });
    const resumed = held.ok ? await step(held.value.id, 'resume', '') : held;
    expect(resumed).toMatchObject({ value: { state: 'active', stateReason: null } });
    const stopped = resumed.ok ? await step(resumed.value.id, 'stop') : resumed;
    expect(stopped).toMatchObject({ value: { state: 'stopped' } });
    if (stopped.ok)
      expect(await step(stopped.value.id, 'resume')).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await current()).toEqual([]);
    expect((await get('prescriptions.history', { id })).versions.map(({ state }) => state)).toEqual([
      'stopped',
      'active',
      'on-hold',
      'active',
    ]);
  });

  it('it is over after its last day', async () => {
    await sign();
    clinic.clock.at += 8 * 86_400_000;
    expect(await current()).toEqual([]);
    expect(await past()).toMatchObject([{ versions: [{ state: 'completed' }] }]);
  });

  it('of a merged record it is read and changed with the one that goes on', async () => {
    const old = somePrescription({
      patient_id: mutesi.id,
      status: 'active',
      signed_at: '2026-01-01T00:00:00.000Z',
    });
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
      writer.insert('medication_request', old);
      writer.update('patient', mutesi.id, { merged_into: habimana.id });
    });
    expect(await current()).toMatchObject([{ id: old.id }]);
    const changed = await sign({ answers: { kind: 'change', id: old.id as never } });
    expect(changed.patientId).toBe(mutesi.id);
  });
});

describe('handing out', () => {
  it('leaves the rest, and more than that needs a note', async () => {
    const { id } = await sign({ repeats: 1 });
    await get('prescriptions.dispense', dispensing(id), nurse);
    expect(await current()).toMatchObject([{ remaining: '21' }]);
    const more = dispensing(id, { quantity: '21,5' });
    expect(await ask('prescriptions.dispense', more, nurse)).toMatchObject({
      error: { code: 'more-than-left', params: { left: '21' } },
    });
    const given = await get('prescriptions.dispense', { ...more, note: 'Spilled' }, nurse);
    expect(await current()).toMatchObject([{ remaining: '0' }]);
    await get('prescriptions.takeBack', { dispenseId: given.id, reason: 'Not taken' }, nurse);
    expect(await current()).toMatchObject([{ remaining: '21' }]);
    expect((await get('prescriptions.history', { id })).dispenses).toMatchObject([
      { quantity: '21.5', takenBack: true },
      { quantity: '21', takenBack: false },
    ]);
  });

  it('is checked again, and something grave needs a doctor with the PIN', async () => {
    const { id } = await sign();
    found = [allergy];
    expect(await ask('prescriptions.dispense', dispensing(id), nurse)).toMatchObject({
      error: { code: 'override-needed' },
    });
    const overrides = [
      { line: 0, finding: findingKey(allergy), reasonCode: 'tolerated-before', reason: '' } as const,
    ];
    const [who] = await get('prescriptions.doctors', {}, nurse);
    const doctorId = who?.id as StaffAccountId;
    expect(
      await ask('prescriptions.dispense', dispensing(id, { overrides, pin: '4711' }), nurse),
    ).toMatchObject({
      error: { fields: { doctorId: 'required' } },
    });
    await get('prescriptions.dispense', dispensing(id, { overrides, doctorId, pin: '4711' }), nurse);
    expect(issues()).toMatchObject([{ outcome: 'overridden', practitioner_id: doctor.user?.practitionerId }]);
  });

  it('is refused on hold, once it is stopped, of nothing, and while two versions hold', async () => {
    const { id } = await sign();
    for (const quantity of ['0', '-1'])
      expect(await ask('prescriptions.dispense', dispensing(id, { quantity }))).toMatchObject({
        error: { fields: { quantity: 'above-zero' } },
      });
    const { store } = clinic.temporary.local;
    const row = store.get(localDb.selectFrom('medication_request').selectAll().where('id', '=', id));
    const held = await step(id, 'hold');
    if (!held.ok || row === undefined) throw new Error('it is not on hold');
    expect(await ask('prescriptions.dispense', dispensing(held.value.id))).toMatchObject({
      error: { code: 'not-active' },
    });
    const { row_version: _, ...same } = row;
    const elsewhere = { ...same, id: v7(), parent_id: id, dosage: 'Twice' };
    store.mutate({ kind: 'seed', user: null }, (writer) => writer.insert('medication_request', elsewhere));
    for (const version of [elsewhere.id, held.value.id])
      expect(await ask('prescriptions.dispense', dispensing(version))).toMatchObject({
        error: { code: 'forked' },
      });
    expect((await current())[0]?.versions).toHaveLength(2);
  });
});

describe('templates', () => {
  const { startDate: _s, endDate: _e, conditionId: _c, answers: _a, ...item } = line;
  type Keeping = Parsed<'prescriptions.keepTemplate'>;
  const keeping = (more: Partial<Keeping> = {}): Keeping => ({
    id: null,
    kind: 'order-set',
    name: 'Chest infection',
    items: [item],
    shared: true,
    ...more,
  });
  const keep = (more: Partial<Keeping>, who = doctor) =>
    get('prescriptions.keepTemplate', keeping(more), who);
  const refused = async (more: Partial<Keeping>, who: Connection) =>
    ask('prescriptions.keepTemplate', keeping(more), who);
  const listed = async (who = doctor) => get('prescriptions.templates', {}, who);
  const notPermitted = { error: { code: 'not-permitted' } };
  /** Another doctor of the clinic, who works at this desk as well. */
  const colleague = (): Connection => ({
    ...doctor,
    user: {
      ...(doctor.user as NonNullable<Connection['user']>),
      id: '01900000-0000-7000-8000-e00000000009' as StaffAccountId,
      practitionerId: mugabo.id as PractitionerId,
    },
  });

  it('a favourite and a set of one\u2019s own are seen by nobody else, a shared set by everybody', async () => {
    await keep({ kind: 'favourite', name: 'Fav', shared: false });
    await keep({ name: 'Mine', shared: false });
    await keep({ name: 'Ours' });
    expect(await listed()).toMatchObject([
      { name: 'Fav', shared: false, mayEdit: true },
      { name: 'Mine', shared: false, mayEdit: true },
      { name: 'Ours', shared: true, mayEdit: true, by: 'doctor', items: [{ doseValue: '500' }] },
    ]);
    expect(await listed(colleague())).toMatchObject([{ name: 'Ours', mayEdit: false }]);
    const admin = await clinic.signedIn('admin');
    expect(await listed(admin)).toMatchObject([{ name: 'Ours', mayEdit: true }]);
    expect(await refused({ kind: 'favourite' }, admin)).toMatchObject(notPermitted);
    expect(await refused({ shared: false }, admin)).toMatchObject(notPermitted);
  });

  it('is renamed, its lines changed, put in another order and removed in place, and comes back when that is undone', async () => {
    const second = {
      ...item,
      medication: 'Paracetamol',
      medicineId: null,
      doseValue: '1',
      doseUnit: 'tablet',
    };
    const { id } = await keep({ items: [item, second], shared: false });
    await keep({ id, name: 'Cough', items: [second, { ...item, doseValue: '250' }], shared: false });
    expect(await listed()).toMatchObject([
      { id, name: 'Cough', items: [{ medication: 'Paracetamol' }, { doseValue: '250' }] },
    ]);
    await get('prescriptions.dropTemplate', { id });
    expect(await listed()).toEqual([]);
    await keep({ id, name: 'Cough', items: [second], shared: true });
    expect(await listed(colleague())).toMatchObject([{ id, shared: true, items: [{ doseValue: '1' }] }]);
    expect(await refused({ id, shared: false }, doctor)).toMatchObject(notPermitted);
  });

  it('of the clinic is changed by who made it and by an administrator; by any doctor once its author is gone', async () => {
    const { id } = await keep({});
    const other = colleague();
    expect(await refused({ id, name: 'Theirs' }, other)).toMatchObject(notPermitted);
    expect(await ask('prescriptions.dropTemplate', { id }, other)).toMatchObject(notPermitted);
    await keep({ id, name: 'By the admin' }, await clinic.signedIn('admin'));
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
      writer.update('staff_account', doctor.user?.id ?? '', { active: 0 }),
    );
    expect(await listed(other)).toMatchObject([{ name: 'By the admin', mayEdit: true }]);
    await get('prescriptions.dropTemplate', { id }, other);
    expect(await listed(other)).toEqual([]);
  });

  it('of somebody\u2019s own is changed by nobody else, whoever made the call', async () => {
    const { id } = await keep({ shared: false });
    for (const who of [colleague(), await clinic.signedIn('admin')]) {
      expect(await refused({ id }, who)).toMatchObject(notPermitted);
      expect(await ask('prescriptions.dropTemplate', { id }, who)).toMatchObject(notPermitted);
    }
  });

  it('may leave open what is said when it is used, but keeps nothing that cannot be read', async () => {
    await keep({ items: [{ ...item, doseValue: '500', frequency: null, doseUnit: null }] });
    expect(
      await refused({ items: [item, { ...item, doseValue: 'half', medication: '' }] }, doctor),
    ).toMatchObject({
      error: { fields: { 'items.1.doseValue': 'number', 'items.1.medication': 'required' } },
    });
  });
});

describe('the sheet', () => {
  it('has what was signed together and is still active', async () => {
    const [first, second] = await get('prescriptions.write', writing([{}, { doseValue: '250' }]));
    clinic.clock.at += 1000;
    const number = first?.number ?? '';
    expect(second?.number).toBe(number);
    expect(await get('prescriptions.sheet', { patientId, number })).toMatchObject({
      requesterName: 'Dr Aline Uwase',
      lines: [{ doseValue: '500' }, { doseValue: '250' }],
    });
    await step(first?.id ?? '', 'stop');
    expect((await get('prescriptions.sheet', { patientId, number })).lines).toMatchObject([
      { doseValue: '250' },
    ]);
  });

  const printedAt = async (number: string) =>
    (await get('prescriptions.sheet', { patientId, number })).firstPrintedAt;

  it('is a copy once it was printed, whatever the day, and also after it was held and goes on', async () => {
    const { id, number } = await sign();
    const sheet = { patientId, number: number ?? '' };
    clinic.clock.at += 3 * 86_400_000;
    expect(await printedAt(sheet.number)).toBeNull();
    const at = new Date(clinic.clock.at).toISOString();
    await get('prescriptions.printed', sheet);
    clinic.clock.at += 60_000;
    await get('prescriptions.printed', sheet, nurse);
    expect(await printedAt(sheet.number)).toBe(at);
    await step(id, 'hold');
    const held = (await current())[0]?.versions[0]?.id ?? '';
    await step(held, 'resume');
    expect(await printedAt(sheet.number)).toBe(at);
  });

  it('of another version, which has another number, is none', async () => {
    const first = await sign();
    await get('prescriptions.printed', { patientId, number: first.number ?? '' });
    const second = await sign({ doseValue: '250', answers: { kind: 'change', id: first.id } });
    expect(second.number).not.toBe(first.number);
    expect(await printedAt(second.number ?? '')).toBeNull();
  });

  it('is none when who printed it says that nothing came out, and only then', async () => {
    const { number } = await sign();
    const sheet = { patientId, number: number ?? '' };
    const prints = await get('prescriptions.printed', sheet);
    const undo = (who: Connection, of = patientId) =>
      ask('prescriptions.notPrinted', { patientId: of, prints }, who);
    expect(await undo(nurse)).toMatchObject({ error: { code: 'not-permitted' } });
    expect(await undo(doctor, mutesi.id as PatientId)).toMatchObject({ error: { code: 'not-found' } });
    expect(await printedAt(sheet.number)).not.toBeNull();
    expect(await undo(doctor)).toMatchObject({ ok: true });
    expect(await printedAt(sheet.number)).toBeNull();
    expect(await undo(doctor)).toMatchObject({ error: { code: 'not-found' } });
    expect(await ask('prescriptions.printed', { patientId, number: 'no such' })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
