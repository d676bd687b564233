import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cells } from '#shared/sync/wire.ts';
import {
  appointment,
  change,
  insertion,
  mutation,
  patient,
  practitioner,
  site,
} from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre, SentMutation } from './centre.ts';
import { connectCentre } from './client.ts';

/** I6 for random histories of two workstations and a person at the centre on one patient and one appointment. */

let centre: FreshCentre;
let desks: readonly [Desk, Desk];

interface Desk {
  readonly centre: Centre;
  readonly user: string;
  n: number;
  /** The versions this desk knows of the two rows. */
  known: Record<Table, number>;
  waiting: SentMutation[];
}
type Table = 'patient' | 'appointment';

beforeAll(async () => {
  centre = await freshCentre();
  const desk = async (name: string): Promise<Desk> => ({
    centre: connectCentre(await centre.enrol(name)),
    user: randomUUID(),
    n: 0,
    known: { patient: 0, appointment: 0 },
    waiting: [],
  });
  desks = [await desk('Desk A'), await desk('Desk B')];
});
afterAll(async () => {
  for (const desk of desks) await desk.centre.close();
  await centre.drop();
});

/** Fields a desk writes, each with a value nobody else ever writes. A move sets three columns that are one decision. */
const fields = {
  patient: ['city', 'phone', 'family', 'note'],
  appointment: ['description', 'cancel_reason', 'move'],
} as const;

const valuesOf = (field: string, serial: number): Cells => {
  if (field === 'note') return { void_reason: `v${serial}` };
  if (field !== 'move') return { [field]: `v${serial}` };
  const start = Date.parse('2030-01-01T00:00:00.000Z') + serial * 3_600_000;
  const instant = (at: number) => new Date(at).toISOString();
  return {
    start_at: instant(start),
    end_at: instant(start + 900_000),
    start_local: instant(start).slice(0, 16),
  };
};

const step = fc.oneof(
  ...(['patient', 'appointment'] as const).map((table) =>
    fc.record({
      do: fc.constant('edit' as const),
      desk: fc.constantFrom(0, 1),
      table: fc.constant(table),
      fields: fc.uniqueArray(fc.constantFrom(...fields[table]), { minLength: 1, maxLength: 3 }),
    }),
  ),
  fc.record({ do: fc.constantFrom('push' as const, 'pull' as const), desk: fc.constantFrom(0, 1) }),
  fc.record({ do: fc.constant('centre' as const), field: fc.constantFrom('city', 'phone') }),
);

/** Each value a person entered, as the column that tells it apart from all others. */
interface Entered {
  readonly table: Table;
  readonly column: string;
  readonly value: string;
  readonly device: string | null;
  readonly user: string | null;
  readonly base: number;
}

let serial = 0;

const freshRows = async () => {
  const [place, doctor, person] = [site(), practitioner(), patient()];
  const visit = appointment({
    patient_id: person.id,
    practitioner_id: doctor.id,
    location_id: place.id,
    start_at: '2029-01-01T09:00:00.000Z',
    end_at: '2029-01-01T09:15:00.000Z',
  });
  const [a] = desks;
  a.n += 1;
  await a.centre.push([
    mutation(a.n, [
      insertion('location', place),
      insertion('practitioner', doctor),
      insertion('patient', person),
      insertion('appointment', visit),
    ]),
  ]);
  for (const desk of desks) desk.known = { patient: 1, appointment: 1 };
  return { patient: person.id, appointment: visit.id };
};

type Ids = Awaited<ReturnType<typeof freshRows>>;

const versionsOf = async (ids: Ids) => {
  const [row] = await centre.sql<{ patient: number; appointment: number }>(
    `select (select row_version::integer from clinichub.patient where id = $1) as patient,
      (select row_version::integer from clinichub.appointment where id = $2) as appointment`,
    [ids.patient, ids.appointment],
  );
  return row ?? { patient: 0, appointment: 0 };
};

const push = async (desk: Desk) => {
  if (desk.waiting.length === 0) return;
  const verdicts = await desk.centre.push(desk.waiting);
  for (const { status } of verdicts) expect(['applied', 'merged', 'needs_review']).toContain(status);
  desk.waiting = [];
};

const pull = async (desk: Desk, ids: Ids) => {
  // A desk pulls after it has pushed: what it has not sent keeps the base it was made on.
  desk.known = await versionsOf(ids);
};

const edit = (
  desk: Desk,
  name: string,
  ids: Ids,
  table: Table,
  chosen: readonly string[],
): readonly Entered[] => {
  serial += 1;
  const values: Cells = Object.assign({}, ...chosen.map((field) => valuesOf(field, serial)));
  const base = desk.known[table];
  desk.n += 1;
  desk.waiting.push(mutation(desk.n, [change(table, ids[table], base, values)], { user: desk.user }));
  return Object.entries(values)
    .filter(([column]) => !column.endsWith('_at'))
    .map(([column, value]) => ({ table, column, value: String(value), device: name, user: desk.user, base }));
};

const atCentre = async (ids: Ids, field: string): Promise<Entered> => {
  serial += 1;
  const { patient: base } = await versionsOf(ids);
  await centre.sql(`update clinichub.patient set ${field} = $1 where id = $2`, [`v${serial}`, ids.patient]);
  return { table: 'patient', column: field, value: `v${serial}`, device: null, user: null, base };
};

/** Where the ledger and the conflicts have each value. */
const traces = async (ids: Ids) => {
  const ledger = await centre.sql<{ row: string; v: number; device: string | null; patch: Cells }>(
    `select c.pk as row, c.row_version::integer as v, d.name as device, c.patch from clinichub.sync_change c
      join clinichub.sync_tx t on t.tx = c.tx left join clinichub.sync_device d on d.device_no = t.device_no
      where c.pk = any ($1) and c.op = 'update' order by c.row_version`,
    [[ids.patient, ids.appointment]],
  );
  const conflicts = await centre.sql<{
    row: string;
    attempted: Cells;
    by: string;
    device: string;
    at: string | null;
  }>(
    `select row_id as row, attempted::json, attempted_by as by, attempted_device_name as device, attempted_at as at
      from clinichub.conflict where row_id = any ($1)`,
    [[ids.patient, ids.appointment]],
  );
  return { ledger, conflicts };
};

const check = async (ids: Ids, entered: readonly Entered[]) => {
  const { ledger, conflicts } = await traces(ids);
  for (const one of entered) {
    const history = ledger.filter(({ row, patch }) => row === ids[one.table] && one.column in patch);
    const place = history.findIndex(({ patch }) => patch[one.column] === one.value);
    if (place < 0) {
      const kept = conflicts.find(
        ({ row, attempted }) => row === ids[one.table] && attempted[one.column] === one.value,
      );
      expect(kept, `${one.column} ${one.value} has vanished`).toMatchObject({
        by: one.user,
        device: one.device,
      });
      expect(kept?.at).not.toBeNull();
      continue;
    }
    const [applied, next] = [history[place], history[place + 1]];
    if (next === undefined || applied === undefined) continue;
    // Written over: by the same desk, or by somebody who knew it.
    const author = entered.find(
      ({ table, column, value }) =>
        table === one.table && column === one.column && value === next.patch[column],
    );
    expect(author, 'every change has an author').toBeDefined();
    const aware = author?.device === one.device || (author?.base ?? 0) >= applied.v;
    expect(aware, `${one.column} ${one.value} was written over unseen`).toBe(true);
  }
};

test('every value a person entered is in the row, was written over by somebody who knew it, or is kept as a conflict (I6)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const ids = await freshRows();
      const entered: Entered[] = [];
      for (const one of steps) {
        if (one.do === 'centre') {
          entered.push(await atCentre(ids, one.field));
          continue;
        }
        const desk = one.desk === 0 ? desks[0] : desks[1];
        if (one.do === 'edit')
          entered.push(...edit(desk, one.desk === 0 ? 'Desk A' : 'Desk B', ids, one.table, one.fields));
        else if (one.do === 'push') await push(desk);
        else await pull(desk, ids);
      }
      for (const desk of desks) await push(desk);
      await check(ids, entered);
    }),
    { numRuns: 40 },
  );
});
