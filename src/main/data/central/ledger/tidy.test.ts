import { readFileSync, writeFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { schemaVersion } from '#shared/sync/catalogue.ts';
import { populate } from '#tests/support/central-population.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { temporaryFolder } from '#tests/support/sync-local.ts';
import { age as ageLedger } from '#tests/support/tampering.ts';
import { checkArchive } from './archive.ts';
import { checkCentre } from './check-centre.ts';
import { tidyCentre } from './tidy.ts';
import { setRetention } from './verify-audit.ts';

/** 0155_retention and `npm run central -- tidy`. */
let centre: FreshCentre;
let folder: string;
beforeEach(async () => {
  centre = await freshCentre();
  await populate(centre);
  folder = temporaryFolder();
});
afterEach(async () => {
  await centre.drop();
  await rm(folder, { recursive: true });
});

const meta = async () =>
  (
    await centre.sql<{ low: number; archived: number; head: number }>(
      'select low_water::integer as low, archived_seq::integer as archived, seq::integer as head from clinichub.sync_meta, clinichub.sync_clock',
    )
  )[0] ?? { low: -1, archived: -1, head: -1 };

/** Makes the transactions up to `seq` so many days old. */
const age = (seq: number, days: number) => ageLedger(centre.url, seq, days);

const device = async (cursor: number, days: number) => {
  const { deviceNo } = await centre.enrolment(`Desk ${cursor} ${days}`);
  await centre.sql(
    `update clinichub.sync_device set cursor = $2, last_contact_at = now() - make_interval(days => $3) where device_no = $1`,
    [deviceNo, cursor, days],
  );
  return deviceNo;
};

describe('the low water', () => {
  test('is the smaller of the active workstations’ cursors and 45 days', async () => {
    await age(30, 46);
    expect((await tidyCentre(centre.url, null)).lowWater).toBe('30');
    await age(60, 46);
    await device(50, 3);
    await device(10, 46);
    const suspended = await device(12, 1);
    await centre.sql('update clinichub.sync_device set suspended_at = now() where device_no = $1', [
      suspended,
    ]);
    for (const column of ['revoked_at', 'wiping_at', 'wiped_at']) {
      const gone = await device(13, 1);
      await centre.sql(`update clinichub.sync_device set ${column} = now() where device_no = $1`, [gone]);
    }
    expect((await tidyCentre(centre.url, null)).lowWater).toBe('50');
  });

  test('never falls, and removes nothing', async () => {
    await age(30, 46);
    await tidyCentre(centre.url, null);
    await device(5, 1);
    expect(await tidyCentre(centre.url, null)).toMatchObject({ lowWater: '30', old: '30', archived: null });
    const [{ n } = { n: '' }] = await centre.sql<{ n: string }>(
      'select count(*) as n from clinichub.sync_tx',
    );
    expect(Number(n)).toBe((await meta()).head);
  });

  test('is raised by an acknowledgement, at most once an hour', async () => {
    const desk = connectCentre(await centre.enrol('Desk'));
    await desk.hello({
      schema: schemaVersion,
      app: 'x',
      epoch: null,
      cursor: null,
      chain: null,
      scope: null,
    });
    await age(30, 46);
    await desk.ack(80);
    expect((await meta()).low).toBe(30);
    await age(40, 46);
    await desk.ack(81);
    expect((await meta()).low).toBe(30);
    await centre.sql(`update clinichub.sync_meta set tidied_at = now() - interval '61 minutes'`);
    await desk.ack(81);
    expect((await meta()).low).toBe(40);
    await expect(desk.pull(39, 10)).rejects.toMatchObject({ sqlstate: 'CH004' });
    expect((await desk.pull(40, 10)).from).toBe(40);
    await desk.close();
  });
});

describe('an archive', () => {
  const file = () => join(folder, 'ledger.jsonl.gz');
  beforeEach(() => setRetention(centre.url, 6));
  /** Older than the audit trail must be kept. */
  const longAgo = 6 * 366;

  test('takes what may no longer be pulled out of the ledger, and holds it whole', async () => {
    await age(30, longAgo);
    const report = await tidyCentre(centre.url, file());
    expect(report.archived).toMatchObject({ after: '0', upto: '30', transactions: 30 });
    expect(await meta()).toMatchObject({ low: 30, archived: 30 });
    expect(await checkArchive(file())).toEqual(report.archived);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const [left] = await centre.sql<{ first: number; changes: string }>(`
      select min(t.seq)::integer as first, count(c.tx) filter (where t.seq <= 30) as changes
      from clinichub.sync_tx t left join clinichub.sync_change c on c.tx = t.tx`);
    expect(left).toEqual({ first: 30, changes: '0' });
    expect((await checkCentre(centre.url)).flatMap(({ problems }) => problems)).toEqual([]);
    // A workstation at the very edge goes on.
    const desk = connectCentre(await centre.enrol('Desk'));
    const [{ epoch, chain } = { epoch: '', chain: '' }] = await centre.sql<{ epoch: string; chain: string }>(
      'select epoch, archived_chain as chain from clinichub.sync_meta',
    );
    const at = { schema: schemaVersion, app: 'x', epoch, scope: `clinic/whole/${schemaVersion}` };
    expect((await desk.hello({ ...at, cursor: 30, chain })).state).toBe('ok');
    expect((await desk.pull(30, 10)).txs).toBeGreaterThan(0);
    expect((await desk.hello({ ...at, cursor: 29, chain })).state).toBe('behind');
    await desk.close();
  });

  test('follows the one before', async () => {
    await age(20, longAgo);
    await tidyCentre(centre.url, file());
    expect((await tidyCentre(centre.url, join(folder, 'none.gz'))).archived).toBeNull();
    await age(50, longAgo);
    const second = join(folder, 'second.jsonl.gz');
    expect((await tidyCentre(centre.url, second)).archived).toMatchObject({ after: '20', upto: '50' });
    expect(await checkArchive(second)).toMatchObject({ transactions: 30 });
    expect((await checkCentre(centre.url)).flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('is never written over, and without one nothing is removed', async () => {
    await age(20, longAgo);
    writeFileSync(file(), 'mine');
    await expect(tidyCentre(centre.url, file())).rejects.toMatchObject({ code: 'archive' });
    expect(readFileSync(file(), 'utf8')).toBe('mine');
    await expect(tidyCentre(centre.url, join(folder, 'no-folder', 'x.gz'))).rejects.toMatchObject({
      code: 'archive',
    });
    expect((await meta()).archived).toBe(0);
  });

  test.each([
    ['an altered value', (text: string) => text.replace('Dupont', 'Durand'), /is not what its chain says/],
    ['a missing change', (text: string) => text.replace(/\{"change".*\n/, ''), /is not complete/],
    [
      'a missing transaction',
      (text: string) => text.replace(/\{"change".*\n\{"transaction".*\n/, ''),
      /transaction 1 is missing/,
    ],
    ['a missing end', (text: string) => text.replace(/\{"end".*\n/, ''), /cut off/],
    [
      'something after its end',
      (text: string) => `${text}{"end":{"transactions":0,"changes":0}}\n`,
      /follows its end/,
    ],
    [
      'another head',
      (text: string) => text.replace('"after":"0"', '"after":"3"'),
      /transaction 4 is missing/,
    ],
    ['no archive at all', () => '{"hello":1}\n', /does not begin as one/],
  ])('with %s is refused', async (_name, alter, message) => {
    await age(20, longAgo);
    await tidyCentre(centre.url, file());
    const text = gunzipSync(readFileSync(file())).toString('utf8');
    writeFileSync(file(), gzipSync(alter(text)));
    await expect(checkArchive(file())).rejects.toThrow(message);
  });

  test('that is cut in the middle, or is no gzip, is refused', async () => {
    await age(20, longAgo);
    await tidyCentre(centre.url, file());
    const bytes = readFileSync(file());
    writeFileSync(file(), bytes.subarray(0, bytes.length / 2));
    await expect(checkArchive(file())).rejects.toMatchObject({ code: 'archive' });
    writeFileSync(file(), 'plain text');
    await expect(checkArchive(file())).rejects.toMatchObject({ code: 'archive' });
    await expect(checkArchive(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'archive' });
  });
});
