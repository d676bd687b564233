import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isCode } from '#main/session/one-time-code.ts';
import { runCentral } from '#tests/support/central-command.ts';
import { populate } from '#tests/support/central-population.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import { temporaryFolder } from '#tests/support/sync-local.ts';
import { age, tamper } from '#tests/support/tampering.ts';

/** `check`, `tidy`, `backed-up`, `restore-drill`, `restored` and `first-admin` as an administrator types them, in that order. */
let centre: FreshCentre;
let folder: string;
beforeAll(async () => {
  centre = await freshCentre();
  await populate(centre);
  await centre.enrol('Front desk');
  folder = temporaryFolder();
});
afterAll(async () => {
  await centre.drop();
  await rm(folder, { recursive: true });
});

const run = (...args: readonly string[]) => runCentral([...args, '--url', centre.url]);

test('check says what was looked at, and fails when something does not fit', async () => {
  const sound = await run('check');
  expect(sound).toMatchObject({ code: 0, out: expect.stringContaining('Everything fits.') });
  expect(sound.out).toMatch(/rows of patient +40 +\d+\.\d s +ok/);
  await centre.sql(`select setval('clinichub.sync_change_ord', 1)`);
  const broken = await run('check');
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('sequences: does not fit') });
  expect(broken.out).toMatch(/sequence sync_change_ord stands at 1/);
  await centre.sql(
    `select setval('clinichub.sync_change_ord', (select max(ord) from clinichub.sync_change))`,
  );
});

test('restore-drill prints its report, and fails when something does not fit', async () => {
  const sound = await run('restore-drill', '--behind', '5');
  expect(sound).toMatchObject({ code: 0, out: expect.stringContaining('The rehearsal went well') });
  expect(sound.out).toMatch(/Restored to \d+, 5 transactions before the head/);
  expect(sound.out).toMatch(/1 +Front desk +0 +0 +yes/);
  expect(sound.out).toMatch(/5 transactions, \d+ changes/);
  expect(sound.out + sound.err).not.toContain(new URL(centre.url).password);
  expect(await run('restore-drill', '--behind', 'many')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--behind takes a whole number'),
  });
  await centre.sql(`select setval('clinichub.sync_change_ord', 1)`);
  expect(await run('restore-drill')).toMatchObject({
    code: 1,
    out: expect.stringContaining('Something does not fit'),
  });
  await centre.sql(
    `select setval('clinichub.sync_change_ord', (select max(ord) from clinichub.sync_change))`,
  );
});

test('tidy raises the low water, archives, and reads an archive again without a centre', async () => {
  await age(centre.url, 25, 7 * 366);
  expect((await run('tidy')).out).toContain('25 transactions may no longer be pulled');
  const file = join(folder, 'ledger.jsonl.gz');
  expect((await run('tidy', '--archive', file)).out).toContain('the audit trail is kept for good');
  expect((await run('audit', 'retention', '--years', '6')).out).toContain('for 6 years; it was for good');
  expect((await run('tidy', '--archive', file)).out).toContain('up to 25, went into the archive');
  expect((await run('tidy')).out).toContain('There is nothing to archive.');
  expect(await runCentral(['tidy', '--check', file])).toMatchObject({
    code: 0,
    out: expect.stringContaining('The archive is whole: 25 transactions'),
  });
  expect(await runCentral(['tidy', '--check', join(folder, 'none')])).toMatchObject({ code: 1 });
  expect((await run('check')).code).toBe(0);
});

test('audit verify prints count and head, takes one that was kept, and fails where a row was altered', async () => {
  const sound = await run('audit', 'verify');
  expect(sound).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ entries in \d+ transactions/) });
  const [, head = ''] = /^Head (\S+)$/m.exec(sound.out) ?? [];
  expect(await run('audit', 'verify', '--anchor', head)).toMatchObject({ code: 0 });
  expect(await run('audit', 'verify', '--anchor', 'none')).toMatchObject({ code: 2 });
  expect((await run('audit', 'retention')).out).toContain('kept for 6 years');
  for (const years of ['5', '201'])
    expect(await run('audit', 'retention', '--years', years)).toMatchObject({ code: 2 });
  expect(await run('audit')).toMatchObject({ code: 2, err: expect.stringContaining('no command “audit”') });
  await tamper(centre.url, `update clinichub.sync_tx set login = 'nobody' where seq = 40`);
  expect(await run('audit', 'verify')).toMatchObject({
    code: 1,
    out: expect.stringContaining('transaction 40 is not what its chain says'),
  });
  await tamper(centre.url, `update clinichub.sync_tx set login = session_user where seq = 40`);
  expect((await run('audit', 'verify')).code).toBe(0);
});

test('backed-up notes a place, and restored begins a new epoch', async () => {
  expect((await run('backed-up', '--seq', '30')).out).toContain('everything up to 30');
  expect(await run('backed-up', '--seq', '3000')).toMatchObject({ code: 1 });
  const [before] = await centre.sql<{ epoch: string }>('select epoch from clinichub.sync_meta');
  expect((await run('restored')).out).toMatch(/The centre begins epoch [0-9a-f-]{36} at \d+/);
  const [after] = await centre.sql<{ epoch: string }>('select epoch from clinichub.sync_meta');
  expect(after?.epoch).not.toBe(before?.epoch);
});

test('first-admin gives an empty centre one administrator, and another only as a recovery, which is written down', async () => {
  const accounts = () =>
    centre.sql<{ readonly invite_hash: string }>(
      `select username, display_name, role, active, password_hash, invite_hash from clinichub.staff_account where role = 'admin' order by username`,
    );
  expect(await run('first-admin')).toMatchObject({ code: 2, err: expect.stringContaining('--username') });
  expect(await run('first-admin', '--username', 'aline')).toMatchObject({
    code: 1,
    err: expect.stringContaining('--name'),
  });
  const made = await run('first-admin', '--username', 'Aline', '--name', 'Aline Uwase');
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(made.out)?.[0] ?? '';
  const [one] = await accounts();
  expect(one).toMatchObject({
    username: 'aline',
    display_name: 'Aline Uwase',
    active: true,
    password_hash: '!',
  });
  expect(await isCode(String(one?.invite_hash), code)).toBe(true);
  expect(await run('first-admin', '--username', 'mallory', '--name', 'M')).toMatchObject({
    code: 1,
    err: expect.stringContaining('“aline” administers'),
  });
  expect(await accounts()).toHaveLength(1);
  const again = await run('first-admin', '--username', 'aline', '--recover');
  expect(again.code).toBe(0);
  const [recovered] = await accounts();
  expect(await isCode(String(recovered?.invite_hash), code), 'the code before no longer counts').toBe(false);
  expect(
    await centre.sql(
      `select event, action from clinichub.audit_event where event like 'account-%' order by recorded_at`,
    ),
  ).toEqual([
    { event: 'account-first-admin', action: 'C' },
    { event: 'account-recovered', action: 'U' },
  ]);
});
