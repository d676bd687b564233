import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { MergeColumn } from '#shared/domain/patients/merge.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, now, openClinic, site, uwase } from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const register = async (more: object) => {
  clinic.clock.at += 1000;
  const details = { family: 'Keza', given: 'Ange', gender: 'female', birthDate: '2001-05-06' } as const;
  const patient = await clinic.get('patients.register', { ...details, ...more, notADuplicate: true }, desk);
  return patient.id;
};
const preview = (leftId: PatientId, rightId: PatientId) =>
  clinic.get('patients.mergePreview', { leftId, rightId }, desk);
const wish = (seen: Output<'patients.mergePreview'>, take: MergeColumn[] = []) => ({
  id: seen.left.patient.id,
  otherId: seen.right.patient.id,
  take,
  was: { own: seen.left.values, other: seen.right.values },
});
const merge = async (id: PatientId, otherId: PatientId, take: MergeColumn[] = []) =>
  clinic.get('patients.merge', wish(await preview(id, otherId), take), desk);
const get = (id: PatientId) => clinic.get('patients.get', { id }, desk);
const found = async (text: string) =>
  (await clinic.get('patients.search', { text }, desk)).map(({ id }) => id);
const book = (patient_id: string, hour: number) =>
  clinic.temporary.local.store.mutate({ kind: 'appointment.book', user: null }, (writer) => {
    const at = (minutes: number) => new Date(now + hour * 3_600_000 + minutes * 60_000).toISOString();
    writer.insert(
      'appointment',
      someAppointment({
        patient_id,
        practitioner_id: uwase.id,
        location_id: site.id,
        start_at: at(0),
        end_at: at(30),
        start_local: at(0).slice(0, 16),
      }),
    );
  });
const mutations = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('outbox').select(['kind', 'payload']).orderBy('n'))
    .map(({ kind, payload }) => ({ kind, changes: JSON.parse(payload).changes }));

describe('the preview', () => {
  it('says what each says of language and next of kin, and what hangs on each', async () => {
    const first = await register({
      language: 'rw',
      particulars: {
        telecoms: [{ value: '0788 999 111' }],
        identifiers: [{ type: 'NI', value: '1 2001' }],
        coverages: [{ payer: 'RSSB' }],
        consents: [{ category: 'research', provision: 'deny' }],
        photo: { data: `/9j/${'A'.repeat(80)}` },
      },
    });
    const second = await register({ language: 'fr', contactRelation: 'MTH' });
    const seen = await preview(first, second);
    expect(seen.fields.filter(({ differs }) => differs)).toEqual([
      { column: 'contact_relation', format: 'relation', differs: true, better: 'right' },
      { column: 'language', format: 'language', differs: true, better: null },
    ]);
    const each = { telecoms: 1, identifiers: 1, coverages: 1, consents: 1, photos: 1 };
    expect(seen.left.counts).toMatchObject(each);
    expect(seen.right.counts).toMatchObject({ telecoms: 0, photos: 0 });
    await merge(second, first, ['language']);
    expect(await get(second)).toMatchObject({ language: 'rw', contactRelation: 'MTH' });
    const whole = await clinic.get('patients.particulars', { id: second }, desk);
    expect(whole).toMatchObject({
      telecoms: [{}],
      identifiers: [{}],
      coverages: [{}],
      consents: [{}],
      photo: {},
    });
    await clinic.get('patients.unmerge', { id: first }, desk);
    expect(await clinic.get('patients.particulars', { id: second }, desk)).toEqual({
      telecoms: [],
      identifiers: [],
      coverages: [],
      consents: [],
      photo: null,
    });
    expect(await clinic.get('patients.particulars', { id: first }, desk)).toEqual(whole);
  });

  it('shows both, which one goes on, and where one knows better', async () => {
    const first = await register({
      birthDate: '2001-01-01',
      birthDateEstimated: true,
      phone: '0788 000 111',
    });
    const second = await register({ given: 'Ange Divine', city: 'Huye' });
    book(second, 5);
    const seen = await preview(second, first);
    expect(seen).toMatchObject({
      goesOn: 'right',
      complete: true,
      reasons: ['similar-name', 'birth-year'],
      overlapping: [],
    });
    expect(seen.left).toMatchObject({ patient: { id: second }, counts: { appointments: 1, notes: 0 } });
    expect(seen.right).toMatchObject({ patient: { id: first }, counts: { appointments: 0 } });
    expect(seen.fields.filter(({ differs }) => differs)).toEqual([
      { column: 'given', format: 'text', differs: true, better: null },
      { column: 'birth_date', format: 'birth-day', differs: true, better: 'left' },
      { column: 'phone', format: 'phone', differs: true, better: 'right' },
      { column: 'city', format: 'text', differs: true, better: 'left' },
    ]);
  });

  it('says when one person would be in two places, and so does the merge', async () => {
    const [first, second] = [await register({}), await register({})];
    book(first, 5);
    book(second, 5.25);
    book(second, 9);
    expect((await preview(first, second)).overlapping).toEqual([
      { left: '2026-11-23T13:00', right: '2026-11-23T13:15' },
    ]);
    expect(await merge(first, second)).toMatchObject({ overlapping: 1 });
  });

  it('is a look at both records', async () => {
    const [first, second] = [await register({}), await register({})];
    clinic.clock.at += 3_600_000;
    await preview(first, second);
    const looks = clinic.temporary.local.store.all(
      localDb.selectFrom('audit_event').select('entity_id').where('event', '=', 'patient-open'),
    );
    expect(looks.filter(({ entity_id }) => entity_id === first || entity_id === second)).toHaveLength(4);
  });
});

describe('a merge', () => {
  it('is one mutation: what was chosen, the merge, and who did it', async () => {
    const first = await register({ phone: '0788 000 111' });
    const second = await register({ given: 'Angela', phone: '0788 000 222', birthDate: '2001-06-05' });
    const seen = await preview(first, second);
    expect(await clinic.get('patients.merge', wish(seen, ['given', 'birth_date']), desk)).toMatchObject({
      patient: {
        id: first,
        given: 'Angela',
        birthDate: '2001-06-05',
        phone: '+250788000111',
        mergedFrom: [{ id: second, given: 'Angela' }],
      },
    });
    expect(mutations().at(-1)).toMatchObject({
      kind: 'patient.merge',
      changes: [
        { pk: first, values: { given: 'Angela', birth_date: '2001-06-05' } },
        { pk: second, values: { merged_into: first } },
        {
          tbl: 'audit_event',
          values: { event: 'patient-merge', entity_id: first, account_id: desk.user?.id },
        },
        { tbl: 'audit_event', values: { event: 'patient-merge', entity_id: second } },
      ],
    });
    expect(await get(second)).toMatchObject({ mergedInto: { id: first }, phone: '+250788000222' });
  });

  it('shows a person once, also when the other name or number is typed', async () => {
    const first = await register({});
    const second = await register({ family: 'Kezza', phone: '0788 000 222' });
    const { mrn } = await get(second);
    await merge(first, second);
    for (const text of ['ange', 'kezza', mrn, '0788000222', ''])
      expect(await found(text), text).toEqual([first]);
    const typed = { family: 'Kezza', given: 'Ange', birthDate: '2001-05-06', phone: '' };
    expect((await clinic.get('patients.similar', typed, desk)).map(({ id }) => id)).toEqual([first]);
  });

  it('reads what was written for either record with both', async () => {
    const [first, second] = [await register({}), await register({})];
    book(second, 5);
    await merge(first, second);
    const { appointments } = await clinic.get('patients.appointments', { id: first }, desk);
    expect(appointments).toHaveLength(1);
  });

  it('is refused when a record has changed since it was shown', async () => {
    const [first, second] = [await register({}), await register({})];
    const seen = await preview(first, second);
    clinic.temporary.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
      writer.update('patient', second, { phone: '+250788999000' }),
    );
    const reply = await clinic.ask('patients.merge', wish(seen), desk);
    expect(reply).toEqual({ ok: false, error: { code: 'changed-meanwhile' } });
    expect(await get(second)).toMatchObject({ mergedInto: null });
  });

  it('is refused for one record, for a merged one, for a circle and for a voided one', async () => {
    const [first, second, third] = [await register({}), await register({}), await register({})];
    const code = async (leftId: PatientId, rightId: PatientId) => {
      const reply = await clinic.ask('patients.mergePreview', { leftId, rightId }, desk);
      return reply.ok ? 'ok' : reply.error.code;
    };
    expect(await code(first, first)).toBe('same-record');
    const [before, circle] = [await preview(second, third), await preview(second, first)];
    await merge(first, second);
    expect(await code(second, third)).toBe('merged-already');
    expect(await code(third, second)).toBe('merged-already');
    const late = (seen: Output<'patients.mergePreview'>) => clinic.ask('patients.merge', wish(seen), desk);
    expect(await late(before)).toMatchObject({ error: { code: 'merged-already' } });
    expect(await late(circle)).toMatchObject({ error: { code: 'merged-already' } });
    clinic.temporary.local.db.prepare(`UPDATE patient SET voided_at = 'x' WHERE id = ?`).run(third);
    expect(await code(first, third)).toBe('not-found');
  });

  it('is for the desk and the administrator', async () => {
    const [first, second] = [await register({}), await register({})];
    const doctor = await clinic.signedIn('doctor');
    const seen = await preview(first, second);
    for (const [name, input] of [
      ['patients.merge', wish(seen)],
      ['patients.unmerge', { id: second }],
      ['patients.keepApart', { id: first, otherId: second }],
    ] as const)
      expect(await clinic.ask(name, input as never, doctor)).toMatchObject({
        error: { code: 'not-permitted' },
      });
  });
});

describe('taking apart', () => {
  it('undoes the merge and leaves what was chosen', async () => {
    const first = await register({ phone: '0788 000 111' });
    const second = await register({ phone: '0788 000 222' });
    await merge(first, second, ['phone']);
    expect(await clinic.get('patients.unmerge', { id: second }, desk)).toMatchObject({ mergedInto: null });
    expect(await get(first)).toMatchObject({ phone: '+250788000222', mergedFrom: [] });
    expect((await found('ange')).toSorted()).toEqual([first, second].toSorted());
    expect(mutations().at(-1)).toMatchObject({
      kind: 'patient.unmerge',
      changes: [
        { pk: second, values: { merged_into: null } },
        { values: { event: 'patient-unmerge', entity_id: first } },
        { values: { event: 'patient-unmerge', entity_id: second } },
      ],
    });
    expect(await clinic.ask('patients.unmerge', { id: second }, desk)).toMatchObject({
      error: { code: 'not-merged' },
    });
  });
});

describe('possible duplicates', () => {
  // The ids of records tell when they were made, by the computer's own clock.
  beforeEach(() => {
    clinic.clock.at = Date.now();
  });
  const pairs = async () =>
    (await clinic.get('patients.possibleDuplicates', {}, desk)).pairs.map(({ left, right }) => [
      left.id,
      right.id,
    ]);

  it('are pairs registered lately, the newest first, until somebody decides', async () => {
    expect(await pairs()).toEqual([]);
    const [ange, angeAgain] = [await register({}), await register({ given: 'Angé' })];
    await register({ given: 'Claude' });
    const [paul, paulAgain] = [
      await register({ family: 'Rwema', given: 'Paul' }),
      await register({ family: 'Paul', given: 'Rwema' }),
    ];
    expect(await pairs()).toEqual([
      [paul, paulAgain],
      [ange, angeAgain],
    ]);
    await merge(ange, angeAgain);
    const { linkId } = await clinic.get('patients.keepApart', { id: paulAgain, otherId: paul }, desk);
    expect(await pairs()).toEqual([]);
    await clinic.get('patients.withdrawKeepApart', { linkId }, desk);
    expect(await pairs()).toEqual([[paul, paulAgain]]);
    await clinic.get('patients.unmerge', { id: angeAgain }, desk);
    expect(await pairs()).toHaveLength(2);
  });

  it('are looked at anew when a record changes', async () => {
    const [ange, again] = [await register({}), await register({ given: 'Claude' })];
    expect(await pairs()).toEqual([]);
    clinic.temporary.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
      writer.update('patient', again, { given: 'Ange' }),
    );
    expect(await pairs()).toEqual([[ange, again]]);
  });

  it('a pair that was said to be two persons and is merged all the same is asked about again when it is taken apart', async () => {
    const [ange, again] = [await register({}), await register({})];
    await clinic.get('patients.keepApart', { id: ange, otherId: again }, desk);
    await merge(ange, again);
    await clinic.get('patients.unmerge', { id: again }, desk);
    expect(await pairs()).toEqual([[ange, again]]);
  });

  it('go on page by page, and end', async () => {
    for (let n = 0; n < 33; n += 1) {
      const family = String.fromCharCode(97 + (n % 26)).repeat(n < 26 ? 8 : 5);
      for (let twice = 0; twice < 2; twice += 1) await register({ family, birthDate: `19${60 + n}-05-06` });
    }
    const first = await clinic.get('patients.possibleDuplicates', {}, desk);
    expect(first.pairs.length).toBeGreaterThanOrEqual(30);
    const second = await clinic.get('patients.possibleDuplicates', { before: first.next }, desk);
    expect(second.next).toBeNull();
    const all = new Set([...first.pairs, ...second.pairs].map(({ right }) => right.id));
    expect(all.size).toBe(33);
  });
});
