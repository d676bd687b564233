import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  load,
  mugabo,
  mutesi,
  now,
  openClinic,
  password,
  uwase,
} from '#tests/support/core-clinic.ts';
import { openTemporary } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
const patientId = habimana.id as PatientId;
const store = () => clinic.temporary.local.store;

beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

/** Dr Mugabo with an account. */
const colleague = async (): Promise<Connection> => {
  const own = store().get(localDb.selectFrom('staff_account').selectAll().where('username', '=', 'doctor'));
  if (own === undefined) throw new Error('no doctor');
  const { row_version: _, ...account } = own;
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('staff_account', {
      ...account,
      id: '01900000-0000-7000-8000-e00000000019',
      username: 'colleague',
      practitioner_id: mugabo.id,
    } as RowOf<'staff_account'>),
  );
  const connection = clinic.core.connect();
  await clinic.get('session.signIn', { username: 'colleague', password }, connection);
  return connection;
};

const asked = { patientId, priority: 'routine', reason: 'Tired', note: '' } as const;
const request = async (...tests: Input<'orders.request'>['tests']) =>
  clinic.get('orders.request', { ...asked, tests }, doctor);
const result = (more: Partial<Input<'results.enter'>> = {}): Input<'results.enter'> => ({
  patientId,
  requestId: null,
  test: 'kidney',
  display: '',
  values: [{ analyte: 'potassium', text: '4,2', unit: 'mmol/L' }],
  conclusion: '',
  performer: 'Own laboratory',
  effectiveLocal: '2026-11-23T09:00',
  requesterId: null,
  flag: null,
  corrects: null,
  confirmed: false,
  ...more,
});
const enter = (more: Partial<Input<'results.enter'>> = {}, by = nurse) =>
  clinic.get('results.enter', result(more), by);
const refused = async (more: Partial<Input<'results.enter'>>, by = nurse) => {
  const reply = await clinic.ask('results.enter', result(more), by);
  return reply.ok
    ? null
    : { code: reply.error.code, ...(reply.error.fields ? { fields: reply.error.fields } : {}) };
};
const potassium = (text: string) => ({ values: [{ analyte: 'potassium', text, unit: 'mmol/L' }] });
const inbox = async (by = doctor) => (await clinic.get('results.inbox', {}, by)).items;

describe('a request', () => {
  it('asks for several tests in one visit, waits, and is taken back with a reason', async () => {
    const [blood, other] = await request('blood-count', { words: 'Skin scraping' });
    expect([blood?.display, blood?.test, other?.display, other?.test]).toEqual([
      'Blood count',
      'blood-count',
      'Skin scraping',
      null,
    ]);
    const rows = store().all(localDb.selectFrom('service_request').selectAll());
    expect(new Set(rows.map((row) => row.encounter_id)).size).toBe(1);
    expect(rows[0]).toMatchObject({ requester_id: uwase.id, status: 'active', code: '58410-2' });
    const cancelled = await clinic.get('orders.cancel', { id: blood?.id ?? '', reason: 'Not needed' }, nurse);
    expect(cancelled).toMatchObject({ status: 'revoked', statusReason: 'Not needed' });
    const open = await clinic.get('orders.open', { patientId: null }, nurse);
    expect(open.requests.map(({ display }) => display)).toEqual(['Skin scraping']);
    expect(await clinic.ask('orders.cancel', { id: blood?.id ?? '', reason: 'Again' }, nurse)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });

  it('is a doctor’s; who is urgent comes first', async () => {
    expect(await clinic.ask('orders.request', { ...asked, tests: ['crp'] }, nurse)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    await request('crp');
    clinic.clock.at += 60_000;
    await clinic.get('orders.request', { ...asked, tests: ['tsh'], priority: 'stat' }, doctor);
    const open = await clinic.get('orders.open', { patientId }, nurse);
    expect(open.requests.map(({ test }) => test)).toEqual(['tsh', 'crp']);
  });
});

describe('a result', () => {
  it('answers its request; the values are judged for the patient and kept as they were typed', async () => {
    const [asking] = await request('kidney');
    const report = await enter({
      requestId: asking?.id ?? null,
      values: [
        { analyte: 'potassium', text: '6,8', unit: 'mmol/L' },
        { analyte: 'creatinine', text: '1.20', unit: 'mg/dL' },
        { analyte: 'sodium', text: '', unit: 'mmol/L' },
      ],
    });
    expect(report).toMatchObject({
      flag: 'critical',
      requesterId: uwase.id,
      display: 'Kidney function and electrolytes',
    });
    expect(
      report.values.map(({ code, value, unit, low, high, interpretation }) => [
        code,
        value,
        unit,
        low,
        high,
        interpretation,
      ]),
    ).toEqual([
      ['2823-3', '6.8', 'mmol/L', '3.5', '5.0', 'HH'],
      ['2160-0', '1.20', 'mg/dL', '0.5', '1.1', 'H'],
    ]);
    expect((await clinic.get('orders.open', { patientId }, nurse)).requests).toEqual([]);
    expect(await refused({ requestId: asking?.id ?? null })).toEqual({ code: 'changed-meanwhile' });
  });

  it('that cannot be is refused, that is unlikely is asked about, each at its value', async () => {
    expect(await refused(potassium('420'))).toEqual({
      code: 'invalid-input',
      fields: { potassium: 'impossible' },
    });
    expect(await refused(potassium('four'))).toEqual({
      code: 'invalid-input',
      fields: { potassium: 'not-a-number' },
    });
    expect(await refused(potassium('12'))).toEqual({
      code: 'needs-confirming',
      fields: { potassium: 'unlikely' },
    });
    expect(await refused({ values: [] })).toEqual({
      code: 'invalid-input',
      fields: { conclusion: 'result-empty' },
    });
    expect(await refused({ effectiveLocal: '2026-11-23T23:00' })).toMatchObject({
      fields: { effectiveLocal: 'result-to-come' },
    });
    expect(await refused({ values: [{ analyte: 'malaria', text: 'positive', unit: null }] })).toMatchObject({
      fields: { malaria: 'invalid' },
    });
    expect((await enter({ ...potassium('12'), confirmed: true })).flag).toBe('critical');
    expect(store().all(localDb.selectFrom('diagnostic_report').select('id'))).toHaveLength(1);
  });

  it('in words has a conclusion and what who entered it says of it', async () => {
    const report = await enter({
      test: null,
      display: 'Chest X-ray',
      values: [],
      conclusion: 'Shadow left',
      flag: 'abnormal',
    });
    expect(report).toMatchObject({ display: 'Chest X-ray', flag: 'abnormal', values: [] });
  });

  it('that was wrong is answered by another, which is read in its place', async () => {
    const wrong = await enter(potassium('6.8'));
    expect(await clinic.get('results.waiting', {}, doctor)).toMatchObject({ reports: 1, critical: 1 });
    const right = await enter({ ...potassium('4.8'), corrects: wrong.id });
    expect(right).toMatchObject({ isCorrection: true, flag: 'normal' });
    expect((await inbox()).map(({ report }) => report.id)).toEqual([right.id]);
    expect(await refused({ corrects: wrong.id })).toEqual({ code: 'changed-meanwhile' });
    const { reports } = await clinic.get('results.ofPatient', { patientId, before: null, limit: 10 }, doctor);
    expect(reports.find(({ id }) => id === wrong.id)?.correctedBy).toBe(right.id);
    const { values } = await clinic.get('results.trend', { patientId, code: '2823-3', before: null }, doctor);
    expect(values.map(({ value }) => value)).toEqual(['4.8']);
  });

  it('pages back in time, the newest first', async () => {
    for (const hour of ['06', '07', '08']) await enter({ effectiveLocal: `2026-11-23T${hour}:00` });
    const first = await clinic.get('results.ofPatient', { patientId, before: null, limit: 2 }, doctor);
    const second = await clinic.get('results.ofPatient', { patientId, before: first.next, limit: 2 }, doctor);
    expect([...first.reports, ...second.reports].map(({ effectiveAt }) => effectiveAt.slice(11, 16))).toEqual(
      ['06:00', '05:00', '04:00'],
    );
    expect(second.next).toBeNull();
  });
});

describe('the inbox', () => {
  const request1 = async (more: Partial<Input<'results.enter'>>) => {
    const [asking] = await request('kidney');
    return enter({ requestId: asking?.id ?? null, ...more });
  };

  it('has critical ones first, then abnormal ones, then the oldest; what was read goes', async () => {
    const normal = await request1(potassium('4'));
    clinic.clock.at += 1000;
    const later = await request1(potassium('4.5'));
    const abnormal = await request1(potassium('5.6'));
    const critical = await request1(potassium('7'));
    expect((await inbox()).map(({ report, whose }) => [report.id, whose])).toEqual(
      [critical, abnormal, normal, later].map(({ id }) => [id, 'own']),
    );
    const read = await clinic.get(
      'results.acknowledge',
      {
        reportId: critical.id,
        note: 'Phoned',
        followUp: { text: 'Repeat it', dueDate: '2026-11-24', ownerId: null },
      },
      doctor,
    );
    expect(read.read).toMatchObject({ by: 'doctor', note: 'Phoned' });
    expect(
      await clinic.ask('results.acknowledge', { reportId: critical.id, note: '', followUp: null }, doctor),
    ).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await clinic.get('results.waiting', {}, doctor)).toEqual({
      reports: 3,
      critical: 0,
      followUps: 0,
    });
    const [task] = await clinic.get('results.followUps', {}, doctor);
    expect(task).toMatchObject({
      text: 'Repeat it',
      dueDate: '2026-11-24',
      reportId: critical.id,
      ownerId: uwase.id,
    });
    clinic.clock.at = now + 86_400_000;
    expect(await clinic.get('results.waiting', {}, doctor)).toMatchObject({ followUps: 1 });
    await clinic.get('results.followUpDone', { id: task?.id ?? ('' as never) }, doctor);
    expect(await clinic.get('results.followUps', {}, doctor)).toEqual([]);
  });

  it('of who is away is read by the delegate too, on those days only', async () => {
    const other = await colleague();
    const mine = await request1(potassium('5.6'));
    expect(await inbox(other)).toEqual([]);
    const given = { delegateId: mugabo.id as PractitionerId, startDate: '2026-11-23', endDate: '2026-11-24' };
    const delegation = await clinic.get('results.delegate', given, doctor);
    expect((await inbox(other)).map(({ report, whose }) => [report.id, whose])).toEqual([
      [mine.id, 'delegated'],
    ]);
    expect((await inbox()).map(({ whose }) => whose)).toEqual(['own']);
    expect((await clinic.get('results.delegations', {}, other)).map((one) => one.practitionerName)).toEqual([
      'Dr Aline Uwase',
    ]);
    expect(await clinic.ask('results.endDelegation', { id: delegation.id }, other)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    clinic.clock.at += 2 * 86_400_000;
    expect(await inbox(other)).toEqual([]);
    clinic.clock.at = now;
    await clinic.get('results.endDelegation', { id: delegation.id }, doctor);
    expect(await inbox(other)).toEqual([]);
  });

  it('a delegation to oneself, to nobody who reads, or that ends before it begins is refused', async () => {
    const given = { delegateId: mugabo.id as PractitionerId, startDate: '2026-11-23', endDate: '2026-11-24' };
    for (const bad of [given, { ...given, delegateId: uwase.id as PractitionerId }])
      expect(await clinic.ask('results.delegate', bad, doctor)).toMatchObject({
        error: { fields: { delegateId: 'invalid' } },
      });
    await colleague();
    expect(await clinic.ask('results.delegate', { ...given, endDate: '2026-11-22' }, doctor)).toMatchObject({
      error: { fields: { endDate: 'order' } },
    });
  });

  it('nobody’s results are everybody’s: without requester, or of one who reads none here', async () => {
    const other = await colleague();
    await enter(potassium('4'));
    await enter({ ...potassium('4'), requesterId: mugabo.id as PractitionerId });
    expect((await inbox()).map(({ whose }) => whose)).toEqual(['nobody']);
    expect((await inbox(other)).map(({ whose }) => whose)).toEqual(['nobody', 'own']);
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('practitioner', mugabo.id, { active: 0 }),
    );
    expect((await inbox()).map(({ whose }) => whose)).toEqual(['nobody', 'nobody']);
  });

  it('of a restricted chart shows neither values nor conclusion, and is not read before a reason was given', async () => {
    const { id } = await enter({ patientId: mutesi.id as PatientId, conclusion: 'Secret' });
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('flag', {
        ...blank('flag'),
        id: '01900000-0000-7000-8000-f10000000002',
        patient_id: mutesi.id,
        category: 'restricted',
        text: 'Colleague',
        created_at: new Date(now).toISOString(),
      }),
    );
    expect(
      (await inbox()).map(({ report, restricted }) => [report.values, report.conclusion, restricted]),
    ).toEqual([[[], null, true]]);
    expect(
      await clinic.ask('results.acknowledge', { reportId: id, note: '', followUp: null }, doctor),
    ).toMatchObject({
      error: { code: 'restricted' },
    });
    for (const call of ['results.ofPatient', 'results.trend'] as const) {
      const input = { patientId: mutesi.id as PatientId, before: null, limit: 10, code: '2823-3' };
      expect(await clinic.ask(call, input, doctor)).toMatchObject({ error: { code: 'restricted' } });
    }
  });

  it('holds what waits whoever wrote it, and nothing that came as history', async () => {
    const row = (more: Partial<RowOf<'diagnostic_report'>>): RowOf<'diagnostic_report'> => ({
      ...blank('diagnostic_report'),
      id: '01900000-0000-7000-8000-f20000000001',
      patient_id: patientId,
      display: 'Laboratory',
      status: 'final',
      effective_at: new Date(now).toISOString(),
      recorded_at: new Date(now).toISOString(),
      ...more,
    });
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('diagnostic_report', row({ source: 'synthea:e1' })),
    );
    expect(await inbox()).toEqual([]);
    const second = row({ id: '01900000-0000-7000-8000-f20000000002' });
    store().mutate({ kind: 'test', user: null }, (writer) => writer.insert('diagnostic_report', second));
    expect(await inbox()).toHaveLength(1);
    const { db } = clinic.temporary.local;
    const waits = () => db.prepare('SELECT id FROM waiting_report').pluck().all();
    const correction = row({ id: '01900000-0000-7000-8000-f20000000003', corrects: second.id });
    store().mutate({ kind: 'test', user: null }, (writer) => writer.insert('diagnostic_report', correction));
    expect(waits()).toEqual([correction.id]);
    db.prepare('DELETE FROM diagnostic_report WHERE id = ?').run(correction.id);
    expect(waits()).toEqual([second.id]);
    const { id } = second;
    db.prepare(
      'INSERT INTO result_acknowledgement (id, patient_id, report_id, recorded_at) VALUES (?, ?, ?, ?)',
    ).run('x', patientId, id, '');
    expect(waits()).toEqual([]);
    db.exec("DELETE FROM result_acknowledgement WHERE id = 'x'");
    expect(waits()).toEqual([id]);
  });
});

it('a first copy brings the reports that wait, and a second one has them once', () => {
  const report = (n: number, more: Partial<RowOf<'diagnostic_report'>> = {}): RowOf<'diagnostic_report'> => ({
    ...blank('diagnostic_report'),
    id: `01900000-0000-7000-8000-f3000000000${n}`,
    patient_id: patientId,
    display: 'Laboratory',
    status: 'final',
    effective_at: new Date(now).toISOString(),
    recorded_at: new Date(now).toISOString(),
    ...more,
  });
  const temporary = openTemporary();
  try {
    const rows = {
      patient: [habimana],
      diagnostic_report: [
        report(1),
        report(2),
        report(3, { corrects: report(2).id }),
        report(4, { source: 'synthea' }),
      ],
      result_acknowledgement: [
        {
          ...blank('result_acknowledgement'),
          id: '01900000-0000-7000-8000-f40000000001',
          patient_id: patientId,
          report_id: report(1).id,
          recorded_at: new Date(now).toISOString(),
        },
      ],
    };
    for (const _ of ['first', 'second']) {
      load(temporary, rows);
      const waits = temporary.local.db.prepare('SELECT id FROM waiting_report').pluck().all();
      expect(waits).toEqual([report(3).id]);
    }
  } finally {
    temporary.remove();
  }
});

describe('a file of results', () => {
  const header = 'mrn,test,analyte,value,unit,date,laboratory,conclusion';
  const loadFile = (...lines: readonly string[]) =>
    clinic.get('results.import', { csv: [header, ...lines].join('\r\n') }, nurse);
  const good = 'OLD-1,kidney,potassium,"5,6",mmol/L,2026-11-23T08:00,Central,';

  it('is entered report by report, answers requests, and once only', async () => {
    await request('kidney');
    const sodium = good.replace('potassium,"5,6"', '2951-2,140');
    expect(
      await loadFile(good, sodium, 'old-1,malaria,malaria,positive,,2026-11-22,,Thick film too'),
    ).toEqual({
      reports: 2,
      values: 3,
      problems: [],
      problemCount: 0,
    });
    expect((await clinic.get('orders.open', { patientId }, nurse)).requests).toEqual([]);
    const items = await inbox();
    expect(
      items.map(({ report, whose }) => [report.display, report.flag, report.values.length, whose]),
    ).toEqual([
      ['Kidney function and electrolytes', 'abnormal', 2, 'own'],
      ['Malaria rapid test', 'abnormal', 1, 'nobody'],
    ]);
    expect((await loadFile(good, sodium)).problems).toEqual(
      [2, 3].map((line) => ({ line, code: 'already-here', column: null })),
    );
  });

  it.each([
    ['an unknown patient', good.replace('OLD-1', 'OLD-9'), 'unknown-patient', 'MRN'],
    ['an unknown test', good.replace('kidney', 'kidneys'), 'unknown-test', 'TEST'],
    ['a value of another test', good.replace('potassium', 'malaria'), 'unknown-test', 'ANALYTE'],
    ['a day that is to come', good.replace('2026-11-23', '2027-11-23'), 'impossible-date', 'DATE'],
    ['no such day', good.replace('2026-11-23', '2026-02-30'), 'impossible-date', 'DATE'],
    ['a unit that does not fit', good.replace('mmol/L', 'mg/dL'), 'unknown-unit', 'UNIT'],
    ['what cannot be', good.replace('"5,6"', '560'), 'impossible', 'VALUE'],
    ['what nobody confirmed', good.replace('"5,6"', '15'), 'unlikely', 'VALUE'],
    ['no value', good.replace('"5,6"', ''), 'missing-value', 'VALUE'],
    ['too few fields', 'OLD-1,kidney', 'malformed-row', null],
  ])('%s is told by line and takes its report along', async (_, line, code, column) => {
    const answer = await loadFile('OLD-2,crp,crp,<5,mg/L,2026-11-23,,', line);
    expect(answer).toMatchObject({ reports: 1, problems: [{ line: 3, code, column }] });
  });

  it('without its columns, or no CSV at all, is refused whole', async () => {
    const missing = await clinic.get('results.import', { csv: 'mrn,test\nOLD-1,crp' }, nurse);
    expect(missing).toMatchObject({
      reports: 0,
      problems: [{ line: 1, code: 'missing-column', column: 'ANALYTE' }],
    });
    const rubbish = await clinic.get('results.import', { csv: '"a' }, nurse);
    expect(rubbish).toMatchObject({ reports: 0, problemCount: 1 });
  });

  it('half of a result misleads: one bad line refuses the lines beside it', async () => {
    const { problems } = await loadFile(good, good.replace('potassium,"5,6"', 'sodium,9999'));
    expect(problems).toEqual([
      { line: 2, code: 'report-refused', column: null },
      { line: 3, code: 'impossible', column: 'VALUE' },
    ]);
  });
});
