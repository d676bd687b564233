import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { localDb } from '#main/data/local/query.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { behindWire, type Fate, fastTimers, seeded } from '#tests/support/sync-faults.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  type Desk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const truth = async () => {
  const centre = connectCentre(clinic.a.url);
  const rows = await centreRows(centre);
  await centre.close();
  return rows;
};

const register = (desk: Desk, mrn: string) => {
  const row = somePatient({ mrn });
  return {
    id: row.id,
    n: desk.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
      writer.insert('patient', row),
    ).n,
  };
};

test('a push whose answer is lost has its effect exactly once (I1)', async () => {
  const { a, query } = clinic;
  await a.offline();
  for (let k = 0; k < 5; k += 1) register(a, `A-${k}`);
  let cuts = 3;
  const fate = (call: string): Fate => {
    if (call !== 'push' || cuts === 0) return 'well';
    cuts -= 1;
    return 'cut after';
  };
  await a.online({ centre: () => behindWire(connectCentre(a.url), fate), timers: fastTimers(50) });
  await a.settled();
  expect(cuts).toBe(0);
  expect(await query(`select mrn from clinichub.patient where mrn like 'A-%' order by mrn`)).toEqual(
    [0, 1, 2, 3, 4].map((k) => ({ mrn: `A-${k}` })),
  );
  expect(replicaOf(a.local)).toEqual(await truth());
});

test('who waits for a verdict is told at once when the centre is out of reach', async () => {
  const { a } = clinic;
  await a.online({
    centre: () => behindWire(connectCentre(a.url), () => 'cut before'),
    timers: fastTimers(1),
  });
  await a.until(({ problem }) => problem === 'unreachable');
  expect(a.engine.status()).toMatchObject({ connection: 'offline', waiting: 0 });
  expect(a.engine.status().offlineSince).not.toBeNull();
  const { n } = register(a, 'A-1');
  const before = performance.now();
  expect(await a.engine.verdict(n, 60_000)).toBeNull();
  expect(performance.now() - before).toBeLessThan(1000);
});

/** One thing a person does at a desk. */
const act = (desk: Desk, random: () => number, made: { patients: string[]; appointments: string[] }) => {
  const { store } = desk.local;
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const dice = random();
  const known = pick(store.all(localDb.selectFrom('patient').select('id')));
  if (dice < 0.3) {
    made.patients.push(register(desk, `${desk.name}-${made.patients.length}`).id);
  } else if (dice < 0.6 && known) {
    const patch: Partial<RowOf<'patient'>> = pick([
      { city: `City ${Math.floor(random() * 5)}` },
      { phone: `+3360000${Math.floor(random() * 5)}` },
      { family: `Family ${Math.floor(random() * 5)}`, city: 'Both' },
    ]) as Partial<RowOf<'patient'>>;
    store.mutate({ kind: 'patient.update', user: null }, (writer) =>
      writer.update('patient', known.id, patch),
    );
  } else if (known) {
    const slot = 8 + Math.floor(random() * 6);
    const time = `2026-11-24T${String(slot).padStart(2, '0')}`;
    const row = someAppointment({
      patient_id: known.id,
      practitioner_id: clinic.practitioner.id,
      location_id: clinic.location.id,
      start_at: `${time}:00:00.000Z`,
      end_at: `${time}:15:00.000Z`,
    });
    made.appointments.push(row.id);
    store.mutate({ kind: 'appointment.book', user: null }, (writer) => writer.insert('appointment', row));
  }
};

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

test.each(seeds)('on a bad wire nothing is lost, doubled or half seen (seed %i)', async (seed) => {
  const random = seeded(seed);
  const made = { patients: [] as string[], appointments: [] as string[] };
  let faulty = true;
  const fate = (): Fate => {
    if (!faulty || random() > 0.3) return 'well';
    return (['cut before', 'cut after', 'twice'] as const)[Math.floor(random() * 3)] ?? 'well';
  };
  // I11: clocks that jump about change nothing.
  const clock = { now: () => Math.floor(1.7e12 + random() * 2e11) };
  const options = (url: string) => ({
    centre: () => behindWire(connectCentre(url), fate),
    timers: fastTimers(100),
    random,
    clock,
  });
  const { a, b } = clinic;
  await a.online(options(a.url));
  await b.online(options(b.url));
  for (let step = 0; step < 60; step += 1) {
    const desk = random() < 0.5 ? a : b;
    act(desk, random, made);
    desk.engine.wake();
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
    if (random() < 0.05) {
      await desk.offline();
      desk.temporary.reopen();
      await desk.online(options(desk.url));
    }
    expect(desk.local.db.pragma('foreign_key_check')).toEqual([]);
  }
  faulty = false;
  await a.settled();
  await b.settled();
  await a.settled();
  const rows = await truth();
  for (const desk of [a, b]) {
    expect(replicaOf(desk.local), desk.name).toEqual(rows);
    expect(desk.engine.status()).toMatchObject({ connection: 'live', waiting: 0, parked: 0, problem: null });
  }
  const ids = (table: string) => (rows[table] ?? []).map((row) => (row as { id: string }).id).sort();
  expect(ids('patient')).toEqual([...made.patients, clinic.patient.id].sort());
  expect(ids('appointment')).toEqual([...made.appointments].sort());
  const verdicts = await clinic.query<{ device_no: number; n: number; numbers: number }>(
    'select device_no, max(n)::integer as n, count(*)::integer as numbers from clinichub.sync_mutation group by device_no order by 1',
  );
  expect(verdicts.map(({ numbers }) => numbers)).toEqual(verdicts.map(({ n }) => n));
  expect(verdicts.map(({ n }) => n)).toEqual([a, b].map((desk) => desk.local.replica.state().last_n));
});
