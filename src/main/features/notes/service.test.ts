import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb, readPayload } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { NoteId, PatientId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import { someNote } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mugabo, mutesi, openClinic, pin, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const draft = (
  text: string,
  more: Partial<Input<'notes.saveDraft'>> = {},
  by = doctor,
): Input<'notes.saveDraft'> => ({
  writer: by.user?.id as StaffAccountId,
  id: null,
  patientId,
  kind: 'note',
  answers: null,
  title: 'Consultation',
  type: '11506-3',
  sections: [
    { title: 'Subjective', text },
    { title: 'Objective', text: '' },
  ],
  reason: '',
  revision: 0,
  ...more,
});
const save = (text: string, more: Partial<Input<'notes.saveDraft'>> = {}, by = doctor) =>
  clinic.get('notes.saveDraft', draft(text, more, by), by);
const signed = async (text: string, more: Partial<Input<'notes.saveDraft'>> = {}, by = doctor) => {
  const { id, revision } = await save(text, more, by);
  clinic.clock.at += 60_000;
  return clinic.get('notes.sign', { id, revision, pin }, by);
};
const threads = async (by = doctor, patient = patientId) =>
  (await clinic.get('notes.list', { patientId: patient }, by)).threads;
const outbox = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('outbox').selectAll().orderBy('n'))
    .filter(({ kind }) => kind.startsWith('note'))
    .map(({ payload }) => readPayload(payload).changes.map(({ tbl, op }) => `${op} ${tbl}`));

describe('a draft', () => {
  it('is kept here alone, begins the encounter once, and is one for each user', async () => {
    const first = await save('Fever since');
    const second = await save('Fever since Monday', { id: first.id, revision: first.revision });
    expect(second).toMatchObject({ id: first.id, revision: 2, startedAt: first.startedAt });
    await save('Temperature 38.4', { type: '34109-9' }, nurse);
    expect(outbox()).toEqual([['insert encounter'], ['insert encounter']]);
    const mine = await clinic.get('notes.writing', { patientId }, doctor);
    expect(mine).toMatchObject({ now: { sections: [{ text: 'Fever since Monday' }, {}] }, others: [] });
    const hers = await clinic.get('notes.drafts', {}, nurse);
    expect(hers).toMatchObject([
      { patientName: 'Habimana Jean', draft: { sections: [{ text: 'Temperature 38.4' }, {}] } },
    ]);
    expect(await clinic.ask('notes.dropDraft', { id: first.id }, nurse)).toMatchObject({
      error: { code: 'not-found' },
    });
    const rows = clinic.temporary.local.db.prepare('SELECT payload FROM outbox').all();
    expect(JSON.stringify(rows)).not.toContain('Fever');
  });

  it('is not written over by a window that has not seen the last save', async () => {
    const { id } = await save('Of this window');
    expect(await clinic.ask('notes.saveDraft', draft('Of the other', { id }), doctor)).toMatchObject({
      error: { code: 'draft-elsewhere' },
    });
    expect(await clinic.ask('notes.saveDraft', draft('Of a third'), doctor), 'the one draft').toMatchObject({
      error: { code: 'draft-elsewhere' },
    });
    expect((await clinic.get('notes.writing', { patientId }, doctor)).now?.sections[0]?.text).toBe(
      'Of this window',
    );
  });

  it('is not saved under somebody else’s name when the user of a window changed', async () => {
    const hers = draft('Of the doctor');
    expect(await clinic.ask('notes.saveDraft', hers, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await clinic.get('notes.drafts', {}, nurse)).toEqual([]);
  });

  it('of yesterday is found again beside the one of today', async () => {
    await save('Yesterday');
    clinic.clock.at += 86_400_000;
    expect(await clinic.get('notes.writing', { patientId }, doctor)).toMatchObject({
      now: null,
      others: [{ sections: [{ text: 'Yesterday' }, {}] }],
    });
    await save('Today');
    expect(await clinic.get('notes.drafts', {}, doctor)).toHaveLength(2);
  });

  it('that is too long, or holds what cannot be seen, is refused and the one before stays', async () => {
    const { id, revision } = await save('Short');
    const tooLong = draft('x'.repeat(80_001), { id, revision });
    expect(await clinic.ask('notes.saveDraft', tooLong, doctor)).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(
      await clinic.ask('notes.saveDraft', draft('x'.repeat(1_048_576), { id, revision }), doctor),
    ).toMatchObject({
      error: { code: 'too-large' },
    });
    expect(await clinic.ask('notes.saveDraft', draft('a\u0000b', { id, revision }), doctor)).toMatchObject({
      error: { code: 'invalid-input', fields: { 'sections.0.text': 'characters' } },
    });
    const most = await save('é'.repeat(80_000 - 19), { id, revision });
    expect(await clinic.get('notes.sign', { id, revision: most.revision, pin }, doctor)).toMatchObject({
      state: 'current',
    });
  });

  it('is neither read nor written by who writes no notes', async () => {
    const reception = await clinic.signedIn('reception');
    expect(await clinic.ask('notes.drafts', {}, reception)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await clinic.ask('notes.list', { patientId }, reception)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});

describe('signing', () => {
  it('writes what was shown in one piece of work with the end of the draft', async () => {
    const note = await signed('  Fever since Monday \n');
    expect(note).toMatchObject({
      sections: [{ title: 'Subjective', text: 'Fever since Monday' }],
      state: 'current',
      authorName: 'Dr Aline Uwase',
      certainty: 'provisional',
    });
    expect(outbox()).toEqual([['insert encounter'], ['insert composition']]);
    expect(await clinic.get('notes.drafts', {}, doctor)).toEqual([]);
    const row = clinic.temporary.local.store.get(localDb.selectFrom('composition').selectAll());
    expect(row).toMatchObject({ status: 'final', type: '11506-3', author_id: uwase.id, parent_id: null });
    expect(row?.encounter_id).not.toBeNull();
  });

  it('keeps the draft when the PIN is wrong, the draft was written on, or nothing is in it', async () => {
    const { id, revision } = await save('Fever');
    const ask = (more: object) =>
      clinic.ask('notes.sign', { id, revision, pin, ...more } as Input<'notes.sign'>, doctor);
    expect(await ask({ pin: '9999' })).toMatchObject({ error: { code: 'wrong-pin' } });
    await save('Fever and cough', { id, revision });
    expect(await ask({})).toMatchObject({ error: { code: 'draft-elsewhere' } });
    await save('   ', { id, revision: revision + 1 });
    expect(await ask({ revision: revision + 2 })).toMatchObject({
      error: { code: 'invalid-input', fields: { text: 'required' } },
    });
    expect(await threads()).toEqual([]);
    expect(await clinic.get('notes.drafts', {}, doctor)).toHaveLength(1);
  });

  it('leaves the draft when the database cannot take the note', async () => {
    const { id, revision } = await save('Fever');
    clinic.temporary.local.db.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON composition BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    expect(await clinic.ask('notes.sign', { id, revision, pin }, doctor)).toMatchObject({ ok: false });
    clinic.temporary.local.db.exec('DROP TRIGGER full');
    expect(await clinic.get('notes.drafts', {}, doctor)).toMatchObject([{ draft: { id } }]);
    expect(await threads()).toEqual([]);
  });

  it('happens once, however often it is asked for', async () => {
    const { id, revision } = await save('Fever');
    const replies = await Promise.all(
      [1, 2, 3].map(() => clinic.ask('notes.sign', { id, revision, pin }, doctor)),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await threads()).toHaveLength(1);
  });
});

describe('a signed note', () => {
  it('is added to by anybody who signs, and read with what was added', async () => {
    const note = await signed('Fever');
    await signed('Given paracetamol', { kind: 'addendum', answers: note.id, title: 'Addendum' }, nurse);
    const [thread] = await threads();
    expect(thread).toMatchObject({
      current: [{ id: note.id, may: { append: true, amend: true, void: true, cosign: false } }],
      addenda: [{ current: [{ authorName: 'nurse', sections: [{ text: 'Given paracetamol' }] }] }],
    });
    const [hers] = await threads(nurse);
    expect(hers?.current[0]?.may, 'a nurse does not change a doctor’s').toEqual({
      append: true,
      amend: false,
      void: false,
      cosign: false,
    });
  });

  it('is amended with a reason by a version that takes its place; the old one stays to be read', async () => {
    const note = await signed('Left knee');
    const amendment = { kind: 'amendment', answers: note.id } as const;
    const { id, revision } = await save('Right knee', amendment);
    expect(await clinic.ask('notes.sign', { id, revision, pin }, doctor)).toMatchObject({
      error: { fields: { reason: 'required' } },
    });
    const again = await save('Right knee', { ...amendment, id, revision, reason: 'Wrong side' });
    const version = await clinic.get('notes.sign', { id, revision: again.revision, pin }, doctor);
    expect(version).toMatchObject({ isAmendment: true, reason: 'Wrong side', state: 'current' });
    expect(await threads()).toMatchObject([
      {
        current: [{ id: version.id }],
        earlier: [{ id: note.id, state: 'replaced', may: { append: false, amend: false } }],
      },
    ]);
    const late = await save('Both knees', { ...amendment, reason: 'Late' });
    expect(
      await clinic.ask('notes.sign', { id: late.id, revision: late.revision, pin }, doctor),
    ).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await clinic.get('notes.drafts', {}, doctor), 'nothing is lost').toHaveLength(1);
  });

  it('that was entered in error says so with the reason, and is changed no more', async () => {
    const note = await signed('Fever');
    expect(
      await clinic.ask('notes.void', { id: note.id, reason: 'Wrong patient', pin }, nurse),
    ).toMatchObject({
      error: { code: 'not-permitted' },
    });
    await clinic.get('notes.void', { id: note.id, reason: 'Wrong patient', pin }, doctor);
    expect(await threads()).toMatchObject([
      {
        current: [
          { state: 'in-error', voided: { by: 'doctor', reason: 'Wrong patient' }, may: { append: false } },
        ],
      },
    ]);
    expect(await clinic.ask('notes.void', { id: note.id, reason: 'Again', pin }, doctor)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });

  it('amended at two places is shown in both versions', async () => {
    const note = await signed('Left knee');
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      for (const body of ['Right knee', 'Both knees'])
        writer.insert(
          'composition',
          someNote({ patient_id: patientId, parent_id: note.id, body, status: 'amended' }),
        );
    });
    expect(await threads()).toMatchObject([{ current: [{}, {}], earlier: [{ id: note.id }] }]);
  });

  it('of the record that was merged is read with the one that goes on, and from a long chart by pages', async () => {
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.update('patient', mutesi.id, { merged_into: habimana.id });
      for (let n = 0; n < 25; n += 1)
        writer.insert(
          'composition',
          someNote({
            patient_id: n % 2 ? mutesi.id : habimana.id,
            body: `Note ${n}`,
            created_at: new Date(Date.parse('2024-01-01') + n * 86_400_000).toISOString(),
          }),
        );
    });
    const texts: (string | undefined)[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof clinic.get<'notes.list'>>> = await clinic.get(
        'notes.list',
        { patientId, after },
        doctor,
      );
      texts.push(...page.threads.map(({ current }) => current[0]?.sections[0]?.text));
      after = page.next;
    } while (after !== null);
    expect(texts).toEqual(Array.from({ length: 25 }, (_, n) => `Note ${24 - n}`));
  });
});

describe('supervision', () => {
  it('puts a note before the supervisor until it is signed there too', async () => {
    const admin = await clinic.signedIn('admin');
    const [practitionerId, supervisorId] = [mugabo.id, uwase.id] as PractitionerId[];
    if (practitionerId === undefined || supervisorId === undefined) throw new Error('nobody');
    await clinic.get('notes.setSupervisor', { practitionerId, supervisorId }, admin);
    expect(
      await clinic.ask(
        'notes.setSupervisor',
        { practitionerId: supervisorId, supervisorId: practitionerId },
        admin,
      ),
    ).toMatchObject({ error: { fields: { supervisorId: 'circle' } } });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert(
        'composition',
        someNote({ patient_id: patientId, author_id: mugabo.id, supervisor_id: uwase.id, created_by: null }),
      ),
    );
    const [waiting] = await clinic.get('notes.toCosign', {}, doctor);
    expect(waiting).toMatchObject({
      patientMrn: 'OLD-1',
      note: { authorName: 'Dr Eric Mugabo', may: { cosign: true } },
    });
    const id = waiting?.note.id as NoteId;
    expect(await clinic.ask('notes.cosign', { id, pin }, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await clinic.get('notes.cosign', { id, pin }, doctor)).toMatchObject({
      supervision: { name: 'Dr Aline Uwase', signedAt: expect.any(String) },
      may: { cosign: false },
    });
    expect(await clinic.get('notes.toCosign', {}, doctor)).toEqual([]);
    expect(
      clinic.temporary.local.store.all(localDb.selectFrom('composition_attester').selectAll()),
    ).toMatchObject([{ composition_id: id, practitioner_id: uwase.id, mode: 'professional' }]);
  });
});

describe('templates', () => {
  it('are written by an administrator and used by who writes', async () => {
    const admin = await clinic.signedIn('admin');
    const details = {
      id: null,
      name: 'Antenatal visit',
      speciality: null,
      sections: [{ title: 'Fundal height', text: 'cm' }],
      active: true,
    };
    const made = await clinic.get('notes.saveTemplate', details, admin);
    expect(await clinic.get('notes.templates', {}, nurse)).toMatchObject([{ ...details, id: made.id }]);
    expect(
      await clinic.ask('notes.saveTemplate', { ...details, name: 'antenatal VISIT' }, admin),
    ).toMatchObject({
      error: { fields: { name: 'duplicate' } },
    });
    await clinic.get('notes.saveTemplate', { ...details, id: made.id, active: false }, admin);
    expect(await clinic.get('notes.templates', {}, doctor)).toMatchObject([{ id: made.id, active: false }]);
    expect(await clinic.ask('notes.saveTemplate', details, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});
