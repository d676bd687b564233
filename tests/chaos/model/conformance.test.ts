import { afterEach, expect, test } from 'vitest';
import { type Centre, CentreError, type SentMutation } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { columnsOf, schemaVersion, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { PullReply } from '#shared/sync/wire.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { createRandom, type Random } from '../random.ts';
import { createModelCentre, emptyState, type ModelCentre } from './centre.ts';
import { Refused } from './rules.ts';
import { comparable, firstRows, nextMutation, sent } from './script.ts';

/**
 * The simulator's centre is a model; this is what keeps it honest. Random scripts run against it and against PostgreSQL
 * with the product's migrations, and every reply, verdict, ledger entry and row is compared.
 */

interface Both {
  readonly real: FreshCentre;
  readonly model: ModelCentre;
  readonly devices: readonly { readonly no: number; readonly centre: Centre }[];
}

let both: Both | null = null;
afterEach(async () => {
  for (const { centre } of both?.devices ?? []) await centre.close();
  await both?.real.drop();
  both = null;
});

const start = async (): Promise<Both> => {
  const real = await freshCentre();
  const model = createModelCentre({ state: emptyState('epoch'), now: () => new Date().toISOString() });
  const devices = [];
  for (const name of ['Desk A', 'Desk B', 'Desk C']) {
    const { url, deviceId } = await real.enrolment(name);
    devices.push({ no: model.enrol(name, deviceId).no, centre: connectCentre(url) });
  }
  both = { real, model, devices };
  return both;
};

type Outcome<T> = { readonly answer: T } | { readonly refused: string | null };

const outcomeOf = async <T>(work: () => T | Promise<T>): Promise<Outcome<T>> => {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof CentreError || error instanceof Refused) return { refused: error.sqlstate };
    throw error;
  }
};

/** The words of a refusal are PostgreSQL's own; those of a review are the centre's. */
const verdictsOf = (outcome: Outcome<readonly { status: string; message: string | null }[]>) =>
  'refused' in outcome
    ? outcome
    : outcome.answer.map((verdict) => ({
        ...verdict,
        message: verdict.status === 'rejected' ? 'refused' : verdict.message,
      }));

const pullOf = (outcome: Outcome<PullReply>) => {
  if ('refused' in outcome) return outcome;
  const { before, chain, changes, ...reply } = outcome.answer;
  // The changes of one transaction are applied together; their order within it is no promise.
  const place = ({ seq, tbl, pk, v }: (typeof changes)[number]) =>
    `${String(seq).padStart(9)} ${tbl} ${pk} ${v}`;
  return {
    ...reply,
    chained: chain.length,
    follows: before?.length ?? null,
    changes: changes
      .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
      .map((change) => ({ ...change, values: comparable(change.tbl, change.values) })),
  };
};

const rowsOf = (tbl: TableName, lines: readonly string[]) =>
  lines.map((line) => {
    const [version, ...values] = JSON.parse(line) as unknown[];
    const cells = Object.fromEntries(columnsOf(tbl).map(([column], index) => [column, values[index]]));
    return { version, ...comparable(tbl, cells) };
  });

/** Writes the first rows on both sides, as an administrator. */
const fill = async ({ real, model }: Both, random: Random) => {
  for (const [tbl, cells] of firstRows(random)) {
    model.administer((tx) => tx.insert(tbl, cells));
    await real.sql(
      `insert into clinichub.${tbl} select (jsonb_populate_record(null::clinichub.${tbl}, $1)).*`,
      [JSON.stringify({ ...cells, row_version: 1, field_versions: {} })],
    );
  }
};

/** Two of the workstations stand at a site and hold what its patients and their role need. */
const placeDevices = async ({ real, model, devices }: Both) => {
  const [site, other] = [...(model.state.rows.get('location')?.keys() ?? [])];
  const places = [
    { no: devices[1]?.no ?? 0, location: site ?? null, role: 'front-desk' },
    { no: devices[2]?.no ?? 0, location: other ?? null, role: 'consulting-room' },
  ] as const;
  for (const { no, location, role } of places) {
    const device = model.state.devices.get(no);
    if (device !== undefined) Object.assign(device, { location, role, scope: 'site' });
    await real.sql(
      `update clinichub.sync_device set location_id = $2, role = $3, scope = 'site' where device_no = $1`,
      [no, location, role],
    );
  }
};

const openPatient = async ({ model, devices }: Both, random: Random) => {
  const { no, centre } = random.pick(devices);
  const ids = [...(model.state.rows.get('patient')?.keys() ?? [])].sort();
  const id = random.chance(0.1) ? '00000000-0000-7000-8000-000000000000' : random.pick(ids);
  expect(await outcomeOf(() => model.openPatient(no, id))).toEqual(
    await outcomeOf(() => centre.openPatient(id)),
  );
};

/** Somebody with psql: an update, or a delete. */
const administer = async ({ real, model }: Both, random: Random) => {
  const tbl = random.pick(['patient', 'task', 'appointment', 'observation', 'composition'] as const);
  const ids = [...(model.state.rows.get(tbl)?.keys() ?? [])].sort();
  if (ids.length === 0) return;
  const id = random.pick(ids);
  const remove = random.chance(0.3);
  const [column, value] = tbl === 'patient' ? ['city', `psql ${random.between(1, 99)}`] : ['reason', 'psql'];
  if (!remove && tbl !== 'patient' && tbl !== 'task') return;
  const modelled = await outcomeOf(() =>
    model.administer((tx) => (remove ? tx.delete(tbl, id) : tx.update(tbl, id, { [column]: value }))),
  );
  let refused: string | null = null;
  try {
    if (remove) await real.sql(`delete from clinichub.${tbl} where id = $1`, [id]);
    else await real.sql(`update clinichub.${tbl} set ${column} = $2 where id = $1`, [id, value]);
  } catch (error) {
    refused = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  expect('refused' in modelled ? modelled.refused : null, `${remove ? 'delete' : 'update'} of ${tbl}`).toBe(
    refused,
  );
};

/** A push of new mutations, of some sent before, with a gap, or under a number that was used for something else. */
const batchOf = ({ model }: Both, no: number, random: Random, before: readonly SentMutation[]) => {
  const last = model.state.devices.get(no)?.last_n ?? 0;
  const context = { random, state: model.state };
  const fresh = Array.from({ length: random.between(1, 3) }, (_, index) =>
    nextMutation(context, last + 1 + index),
  );
  const again = before.slice(-random.between(0, 2));
  if (random.chance(0.05)) return [...fresh, nextMutation(context, last + 9)];
  if (random.chance(0.05) && last > 0) return [sent(last, '{"another": true}'), ...fresh];
  if (random.chance(0.05)) return [{ ...nextMutation(context, last + 1), hash: 'a'.repeat(64) }];
  return random.chance(0.3) ? [...again, ...fresh] : fresh;
};

const push = async (clinic: Both, random: Random, sentBefore: Map<number, SentMutation[]>) => {
  const { no, centre } = random.pick(clinic.devices);
  const before = sentBefore.get(no) ?? [];
  const batch = batchOf(clinic, no, random, before);
  const modelled = verdictsOf(await outcomeOf(() => clinic.model.push(no, batch)));
  const real = verdictsOf(await outcomeOf(() => centre.push(batch)));
  expect(modelled, batch.map(({ payload }) => payload).join('\n')).toEqual(real);
  const last = clinic.model.state.devices.get(no)?.last_n ?? 0;
  sentBefore.set(
    no,
    [...before, ...batch].filter(
      ({ n }, index, all) => n <= last && all.findLastIndex((one) => one.n === n) === index,
    ),
  );
};

const pull = async ({ model, devices }: Both, random: Random) => {
  const { no, centre } = random.pick(devices);
  const cursor = random.between(-1, model.state.seq + 1);
  const rows = random.pick([1, 3, 10, 1000]);
  const modelled = pullOf(await outcomeOf(() => model.pull(no, cursor, rows)));
  const real = pullOf(await outcomeOf(() => centre.pull(cursor, rows)));
  expect(modelled, `pull from ${cursor}`).toEqual(real);
};

const chainOf = async ({ real, model }: Both, seq: number) => {
  const [row] = await real.sql<{ chain: string }>('select chain from clinichub.sync_tx where seq = $1', [
    seq,
  ]);
  return { real: row?.chain ?? null, model: model.state.ledger[seq - 1]?.chain ?? null };
};

/** Greetings of a workstation that knows the history, another history, or too much. */
const greet = async (clinic: Both, random: Random) => {
  const { real, model, devices } = clinic;
  const { no, centre } = random.pick(devices);
  const [meta] = await real.sql<{ epoch: string }>('select epoch from clinichub.sync_meta');
  const cursor = random.chance(0.2) ? null : random.between(0, model.state.seq + 1);
  const chain = await chainOf(clinic, cursor ?? 0);
  const lies = random.chance(0.2);
  const request = {
    schema: random.chance(0.1) ? random.between(1, 2) : schemaVersion,
    app: 'test',
    cursor,
    scope: random.chance(0.5) ? null : `clinic/whole/${schemaVersion}`,
  };
  const zeros = '0'.repeat(64);
  const asked = (epoch: string, known: string | null) => ({
    ...request,
    epoch: lies ? 'another' : epoch,
    chain: cursor === 0 ? zeros : known,
  });
  const modelled = model.hello(no, asked(model.state.epoch, chain.model));
  const answered = await centre.hello(asked(meta?.epoch ?? '', chain.real));
  expect({ ...modelled, epoch: 'e' }, JSON.stringify(request)).toEqual({ ...answered, epoch: 'e' });
};

/** Links of the chain, some of them of another history. */
const common = async (clinic: Both, random: Random) => {
  const { model, devices } = clinic;
  const { no, centre } = random.pick(devices);
  const seqs = Array.from({ length: 3 }, () => random.between(1, model.state.seq + 2));
  const links = await Promise.all(
    seqs.map(async (seq) => ({ seq, lies: random.chance(0.3), ...(await chainOf(clinic, seq)) })),
  );
  const of = (side: 'real' | 'model') =>
    links.map(({ seq, lies, ...chain }) => ({ seq, chain: lies ? 'x' : (chain[side] ?? 'x') }));
  expect(model.common(no, of('model'))).toBe(await centre.common(of('real')));
  const head = await centre.place();
  expect(model.place(no).seq).toBe(head.seq);
  expect(head.chain).toBe((await chainOf(clinic, head.seq)).real);
};

/** Ranges of check sums: edges and counts alike; the sums are of rows whose clocks differ, so they are compared where none does. */
const compareSums = async ({ model, devices }: Both, random: Random) => {
  const { no, centre } = random.pick(devices);
  const tbl = random.pick(['patient', 'appointment', 'composition', 'preference', 'invoice'] as const);
  const ids = [null, ...(model.state.rows.get(tbl)?.keys() ?? [])];
  const range = { after: random.pick(ids), upto: random.pick(ids) };
  const [rows, parts] = [random.between(1, 5), random.between(1, 4)];
  expect(await outcomeOf(() => model.verify(no, tbl, range, rows, parts))).toEqual(
    await outcomeOf(() => centre.verify(tbl, range.after, range.upto, rows, parts)),
  );
  expect(await outcomeOf(() => model.verifyRows(no, tbl, range))).toEqual(
    await outcomeOf(() => centre.verifyRows(tbl, range.after, range.upto)),
  );
};

const same = async ({ real, model, devices }: Both) => {
  for (const { no, centre } of devices) {
    for (const tbl of tableNames) {
      const page = await centre.bootPage(tbl, null, 5000);
      expect(rowsOf(tbl, model.bootPage(no, tbl, null, 5000)), `${tbl} of ${no}`).toEqual(rowsOf(tbl, page));
    }
  }
  const verdicts = await real.sql(
    `select device_no, n::integer, kind, user_id, status, sqlstate, payload from clinichub.sync_mutation order by 1, 2`,
  );
  const modelled = [...model.state.mutations.values()]
    .sort((a, b) => a.device - b.device || a.n - b.n)
    .map(({ device, n, kind, user, status, sqlstate, payload }) => ({
      device_no: device,
      n,
      kind,
      user_id: user,
      status,
      sqlstate,
      payload,
    }));
  expect(modelled).toEqual(verdicts);
};

const scripts = 8;
const steps = 50;

test.for([...Array.from({ length: scripts }, (_, seed) => seed), 16])(
  'the model and PostgreSQL agree (script %i)',
  {
    timeout: 60_000,
  },
  async (seed) => {
    const clinic = await start();
    const random = createRandom(seed);
    await fill(clinic, random);
    await placeDevices(clinic);
    const sentBefore = new Map<number, SentMutation[]>();
    for (let step = 0; step < steps; step += 1) {
      const dice = random.next();
      if (dice < 0.6) await push(clinic, random, sentBefore);
      else if (dice < 0.75) await pull(clinic, random);
      else if (dice < 0.85) await administer(clinic, random);
      else if (dice < 0.93) await greet(clinic, random);
      else if (dice < 0.95) await common(clinic, random);
      else if (dice < 0.98) await compareSums(clinic, random);
      else await openPatient(clinic, random);
    }
    for (const { no, centre } of clinic.devices) {
      for (let cursor = 0; cursor < clinic.model.state.seq; cursor += 1) {
        const modelled = pullOf(await outcomeOf(() => clinic.model.pull(no, cursor, 1)));
        expect(modelled, `${no} from ${cursor}`).toEqual(
          pullOf(await outcomeOf(() => centre.pull(cursor, 1))),
        );
      }
    }
    await same(clinic);
  },
);

test('a refusal of what cannot be a call is the same on both sides', async () => {
  const { model, devices } = await start();
  const [device] = devices;
  if (device === undefined) return;
  const { no, centre } = device;
  const calls: readonly (readonly [() => unknown, () => Promise<unknown>])[] = [
    [() => model.ack(no, 99), () => centre.ack(99)],
    [
      () =>
        model.push(
          no,
          Array.from({ length: 2001 }, (_, n) => sent(n + 1, '{}')),
        ),
      () => centre.push(Array.from({ length: 2001 }, (_, n) => sent(n + 1, '{}'))),
    ],
    [() => model.pull(no, 5, 10), () => centre.pull(5, 10)],
  ];
  for (const [modelled, real] of calls) expect(await outcomeOf(modelled)).toEqual(await outcomeOf(real));
});
