import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import type { Local } from '#main/data/local/open.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import { pastAppointments } from '#tests/support/past-appointments.ts';
import { seeded } from '#tests/support/sync-faults.ts';
import { openReady, openTemporary, type TemporaryLocal } from '#tests/support/sync-local.ts';
import {
  centreRows,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const program = fileURLToPath(new URL('../../../tests/support/sync-child.ts', import.meta.url));

const child = (work: string, { folder, key }: TemporaryLocal, url = '', phase = '', lastRow = 0) =>
  spawn(process.execPath, [program, work, folder, key.toString('hex'), url, phase, String(lastRow)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Reads what the child says until `enough`, then ends it with SIGKILL; returns every whole line. */
const killWhen = async (
  running: ChildProcessByStdio<null, Readable, null>,
  enough: (line: string, count: number) => boolean,
): Promise<readonly string[]> => {
  const lines: string[] = [];
  const gone = once(running, 'close');
  createInterface({ input: running.stdout }).on('line', (line) => {
    lines.push(line);
    if (enough(line, lines.length)) running.kill('SIGKILL');
  });
  await gone;
  return lines;
};

/** Numbers and ids the child has confirmed. */
const confirmed = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const match = /^(\d+) ([0-9a-f-]{36})$/.exec(line);
    return match ? [{ n: Number(match[1]), id: String(match[2]) }] : [];
  });

const expectSound = ({ db }: Local) => {
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
};

test('killed at any moment, a write is whole or absent and what was confirmed is there (I10)', {
  timeout: 120_000,
}, async () => {
  const temporary = openReady();
  const random = seeded(7);
  const known: { n: number; id: string }[] = [];
  for (let round = 0; round < 6; round += 1) {
    temporary.local.close();
    const lines = Math.floor(random() * 150);
    known.push(...confirmed(await killWhen(child('write', temporary), (_, count) => count > lines)));
    const { db, replica } = temporary.reopen();
    expectSound(temporary.local);
    const numbers = db.prepare('SELECT n FROM outbox ORDER BY n').pluck().all() as number[];
    expect(numbers).toEqual(Array.from({ length: replica.state().last_n }, (_, index) => index + 1));
    expect(known.length).toBeLessThanOrEqual(numbers.length);
    const rows = db.prepare('SELECT id FROM patient WHERE city = ? ORDER BY id').pluck().all('Lyon');
    expect(rows).toEqual(db.prepare('SELECT pk FROM outbox_row ORDER BY pk').pluck().all());
    expect(rows).toEqual(db.prepare('SELECT pk FROM sync_base ORDER BY pk').pluck().all());
    for (const { n, id } of known) {
      expect(db.prepare('SELECT pk FROM outbox_row WHERE n = ?').pluck().get(n)).toBe(id);
    }
  }
  expect(known.length).toBeGreaterThan(50);
  temporary.remove();
});

let clinic: TwoWorkstations | null = null;
beforeEach(() => {
  clinic = null;
});
afterEach(() => clinic?.end());

const truth = async (url: string) => {
  const centre = connectCentre(url);
  const rows = await centreRows(centre);
  await centre.close();
  return rows;
};

test('killed again and again while it synchronises, each confirmed write is at the centre exactly once', {
  timeout: 120_000,
}, async () => {
  clinic = await twoWorkstations();
  const { a } = clinic;
  const random = seeded(11);
  const known: { n: number; id: string }[] = [];
  await a.offline();
  for (let round = 0; round < 4; round += 1) {
    a.local.close();
    const lines = 20 + Math.floor(random() * 80);
    known.push(...confirmed(await killWhen(child('sync', a.temporary, a.url), (_, count) => count > lines)));
    a.temporary.reopen();
    expectSound(a.local);
  }
  await a.online();
  await a.settled();
  const rows = await truth(a.url);
  expect(replicaOf(a.local)).toEqual(rows);
  const ids = (rows.patient ?? []).map((row) => (row as { id: string }).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(known.filter(({ id }) => !ids.includes(id))).toEqual([]);
});

const order = ['empty', 'loading', 'indexing', 'catching-up', 'ready'];

test('killed at any point of the first copy and of its history, it goes on where it was', {
  timeout: 180_000,
}, async () => {
  clinic = await twoWorkstations();
  const { a, b, centre, query, patient, practitioner, location } = clinic;
  await query(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    select gen_random_uuid(), 'X-' || i, 'Family ' || i, 'Given', 'female', false, now() from generate_series(1, 30000) i`);
  await pastAppointments(centre.url, {
    patient: patient.id,
    practitioner: practitioner.id,
    location: location.id,
    count: 5000,
  });
  const temporary = openTemporary();
  const url = await centre.enrol('Desk C');
  let before = { place: 0, rows: 0 };
  const points = [
    ['copying', 1],
    ['copying', 11_000],
    ['copying', 21_000],
    ['indexing', 0],
    ['indexing', 60_000],
    ['indexing', 200_000],
    ['catching-up', 0],
    ['history', 1000],
    ['history', 1001],
    ['history', 3000],
  ] as const;
  for (const [phase, rows] of points) {
    temporary.local.close();
    const [, signal] = await once(child('copy', temporary, url, phase, rows), 'close');
    expect(signal).toBe('SIGKILL');
    const { replica, store, db } = temporary.reopen();
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const state = replica.state();
    const place = order.indexOf(state.phase);
    expect(place).toBeGreaterThanOrEqual(before.place);
    const done = state.boot_rows + state.history_rows;
    expect(done).toBeGreaterThanOrEqual(Math.max(before.rows, phase === 'copying' ? rows : 30_000));
    before = { place, rows: done };
    expect(store.ready()).toBe(phase === 'history');
    // Meanwhile the clinic works on.
    const { id } = b.local.db.prepare('SELECT id FROM patient LIMIT 1').get() as { id: string };
    a.local.store.mutate({ kind: 'x', user: null }, (writer) =>
      writer.update('patient', clinic?.patient.id ?? '', { city: `City ${phase} ${rows}` }),
    );
    await query(`update clinichub.patient set city = 'Nice' where mrn = 'X-' || $1`, [rows + 1]);
    await query('delete from clinichub.patient where id = $1 and mrn like $2', [id, 'X-%']);
    await query(`delete from clinichub.appointment where description = 'past ' || $1`, [rows % 977]);
    await a.settled();
  }
  const desk = openDesk('Desk C', url, temporary);
  const asked: string[] = [];
  await desk.online({
    centre: () => {
      const real = connectCentre(url);
      return {
        ...real,
        bootPage: (table, after, rows, part) => {
          asked.push(`${table} ${after === null ? 'anew' : 'on'} ${part ?? 'all'}`);
          return real.bootPage(table, after, rows, part);
        },
      };
    },
  });
  await desk.until(() => historyTables.every((table) => desk.local.store.complete(table)));
  await desk.settled();
  expect(asked[0]).toBe('appointment on all');
  expect(asked.join()).not.toContain('hot');
  expect(replicaOf(desk.local)).toEqual(await truth(url));
  expectSound(desk.local);
  await desk.remove();
});
