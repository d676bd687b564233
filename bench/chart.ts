import { tmpdir } from 'node:os';
import { hashSync } from '@node-rs/argon2';
import { v5 } from 'uuid';
import { createCore } from '#main/core/core.ts';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { SyncEngine } from '#main/sync/engine.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Reply } from '#shared/contract/contract.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { stillProtection } from '#tests/support/still-protection.ts';
import { atMost, type Bench, percentile } from './measure.ts';
import { type BenchLocal, cipher, localWithRows } from './support/local.ts';
import { person } from './support/people.ts';

/** The chart that is opened: ten years of a visit nearly every second day. */
const encounters = 2000;
const perEncounter = 10;
/** Everybody else is here once in a hundred of those days. */
const otherEvery = 100;
const day = 86_400_000;
const now = Date.parse('2026-11-23T08:00:00.000Z');
const namespace = '2c1d6c0a-6d0f-4a55-9d6e-54e4d6d0a001';

const guid = (kind: string, n: number) => v5(`${kind} ${n}`, namespace);
const atVisit = (n: number): string => instant(now - (encounters - n) * 2 * day);
const codes = [
  '8480-6',
  '8462-4',
  '8867-4',
  '9279-1',
  '8310-5',
  '2708-6',
  '29463-7',
  '8302-2',
  '39156-5',
  '72514-3',
];

const site: RowOf<'location'> = {
  ...blank('location'),
  id: guid('site', 0),
  kind: 'site',
  name: 'Ruhengeri',
  time_zone: 'Africa/Kigali',
  active: 1,
};
const doctor: RowOf<'practitioner'> = {
  ...blank('practitioner'),
  id: guid('doctor', 0),
  family: 'Uwase',
  given: 'Aline',
  gender: 'female',
  speciality: 'General practice',
  active: 1,
};
const account = (): RowOf<'staff_account'> => ({
  ...blank('staff_account'),
  id: guid('account', 0),
  username: 'doctor',
  display_name: 'Dr Aline Uwase',
  role: 'doctor',
  practitioner_id: doctor.id,
  location_id: site.id,
  password_hash: hashSync('bench', { memoryCost: 8, timeCost: 1 }),
  active: 1,
});

/** Who is here on the day of visit `n`: the patient of the chart, and a share of all others. */
const visitors = (n: number, others: number): readonly number[] => {
  const share = Math.floor(others / otherEvery);
  return [0, ...Array.from({ length: share }, (_, i) => 1 + ((n * share + i) % others))];
};

interface Visit {
  /** Number of the patient. */
  readonly who: number;
  /** A number of its own. */
  readonly n: number;
  readonly at: string;
}

/** All visits in the order in which they took place, as a clinic writes them: patients among each other. */
function* visits(others: number): Generator<readonly Visit[]> {
  let n = 0;
  for (let of = 0; of < encounters; of += 1)
    yield visitors(of, others).map((who) => {
      n += 1;
      return { who, n, at: atVisit(of) };
    });
}

/** A page of rows for each page of visits. */
function* rowsOf<R>(others: number, of: (visit: Visit) => readonly R[]): Generator<readonly R[]> {
  let page: R[] = [];
  for (const those of visits(others)) {
    page.push(...those.flatMap(of));
    if (page.length < 5000) continue;
    yield page;
    page = [];
  }
  yield page;
}

const ofPatient = ({ who, n }: Visit, kind: string) => ({
  id: guid(kind, n),
  patient_id: person(who).id,
});

const encounter = (visit: Visit): RowOf<'encounter'> => ({
  ...blank('encounter'),
  ...ofPatient(visit, 'encounter'),
  appointment_id: guid('appointment', visit.n),
  practitioner_id: doctor.id,
  location_id: site.id,
  status: 'finished',
  class: 'AMB',
  reason: 'Follow-up',
  start_at: visit.at,
  created_at: visit.at,
});

const appointment = (visit: Visit): RowOf<'appointment'> => ({
  ...blank('appointment'),
  ...plainVisit,
  ...ofPatient(visit, 'appointment'),
  practitioner_id: doctor.id,
  location_id: site.id,
  status: 'fulfilled',
  participant_status: 'accepted',
  start_at: visit.at,
  end_at: visit.at,
  start_local: visit.at.slice(0, 16),
  time_zone: site.time_zone,
  overbooked: 1,
  needs_rebooking: 0,
  created_at: visit.at,
});

const observations = (visit: Visit): readonly RowOf<'observation'>[] =>
  Array.from({ length: perEncounter }, (_, i) => ({
    ...blank('observation'),
    id: guid('observation', visit.n * perEncounter + i),
    patient_id: person(visit.who).id,
    encounter_id: guid('encounter', visit.n),
    code: codes[i] ?? '8867-4',
    value: String(60 + i),
    unit: '1',
    category: 'vital-signs',
    status: 'final',
    effective_at: visit.at,
    recorded_at: visit.at,
  }));

const note = (visit: Visit): RowOf<'composition'> => ({
  ...blank('composition'),
  ...ofPatient(visit, 'note'),
  encounter_id: guid('encounter', visit.n),
  title: 'Consultation',
  body: JSON.stringify([{ title: 'Subjective', text: 'Feels well. '.repeat(80) }]),
  status: 'final',
  author_id: doctor.id,
  signed_at: visit.at,
  created_at: visit.at,
});

const prescription = (visit: Visit): RowOf<'medication_request'> => ({
  ...blank('medication_request'),
  ...ofPatient(visit, 'prescription'),
  encounter_id: guid('encounter', visit.n),
  medication: 'Amlodipine 5 mg',
  dosage: 'One tablet a day for thirty days',
  status: 'completed',
  requester_id: doctor.id,
  signed_at: visit.at,
  created_at: visit.at,
});

const report = (visit: Visit): RowOf<'diagnostic_report'> => ({
  ...blank('diagnostic_report'),
  ...ofPatient(visit, 'report'),
  display: 'Potassium',
  status: 'final',
  abnormal: 'normal',
  requester_id: doctor.id,
  effective_at: visit.at,
  recorded_at: visit.at,
});

const problem = (visit: Visit): RowOf<'condition'> => ({
  ...blank('condition'),
  ...ofPatient(visit, 'problem'),
  display: 'Hypertension',
  clinical_status: 'active',
  verification_status: 'confirmed',
  onset: '2019',
  recorded_at: visit.at,
});

const allergy = (visit: Visit): RowOf<'allergy_intolerance'> => ({
  ...blank('allergy_intolerance'),
  ...ofPatient(visit, 'allergy'),
  substance: 'Penicillin',
  clinical_status: 'active',
  verification_status: 'confirmed',
  recorded_at: visit.at,
});

/** One in so many visits. */
const oneIn =
  <R>(share: number, of: (visit: Visit) => R) =>
  (visit: Visit): readonly R[] =>
    visit.n % share === 0 ? [of(visit)] : [];

const clinic = (others: number): BenchLocal =>
  localWithRows({
    location: [[site]],
    practitioner: [[doctor]],
    staff_account: [[account()]],
    patient: [Array.from({ length: others + 1 }, (_, i) => person(i))],
    appointment: rowsOf(others, (visit) => [appointment(visit)]),
    encounter: rowsOf(others, (visit) => [encounter(visit)]),
    observation: rowsOf(others, observations),
    composition: rowsOf(others, (visit) => [note(visit)]),
    medication_request: rowsOf(others, oneIn(2, prescription)),
    diagnostic_report: rowsOf(others, oneIn(4, report)),
    condition: rowsOf(others, oneIn(50, problem)),
    allergy_intolerance: rowsOf(others, oneIn(500, allergy)),
  });

/** A synchronisation that has nothing to do. */
const idle: SyncEngine = {
  status: () => ({ connection: 'offline' }) as SyncStatus,
  onStatus: () => () => undefined,
  verdict: async () => null,
  openPatient: async () => false,
  fetchFile: async () => 'absent',
  findPatients: async () => [],
  workstations: async () => [],
  setWorkstation: async () => [],
  enrolWorkstation: () => Promise.reject(new Error('no centre')),
  audit: () => Promise.reject(new Error('no centre')),
  auditRecord: () => Promise.reject(new Error('no centre')),
  wake: () => undefined,
  check: () => undefined,
  stop: async () => undefined,
};

const coreOf = ({ local }: BenchLocal, clock: { now(): number }): Core =>
  createCore({
    store: local.store,
    blobs: local.blobs,
    onChanged: local.onChanged,
    engine: idle,
    clock,
    log: {
      info: () => undefined,
      error: (event, error) => process.stderr.write(`${event} ${String(error)}\n`),
    },
    host: { version: '0', host: 'headless', workstation: 'Bench', demoAccounts: [] },
    printing: null,
    windows: null,
    updates: null,
    protection: stillProtection(local, tmpdir(), Buffer.alloc(32)),
    // Nobody is at a page.
    limits: { idleMinutes: () => Number.POSITIVE_INFINITY, offlineDays: () => 14 },
    diagnostics: { facts: local.facts, logTail: () => [], settings: {} },
    route: createRouter,
  });

const ask = async <N extends CallName>(core: Core, connection: Connection, name: N, input: Input<N>) => {
  const reply = (await core.dispatch(name, input, connection)) as Reply<unknown>;
  if (!reply.ok) throw new Error(`${name} was refused: ${reply.error.code}`);
  return reply.value;
};

/** What the screen asks when a chart is opened, and when the timeline is turned to: the banner, the summary, a first page. */
const openChart = async (core: Core, connection: Connection, who: number): Promise<void> => {
  const id = person(who).id as PatientId;
  await ask(core, connection, 'chart.open', { id });
  await ask(core, connection, 'chart.timeline', { id, kinds: ['encounter', 'appointment'], limit: 12 });
  const patientId = id;
  await ask(core, connection, 'notes.writing', { patientId });
  await ask(core, connection, 'problems.list', { patientId });
  await ask(core, connection, 'allergies.list', { patientId });
  await ask(core, connection, 'vitals.latest', { patientId });
  await ask(core, connection, 'results.ofPatient', { patientId, before: null, limit: 6 });
  await ask(core, connection, 'orders.open', { patientId });
  await ask(core, connection, 'prescriptions.current', { patientId });
  await ask(core, connection, 'documents.list', { patientId });
  await ask(core, connection, 'chart.timeline', { id, limit: 50 });
};

const lookups = (store: LocalStore, count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => {
    const start = performance.now();
    store.get(
      localDb
        .selectFrom('encounter')
        .selectAll()
        .where('id', '=', guid('encounter', 1 + n * 7)),
    );
    return performance.now() - start;
  });

/** A chart of 2,000 encounters and 20,000 observations among `rows` other patients: from the call to the checked answer, the audit trail written. */
export const chart: Bench = async ({ rows }) => {
  const others = rows ?? 600;
  const made = clinic(others);
  const clock = { at: now, now: () => clock.at };
  const core = coreOf(made, clock);
  try {
    const connection = core.connect();
    await ask(core, connection, 'session.signIn', { username: 'doctor', password: 'bench' });
    const times: number[] = [];
    for (let run = 0; run < 60; run += 1) {
      // Another look, which is written down, after those of others.
      clock.at += 16 * 60_000;
      await openChart(core, connection, 1 + (run % others));
      const start = performance.now();
      await openChart(core, connection, 0);
      times.push(performance.now() - start);
    }
    const floor = percentile(lookups(made.local.store, 1000), 0.95);
    const value = percentile(times, 0.95);
    const visited = encounters * visitors(0, others).length;
    const common = {
      bench: 'chart',
      unit: 'ms',
      rows: visited * perEncounter,
      cipher,
      runs: times.length,
    } as const;
    return [
      { ...atMost({ ...common, metric: 'open', value }, 100), floor, ratio: value / floor },
      { ...common, metric: 'open-p50', value: percentile(times, 0.5) },
      { ...common, metric: 'open-first', value: times[0] ?? Number.NaN },
    ];
  } finally {
    await core.stop();
    made.remove();
  }
};
