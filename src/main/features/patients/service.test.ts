import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { mrnNumber } from '#shared/domain/patients/mrn.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const keza = { family: 'Keza', given: 'Ange', gender: 'female', birthDate: '2001-05-06' } as const;
const register = (more: object = {}) => clinic.ask('patients.register', { ...keza, ...more }, desk);
const found = async (text: string, by = desk) =>
  (await clinic.get('patients.search', { text }, by)).map((patient) => patient.family);

describe('search', () => {
  it.each(['habimana', 'jean hab', 'HÁBIMANA', '3/2/1985', '0788 123 456', '3456'])(
    'finds %s',
    async (text) => {
      expect(await found(text)).toEqual(['Habimana']);
    },
  );

  it('finds a new patient by the MRN it was given, with and without dashes', async () => {
    const made = await register();
    const mrn = made.ok ? made.value.mrn : '';
    expect(await found(mrn)).toEqual(['Keza']);
    expect(await found(mrn.replaceAll('-', '').toLowerCase())).toEqual(['Keza']);
  });

  it('without a text gives whom this person opened or registered last', async () => {
    expect(await found('')).toEqual([]);
    await clinic.get('patients.get', { id: habimana.id as PatientId }, desk);
    clinic.clock.at += 1000;
    await clinic.get('patients.get', { id: mutesi.id as PatientId }, desk);
    clinic.clock.at += 1000;
    await register();
    expect(await found('')).toEqual(['Keza', 'Mutesi', 'Habimana']);
    expect(await found('', await clinic.signedIn('nurse'))).toEqual([]);
  });
});

describe('opening', () => {
  const openings = () =>
    clinic.temporary.local.store.all(
      localDb.selectFrom('audit_event').selectAll().where('event', '=', 'patient-open'),
    );

  it('is written down, once per look', async () => {
    const open = () => clinic.get('patients.get', { id: habimana.id as PatientId }, desk);
    await open();
    clinic.clock.at += 60_000;
    await open();
    expect(openings()).toMatchObject([
      { account_id: desk.user?.id, entity_table: 'patient', entity_id: habimana.id, action: 'R' },
    ]);
    clinic.clock.at += 15 * 60_000;
    await open();
    expect(openings()).toHaveLength(2);
    await clinic.get('patients.get', { id: habimana.id as PatientId }, await clinic.signedIn('doctor'));
    expect(openings()).toHaveLength(3);
  });

  it('is written down although the clock was ahead before', async () => {
    const open = () => clinic.get('patients.get', { id: habimana.id as PatientId }, desk);
    clinic.clock.at += 86_400_000;
    await open();
    clinic.clock.at -= 86_400_000;
    await open();
    expect(openings()).toHaveLength(2);
  });

  it('of nobody is not found and leaves no trace', async () => {
    const id = '01900000-0000-7000-8000-ffffffffffff' as PatientId;
    expect(await clinic.ask('patients.get', { id }, desk)).toMatchObject({ error: { code: 'not-found' } });
    expect(openings()).toEqual([]);
  });
});

describe('registering', () => {
  it('gives numbers of this workstation in a row, and keeps phones comparable', async () => {
    const made = [await register({ phone: '0788 999 111' }), await register({ given: 'Divine' })];
    const [first, second] = made.map((reply) => (reply.ok ? reply.value : null));
    expect(first).toMatchObject({
      family: 'Keza',
      phone: '+250788999111',
      certainty: 'provisional',
      createdAt: new Date(now).toISOString(),
    });
    expect(first?.mrn).toMatch(/^RUH-/);
    expect([first, second].map((patient) => mrnNumber(patient?.mrn ?? ''))).toEqual([700_000, 700_001]);
    expect(clinic.engine.wakes).toBeGreaterThan(0);
  });

  it('does not give a refused registration\u2019s number again', async () => {
    await register();
    const { replica, store } = clinic.temporary.local;
    const entry = store.get(
      localDb.selectFrom('outbox').select('n').where('kind', '=', 'patient.register').limit(1),
    );
    replica.recordVerdicts([{ n: entry?.n ?? 0, status: 'rejected', sqlstate: '23514', message: 'no' }]);
    expect(await found('keza')).toEqual([]);
    const again = await register();
    expect(mrnNumber(again.ok ? again.value.mrn : '')).toBe(700_001);
    // Withdrawn as well: the number may be on a card.
    expect(store.withdraw(entry?.n ?? 0)).toBe(true);
    clinic.temporary.local.db.exec('DELETE FROM outbox_row; DELETE FROM outbox; DELETE FROM patient');
    const third = await register({ given: 'Other' });
    expect(mrnNumber(third.ok ? third.value.mrn : '')).toBe(700_001);
  });

  it.each([
    ['2026-11-24', 'future'],
    ['1899-01-01', 'too-old'],
  ])('refuses the birth date %s: %s', async (birthDate, problem) => {
    expect(await register({ birthDate })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { birthDate: problem } },
    });
  });

  it.each(['\u2800', '\u3164', '\u00ad', 'Je\u034fan', 'a\ud800', 'a\u0000', '\u202eJean'])(
    'refuses a name with what cannot be seen or kept (%j)',
    async (given) => {
      expect(await register({ given })).toEqual({
        ok: false,
        error: { code: 'invalid-input', fields: { given: 'characters' } },
      });
    },
  );

  it.each([
    [{ birthDate: '1985-02-31' }, { birthDate: 'invalid-format' }],
    [{ family: 'x'.repeat(5000) }, { family: 'too-big' }],
    [{ family: '😀' }, { family: 'name' }],
    [{ given: '' }, { given: 'one-name' }],
    [{ phone: '0788 CALL' }, { phone: 'phone' }],
    [{ contactPhone: 'her sister' }, { contactPhone: 'phone' }],
    [{ language: 'not a tag!' }, { language: 'invalid' }],
  ])('refuses %j at its field and writes nothing', async (typed, fields) => {
    expect(await register(typed)).toEqual({ ok: false, error: { code: 'invalid-input', fields } });
    const patients = localDb.selectFrom('patient').select('family').orderBy('family');
    expect(clinic.temporary.local.store.all(patients).map(({ family }) => family)).toEqual([
      'Habimana',
      'Mutesi',
    ]);
  });

  it('takes a name from right to left, and somebody with one name, who is found and shown by it', async () => {
    await register({ family: 'محمد', given: 'أحمد' });
    expect(await found('أحمد')).toEqual(['محمد']);
    await register({ family: 'Suharto', given: '—', birthDate: null });
    expect(await clinic.get('patients.search', { text: 'suharto' }, desk)).toMatchObject([{ given: '-' }]);
  });

  it('asks first when somebody is likely here already', async () => {
    const twin = { family: 'Jean', given: 'Habimanna', birthDate: '1985-02-03', gender: 'male' };
    expect(await register(twin)).toEqual({ ok: false, error: { code: 'duplicate', params: { count: 1 } } });
    expect(await register({ ...twin, notADuplicate: true })).toMatchObject({ ok: true });
  });
});

it('sends only what a change changed', async () => {
  const details = {
    family: 'Habimana',
    given: 'Jean',
    gender: 'female',
    birthDate: '1985-02-03',
    city: 'Goma',
  };
  const before = clinic.temporary.local.store.get(
    localDb.selectFrom('patient').selectAll().where('id', '=', habimana.id),
  );
  const full = {
    ...details,
    gender: before?.gender as 'female',
    phone: before?.phone,
    postalCode: before?.postal_code,
    country: before?.country,
  };
  const id = habimana.id as PatientId;
  expect(await clinic.get('patients.update', { id, details: full }, desk)).toMatchObject({ city: 'Goma' });
  const entry = clinic.temporary.local.store.get(
    localDb.selectFrom('outbox').select('payload').where('kind', '=', 'patient.update'),
  );
  expect(JSON.parse(entry?.payload ?? '{}').changes).toEqual([
    expect.objectContaining({ values: { city: 'Goma' }, base: 1 }),
    // Who changed which field, without what it says.
    expect.objectContaining({
      tbl: 'audit_event',
      values: expect.objectContaining({ event: 'patient-change', detail: '{"fields":"city"}' }),
    }),
  ]);
});

describe('a form that was left open', () => {
  const id = habimana.id as PatientId;
  const shown = async () => {
    const { id: _, ...view } = await clinic.get('patients.get', { id }, desk);
    return { ...view, gender: view.gender as 'female' };
  };

  it('takes nothing back that somebody else changed meanwhile', async () => {
    const was = await shown();
    await clinic.get('patients.update', { id, details: { ...was, phone: '+250788999888' }, was }, desk);
    await clinic.get('patients.update', { id, details: { ...was, city: 'Goma' }, was }, desk);
    expect(await shown()).toMatchObject({ phone: '+250788999888', city: 'Goma' });
  });

  it('is told when somebody else changed the same, and changes nothing', async () => {
    const was = await shown();
    await clinic.get('patients.update', { id, details: { ...was, phone: '+250788999888' }, was }, desk);
    const details = { ...was, phone: '+250788111222', city: 'Goma' };
    expect(await clinic.ask('patients.update', { id, details, was }, desk)).toEqual({
      ok: false,
      error: { code: 'changed-meanwhile' },
    });
    expect(await shown()).toMatchObject({ phone: '+250788999888', city: was.city });
    expect(await clinic.get('patients.update', { id, details, was: await shown() }, desk)).toMatchObject({
      phone: '+250788111222',
    });
  });

  it('changes a number that was never written the usual way', async () => {
    clinic.temporary.local.db.prepare(`UPDATE patient SET phone = '0788 123' WHERE id = ?`).run(id);
    const was = await shown();
    const details = { ...was, phone: null };
    expect(await clinic.get('patients.update', { id, details, was }, desk)).toMatchObject({ phone: null });
  });
});

it('shows who looks like the patient being typed', async () => {
  const typed = { family: 'Habimana', given: 'J', birthDate: '', phone: '' };
  const similar = async (more: Partial<typeof typed>) =>
    (await clinic.get('patients.similar', { ...typed, ...more }, desk)).map((patient) => patient.family);
  expect(await similar({})).toEqual([]);
  expect(await similar({ given: 'Jean', birthDate: '3 feb 1985' })).toEqual(['Habimana']);
  expect(await similar({ family: '', given: '', phone: '0788 123 456' })).toEqual(['Habimana']);
  // Somebody else of the family.
  expect(await similar({ family: 'Other', given: 'Name', phone: '0788 123 456' })).toEqual([]);
  expect(await similar({ family: 'Other', given: 'Name', birthDate: '3/2/1985' })).toEqual([]);
});

it('says how much somebody looks like the patient being typed, and why, the likeliest first', async () => {
  await register({ family: 'Habimana', given: 'Jean', birthDate: '1990-07-09', notADuplicate: true });
  const typed = { family: 'Jean', given: 'Abimana', birthDate: '2/3/1985', phone: '0788 123 456' };
  expect(await clinic.get('patients.similar', typed, desk)).toMatchObject([
    {
      id: habimana.id,
      score: 92,
      reasons: ['swapped-names', 'swapped-birth-date', 'same-phone'],
    },
  ]);
  // No word begins as it is written, no phone: the day with the month exchanged finds him.
  const byEar = { family: 'Abimana', given: 'Jean', birthDate: '2/3/1985', phone: '' };
  expect(await clinic.get('patients.similar', byEar, desk)).toMatchObject([{ id: habimana.id, score: 66 }]);
  const named = { family: 'Habimana', given: 'Jean', birthDate: '', phone: '0788 123 456' };
  expect((await clinic.get('patients.similar', named, desk)).map(({ score }) => score)).toEqual([74, 44]);
});

it('finds whose record number was typed in place of a name', async () => {
  const made = await register();
  const mrn = made.ok ? made.value.mrn.toLowerCase().replaceAll('-', '') : '';
  const typed = { family: mrn, given: '', birthDate: '', phone: '' };
  expect(await clinic.get('patients.similar', typed, desk)).toMatchObject([
    { family: 'Keza', score: 100, reasons: ['same-identifier'] },
  ]);
});
