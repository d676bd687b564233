import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { openTemporary, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { tamper } from '#tests/support/tampering.ts';
import { type CopyOrder, copyHere } from './bootstrap.ts';

/** When a first copy that was cut short goes on, and when it begins again. */
let clinic: FreshCentre;
let centre: Centre;
let temporary: TemporaryLocal;
beforeEach(async () => {
  clinic = await freshCentre();
  centre = connectCentre(await clinic.enrol('Desk'));
  temporary = openTemporary();
  await clinic.sql(`insert into clinichub.patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    select gen_random_uuid(), 'X-' || i, 'Family', 'Given', 'female', false, now() from generate_series(1, 30) i`);
});
afterEach(async () => {
  temporary.remove();
  await centre.close();
  await clinic.drop();
});

const order = async (): Promise<CopyOrder> => {
  const hello = { schema: schemaVersion, app: 'x', epoch: null, cursor: null, chain: null, scope: null };
  return { ...(await centre.hello(hello)), renew: false };
};

/** Copies until `turns` slices of ten rows are written, or to the end. Gives the first page that was asked for. */
const copy = async (what: CopyOrder, turns = Number.POSITIVE_INFINITY): Promise<string> => {
  const pages: string[] = [];
  const ending = new AbortController();
  let turn = 0;
  const copier = copyHere({
    replica: temporary.local.replica,
    centre: () => ({
      ...centre,
      bootPage: (table, after, ...more) => {
        pages.push(`${table} ${after === null ? 'from its beginning' : 'further on'}`);
        return centre.bootPage(table, after, ...more);
      },
    }),
    turn: async () => {
      turn += 1;
      if (turn === turns) ending.abort();
    },
    pace: { rows: 10, names: 1000 },
  });
  const copied = copier(what, { progress: () => undefined, signal: ending.signal });
  if (turns === Number.POSITIVE_INFINITY) await copied;
  else await expect(copied).rejects.toThrow();
  return pages[0] ?? '';
};

const halfway = async () => {
  expect(await copy(await order(), 2)).toBe('location from its beginning');
  expect(temporary.local.replica.state()).toMatchObject({ phase: 'loading', boot_rows: 20 });
};

test('a copy that was cut short goes on where it was, although the clinic worked on', async () => {
  await halfway();
  await clinic.sql(`update clinichub.patient set city = 'Lyon'`);
  expect(await copy(await order())).toBe('patient further on');
  expect(temporary.local.db.prepare('SELECT count(*), min(city) FROM patient').raw().get()).toEqual([
    30,
    'Lyon',
  ]);
});

test.each([
  ['the centre has another epoch', async () => ({ epoch: randomUUID() })],
  ['it is for another scope', async () => ({ scope: 'site:none/front-desk/2' })],
  ['the changes since are not kept', async () => ({ low_water: 2 })],
  ['a new one is ordered', async () => ({ renew: true })],
  [
    'the centre has another history by now',
    async () => {
      await tamper(
        clinic.url,
        `update clinichub.sync_tx set chain = repeat('f', 64)`,
        `update clinichub.sync_clock set chain = repeat('f', 64)`,
      );
      return {};
    },
  ],
])('a copy that was cut short begins again when %s', async (_, otherwise) => {
  await halfway();
  expect(await copy({ ...(await order()), ...(await otherwise()) })).toBe('location from its beginning');
});

test('while a first copy is under way the centre keeps what it has to catch up with', async () => {
  await halfway();
  const [device] = await clinic.sql<{ cursor: string }>('select cursor from clinichub.sync_device');
  expect(Number(device?.cursor)).toBe(temporary.local.replica.state().cursor);
});
