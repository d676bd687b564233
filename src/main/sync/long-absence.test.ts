import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCentre } from '#main/data/central/client.ts';
import { localDb } from '#main/data/local/query.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

/** Retention, end to end: a workstation that was away comes back with work of its own. */
let pair: TwoWorkstations;
beforeEach(async () => {
  pair = await twoWorkstations();
});
afterEach(() => pair.end());

const header = { kind: 'test', user: null };

/** So many days pass: nothing at the centre happened later than that. */
const pass = (days: number) =>
  Promise.all([
    // Past the triggers: nobody else may say when something was written.
    pair.query(
      `set session_replication_role = replica; update clinichub.sync_tx set at = at - make_interval(days => ${days})`,
    ),
    pair.query(
      'update clinichub.sync_device set last_contact_at = last_contact_at - make_interval(days => $1)',
      [days],
    ),
    pair.query('update clinichub.sync_meta set tidied_at = tidied_at - make_interval(days => $1)', [days]),
  ]);

/** Work at both desks while B is away, part of it on the same row; B books somebody only it knows, where A books as well. */
const workApart = async () => {
  const { a, b, patient, practitioner, location } = pair;
  await b.offline();
  const known = { practitioner_id: practitioner.id, location_id: location.id };
  const [atA, atB] = [somePatient({ mrn: 'AT-A' }), somePatient({ mrn: 'AT-B' })];
  b.local.store.mutate(header, (write) => write.update('patient', patient.id, { phone: 'from B' }));
  const visitB = someAppointment({ patient_id: atB.id, ...known });
  b.local.store.mutate(header, (write) => {
    write.insert('patient', atB);
    write.insert('appointment', visitB);
  });
  a.local.store.mutate(header, (write) => write.insert('patient', atA));
  a.local.store.mutate(header, (write) => write.update('patient', patient.id, { city: 'from A' }));
  await a.settled();
  return { atA, atB, visitB };
};

const copies: string[] = [];
const back = async () => {
  const { a, b } = pair;
  copies.length = 0;
  await b.online({
    centre: () => {
      const centre = connectCentre(b.url);
      return {
        ...centre,
        push: (mutations) => {
          copies.push('push');
          return centre.push(mutations);
        },
        bootPage: (table, after, rows, part) => {
          // Older rows of the first copy may still have been on their way when B went.
          if (part === 'hot' || !historyTables.includes(table)) copies.push('copy');
          return centre.bootPage(table, after, rows, part);
        },
      };
    },
  });
  await b.settled();
  await a.settled();
};

const converged = async () => {
  const { a, b } = pair;
  const centre = connectCentre(a.url);
  const rows = await centreRows(centre);
  await centre.close();
  expect(replicaOf(a.local)).toEqual(rows);
  expect(replicaOf(b.local)).toEqual(rows);
};

const nothingLost = async ({ atA, atB, visitB }: Awaited<ReturnType<typeof workApart>>) => {
  const { store } = pair.b.local;
  const found = store.all(localDb.selectFrom('patient').selectAll());
  expect(found.find(({ id }) => id === pair.patient.id)).toMatchObject({ phone: 'from B', city: 'from A' });
  expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([atA.id, atB.id]));
  expect(store.all(localDb.selectFrom('appointment').select('id')).map(({ id }) => id)).toContain(visitB.id);
  expect(store.all(localDb.selectFrom('outbox').selectAll())).toEqual([]);
};

test('after a day away the changes are still there: pulled, not copied', async () => {
  const apart = await workApart();
  await pass(1);
  pair.a.local.store.mutate(header, (write) => write.insert('patient', somePatient({ mrn: 'LATER' })));
  await pair.a.settled();
  await pair.query('select clinichub.sync_tidy()');
  await back();
  expect(copies).not.toContain('copy');
  await nothingLost(apart);
  await converged();
});

test('after 90 days away all that waits is sent first, then the copy is made anew; nothing unsent is lost', async () => {
  const apart = await workApart();
  await pass(90);
  pair.a.local.store.mutate(header, (write) => write.insert('patient', somePatient({ mrn: 'LATER' })));
  await pair.a.settled();
  const probe = connectCentre(pair.a.url);
  await probe.ack(pair.a.local.replica.state().cursor);
  await probe.close();
  const [meta] = await pair.query<{ low: number }>(
    'select low_water::integer as low from clinichub.sync_meta',
  );
  expect(meta?.low).toBeGreaterThan(pair.b.local.replica.state().cursor);
  await back();
  expect(copies).toContain('copy');
  expect(copies.indexOf('push')).toBeLessThan(copies.indexOf('copy'));
  await nothingLost(apart);
  await converged();
});

test('a workstation in use keeps the changes it has not seen from going out of reach, however old they are', async () => {
  await pair.b.offline();
  await pass(60);
  await pair.query(`update clinichub.sync_device set last_contact_at = now() where name = 'Desk B'`);
  await pair.query('select clinichub.sync_tidy()');
  await back();
  expect(copies).not.toContain('copy');
  await converged();
});
