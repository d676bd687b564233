import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '#shared/contract/permissions.ts';
import { visitPriorities, visitStages } from '#shared/domain/appointments/stage.ts';
import {
  appointmentStatuses,
  holdingStatuses,
  participantStatuses,
} from '#shared/domain/appointments/status.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { type Column, catalogue, columnsOf, type SyncedTable, tableNames } from '#shared/sync/catalogue.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';

let centre: FreshCentre;
beforeAll(async () => {
  centre = await freshCentre();
});
afterAll(() => centre.drop());

const types: Readonly<Record<Column['type'], string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'integer',
  boolean: 'boolean',
  date: 'date',
  timestamptz: 'timestamp(3) with time zone',
};

interface LiveColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly references: string | null;
}

const liveColumns = (table: string) =>
  centre.sql<LiveColumn>(
    `select a.attname as name,
            case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end as type,
            not a.attnotnull as nullable,
            (select r.relname from pg_constraint c join pg_class r on r.oid = c.confrelid
              where c.contype = 'f' and c.conrelid = a.attrelid and c.conkey = array[a.attnum]) as references
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attname not in ('row_version', 'field_versions') order by a.attnum`,
    [`clinichub.${table}`],
  );

test.each(tableNames)('the catalogue and the live table are the same: %s', async (table) => {
  expect(await liveColumns(table)).toEqual(
    columnsOf(table).map(([name, column]) => ({
      name,
      type: types[column.type],
      nullable: column.nullable,
      references: column.references ?? null,
    })),
  );
});

test('the centre captures exactly the tables of the catalogue, in its order, with its policies and scopes', async () => {
  const live = await centre.sql(
    'select tbl, policy, scope, roles, columns from clinichub.sync_table order by place',
  );
  expect(live).toEqual(
    tableNames.map((tbl) => {
      const { policy, scope, roles } = catalogue[tbl] as SyncedTable;
      return {
        tbl,
        policy,
        scope: scope ?? null,
        roles: roles ?? null,
        columns: columnsOf(tbl).map(([name]) => name),
      };
    }),
  );
});

/** The quoted words in a constraint's definition. */
const wordsOf = (definition: string): readonly string[] =>
  [...definition.matchAll(/'([a-z-]+)'::text/g)].map(([, word]) => word ?? '');

test('the slots that PostgreSQL guards are the ones the domain calls holding', async () => {
  const constraints = await centre.sql<{ name: string; definition: string }>(`
    select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'x' order by 1`);
  expect(constraints.map(({ name }) => name)).toEqual([
    'appointment_patient_busy',
    'appointment_practitioner_busy',
    'appointment_room_busy',
  ]);
  for (const { definition } of constraints)
    expect(wordsOf(definition).toSorted()).toEqual(holdingStatuses.toSorted());
});

test.each([
  ['appointment_status', appointmentStatuses],
  ['participant_status', participantStatuses],
  ['visit_stage', visitStages],
  ['visit_priority', visitPriorities],
  ['gender', genders],
  ['staff_role', roles],
])('the codes of %s are those of the domain', async (domain, codes) => {
  const [row] = await centre.sql<{ definition: string }>(
    `select pg_get_constraintdef(c.oid) as definition from pg_constraint c where c.contypid = $1::regtype`,
    [`clinichub.${domain}`],
  );
  expect(wordsOf(row?.definition ?? '').toSorted()).toEqual([...codes].toSorted());
});
