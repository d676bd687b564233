import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { linkCodeHash } from '#main/core/link-code.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mutesi } from '#tests/support/core-clinic.ts';
import {
  accountLink,
  addLink,
  openPanelClinic,
  type PanelClinic,
  patientAccountId,
  signInPatient,
  strangerAccountId,
  strangerEmail,
} from '#tests/support/core-panel.ts';
import { mostWaiting } from './links.ts';

const code = 'ABCD-2345-EFGH';
let clinic: PanelClinic;
let stranger: Connection;
beforeEach(async () => {
  clinic = await openPanelClinic();
  stranger = await signInPatient(clinic, strangerEmail);
});
afterEach(() => clinic.close());

const store = () => clinic.temporary.local.store;
const failure = (wanted: string) => ({ ok: false, error: expect.objectContaining({ code: wanted }) });
const print = (more: Partial<RowOf<'patient_link_code'>> = {}) =>
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('patient_link_code', {
      ...blank('patient_link_code'),
      id: crypto.randomUUID(),
      patient_id: habimana.id,
      code_hash: linkCodeHash(code) ?? '',
      until_at: new Date(clinic.clock.at + 86_400_000).toISOString(),
      created_at: new Date(clinic.clock.at).toISOString(),
      ...more,
    }),
  );
const open = (typed = code, relationship: Input<'panel.openWithCode'>['relationship'] = 'self') =>
  clinic.ask('panel.openWithCode', { code: typed, relationship }, stranger);
const people = async () => (await clinic.get('panel.me', {}, stranger)).people;
const linksOf = (id: string) =>
  store().all(localDb.selectFrom('patient_account_link').selectAll().where('account_id', '=', id));

describe('a code that reception printed', () => {
  it('opens the record in any spelling, once, and the code is used up with it', async () => {
    print();
    expect(await open(' abcd2345efgh ')).toMatchObject({
      ok: true,
      value: { patientId: habimana.id, relationship: 'self', approved: true },
    });
    expect(await people()).toMatchObject([{ patientId: habimana.id, name: 'Jean Habimana' }]);
    const [row] = store().all(localDb.selectFrom('patient_link_code').selectAll());
    expect(row).toMatchObject({ used_by: strangerAccountId, used_at: expect.any(String) });
    expect(linksOf(strangerAccountId)).toMatchObject([{ status: 'approved', code_id: row?.id }]);
    expect(await open()).toEqual(failure('code-used'));
    expect(await clinic.ask('panel.openWithCode', { code, relationship: 'other' }, clinic.patient)).toEqual(
      failure('code-used'),
    );
  });

  it('opens the record that goes on', async () => {
    print();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { merged_into: mutesi.id }),
    );
    expect(await open()).toMatchObject({ value: { patientId: mutesi.id } });
  });

  it.each([
    ['expired', { until_at: '2026-11-23T07:59:59.000Z' }, 'code-expired'],
    ['void', { voided_at: '2026-11-23T07:00:00.000Z' }, 'code-used'],
    ['used', { used_at: '2026-11-23T07:00:00.000Z' }, 'code-used'],
  ])('that is %s opens nothing', async (_, more, wanted) => {
    print(more);
    expect(await open()).toEqual(failure(wanted));
    expect(await people()).toEqual([]);
    expect(linksOf(strangerAccountId)).toEqual([]);
  });

  it('cannot be guessed: wrong tries wait longer and longer, for an account at any browser', async () => {
    print();
    for (const wrong of ['', "' OR 1=1 --", 'ABCD-2345-EFGJ', 'ZZZZ-ZZZZ-ZZZZ'])
      expect(await open(wrong)).toEqual(failure('wrong-code'));
    expect(await open()).toEqual(failure('too-many-tries'));
    const elsewhere = await signInPatient(clinic, strangerEmail);
    expect(await clinic.ask('panel.openWithCode', { code, relationship: 'self' }, elsewhere)).toEqual(
      failure('too-many-tries'),
    );
    clinic.clock.at += 2_000;
    expect(await open()).toMatchObject({ ok: true });
  });

  it('gives nobody the same record twice, nor two selves', async () => {
    print();
    const own = { code, relationship: 'other' } as const;
    expect(await clinic.ask('panel.openWithCode', own, clinic.patient)).toEqual(failure('already-linked'));
    addLink(clinic, accountLink(strangerAccountId, mutesi.id));
    clinic.clock.at += 60_000;
    expect(await open()).toEqual(failure('already-linked'));
    expect(await open(code, 'spouse')).toMatchObject({ ok: true });
  });
});

const said = {
  family: 'Ingabire',
  given: 'Ange',
  gender: 'female',
  phone: '0788 111 222',
  birthDate: '3 Feb 2015',
  relationship: 'child',
  note: 'My daughter',
} as const;
const ask = (more: Partial<Input<'panel.askFor'>> = {}) =>
  clinic.ask('panel.askFor', { ...said, ...more }, stranger);

describe('who says who they are', () => {
  it('waits for the clinic with a record of its own, as registrations write one', async () => {
    expect(await ask()).toMatchObject({
      ok: true,
      value: { name: 'Ange Ingabire', birthDate: '2015-02-03', relationship: 'child', approved: false },
    });
    const [link] = linksOf(strangerAccountId);
    expect(link).toMatchObject({ status: 'requested', note: 'My daughter', account_email: strangerEmail });
    const row = store().get(
      localDb
        .selectFrom('patient')
        .selectAll()
        .where('id', '=', link?.patient_id ?? ''),
    );
    expect(row).toMatchObject({
      source: `panel ${link?.patient_id}`,
      phone: '+250788111222',
      created_by: strangerAccountId,
    });
    expect(row?.mrn).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{6}-[2-9A-Z]$/);
    expect(await clinic.get('panel.links', {}, stranger)).toMatchObject([
      { status: 'requested', name: 'Ange Ingabire', reason: null },
    ]);
    const { patientId } = (await people())[0] ?? { patientId: '' as PatientId };
    expect(await clinic.get('panel.record', { patientId }, stranger)).toMatchObject({ mrn: null });
  });

  it('is told nothing of whom the clinic knows', async () => {
    const asKnown = { family: 'Habimana', given: 'Jean', birthDate: '3/2/1985', phone: '+250788123456' };
    const known = await ask({ ...asKnown, relationship: 'self' });
    expect(known).toMatchObject({ ok: true, value: { approved: false } });
    expect(known.ok && known.value.patientId).not.toBe(habimana.id);
  });

  it('reads why the clinic refused, and sees that record no more', async () => {
    await ask();
    const [link] = linksOf(strangerAccountId);
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account_link', link?.id ?? '', {
        status: 'refused',
        decision_reason: 'Please bring an identity card.',
      }),
    );
    expect(await people()).toEqual([]);
    expect(await clinic.get('panel.links', {}, stranger)).toMatchObject([
      { status: 'refused', name: '', reason: 'Please bring an identity card.' },
    ]);
  });

  it.each([
    ['31/02/2015', 'birth-impossible'],
    ['soon', 'date'],
    ['1.1.2999', 'birth-future'],
    ['1.1.1850', 'birth-too-old'],
    [' ', 'required'],
  ])('cannot be born on %j', async (birthDate, problem) => {
    expect(await ask({ birthDate })).toMatchObject({ error: { fields: { birthDate: problem } } });
    expect(linksOf(strangerAccountId)).toEqual([]);
  });

  it('has letters in a name and a number that can be dialled', async () => {
    expect(await ask({ family: '\u202eevil' })).toMatchObject({
      error: { fields: { family: 'characters' } },
    });
    expect(await ask({ phone: 'call me' })).toMatchObject({ error: { fields: { phone: 'phone' } } });
    expect(await ask({ note: 'x'.repeat(501) })).toEqual(failure('invalid-input'));
    expect(await ask({ family: `'); DROP TABLE patient; --` })).toMatchObject({ ok: true });
  });

  it('asks for nobody twice, for one self, and for so many at once', async () => {
    await ask();
    expect(await ask({ family: 'INGABIRE' })).toEqual(failure('already-linked'));
    await ask({ family: 'Keza', relationship: 'self' });
    expect(await ask({ family: 'Kamali', relationship: 'self' })).toEqual(failure('already-linked'));
    const names = ['Gasana', 'Gatete', 'Karasira', 'Bizimana', 'Nkunda', 'Rukundo'];
    const replies = [];
    for (const family of names) replies.push(await ask({ family }));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(mostWaiting - 2);
    expect(replies.at(-1)).toEqual(failure('too-many-links'));
  });
});

describe('whom an account looks after', () => {
  it('is given up by the account, with whatever was asked of them, and nothing of it is seen any more', async () => {
    addLink(clinic, accountLink(patientAccountId, mutesi.id, { relationship: 'child' }));
    const patientId = mutesi.id as PatientId;
    await clinic.get('panel.leave', { patientId }, clinic.patient);
    expect(await clinic.ask('panel.leave', { patientId }, clinic.patient)).toEqual(failure('not-found'));
    expect(await clinic.ask('panel.record', { patientId }, clinic.patient)).toEqual(failure('not-found'));
    expect((await clinic.get('panel.me', {}, clinic.patient)).people).toHaveLength(1);
  });
});

it('looked after under two records of one person is given up under both', async () => {
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('patient', mutesi.id, { merged_into: habimana.id }),
  );
  addLink(clinic, accountLink(patientAccountId, mutesi.id, { relationship: 'other' }));
  await clinic.get('panel.leave', { patientId: habimana.id as PatientId }, clinic.patient);
  expect(
    (await clinic.get('panel.me', {}, clinic.patient)).people.filter(({ approved }) => approved),
  ).toEqual([]);
});

describe('a code after somebody has said who they are', () => {
  const requests = () => linksOf(strangerAccountId).filter(({ code_id }) => code_id === null);
  const mergedInto = (id = '') =>
    store().get(localDb.selectFrom('patient').select('merged_into').where('id', '=', id))?.merged_into;
  const asHabimana = { family: 'HABIMANA', given: 'Jean', birthDate: '3/2/1985' } as const;

  it.each([
    [
      'themselves, born on the same day',
      { ...asHabimana, given: 'J.', relationship: 'self' },
      'self',
      'ended',
      true,
    ],
    [
      'themselves, born on another',
      { ...asHabimana, birthDate: '4/2/1985', relationship: 'self' },
      'self',
      'ended',
      false,
    ],
    ['somebody of that name and day', { ...asHabimana, relationship: 'parent' }, 'parent', 'ended', true],
    ['somebody else', { relationship: 'child' }, 'self', 'requested', false],
    [
      'themselves, and opens another with it',
      { ...asHabimana, given: 'J.', relationship: 'self' },
      'spouse',
      'requested',
      false,
    ],
  ] as const)('of %s', async (_, more, relationship, status, isOne) => {
    await ask(more);
    print();
    expect(await open(code, relationship)).toMatchObject({ ok: true, value: { patientId: habimana.id } });
    const [request] = requests();
    expect([request?.status, mergedInto(request?.patient_id)]).toEqual([status, isOne ? habimana.id : null]);
  });

  it('leaves two records apart where a desk has said that they are two persons', async () => {
    await ask({ ...asHabimana, relationship: 'self' });
    const [request] = requests();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('patient_link', {
        ...blank('patient_link'),
        id: crypto.randomUUID(),
        patient_id: request?.patient_id ?? '',
        other_id: habimana.id,
        kind: 'distinct',
        created_at: new Date(clinic.clock.at).toISOString(),
      }),
    );
    print();
    await open();
    expect([requests()[0]?.status, mergedInto(request?.patient_id)]).toEqual(['ended', null]);
  });
});

describe('a request', () => {
  it('is taken back by who asked, once, while nobody has decided', async () => {
    await ask();
    const [link] = linksOf(strangerAccountId);
    const linkId = link?.id ?? '';
    expect(await clinic.ask('panel.withdrawLink', { linkId }, clinic.patient)).toEqual(failure('not-found'));
    await clinic.get('panel.withdrawLink', { linkId }, stranger);
    expect(await people()).toEqual([]);
    expect(await clinic.get('panel.links', {}, stranger)).toMatchObject([{ status: 'ended', byCode: false }]);
    expect(await clinic.ask('panel.withdrawLink', { linkId }, stranger)).toEqual(
      failure('changed-meanwhile'),
    );
  });
});

describe('a record', () => {
  const patientId = habimana.id as PatientId;
  const read = () => clinic.get('panel.record', { patientId }, clinic.patient);
  const change = async (more: Record<string, string | null>, was?: Record<string, string | null>) => {
    const { details } = await read();
    const input = { patientId, details: { ...details, ...more }, was: { ...details, ...was } };
    return clinic.ask('panel.changeRecord', input, clinic.patient);
  };
  const history = () => clinic.get('panel.history', { patientId }, clinic.patient);

  it('is changed by the rules of the desk, and who changed what is told', async () => {
    expect(await change({ phone: '+250 788 999 888', city: 'Huye' })).toMatchObject({
      ok: true,
      value: { mrn: 'OLD-1', details: { phone: '+250788999888', city: 'Huye' } },
    });
    expect(await change({ phone: 'call me' })).toMatchObject({ error: { fields: { phone: 'phone' } } });
    const reception = await clinic.signedIn('reception');
    clinic.clock.at += 60_000;
    const view = await clinic.get('patients.get', { id: patientId }, reception);
    const details = { ...view, gender: 'male', contactName: 'Marie' } as never;
    await clinic.get('patients.update', { id: patientId, details, was: null }, reception);
    const { changes } = await history();
    expect(changes.map(({ kind, who, fields }) => [kind, who, fields.toSorted()])).toEqual([
      ['changed', 'clinic', expect.arrayContaining(['contact_name'])],
      ['changed', 'you', ['city', 'phone']],
      ['created', 'clinic', []],
    ]);
    expect(JSON.stringify(changes)).not.toContain('Marie');
  });

  it('that somebody changed meanwhile is not written over', async () => {
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { city: 'Musanze' }),
    );
    expect(await change({ city: 'Huye' }, { city: null })).toEqual(failure('changed-meanwhile'));
    expect(await change({ addressLine: 'KG 7' }, { addressLine: null })).toMatchObject({ ok: true });
  });

  it('keeps who the person is as the desk has read it', async () => {
    const { details } = await read();
    const input = {
      patientId,
      details: { ...details, family: 'Evil', birthDate: '2000-01-01' },
      was: details,
    };
    expect(await clinic.ask('panel.changeRecord', input, clinic.patient)).toMatchObject({
      value: { family: 'Habimana', birthDate: '1985-02-03' },
    });
    expect((await history()).changes).toHaveLength(1);
  });
});
