import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { mirrorFile } from '#main/data/local/files.ts';
import { damages } from '#tests/support/sync-damage.ts';
import { seeded } from '#tests/support/sync-faults.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const program = fileURLToPath(new URL('../../../tests/support/sync-child.ts', import.meta.url));

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

/** Lets a process of workstation A register patients, ends it with SIGKILL after so many, returns what it had confirmed. */
const writeAndKill = async (work: 'write' | 'sync', after: number): Promise<readonly string[]> => {
  const { a } = clinic;
  await a.offline();
  a.local.close();
  const { folder, key } = a.temporary;
  const running = spawn(process.execPath, [program, work, folder, key.toString('hex'), a.url, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ids: string[] = [];
  createInterface({ input: running.stdout }).on('line', (line) => {
    const id = /^\d+ ([0-9a-f-]{36})$/.exec(line)?.[1];
    if (id !== undefined) ids.push(id);
    if (ids.length >= after) running.kill('SIGKILL');
  });
  await once(running, 'close');
  return ids;
};

const truth = async () => {
  const centre = connectCentre(clinic.a.url);
  const rows = await centreRows(centre);
  await centre.close();
  return rows;
};

/** Every one of `ids` is at the centre, by one mutation, and the workstation is as the centre is. */
const expectOnceEach = async (ids: readonly string[]) => {
  const rows = await truth();
  const there = (rows.patient ?? []).map((row) => (row as { id: string }).id);
  expect(ids.filter((id) => !there.includes(id))).toEqual([]);
  expect(replicaOf(clinic.a.local)).toEqual(rows);
  const inserts = await clinic.query<{ pk: string; n: number }>(
    `select pk, count(*)::int as n from clinichub.sync_change where tbl = 'patient' and op = 'insert' group by pk having count(*) > 1`,
  );
  expect(inserts).toEqual([]);
  const refused = await clinic.query(`select n from clinichub.sync_mutation where status = 'rejected'`);
  expect(refused).toEqual([]);
};

test.each(Object.keys(damages))(
  'killed while it synchronises, then damaged: %s',
  {
    timeout: 120_000,
  },
  async (name) => {
    const { a } = clinic;
    const random = seeded(name.length);
    const known: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      known.push(...(await writeAndKill(round === 0 ? 'sync' : 'write', 15 + Math.floor(random() * 40))));
      damages[name]?.(a.temporary.folder, random);
      a.temporary.reopen();
      if (!name.includes('log')) expect(a.local.replica.rebuilt()).toMatchObject({ lost: 0 });
      await a.online();
      await a.settled();
      await expectOnceEach(known);
    }
    expect(a.local.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(a.engine.status().problem).toBeNull();
  },
);

test('the status says how much was saved, and numbers the centre knows are not given out again', async () => {
  const { a } = clinic;
  const known = await writeAndKill('write', 20);
  damages['no database']?.(a.temporary.folder, Math.random);
  a.temporary.reopen();
  const before = a.local.replica.state().last_n;
  await a.online();
  expect(a.engine.status()).toMatchObject({
    connection: 'preparing',
    rebuilt: { saved: expect.any(Number), lost: 0, at: expect.stringMatching(/^20/) },
  });
  expect(a.engine.status().rebuilt?.saved).toBeGreaterThanOrEqual(known.length);
  await a.settled();
  expect(a.local.store.mutate({ kind: 'x', user: null }, (w) => w.insert('patient', somePatient())).n).toBe(
    before + 1,
  );
  await a.settled();
  await expectOnceEach(known);
});

test('with the mirror gone as well, the workstation learns its numbers from the centre and goes on', async () => {
  const { a } = clinic;
  await a.offline();
  const before = a.local.replica.state().last_n;
  expect(before).toBeGreaterThan(0);
  a.local.close();
  damages['a page of zeros']?.(a.temporary.folder, Math.random);
  rmSync(`${a.temporary.folder}/outbox.mirror`);
  a.temporary.reopen();
  expect(a.local.replica.rebuilt()).toMatchObject({ saved: 0, lost: null });
  await a.online();
  await a.settled();
  expect(a.local.replica.state().last_n).toBe(before);
  await expectOnceEach([]);
});

test('what the centre refused is parked again after a rebuild, under its number', async () => {
  const { a } = clinic;
  const { n } = a.local.store.mutate({ kind: 'x', user: null }, (writer) =>
    writer.insert('patient', somePatient({ mrn: 'SHARED-1' })),
  );
  a.engine.wake();
  await a.until(({ parked }) => parked === 1);
  await a.offline();
  a.local.close();
  damages['no database']?.(a.temporary.folder, Math.random);
  a.temporary.reopen();
  await a.online();
  await a.settled();
  const parked = 'SELECT n, status, sqlstate FROM outbox';
  expect(a.local.db.prepare(parked).all()).toEqual([{ n, status: 'parked', sqlstate: '23505' }]);
  expect(a.local.store.withdraw(n)).toBe(true);
});

test('numbers that are lost before the centre had them leave no gap', async () => {
  const { a } = clinic;
  await a.offline();
  const ids = Array.from({ length: 5 }, (_, index) => {
    const row = somePatient({ mrn: `A1-${index}` });
    a.local.store.mutate({ kind: 'x', user: null }, (writer) => writer.insert('patient', row));
    return row.id;
  });
  a.local.close();
  const file = mirrorFile(a.temporary.folder);
  const bytes = readFileSync(file);
  let third = bytes.length;
  for (let record = 5; record >= 3; record -= 1) third = bytes.lastIndexOf('CHM1', third - 1);
  bytes[third + 60] = (bytes[third + 60] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  damages['no database']?.(a.temporary.folder, Math.random);
  a.temporary.reopen();
  expect(a.local.replica.rebuilt()).toMatchObject({ lost: 1 });
  await a.online();
  await a.settled();
  await expectOnceEach(ids.filter((_, index) => index !== 2));
  expect(await clinic.query(`select kind from clinichub.sync_mutation where kind = 'held'`)).toHaveLength(1);
});
