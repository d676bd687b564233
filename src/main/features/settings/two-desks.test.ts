import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import type { Desk } from '#tests/support/two-workstations.ts';
import { expectConverged, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';
import { settingHandlers } from './service.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const key = 'session.idle-lock-minutes';
const connection = { id: 'test', user: null } as unknown as Connection;
const handlers = ({ local }: Desk) =>
  settingHandlers({ store: local.store, engine: { wake: () => undefined } } as unknown as FeatureDeps);

it('two administrators set one thing offline: one row, the later at the centre counts at both, and both values are in the trail', async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  const nothing = { key, siteId: null, seen: null } as const;
  await handlers(a)['settings.set']({ ...nothing, value: 10 }, connection);
  await handlers(b)['settings.set']({ ...nothing, value: 20 }, connection);
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
  for (const { local } of [a, b]) {
    expect(settingsOf(local.store).of(key, null)).toBe(20);
    expect(local.db.prepare(`SELECT n FROM outbox WHERE status = 'parked'`).pluck().all()).toEqual([]);
  }
  expect(await clinic.query('select id, value from clinichub.setting')).toEqual([
    { id: settingId(key, null), value: '20' },
  ]);
  const written = await clinic.query(
    `select patch ->> 'value' as value from clinichub.sync_change where tbl = 'setting' order by tx, ord`,
  );
  expect(written).toEqual([{ value: '10' }, { value: '20' }]);
  await expectConverged(a, b);
});
