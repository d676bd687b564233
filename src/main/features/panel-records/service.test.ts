import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoteRead } from '#main/core/released.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { CallName, Input } from '#shared/contract/contract.ts';
import { encodeRequest } from '#shared/domain/panel/request.ts';
import type { DocumentId, PatientId, PrescriptionId, TaskId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { habimana, mutesi, now, uwase } from '#tests/support/core-clinic.ts';
import {
  openPanelClinic,
  type PanelClinic,
  patientAccountId,
  signInPatient,
} from '#tests/support/core-panel.ts';
import {
  before,
  chartIds,
  chartRows,
  inside,
  planted,
  release,
  writeChart,
} from '#tests/support/panel-chart.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';
import { somePatient } from '#tests/support/sync-local.ts';

let clinic: PanelClinic;
const patientId = habimana.id as PatientId;
const insert = (what: (writer: LocalWriter) => void) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, what);
const get = <N extends CallName>(name: N, input: Input<N>) => clinic.get(name, input, clinic.patient);
const restrict = (more: object = {}) =>
  insert((writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id: crypto.randomUUID(),
      patient_id: habimana.id,
      category: 'restricted',
      text: inside,
      created_at: before(1),
      ...more,
    }),
  );
const acknowledge = () =>
  insert((writer) => writer.insert('result_acknowledgement', chartRows().result_acknowledgement));
const summary = async (language: 'en' | 'fr' = 'en') => {
  const file = await get('panel.summary', { patientId, language });
  return { ...file, ...(await textOfPdf(Buffer.from(file.data, 'base64'))) };
};

/** The desk has said that the account looks after its child. */
const approveChild = () =>
  insert((writer) => {
    const link = writer.get(
      localDb.selectFrom('patient_account_link').select('id').where('patient_id', '=', mutesi.id),
    );
    writer.update('patient_account_link', link?.id ?? '', { status: 'approved' });
  });

const pages = [
  'panel.allergies',
  'panel.conditions',
  'panel.results',
  'panel.vitals',
  'panel.notes',
  'panel.immunizations',
  'panel.documents',
] as const;
const kindOf = (name: (typeof pages)[number]) => name.slice('panel.'.length) as 'allergies';

beforeEach(async () => {
  clinic = await openPanelClinic();
  writeChart(clinic);
});
afterEach(() => clinic.close());

describe('where a clinic has set nothing', () => {
  it('notes and documents are not shown, results once a clinician has looked at them, the rest is', async () => {
    const { kinds } = await get('panel.releases', { patientId });
    expect(kinds).toEqual({
      allergies: true,
      conditions: true,
      results: true,
      vitals: true,
      notes: false,
      documents: false,
      immunizations: true,
      prescriptions: true,
    });
    expect(await get('panel.results', { patientId })).toMatchObject({
      shown: true,
      afterReading: true,
      items: [],
    });
    acknowledge();
    const { items } = await get('panel.results', { patientId });
    expect(items).toMatchObject([
      {
        id: chartIds.report,
        test: 'kidney',
        flag: 'abnormal',
        values: [{ value: '3.2', low: '3.5', high: '5.1', interpretation: 'L' }],
      },
    ]);
  });

  it('says that it shows none, never that there is none', async () => {
    for (const name of ['panel.notes', 'panel.documents'] as const)
      expect(await get(name, { patientId })).toEqual({ shown: false, items: [], next: null });
  });
});

const singles = [
  ['panel.allergy', 'allergies', chartIds.allergy],
  ['panel.condition', 'conditions', chartIds.problem],
  ['panel.result', 'results', chartIds.report],
  ['panel.note', 'notes', chartIds.note],
  ['panel.prescription', 'prescriptions', chartIds.prescription],
] as const;

describe.each(singles)('%s', (name, kind, rowId) => {
  const ask = (of: string, id: string = rowId) =>
    clinic.ask(name, { patientId: of as PatientId, id: id as never }, clinic.patient);
  const refused = (code: string) => ({ ok: false, error: { code } });
  const shown = { notes: 'signed', results: 'final' } as Readonly<Record<string, string>>;

  it('is what the list has of it', async () => {
    release(clinic, kind, shown[kind] ?? 'shown');
    const { items } = await get(`panel.${kind}`, { patientId });
    const listed = items.find(({ id }) => id === rowId);
    expect(listed).toBeDefined();
    expect(await ask(patientId)).toEqual({ ok: true, value: listed });
    expect(JSON.stringify(listed)).not.toContain(inside);
  });

  it('is not shown where the clinic shows none, nor in a restricted chart, whether it is there or not', async () => {
    release(clinic, kind, 'never');
    for (const id of [rowId, crypto.randomUUID()])
      expect(await ask(patientId, id)).toEqual(refused('not-released'));
    release(clinic, kind, shown[kind] ?? 'shown');
    restrict();
    expect(await ask(patientId)).toEqual(refused('not-released'));
  });

  it('is nobody’s before the clinic has said who they are, and of another record not there', async () => {
    release(clinic, kind, shown[kind] ?? 'shown');
    expect(await ask(mutesi.id)).toEqual(refused('not-approved'));
    approveChild();
    expect(await ask(mutesi.id)).toEqual(refused('not-found'));
  });
});

describe('visits', () => {
  const mine = { patientId, id: chartIds.encounter };

  it('are shown as far as everybody knows of them', async () => {
    const { items, next } = await get('panel.encounters', { patientId });
    expect(items).toEqual([
      {
        id: chartIds.encounter,
        practitionerName: expect.stringContaining('Uwase'),
        locationName: null,
        status: 'finished',
        startAt: before(60),
        endAt: before(40),
      },
    ]);
    expect(next).toBeNull();
    expect(await get('panel.encounter', mine)).toEqual(items[0]);
  });

  it('that were taken back are not, and none of a restricted chart', async () => {
    insert((writer) => writer.update('encounter', chartIds.encounter, { voided_at: before(1) }));
    expect(await get('panel.encounters', { patientId })).toMatchObject({ shown: true, items: [] });
    expect(await clinic.ask('panel.encounter', mine, clinic.patient)).toMatchObject({
      error: { code: 'not-found' },
    });
    restrict();
    expect(await get('panel.encounters', { patientId })).toMatchObject({ shown: false, items: [] });
    expect(await clinic.ask('panel.encounter', mine, clinic.patient)).toMatchObject({
      error: { code: 'not-released' },
    });
  });

  it('of a record that nobody has approved are not there', async () => {
    approveChild();
    const theirs = { ...mine, patientId: mutesi.id as PatientId };
    expect(await clinic.ask('panel.encounter', theirs, clinic.patient)).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe.each(pages)('%s', (name) => {
  const kind = kindOf(name);

  it('is shown by its setting and by no other', async () => {
    acknowledge();
    const on = kind === ('notes' as string) ? 'signed' : kind === ('results' as string) ? 'final' : 'shown';
    for (const other of pages) if (other !== name) release(clinic, kindOf(other), 'never');
    release(clinic, kind, on);
    const shown = await get(name, { patientId });
    expect(shown.shown).toBe(true);
    expect(shown.items).toHaveLength(1);
    release(clinic, kind, 'never');
    expect(await get(name, { patientId })).toMatchObject({ shown: false, items: [] });
  });

  it('is closed in a restricted chart, as long as it is restricted', async () => {
    for (const one of pages) release(clinic, kindOf(one), one === 'panel.notes' ? 'signed' : 'shown');
    release(clinic, 'results' as never, 'final');
    restrict({ end_date: '2026-11-22' });
    expect(await get(name, { patientId })).toMatchObject({ shown: true });
    restrict();
    expect(await get(name, { patientId })).toMatchObject({ shown: false, items: [], next: null });
  });

  it('is nobody’s before the clinic has said who they are', async () => {
    expect(await clinic.ask(name, { patientId: mutesi.id as PatientId }, clinic.patient)).toEqual({
      ok: false,
      error: { code: 'not-approved' },
    });
  });
});

describe('what was never meant for a patient', () => {
  it('is in no answer: a canary in every column that is not theirs to see', async () => {
    for (const kind of ['allergies', 'conditions', 'vitals', 'documents', 'immunizations'] as const)
      release(clinic, kind, 'shown');
    release(clinic, 'notes', 'signed');
    release(clinic, 'results', 'final');
    acknowledge();
    const of = { patient_id: habimana.id };
    const task = { ...of, status: 'requested', created_at: before(5) };
    insert((writer) => {
      writer.insert(
        'flag',
        planted('flag', { ...of, id: crypto.randomUUID(), category: 'clinical', created_at: before(1) }),
      );
      writer.insert(
        'break_glass',
        planted('break_glass', {
          ...of,
          id: crypto.randomUUID(),
          account_id: clinic.accountId('doctor'),
          started_at: before(9),
          until_at: before(-9),
        }),
      );
      writer.insert(
        'audit_event',
        planted('audit_event', {
          id: crypto.randomUUID(),
          recorded_at: before(5),
          action: 'R',
          event: 'chart-open',
          account_id: clinic.accountId('doctor'),
          entity_table: 'patient',
          entity_id: habimana.id,
          outcome: 'success',
        }),
      );
      for (const code of ['result-follow-up', 'call-patient'])
        writer.insert('task', planted('task', { ...task, id: crypto.randomUUID(), code }));
      for (const code of ['records-request', 'renewal-request'])
        writer.insert(
          'task',
          planted('task', { ...task, id: crypto.randomUUID(), code, status: 'rejected' }),
        );
      writer.insert(
        'medication_dispense',
        planted('medication_dispense', {
          ...of,
          id: crypto.randomUUID(),
          medication_request_id: chartIds.prescription,
          status: 'completed',
          quantity: '3',
          quantity_unit: 'tablet',
          handed_at: before(5),
          recorded_at: before(5),
        }),
      );
    });
    const language = 'en';
    const prescriptionId = chartIds.prescription as PrescriptionId;
    const answers: Partial<{ [N in CallName]: unknown }> = {};
    for (const name of pages) answers[name] = await get(name, { patientId });
    answers['panel.releases'] = await get('panel.releases', { patientId });
    answers['panel.resultHistory'] = await get('panel.resultHistory', { patientId, code: '2823-3' });
    answers['panel.prescriptions'] = await get('panel.prescriptions', { patientId });
    answers['panel.requestRenewal'] = await get('panel.requestRenewal', { patientId, prescriptionId });
    answers['panel.requestRecords'] = await get('panel.requestRecords', { patientId, what: 'All' });
    answers['panel.requests'] = await get('panel.requests', { patientId });
    answers['panel.accessLog'] = await get('panel.accessLog', { patientId });
    answers['panel.invoices'] = await get('panel.invoices', { patientId });
    answers['panel.openDocument'] = await get('panel.openDocument', {
      patientId,
      id: chartIds.document as DocumentId,
    });
    for (const name of pages) expect(answers[name], name).toMatchObject({ items: [{}] });
    for (const [name, answer] of Object.entries(answers))
      expect(JSON.stringify(answer), name).not.toContain(inside);
    const { text } = await summary(language);
    expect(text).toContain('Penicillin');
    expect(text).not.toContain(inside);
    const bill = await get('panel.invoiceFile', { patientId, id: chartIds.invoice as never, language });
    expect((await textOfPdf(Buffer.from(bill.data, 'base64'))).text).not.toContain(inside);
  });

  it('nor is what is a draft, preliminary, suspected, taken back, entered in error, or still to be signed too', async () => {
    for (const kind of ['documents', 'immunizations'] as const) release(clinic, kind, 'shown');
    release(clinic, 'notes', 'signed');
    release(clinic, 'results', 'final');
    const rows = chartRows();
    const voided = { voided_at: before(1), void_reason: 'wrong' };
    const id = () => crypto.randomUUID();
    const body = JSON.stringify({ sections: [{ title: '', text: inside }] });
    insert((writer) => {
      const allergy = { ...rows.allergy_intolerance, substance: inside };
      writer.insert('allergy_intolerance', { ...allergy, ...voided, id: id() });
      writer.insert('allergy_intolerance', { ...allergy, id: id(), verification_status: 'refuted' });
      const problem = { ...rows.condition, display: inside };
      writer.insert('condition', { ...problem, ...voided, id: id() });
      for (const status of ['provisional', 'differential', 'refuted', 'entered-in-error'])
        writer.insert('condition', { ...problem, id: id(), verification_status: status });
      for (const status of ['preliminary', 'registered', 'partial', 'cancelled', 'entered-in-error'])
        writer.insert('diagnostic_report', {
          ...rows.diagnostic_report,
          id: id(),
          status,
          conclusion: inside,
        });
      const wrong = id();
      writer.insert('diagnostic_report', { ...rows.diagnostic_report, id: wrong, conclusion: inside });
      writer.insert('diagnostic_report', {
        ...rows.diagnostic_report,
        id: id(),
        corrects: wrong,
        status: 'corrected',
        conclusion: 'Right now',
      });
      writer.insert('observation', { ...rows.value, id: id(), value: '99', status: 'entered-in-error' });
      writer.insert('observation', { ...rows.vital, id: id(), value: '299', status: 'entered-in-error' });
      writer.insert('observation', { ...rows.vital, id: id(), value: '298', status: 'preliminary' });
      writer.insert('observation', {
        ...rows.vital,
        id: id(),
        code: '82810-3',
        value: null,
        value_text: 'LA15173-0',
      });
      const note = { ...rows.composition, title: inside, body };
      writer.insert('composition', { ...note, id: id(), signed_at: null, status: 'preliminary' });
      writer.insert('composition', { ...note, ...voided, id: id() });
      writer.insert('composition', { ...note, id: id(), supervisor_id: uwase.id });
      writer.insert('composition', { ...rows.addendum, body, id: id(), supervisor_id: uwase.id });
      writer.insert('immunization', { ...rows.immunization, id: id(), display: inside, status: 'not-done' });
      writer.insert('document_reference', { ...rows.document_reference, ...voided, id: id(), title: inside });
    });
    for (const name of pages) {
      const answer = await get(name, { patientId });
      expect(answer.items.length, name).toBeGreaterThan(0);
      expect(JSON.stringify(answer), name).not.toMatch(new RegExp(`${inside}|"(99|299|298)"|LA15173`));
    }
    expect((await get('panel.notes', { patientId })).items).toHaveLength(1);
    const { text } = await summary();
    expect(text).toContain('Right now');
    expect(text).not.toMatch(new RegExp(`${inside}|\\b(299|298)\\b`));
  });
});

describe('results', () => {
  it('that were corrected are gone at once, also while nobody has looked at the right ones', async () => {
    acknowledge();
    insert((writer) =>
      writer.insert('diagnostic_report', {
        ...chartRows().diagnostic_report,
        id: crypto.randomUUID(),
        corrects: chartIds.report,
        status: 'corrected',
      }),
    );
    expect((await get('panel.results', { patientId })).items).toEqual([]);
    expect((await get('panel.resultHistory', { patientId, code: '2823-3' })).items).toEqual([]);
  });

  it('have a history of values that are shown, and of no others', async () => {
    const history = () => get('panel.resultHistory', { patientId, code: '2823-3' });
    expect((await history()).items).toEqual([]);
    acknowledge();
    expect((await history()).items).toMatchObject([{ value: '3.2', effectiveAt: before(60) }]);
  });

  it('come page by page without a gap', async () => {
    release(clinic, 'results', 'final');
    insert((writer) => {
      for (let n = 0; n < 7; n += 1)
        writer.insert('diagnostic_report', {
          ...chartRows().diagnostic_report,
          id: crypto.randomUUID(),
          effective_at: before(100 + (n >> 1)),
        });
    });
    const seen: string[] = [];
    for (let next: string | null = null, more = true; more; more = next !== null) {
      const page: { items: { id: string }[]; next: string | null } = await get('panel.results', {
        patientId,
        before: next,
        limit: 3,
      });
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
  });
});

describe('notes', () => {
  beforeEach(() => release(clinic, 'notes', 'signed'));

  it('come with who signed them and what was added', async () => {
    expect((await get('panel.notes', { patientId })).items).toMatchObject([
      {
        title: 'Visit',
        author: 'Dr Aline Uwase',
        checking: false,
        sections: [{ title: 'Plan', text: 'Walk every day' }],
        addenda: [{ sections: [{ text: 'And swim' }] }],
      },
    ]);
  });

  it('of which two versions stand are being checked: neither is shown', async () => {
    insert((writer) => {
      for (const text of ['one', 'two'])
        writer.insert('composition', {
          ...chartRows().composition,
          id: crypto.randomUUID(),
          parent_id: chartIds.note,
          status: 'amended',
          body: JSON.stringify({ sections: [{ title: '', text }] }),
        });
    });
    expect((await get('panel.notes', { patientId })).items).toMatchObject([
      { checking: true, sections: [], title: '', addenda: [] },
    ]);
  });
});

describe('allergies', () => {
  it.each([
    ['not-asked', 0, 0],
    ['some', 1, 0],
    ['none-known', 0, 1],
    ['checking', 1, 1],
  ])('say %s', async (state, some, none) => {
    insert((writer) => {
      const row = chartRows().allergy_intolerance;
      writer.update('allergy_intolerance', row.id, {
        ...(some === 0 && { voided_at: before(1), void_reason: 'x' }),
      });
      if (none)
        writer.insert('allergy_intolerance', { ...row, id: crypto.randomUUID(), code_kind: 'none-known' });
    });
    expect(await get('panel.allergies', { patientId })).toMatchObject({ state, items: { length: some } });
  });
});

describe('a document', () => {
  it('is fetched when it is opened, and says where it is', async () => {
    release(clinic, 'documents', 'shown');
    const id = chartIds.document as DocumentId;
    expect((await get('panel.documents', { patientId })).items).toMatchObject([{ id, here: false }]);
    expect(await get('panel.openDocument', { patientId, id })).toEqual({ file: 'out-of-reach' });
    expect(await clinic.ask('panel.documentBytes', { patientId, id, n: 0 }, clinic.patient)).toMatchObject({
      error: { code: 'not-found' },
    });
    const { store, blobs } = clinic.temporary.local;
    store.mutate({ kind: 'test', user: null }, () =>
      blobs.keepBytes('ab'.repeat(32), Buffer.from('0123456789')),
    );
    expect(await get('panel.openDocument', { patientId, id })).toEqual({ file: 'here' });
    const { data } = await get('panel.documentBytes', { patientId, id, n: 0 });
    expect(Buffer.from(data, 'base64').toString()).toBe('0123456789');
  });

  it('that is not shown is not there', async () => {
    const asked = { patientId, id: chartIds.document as DocumentId };
    expect(await clinic.ask('panel.openDocument', asked, clinic.patient)).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('the summary', () => {
  it('says whose it is, of when, what is in it and what is not', async () => {
    acknowledge();
    const { name, text, title } = await summary();
    expect(name).toBe('record-summary-2026-11-23.pdf');
    expect(title).toBe('Summary of a health record');
    for (const said of [
      'Jean Habimana',
      'OLD-1',
      '23 November 2026',
      'Penicillin',
      'Hypertension',
      'Potassium: 3.2 mmol/L, low',
      '148 mmHg',
      'Amlodipine 5 mg: 1 tablet',
      'Tetanus',
      'Notes of visits, Documents',
      'Ruhengeri',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('Walk every day');
  });

  it('is in French for who asks for it so', async () => {
    const { text } = await summary('fr');
    expect(text).toContain('Résumé du dossier de santé');
    expect(text).toContain('23 novembre 2026');
  });

  it('of a restricted chart has nothing in it and says so', async () => {
    acknowledge();
    restrict();
    const { text } = await summary();
    expect(text).not.toMatch(/Penicillin|Hypertension|Potassium|148|Amlodipine|Tetanus/);
    expect(text).toContain('says nothing of whether there are any');
  });
});

describe('a request for records', () => {
  const what = 'My results of this year';

  it('waits at every desk, and its answer is what the patient reads', async () => {
    const asked = await get('panel.requestRecords', { patientId, what, why: 'I move' });
    expect(asked).toMatchObject({ kind: 'records', what, why: 'I move', status: 'requested', answer: '' });
    const desk = await clinic.signedIn('reception');
    expect(await clinic.get('records.requests', {}, desk)).toMatchObject([
      { id: asked.id, patientName: 'Habimana Jean', askedBy: 'Jean Habimana', what, why: 'I move' },
    ]);
    const given = { id: asked.id, status: 'rejected' as const };
    expect(await clinic.ask('records.answer', { ...given, words: ' ' }, desk)).toMatchObject({
      error: { fields: { words: 'required' } },
    });
    await clinic.get('records.answer', { ...given, words: 'Please come by with a card' }, desk);
    expect(await clinic.get('records.requests', {}, desk)).toEqual([]);
    expect(await clinic.ask('records.answer', { ...given, words: 'x' }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await get('panel.requests', { patientId })).toMatchObject([
      { status: 'rejected', answer: 'Please come by with a card', what },
    ]);
  });

  it('is refused while five are open', async () => {
    for (let n = 0; n < 5; n += 1) await get('panel.requestRecords', { patientId, what });
    expect(await clinic.ask('panel.requestRecords', { patientId, what }, clinic.patient)).toMatchObject({
      error: { code: 'duplicate' },
    });
  });

  it('is answered by no id of another task, and by nobody who may not', async () => {
    const id = crypto.randomUUID() as TaskId;
    insert((writer) =>
      writer.insert('task', {
        ...blank('task'),
        id,
        code: 'result-follow-up',
        status: 'requested',
        patient_id: habimana.id,
        reason: 'x',
        created_at: before(1),
      }),
    );
    const desk = await clinic.signedIn('reception');
    const given = { id, status: 'completed' as const, words: '' };
    expect(await clinic.ask('records.answer', given, desk)).toMatchObject({ error: { code: 'not-found' } });
    const cashier = await clinic.signedIn('cashier');
    expect(await clinic.ask('records.answer', given, cashier)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });

  it('shows the answer only with the status it was given with', async () => {
    insert((writer) =>
      writer.insert('task', {
        ...blank('task'),
        id: crypto.randomUUID(),
        code: 'records-request',
        status: 'requested',
        patient_id: habimana.id,
        reason: encodeRequest({ by: patientAccountId, what, why: '', answer: 'half an answer' }),
        created_at: before(1),
      }),
    );
    expect(await get('panel.requests', { patientId })).toMatchObject([{ status: 'requested', answer: '' }]);
  });
});

describe('the access log', () => {
  const who = async () =>
    (await get('panel.accessLog', { patientId })).items.map((line) => [
      line.who,
      line.role,
      line.what,
      line.self,
    ]);

  it('names who opened the chart and how, the latest first, the patient too', async () => {
    const nurse = await clinic.signedIn('nurse');
    const id = patientId;
    await clinic.get('chart.open', { id }, nurse);
    clinic.clock.at += 1000;
    const desk = await clinic.signedIn('reception');
    await clinic.get('patients.get', { id }, desk);
    clinic.clock.at += 1000;
    await get('panel.vitals', { patientId });
    clinic.clock.at += 1000;
    expect(await who()).toEqual([
      ['Jean Habimana', 'patient', 'panel', true],
      ['Jean Habimana', 'patient', 'panel', true],
      ['reception', 'reception', 'record', false],
      ['nurse', 'nurse', 'chart', false],
    ]);
  });

  it('says that a closed chart was opened with a reason, not with which, and who was refused', async () => {
    restrict();
    const nurse = await clinic.signedIn('nurse');
    await clinic.get('chart.open', { id: patientId }, nurse);
    clinic.clock.at += 1000;
    await clinic.get('chart.breakGlass', { id: patientId, reason: inside }, nurse);
    await clinic.get('chart.open', { id: patientId }, nurse);
    expect(await get('panel.accessLog', { patientId })).toMatchObject({ shown: false, items: [] });
    insert((writer) => {
      for (const flag of clinic.temporary.local.store.all(localDb.selectFrom('flag').select('id')))
        writer.update('flag', flag.id, { voided_at: before(0), void_reason: 'x' });
    });
    const { items } = await get('panel.accessLog', { patientId });
    expect(items.map(({ what }) => what)).toEqual(expect.arrayContaining(['closed-chart', 'refused']));
    expect(JSON.stringify(items)).not.toContain(inside);
  });

  it('comes page by page, and says until when it is whole', async () => {
    insert((writer) => {
      for (let n = 0; n < 25; n += 1)
        writer.insert('audit_event', {
          id: crypto.randomUUID(),
          recorded_at: before(100 + (n >> 1)),
          action: 'R',
          event: 'chart-open',
          account_id: clinic.accountId('doctor'),
          entity_table: 'patient',
          entity_id: n % 2 ? habimana.id : mutesi.id,
          outcome: 'success',
          detail: null,
        });
      writer.update('patient', mutesi.id, { merged_into: habimana.id });
    });
    const keys = new Set<string>();
    let next: string | null = null;
    do {
      const page: { items: { id: string }[]; next: string | null; completeUntil: string | null } = await get(
        'panel.accessLog',
        { patientId, before: next, limit: 10 },
      );
      for (const { id } of page.items) keys.add(id);
      expect(Date.parse(page.completeUntil ?? '')).not.toBeNaN();
      next = page.next;
    } while (next !== null);
    // The reading of the log itself is in it.
    expect(keys.size).toBe(26);
  });
});

it('of a record that was merged is of the one that goes on', async () => {
  const { store } = clinic.temporary.local;
  const goesOn = somePatient({
    mrn: 'GOES-ON',
    family: 'Habimana',
    given: 'Jean-Bosco',
    birth_date: '1985-02-03',
  });
  store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', goesOn);
    writer.update('patient', habimana.id, { merged_into: goesOn.id });
  });
  const { text } = await summary();
  expect(text).toContain('GOES-ON');
  expect(text).not.toContain(habimana.mrn);
  const { people } = await clinic.get('panel.me', {}, clinic.patient);
  expect(people).toMatchObject([
    { patientId: habimana.id, name: 'Jean-Bosco Habimana' },
    { approved: false },
  ]);
});

describe('that a patient reads is written down', () => {
  const reads = () =>
    clinic.temporary.local.store
      .all(localDb.selectFrom('audit_event').selectAll().where('event', '=', 'panel-read'))
      .map(({ account_id, entity_id, detail }) => [account_id, entity_id, detail]);

  it('once for each kind and session, not for every page', async () => {
    for (let n = 0; n < 3; n += 1) await get('panel.vitals', { patientId });
    await get('panel.conditions', { patientId });
    expect(reads()).toEqual([
      [patientAccountId, habimana.id, '{"what":"vitals"}'],
      [patientAccountId, habimana.id, '{"what":"conditions"}'],
    ]);
    const again = await signInPatient(clinic);
    await clinic.get('panel.vitals', { patientId }, again);
    expect(reads()).toHaveLength(3);
  });

  it('or not shown: what could not be written down is written down with the next try', async () => {
    const { db } = clinic.temporary.local;
    db.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    expect(await clinic.ask('panel.vitals', { patientId }, clinic.patient)).toMatchObject({ ok: false });
    db.exec('DROP TRIGGER full');
    await get('panel.vitals', { patientId });
    expect(reads()).toHaveLength(1);
  });

  it('and not where nothing is shown, or nothing is found', async () => {
    await get('panel.notes', { patientId });
    const unknown = { patientId, id: crypto.randomUUID() };
    await clinic.ask('panel.condition', unknown, clinic.patient);
    expect(reads()).toEqual([]);
    await get('panel.condition', { patientId, id: chartIds.problem });
    expect(reads()).toEqual([[patientAccountId, habimana.id, '{"what":"conditions"}']]);
  });

  it('of a program, which has no session, once an hour', async () => {
    const { store } = clinic.temporary.local;
    const noteRead = createNoteRead({ store, engine: clinic.engine, clock: clinic.clock, newId: () => v7() });
    const look = () => noteRead({ ...clinic.patient, lasting: true }, patientId, 'vitals');
    for (let n = 0; n < 3; n += 1) look();
    const noted = reads().length;
    clinic.clock.at = now + 3_600_001;
    look();
    expect([noted, reads().length]).toEqual([1, 2]);
  });
});
