import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Centre, CentreError } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { localDb } from '#main/data/local/query.ts';
import type { SyncOptions } from '#main/sync/engine.ts';
import { historyTables } from '#shared/sync/catalogue.ts';
import { pastAppointments } from '#tests/support/past-appointments.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  centreRows,
  type Desk,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
let desk: Desk | null = null;
beforeEach(async () => {
  clinic = await twoWorkstations();
  desk = null;
});
afterEach(async () => {
  await desk?.remove();
  await clinic.end();
});

const past = async (count: number): Promise<void> => {
  const { centre, patient, practitioner, location } = clinic;
  await pastAppointments(centre.url, {
    patient: patient.id,
    practitioner: practitioner.id,
    location: location.id,
    count,
  });
};

/** A way to the centre that asks `before` each page of the history, and may keep it waiting. */
const watched = (url: string, before: (page: number) => Promise<void> | void): SyncOptions['centre'] => {
  let pages = 0;
  return (): Centre => {
    const real = connectCentre(url);
    return {
      ...real,
      bootPage: async (table, after, rows, part) => {
        if (part === 'hot') return real.bootPage(table, after, rows, part);
        pages += 1;
        await before(pages);
        return real.bootPage(table, after, rows, part);
      },
    };
  };
};

const newDesk = async () => {
  const url = await clinic.centre.enrol('Desk C');
  desk = openDesk('Desk C', url);
  return { c: desk, url };
};

const isWhole = ({ local }: Desk) =>
  local.store.ready() && historyTables.every((table) => local.store.complete(table));

const expectConverged = async (...desks: readonly Desk[]) => {
  const centre = connectCentre(clinic.a.url);
  const truth = await centreRows(centre);
  await centre.close();
  for (const { name, local } of desks) {
    expect(replicaOf(local), name).toEqual(truth);
    expect(local.db.prepare('SELECT count(*) FROM sync_base').pluck().get(), name).toBe(0);
    expect(local.db.pragma('foreign_key_check'), name).toEqual([]);
    expect(local.db.pragma('integrity_check'), name).toEqual([{ integrity_check: 'ok' }]);
  }
};

const booking = (more: Partial<Parameters<typeof someAppointment>[0]> = {}) =>
  someAppointment({
    patient_id: clinic.patient.id,
    practitioner_id: clinic.practitioner.id,
    location_id: clinic.location.id,
    start_at: '2030-01-07T09:00:00.000Z',
    end_at: '2030-01-07T09:15:00.000Z',
    ...more,
  });

const descriptions = ({ local }: Desk) =>
  local.db.prepare('SELECT DISTINCT description FROM appointment').pluck().all();

/** A day of the century, another for each page of each kind. */
const day = (month: number, page: number) => new Date(Date.UTC(2030, month, page)).toISOString().slice(0, 10);

const insert = (on: Desk, row: ReturnType<typeof booking>) =>
  on.local.store.mutate({ kind: 'appointment.book', user: null }, (writer) =>
    writer.insert('appointment', row),
  ).n;
const update = (on: Desk, id: string, patch: Readonly<Record<string, string | number>>) =>
  on.local.store.mutate({ kind: 'appointment.update', user: null }, (writer) =>
    writer.update('appointment', id, patch),
  ).n;
const appointment = (on: Desk, id: string) =>
  on.local.store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', id));

test('a desk books, moves and registers while thousands of old appointments arrive, and all converges (I4)', {
  timeout: 90_000,
}, async () => {
  await past(6000);
  const { c, url } = await newDesk();
  const moved: string[] = [];
  const verdicts: Promise<unknown>[] = [];
  await c.online({
    centre: watched(url, (page) => {
      expect(c.local.store.ready()).toBe(true);
      expect(c.local.store.complete('appointment')).toBe(page > 7);
      const mine = booking({
        start_at: `${day(3, page)}T09:00:00.000Z`,
        end_at: `${day(3, page)}T09:15:00.000Z`,
      });
      const n = insert(c, mine);
      c.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
        writer.insert('patient', somePatient({ mrn: `C-${page}` })),
      );
      // An old one that is here already is touched as well, while its base may come with a page once more.
      const old = c.local.store.get(
        localDb
          .selectFrom('appointment')
          .select('id')
          .where('status', '=', 'fulfilled')
          .where('id', 'not in', moved),
      );
      if (old !== undefined) {
        moved.push(old.id);
        update(c, old.id, { description: `seen again ${page}` });
      }
      c.engine.wake();
      verdicts.push(c.engine.verdict(n, 20_000));
    }),
  });
  await c.until(() => isWhole(c));
  await c.settled();
  expect(moved.length).toBeGreaterThan(3);
  for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject({ status: 'applied' });
  await clinic.a.settled();
  await expectConverged(c);
  expect(c.engine.status().bootstrap).toBeNull();
});

test('what others change meanwhile is here when the history is: changed, moved, deleted, new', {
  timeout: 90_000,
}, async () => {
  await past(2500);
  const { centre, a, b, query } = clinic;
  const { c, url } = await newDesk();
  const gone: string[] = [];
  await c.online({
    centre: watched(url, async (page) => {
      // Of rows that have come and of rows that are still to come.
      for (const order of ['asc', 'desc']) {
        const [first, second] = await query<{ id: string }>(
          `select id from clinichub.appointment where description like 'past%' order by id ${order} limit 2`,
        );
        await query(`update clinichub.appointment set description = 'changed ${page}' where id = $1`, [
          first?.id,
        ]);
        await query('delete from clinichub.appointment where id = $1', [second?.id]);
        gone.push(second?.id ?? '');
      }
      insert(
        a,
        booking({ start_at: `${day(4, page)}T09:00:00.000Z`, end_at: `${day(4, page)}T09:15:00.000Z` }),
      );
      a.engine.wake();
    }),
  });
  await c.until(() => isWhole(c));
  await a.settled();
  await b.settled();
  await c.settled();
  expect(gone.length).toBeGreaterThan(6);
  for (const id of gone) expect(appointment(c, id)).toBeUndefined();
  await expectConverged(c);
  expect(await centre.sql(`select from clinichub.appointment where description like 'changed%'`)).not.toEqual(
    [],
  );
});

test('an old appointment that is moved to tomorrow, or that a new task is about, is here before its page', {
  timeout: 60_000,
}, async () => {
  await past(3000);
  const { query, patient } = clinic;
  const [moved, named] = await query<{ id: string }>(
    'select id from clinichub.appointment order by id desc limit 2',
  );
  const { c, url } = await newDesk();
  let checked = false;
  await c.online({
    centre: watched(url, async (page) => {
      if (page > 1) return;
      await query(
        `update clinichub.appointment set status = 'booked', start_at = now() + interval '1 day',
           end_at = now() + interval '1 day 15 minutes' where id = $1`,
        [moved?.id],
      );
      await query(
        `insert into clinichub.task (id, code, status, patient_id, appointment_id, reason, created_at)
          values (gen_random_uuid(), 'rebook-appointment', 'requested', $1, $2, 'room-busy', now())`,
        [patient.id, named?.id],
      );
    }),
  });
  await c.until(() => {
    if (!c.local.store.ready() || appointment(c, moved?.id ?? '')?.status !== 'booked') return false;
    if (!checked && !c.local.store.complete('appointment')) {
      checked = appointment(c, named?.id ?? '') !== undefined;
    }
    return checked || c.local.store.complete('appointment');
  });
  expect(checked).toBe(true);
  await c.until(() => isWhole(c));
  await c.settled();
  await expectConverged(c);
});

test('a page that names a practitioner of a later change is asked for again after a pull', {
  timeout: 60_000,
}, async () => {
  await past(50);
  const { c, url } = await newDesk();
  let refused = 0;
  await c.online({
    centre: watched(url, async (page) => {
      if (page > 1) return;
      const { query } = clinic;
      const [row] = await query<{ id: string }>(
        `insert into clinichub.practitioner (id, family, given, gender, speciality, active)
          values (gen_random_uuid(), 'New', 'Doctor', 'female', 'General practice', true) returning id`,
      );
      await query('update clinichub.appointment set practitioner_id = $1', [row?.id]);
      refused += 1;
    }),
  });
  await c.until(() => isWhole(c));
  await c.settled();
  expect(refused).toBe(1);
  await expectConverged(c);
});

test('a row that was changed and deleted before the last page came is missed by nobody', {
  timeout: 60_000,
}, async () => {
  await past(1001);
  const { query } = clinic;
  const [last] = await query<{ id: string }>('select id from clinichub.appointment order by id desc limit 1');
  const { c, url } = await newDesk();
  let loads = 0;
  const centre = watched(url, async (page) => {
    if (page !== 2) return;
    await query(`update clinichub.appointment set description = 'changed' where id = $1`, [last?.id]);
    await query('delete from clinichub.appointment where id = $1', [last?.id]);
  });
  await c.online({
    centre: () => {
      const real = centre();
      return {
        ...real,
        bootPage: (table, after, rows, part) => {
          if (table === 'location') loads += 1;
          return real.bootPage(table, after, rows, part);
        },
      };
    },
  });
  await c.until(() => isWhole(c));
  await c.settled();
  await expectConverged(c);
  // Begun once, read to its end, and never copied anew.
  expect(loads).toBe(2);
});

test('a page of a moment that a restore took back is noticed, although the centre still knows the cursor', {
  timeout: 60_000,
}, async () => {
  await past(50);
  const { query, centre, a, b } = clinic;
  await a.offline();
  await b.offline();
  const { c, url } = await newDesk();
  const restore = await centre.backUp();
  let step: 'page' | 'place' | 'pull' | 'over' = 'page';
  const paged = watched(url, async (page) => {
    if (page > 1) return;
    await query(`update clinichub.appointment set description = 'of a lost moment'`);
    step = 'place';
  });
  await c.online({
    centre: () => {
      const real = paged();
      return {
        ...real,
        place: async () => {
          const place = await real.place();
          if (step === 'place') step = 'pull';
          return place;
        },
        pull: async (cursor, rows) => {
          if (step !== 'pull') return real.pull(cursor, rows);
          step = 'over';
          expect(descriptions(c)).toEqual(['of a lost moment']);
          await restore();
          return real.pull(cursor, rows);
        },
      };
    },
  });
  await c.until(() => step === 'over' && isWhole(c));
  await c.settled();
  expect(descriptions(c)).toHaveLength(50);
  await expectConverged(c);
});

test('what is still to come is told, also while the centre cannot be reached and after a restart', {
  timeout: 60_000,
}, async () => {
  await past(2500);
  const { c, url } = await newDesk();
  await c.online({
    centre: watched(url, (page) => {
      if (page === 2) throw new CentreError('the connection was cut', null, true);
    }),
  });
  await c.until(({ connection }) => connection === 'offline');
  expect(c.engine.status()).toMatchObject({
    problem: 'unreachable',
    bootstrap: { phase: 'history', rows: 1000, rowsPerSecond: 0, secondsLeft: null },
  });
  await c.offline();
  c.temporary.reopen();
  expect([c.local.store.ready(), c.local.store.complete('appointment')]).toEqual([true, false]);
  expect([c.local.store.complete('patient'), c.local.store.complete('audit_event')]).toEqual([true, false]);
  const asked: string[] = [];
  await c.online({
    centre: () => {
      const real = connectCentre(url);
      return {
        ...real,
        bootPage: (table, after, rows, part) => {
          asked.push(`${table} ${after === null ? 'from the start' : 'goes on'} ${part ?? 'all'}`);
          return real.bootPage(table, after, rows, part);
        },
      };
    },
  });
  await c.until(() => isWhole(c));
  expect(asked[0]).toBe('appointment goes on all');
  expect(asked.join()).not.toContain('hot');
  await c.settled();
  await expectConverged(c);
  expect(c.engine.status().bootstrap).toBeNull();
});
