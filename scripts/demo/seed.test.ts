import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts, demoPatient } from '#shared/domain/demo/accounts.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import { seedDemoClinic } from './seed.ts';

let centre: FreshCentre;
beforeAll(async () => {
  centre = await freshCentre();
});
afterAll(() => centre.drop());

const counts = () =>
  withClient(centre.url, async (client) => {
    const { rows } = await client.query<Record<string, number>>(
      `select (select count(*)::integer from clinichub.patient) as patients,
              (select count(*)::integer from clinichub.appointment) as appointments,
              (select seq::integer from clinichub.sync_clock) as seq`,
    );
    return rows[0];
  });

test('an empty centre gets the clinic in one transaction, within its constraints; a second start leaves it as it is', async () => {
  expect(await seedDemoClinic(centre.url, '2026-11-23')).toEqual({ isNew: true, lastDay: '2026-11-29' });
  const first = await counts();
  expect(first).toMatchObject({ patients: 500, seq: 1 });
  expect(first?.appointments).toBeGreaterThan(500);
  expect(await seedDemoClinic(centre.url, '2026-12-24')).toEqual({ isNew: false, lastDay: '2026-11-29' });
  expect(await counts()).toEqual(first);
});

test('everybody on the sign-in screen can sign in with the password shown there, and sign with the PIN', async () => {
  await seedDemoClinic(centre.url, '2026-11-23');
  const stored = await withClient(centre.url, (client) =>
    client.query<{
      username: string;
      display_name: string;
      role: string;
      password_hash: string;
      pin_hash: string | null;
    }>('select username, display_name, role, password_hash, pin_hash from clinichub.staff_account'),
  );
  expect(stored.rows).toHaveLength(demoAccounts.length);
  for (const account of demoAccounts) {
    const row = stored.rows.find(({ username }) => username === account.username);
    expect(row).toMatchObject({ display_name: account.displayName, role: account.role });
    expect(await verify(row?.password_hash ?? '', account.password)).toBe(true);
    if (account.pin === null) expect(row?.pin_hash).toBeNull();
    else expect(await verify(row?.pin_hash ?? '', account.pin)).toBe(true);
  }
});

test('the patient who is printed can sign in, and looks after an own chart with something in it and a child', async () => {
  await seedDemoClinic(centre.url, '2026-11-23');
  const rows = await withClient(centre.url, (client) =>
    client.query<{ password_hash: string; relationship: string; prescriptions: number; birth_date: string }>(
      `select a.password_hash, l.relationship, to_char(p.birth_date, 'YYYY-MM-DD') as birth_date,
         (select count(*)::integer from clinichub.medication_request m where m.patient_id = l.patient_id) as prescriptions
       from clinichub.patient_account a join clinichub.patient_account_link l on l.account_id = a.id
         join clinichub.patient p on p.id = l.patient_id
       where a.email = $1 and a.active and l.status = 'approved' order by l.relationship`,
      [demoPatient.email],
    ),
  );
  const [child, self] = rows.rows;
  expect(rows.rows.map(({ relationship }) => relationship)).toEqual(['child', 'self']);
  expect(await verify(self?.password_hash ?? '', demoPatient.password)).toBe(true);
  expect(self?.prescriptions).toBeGreaterThan(0);
  expect(child?.birth_date.localeCompare('2016-11-23')).toBe(1);
});

test('the pharmacy has something that expires first, something expired, and too little of something', async () => {
  await seedDemoClinic(centre.url, '2026-11-23');
  const { rows } = await withClient(centre.url, (client) =>
    client.query<{ named: number; expired: number; low: number }>(
      `select (select count(*)::integer from clinichub.stock_item where medicine_id is not null) as named,
         (select count(*)::integer from clinichub.stock_batch where expiry_date < '2026-11-23') as expired,
         (select count(*)::integer from clinichub.stock_level l where l.minimum >
           (select sum(m.delta) from clinichub.stock_movement m join clinichub.stock_batch b on b.id = m.batch_id
             where b.item_id = l.item_id and m.location_id = l.location_id and b.expiry_date >= '2026-11-23')) as low`,
    ),
  );
  expect(rows[0]?.named).toBe(5);
  expect(rows[0]?.expired).toBeGreaterThan(0);
  expect(rows[0]?.low).toBeGreaterThan(0);
});
