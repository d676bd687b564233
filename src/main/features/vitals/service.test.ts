import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

type Values = Input<'vitals.record'>['values'];
const patientId = habimana.id as PatientId;
const pressure: Values = {
  systolic: { value: '148', unit: 'mm[Hg]' },
  diastolic: { value: '92', unit: 'mm[Hg]' },
};
const body: Values = { weight: { value: '70', unit: 'kg' }, height: { value: '175', unit: 'cm' } };
const ask = (values: Values, more: Partial<Input<'vitals.record'>> = {}) =>
  clinic.ask('vitals.record', { patientId, values, ...more }, nurse);
const record = (values: Values, more: Partial<Input<'vitals.record'>> = {}) =>
  clinic.get('vitals.record', { patientId, values, ...more }, nurse);
const latest = async () =>
  Object.fromEntries(
    (await clinic.get('vitals.latest', { patientId }, nurse)).map((reading) => [reading.name, reading]),
  );
const history = (more: Partial<Input<'vitals.history'>> = {}) =>
  clinic.get('vitals.history', { patientId, ...more }, nurse);
const rows = () =>
  clinic.temporary.local.store.all(localDb.selectFrom('observation').selectAll().orderBy('recorded_at'));
const idOf = async (name: string) => {
  const id = (await latest())[name]?.id;
  if (id === undefined) throw new Error(name);
  return id;
};

describe('a set of vitals', () => {
  it('is one mutation of rows in one encounter; blood pressure is a panel', async () => {
    await record({ ...pressure, heartRate: { value: '72', unit: '/min' } }, { note: 'After rest' });
    const { store } = clinic.temporary.local;
    expect(
      store.all(localDb.selectFrom('outbox').select('kind').orderBy('n', 'desc')).map(({ kind }) => kind),
    ).toEqual(['vitals.record', 'session.sign-in']);
    const [encounter] = store.all(localDb.selectFrom('encounter').selectAll());
    const all = rows();
    const panel = all.find(({ code }) => code === '85354-9');
    expect(panel).toMatchObject({ value: null, note: 'After rest', category: 'vital-signs' });
    expect(new Set(all.map((row) => row.encounter_id))).toEqual(new Set([encounter?.id]));
    expect(
      all.filter((row) => row.component_of === panel?.id).map(({ code, value }) => [code, value]),
    ).toEqual([
      ['8480-6', '148'],
      ['8462-4', '92'],
    ]);
    expect(await latest()).toMatchObject({
      systolic: { value: '148', unit: 'mm[Hg]', low: '90', high: '129', interpretation: 'H' },
      heartRate: { interpretation: 'N', previous: null, recordedBy: 'nurse', certainty: 'provisional' },
    });
  });

  it('is kept in kilograms whatever it was typed in, with the body mass index', async () => {
    await record({ weight: { value: '154', unit: '[lb_av]' }, height: { value: '69', unit: '[in_i]' } });
    expect(await latest()).toMatchObject({
      weight: { value: '69.85322498', unit: 'kg' },
      height: { value: '175.26', unit: 'cm' },
      bmi: { value: '22.7', unit: 'kg/m2', interpretation: 'N' },
    });
  });

  it('takes the height an adult had, not that of a child', async () => {
    await record(body);
    clinic.clock.at += 60_000;
    await record({ weight: { value: '72', unit: 'kg' } });
    expect((await latest()).bmi).toMatchObject({ value: '23.5', previous: { value: '22.9' } });
  });

  it('says pregnancy and when the child is expected', async () => {
    await record({}, { pregnancy: 'pregnant', deliveryDate: '2027-03-01' });
    expect(rows().map((row) => row.value_text)).toEqual(['LA15173-0', '2027-03-01']);
    expect(await latest()).toMatchObject({
      pregnancy: { text: 'pregnant' },
      deliveryDate: { text: '2027-03-01' },
    });
    expect(await ask({}, { deliveryDate: '2028-03-01' })).toMatchObject({
      error: { fields: { deliveryDate: 'delivery-date' } },
    });
  });

  it('is refused when it cannot be, and when there is nothing in it; nothing is written', async () => {
    expect(await ask({ temperature: { value: '98.6', unit: 'Cel' } })).toMatchObject({
      error: { code: 'invalid-input', fields: { temperature: 'fahrenheit-as-celsius' } },
    });
    expect(await ask({})).toMatchObject({ error: { code: 'invalid-input', fields: { values: 'required' } } });
    expect(rows()).toEqual([]);
  });

  it('that is unlikely is asked about: pounds typed as kilograms', async () => {
    await record(body);
    const pounds: Values = { weight: { value: '154', unit: 'kg' } };
    expect(await ask(pounds)).toMatchObject({
      error: { code: 'needs-confirming', fields: { weight: 'pounds-as-kilograms' } },
    });
    await record(pounds, { confirmed: ['weight'] });
    expect((await latest()).weight?.value).toBe('154');
  });

  it('is written by doctors and nurses only', async () => {
    const doctor = await clinic.signedIn('doctor');
    expect((await clinic.ask('vitals.record', { patientId, values: pressure }, doctor)).ok).toBe(true);
    for (const role of ['reception', 'admin'] as const) {
      const other = await clinic.signedIn(role);
      expect(await clinic.ask('vitals.latest', { patientId }, other)).toMatchObject({
        error: { code: 'not-permitted' },
      });
    }
  });
});

describe('when a set was taken', () => {
  it('is said at the desk: trend, table and latest go by it, not by when it was written', async () => {
    await record(body);
    await record({ weight: { value: '68', unit: 'kg' } }, { effectiveLocal: '2026-11-20T07:30' });
    expect(await latest()).toMatchObject({
      weight: {
        value: '70',
        effectiveAt: new Date(now).toISOString(),
        previous: { value: '68', effectiveAt: '2026-11-20T05:30:00.000Z' },
      },
    });
    const { sets } = await history();
    expect(sets.map(({ effectiveAt }) => effectiveAt)).toEqual([
      new Date(now).toISOString(),
      '2026-11-20T05:30:00.000Z',
    ]);
    expect(rows().find(({ value }) => value === '68')).toMatchObject({
      recorded_at: new Date(now).toISOString(),
    });
  });

  it('is refused in words when it cannot be, and nothing is written', async () => {
    const wrong = async (effectiveLocal: string) =>
      (await ask({ heartRate: { value: '72', unit: '/min' } }, { effectiveLocal })) as unknown;
    const refused = (effectiveLocal: string) => ({
      error: { code: 'invalid-input', fields: { effectiveLocal } },
    });
    expect(await wrong('2026-11-23T10:01')).toMatchObject(refused('taken-to-come'));
    expect(await wrong('1985-02-02T10:00')).toMatchObject(refused('before-birth'));
    expect(await wrong('2016-11-23T10:00')).toMatchObject(refused('taken-long-ago'));
    expect(await ask({}, { effectiveLocal: 'yesterday' })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(rows()).toEqual([]);
  });

  it('decides what it is compared with: what was known then', async () => {
    await record({ weight: { value: '60', unit: 'kg' } }, { effectiveLocal: '2026-08-01T08:00' });
    await record({ weight: { value: '90', unit: 'kg' } }, { confirmed: ['weight'] });
    const then = { effectiveLocal: '2026-08-02T08:00' };
    expect(await ask({ weight: { value: '88', unit: 'kg' } }, then)).toMatchObject({
      error: { code: 'needs-confirming', fields: { weight: 'large-change' } },
    });
    await record({ weight: { value: '61', unit: 'kg' } }, then);
    const before = await clinic.get('vitals.latest', { patientId, until: '2026-08-02T06:00:00.000Z' }, nurse);
    expect(before).toMatchObject([{ value: '61', previous: { value: '60' } }]);
  });

  it('keeps two sets of one minute apart', async () => {
    const at = { effectiveLocal: '2026-11-20T07:30' };
    await record({ heartRate: { value: '72', unit: '/min' } }, at);
    await record({ heartRate: { value: '75', unit: '/min' } }, at);
    expect((await history()).sets.map(({ readings }) => readings.map(({ value }) => value))).toEqual([
      ['75'],
      ['72'],
    ]);
  });

  it('is corrected for all that was taken together; where it stood it is in error', async () => {
    await record({ ...pressure, ...body }, { pregnancy: 'unknown' });
    clinic.clock.at += 60_000;
    const id = await idOf('weight');
    const correction = { id, value: '72', unit: 'kg', reason: 'Taken on Friday' } as const;
    const moved = await clinic.get(
      'vitals.correct',
      { ...correction, effectiveLocal: '2026-11-20T07:30' },
      nurse,
    );
    expect(moved).toMatchObject({ value: '72', effectiveAt: '2026-11-20T05:30:00.000Z', inError: false });
    const { sets } = await history();
    const said = sets.map(({ effectiveAt, readings }) => [
      effectiveAt,
      readings.map(({ name, value, text, inError }) => `${name} ${value ?? text} ${inError}`),
    ]);
    expect(said).toEqual([
      [
        new Date(now).toISOString(),
        [
          'systolic 148 true',
          'diastolic 92 true',
          'weight 70 true',
          'height 175 true',
          'bmi 22.9 true',
          'pregnancy unknown true',
        ],
      ],
      [
        '2026-11-20T05:30:00.000Z',
        [
          'systolic 148 false',
          'diastolic 92 false',
          'weight 72 false',
          'height 175 false',
          'bmi 23.5 false',
          'pregnancy unknown false',
        ],
      ],
    ]);
    const panels = rows().filter(({ code }) => code === '85354-9');
    const [panel] = panels.filter(({ effective_at, corrects }) => effective_at < '2026-11-21' && !corrects);
    expect(rows().filter(({ component_of }) => component_of === panel?.id)).toHaveLength(2);
    expect(
      await clinic.ask('vitals.correct', { ...correction, effectiveLocal: '2026-11-20T07:30' }, nurse),
    ).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });

  it('stays when a correction says the same minute', async () => {
    await record(body);
    clinic.clock.at += 60_000;
    await clinic.get(
      'vitals.correct',
      { id: await idOf('weight'), value: '72', unit: 'kg', reason: 'x', effectiveLocal: '2026-11-23T10:00' },
      nurse,
    );
    expect((await history()).sets).toHaveLength(1);
    expect((await latest()).weight).toMatchObject({ value: '72', before: [{ value: '70' }] });
  });
});

describe('a wrong value', () => {
  it('is corrected by another row; the old one stays and the index follows', async () => {
    await record(body);
    clinic.clock.at += 60_000;
    const wrong = await idOf('weight');
    const corrected = await clinic.get(
      'vitals.correct',
      { id: wrong, value: '80', unit: 'kg', reason: 'Wrong scale' },
      nurse,
    );
    expect(corrected).toMatchObject({ value: '80', note: 'Wrong scale', before: [{ value: '70' }] });
    expect(rows().find(({ id }) => id === wrong)?.value).toBe('70');
    expect(await latest()).toMatchObject({
      weight: { value: '80' },
      bmi: { value: '26.1', interpretation: 'H' },
    });
    expect((await history()).sets).toHaveLength(1);
    expect(
      await clinic.ask('vitals.correct', { id: wrong, value: '81', unit: 'kg', reason: 'x' }, nurse),
    ).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });

  it('is held against the other pressure and asked about like a new one', async () => {
    await record({ ...pressure, ...body });
    const diastolic = { id: await idOf('diastolic'), unit: 'mm[Hg]', reason: 'x' } as const;
    expect(await clinic.ask('vitals.correct', { ...diastolic, value: '150' }, nurse)).toMatchObject({
      error: { code: 'invalid-input', fields: { value: 'not-below-systolic' } },
    });
    const weight = { id: await idOf('weight'), value: '300', unit: 'kg', reason: 'x' } as const;
    expect(await clinic.ask('vitals.correct', weight, nurse)).toMatchObject({
      error: { code: 'needs-confirming', fields: { value: 'unlikely-for-height' } },
    });
    expect((await clinic.ask('vitals.correct', { ...weight, confirmed: true }, nurse)).ok).toBe(true);
  });

  it('entered in error counts nowhere and is seen in the history', async () => {
    await record(body);
    clinic.clock.at += 60_000;
    await record({ weight: { value: '72', unit: 'kg' } });
    await clinic.get('vitals.markInError', { id: await idOf('weight'), reason: 'Other patient' }, nurse);
    expect(await latest()).toMatchObject({ weight: { value: '70' }, bmi: { value: '22.9' } });
    const [newest] = (await history()).sets;
    expect(newest?.readings.map(({ name, inError }) => [name, inError])).toEqual([
      ['weight', true],
      ['bmi', true],
    ]);
  });

  it('that two workstations corrected apart shows the one written last', async () => {
    await record(body);
    const id = await idOf('weight');
    const first = rows().find((row) => row.id === id);
    if (!first) throw new Error('no row');
    const { row_version: _, ...row } = first;
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      for (const [n, value] of [
        [1, '81'],
        [2, '82'],
      ] as const)
        writer.insert('observation', {
          ...row,
          id: `01900000-0000-7000-8000-f0000000000${n}`,
          value,
          corrects: id,
          recorded_at: new Date(now + n * 1000).toISOString(),
        });
    });
    expect((await latest()).weight).toMatchObject({
      value: '82',
      before: [{ value: '70' }, { value: '81' }],
    });
  });
});

describe('history', () => {
  it('is paged by moments, the newest first', async () => {
    for (let n = 0; n < 5; n += 1) {
      await record({ heartRate: { value: String(60 + n), unit: '/min' }, ...(n % 2 ? pressure : {}) });
      clinic.clock.at += 60_000;
    }
    const first = await history({ limit: 2 });
    const heart = (sets: typeof first.sets) =>
      sets.map(({ readings }) => readings.find(({ name }) => name === 'heartRate')?.value);
    expect(heart(first.sets)).toEqual(['64', '63']);
    const rest = await history({ limit: 10, before: first.next });
    expect(heart(rest.sets)).toEqual(['62', '61', '60']);
    expect(rest.next).toBeNull();
  });

  it('has what an import brought, in units of ours and in others', async () => {
    const { store } = clinic.temporary.local;
    store.mutate({ kind: 'import', user: null }, (writer) => {
      const at = new Date(now - 86_400_000).toISOString();
      for (const [n, value, unit] of [
        [1, '150', '[lb_av]'],
        [2, '11', '[stone_av]'],
      ] as const)
        writer.insert('observation', {
          ...blank('observation'),
          id: `01900000-0000-7000-8000-f0000000000${n}`,
          patient_id: patientId,
          code: '29463-7',
          value,
          unit,
          status: 'final',
          effective_at: at,
          recorded_at: at,
        });
    });
    const [set] = (await history()).sets;
    expect(set?.readings.map(({ value, unit }) => [value, unit])).toEqual(
      expect.arrayContaining([
        ['68.0388555', 'kg'],
        ['11', '[stone_av]'],
      ]),
    );
  });

  it('has what was written for a record that was merged into this one', async () => {
    await clinic.get('vitals.record', { patientId: mutesi.id as PatientId, values: pressure }, nurse);
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into: habimana.id }),
    );
    expect((await history()).sets).toHaveLength(1);
  });
});

it('the units somebody types in are remembered for the account', async () => {
  await clinic.get('vitals.chooseUnit', { name: 'weight', unit: '[lb_av]' }, nurse);
  await clinic.get('vitals.chooseUnit', { name: 'temperature', unit: '[degF]' }, nurse);
  await clinic.get('vitals.chooseUnit', { name: 'weight', unit: 'kg' }, nurse);
  expect(await clinic.get('vitals.units', {}, nurse)).toEqual({ weight: 'kg', temperature: '[degF]' });
  expect(await clinic.get('vitals.units', {}, await clinic.signedIn('doctor'))).toEqual({});
  expect(await clinic.ask('vitals.chooseUnit', { name: 'weight', unit: 'cm' }, nurse)).toMatchObject({
    error: { code: 'invalid-input' },
  });
});
