import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import { holdingConsents } from '#shared/domain/patients/particulars.ts';
import type { OrganizationId, PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const keza = { family: 'Keza', given: 'Ange', gender: 'female', birthDate: '2001-05-06' } as const;
const register = (more: object = {}) => clinic.ask('patients.register', { ...keza, ...more }, desk);
const registered = async (more: object = {}) => {
  const { id } = await clinic.get('patients.register', { ...keza, ...more, notADuplicate: true }, desk);
  return id;
};
const change = async (id: PatientId, particulars: Input<'patients.update'>['particulars']) => {
  const { id: _, ...was } = await clinic.get('patients.get', { id }, desk);
  const details = { ...was, gender: was.gender as 'female' };
  return clinic.ask('patients.update', { id, details, was: details, particulars }, desk);
};
const particulars = (id: PatientId) => clinic.get('patients.particulars', { id }, desk);
const found = async (text: string) =>
  (await clinic.get('patients.search', { text }, desk)).map(({ family }) => family);
const mutations = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('outbox').select(['kind', 'payload']).orderBy('n'))
    .map(({ kind, payload }) => ({
      kind,
      tables: (JSON.parse(payload).changes as { tbl: string }[]).map(({ tbl }) => tbl),
    }));

it('registers the patient with all that is known in one mutation', async () => {
  const id = await registered({
    language: 'rw',
    contactName: 'Uwera Grace',
    contactRelation: 'MTH',
    particulars: {
      telecoms: [{ value: '0788 999 111', use: 'work', note: 'until five' }],
      identifiers: [{ type: 'NI', value: '1 2001 7-0012345', issuer: 'NIDA' }],
    },
  });
  expect(await clinic.get('patients.get', { id }, desk)).toMatchObject({
    language: 'rw',
    contactRelation: 'MTH',
  });
  expect(await particulars(id)).toMatchObject({
    telecoms: [{ system: 'phone', value: '+250788999111', use: 'work', note: 'until five' }],
    identifiers: [{ type: 'NI', value: '1200170012345', issuer: 'NIDA' }],
  });
  expect(mutations().filter(({ kind }) => kind === 'patient.register')).toEqual([
    {
      kind: 'patient.register',
      tables: ['patient', 'patient_telecom', 'patient_identifier', 'audit_event'],
    },
  ]);
});

it('reads a phone as one of the country the patient lives in', async () => {
  const id = await registered({ country: 'FR', particulars: { telecoms: [{ value: '06 12 34 56 78' }] } });
  expect((await particulars(id)).telecoms).toMatchObject([{ value: '+33612345678' }]);
});

it.each([
  ['a further phone', '0788 999 111'],
  ['the start of a further phone', '0788 999'],
  ['a further phone with the country', '+250788999111'],
  ['an identifier as it is printed', '1 2001 7-0012345'],
  ['the start of an identifier', '120017'],
  ['a name and a further phone', 'keza 0788999'],
])('finds by %s', async (_what, text) => {
  await registered({
    particulars: {
      telecoms: [{ value: '0788 999 111' }],
      identifiers: [{ type: 'NI', value: '1 2001 7 0012345' }],
    },
  });
  expect(await found(text)).toEqual(['Keza']);
});

it('keeps who pays, and who a patient is to whom the card is of', async () => {
  const coverage = {
    payer: 'RSSB',
    plan: 'RAMA',
    subscriberId: '0042',
    relationship: 'child',
    startDate: '2026-01-01',
    endDate: '2026-12-31',
  } as const;
  const id = await registered({ particulars: { coverages: [coverage] } });
  expect((await particulars(id)).coverages).toMatchObject([coverage]);
});

it('a coverage names a payer of the list with the share it bears, by the name it has there', async () => {
  const admin = await clinic.signedIn('admin');
  const payer = { name: 'RSSB', active: true };
  const { id: payorId } = await clinic.get('payers.save', { ...payer, id: null }, admin);
  const coverages = [{ payer: 'rssb', payorId, coverRate: 8550 }];
  const id = await registered({ particulars: { coverages } });
  expect((await particulars(id)).coverages).toMatchObject([{ payer: 'RSSB', payorId, coverRate: 8550 }]);
});

describe('a photo', () => {
  const jpeg = (byte: string) => `/9j/${byte.repeat(80)}`;

  it('takes the place of the one before; taken away, none comes back', async () => {
    const id = await registered({ particulars: { photo: { data: jpeg('A') } } });
    clinic.clock.at += 1000;
    await change(id, { photo: { data: jpeg('B') } });
    const { photo } = await particulars(id);
    expect(photo).toMatchObject({ contentType: 'image/jpeg', data: jpeg('B') });
    await change(id, { voided: [{ kind: 'photo', id: photo?.id ?? '', reason: 'somebody else' }] });
    expect((await particulars(id)).photo).toBeNull();
    const rows = clinic.temporary.local.store.all(localDb.selectFrom('patient_photo').select('void_reason'));
    expect(rows.map((row) => row.void_reason).toSorted()).toEqual(['replaced', 'somebody else']);
  });

  it.each([
    ['no JPEG', 'iVBORw0KGgo'.repeat(4), 'photo'],
    ['a script', '<script>alert(1)</script>', 'photo'],
    ['too much', jpeg('A'.repeat(501)), 'too-big'],
  ])('is refused when it is %s', async (_what, data, problem) => {
    expect(await register({ particulars: { photo: { data } } })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { 'particulars.photo.data': problem } },
    });
    expect(await found('keza')).toEqual([]);
  });
});

describe('consent', () => {
  const say = (id: PatientId, provision: 'permit' | 'deny') =>
    change(id, { consents: [{ category: 'research', provision, note: 'signed' }] });

  it('is said anew, never changed; the latest of a category holds, and who wrote each stays', async () => {
    const id = await registered({
      particulars: { consents: [{ category: 'treatment', provision: 'permit' }] },
    });
    await say(id, 'permit');
    clinic.clock.at += 60_000;
    await say(id, 'deny');
    const { consents } = await particulars(id);
    expect(consents.map(({ category, provision }) => `${category} ${provision}`)).toEqual([
      'research deny',
      'research permit',
      'treatment permit',
    ]);
    expect(holdingConsents(consents).get('research')).toMatchObject({
      provision: 'deny',
      note: 'signed',
      recordedBy: 'reception',
    });
  });

  it('said knowing what was said before comes after it, although the clock was ahead then', async () => {
    const id = await registered();
    clinic.clock.at += 86_400_000;
    await say(id, 'permit');
    clinic.clock.at -= 86_400_000;
    await say(id, 'deny');
    expect(holdingConsents((await particulars(id)).consents).get('research')).toMatchObject({
      provision: 'deny',
    });
  });
});

describe('duplicates', () => {
  const twoNames = { family: 'Other', given: 'Name', birthDate: '', phone: '' };
  const similar = async (more: object) =>
    (await clinic.get('patients.similar', { ...twoNames, ...more }, desk)).map(({ family, reasons }) => [
      family,
      reasons[0],
    ]);

  it('are found by an identifier of the same kind, however it is written, and by no other', async () => {
    await registered({ particulars: { identifiers: [{ type: 'PPN', value: 'PC 123.456' }] } });
    const value = 'pc-123456';
    expect(await similar({ identifiers: [{ type: 'PPN', value }] })).toEqual([['Keza', 'same-identifier']]);
    expect(await similar({ identifiers: [{ type: 'DL', value }] })).toEqual([]);
    const other = { family: 'Other', given: 'Name', gender: 'male', birthDate: null };
    expect(
      await register({ ...other, particulars: { identifiers: [{ type: 'PPN', value }] } }),
    ).toMatchObject({
      error: { code: 'duplicate', params: { count: 1 } },
    });
  });

  it('are found by any phone of either', async () => {
    await change(habimana.id as PatientId, { telecoms: [{ value: '0788 999 111' }] });
    const named = { family: 'Habimana', given: 'Jean' };
    for (const numbers of [{ phone: '0788999111' }, { phones: ['0788999111'] }, { phones: ['0788 123 456'] }])
      expect(await similar({ ...named, ...numbers })).toEqual([['Habimana', 'same-name']]);
    expect(
      (await clinic.get('patients.similar', { ...twoNames, ...named, phones: ['0788999111'] }, desk))[0]
        ?.reasons,
    ).toContain('same-phone');
  });

  it('are no longer found by what was voided', async () => {
    const id = await registered({ particulars: { identifiers: [{ type: 'PPN', value: 'PC123456' }] } });
    const [identifier] = (await particulars(id)).identifiers;
    await change(id, { voided: [{ kind: 'identifier', id: identifier?.id ?? '', reason: 'of her sister' }] });
    expect(await similar({ identifiers: [{ type: 'PPN', value: 'PC123456' }] })).toEqual([]);
    expect(await found('pc123456')).toEqual([]);
    const row = clinic.temporary.local.store.get(localDb.selectFrom('patient_identifier').selectAll());
    expect(row).toMatchObject({ voided_by: desk.user?.id, void_reason: 'of her sister' });
  });
});

describe('what is refused at its field, with nothing written', () => {
  it.each([
    [{ telecoms: [{ value: 'her sister' }] }, { 'particulars.telecoms.0.value': 'phone' }],
    [{ telecoms: [{ value: '0788 abc' }] }, { 'particulars.telecoms.0.value': 'phone' }],
    [{ telecoms: [{ value: '' }] }, { 'particulars.telecoms.0.value': 'required' }],
    [
      { coverages: [{ payer: 'RSSB', startDate: '2026-02-31' }] },
      { 'particulars.coverages.0.startDate': 'date' },
    ],
    [
      { coverages: [{ payer: 'RSSB', startDate: '2026-02-01', endDate: '2026-01-01' }] },
      { 'particulars.coverages.0.endDate': 'order' },
    ],
    [{ coverages: [{ payer: 'RSSB', coverRate: 130_000 }] }, { 'particulars.coverages.0.coverRate': 'rate' }],
    [
      { coverages: [{ payer: 'RSSB', payorId: '01900000-0000-7000-8000-000000000999' as OrganizationId }] },
      { 'particulars.coverages.0.payer': 'invalid' },
    ],
    [{ coverages: [{ payer: ' ' }] }, { 'particulars.coverages.0.payer': 'required' }],
    [{ identifiers: [{ type: 'NI', value: ' -/ ' }] }, { 'particulars.identifiers.0.value': 'required' }],
    [
      { identifiers: [{ type: 'NI', value: '1'.repeat(101) }] },
      { 'particulars.identifiers.0.value': 'too-big' },
    ],
    [
      { telecoms: [{ value: '0788 999 111' }, { value: '+250788999111' }] },
      { 'particulars.telecoms.1.value': 'already' },
    ],
  ])('%j', async (added, fields) => {
    expect(await register({ particulars: added })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields },
    });
    expect(await found('keza')).toEqual([]);
  });

  it('a number that stands already, unless it is removed with it', async () => {
    const id = await registered({ particulars: { telecoms: [{ value: '0788 999 111' }] } });
    const [telecom] = (await particulars(id)).telecoms;
    const again = { value: '0788999111', use: 'work' } as const;
    expect(await change(id, { telecoms: [again] })).toMatchObject({
      error: { fields: { 'particulars.telecoms.0.value': 'already' } },
    });
    const voided = [{ kind: 'telecom' as const, id: telecom?.id ?? '', reason: 'at work' }];
    expect(await change(id, { telecoms: [again], voided })).toMatchObject({ ok: true });
    expect((await particulars(id)).telecoms).toMatchObject([{ value: '+250788999111', use: 'work' }]);
  });

  it('a row of somebody else is not voided', async () => {
    const id = await registered({ particulars: { telecoms: [{ value: '0788 999 111' }] } });
    const [telecom] = (await particulars(id)).telecoms;
    await change(habimana.id as PatientId, {
      voided: [{ kind: 'telecom', id: telecom?.id ?? '', reason: 'no' }],
    });
    expect((await particulars(id)).telecoms).toHaveLength(1);
  });

  it('a first phone with letters; one that was there before may stay', async () => {
    expect(await register({ phone: '0788 abc' })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { phone: 'phone' } },
    });
    clinic.temporary.local.db.prepare(`UPDATE patient SET phone = 'ask Marie' WHERE id = ?`).run(habimana.id);
    expect(await change(habimana.id as PatientId, {})).toMatchObject({ ok: true });
  });
});
