import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { demoPatient } from '#shared/domain/demo/accounts.ts';
import { columnsOf, type RowOf, type TableName } from '#shared/sync/catalogue.ts';
import { type DemoCharts, makeCharts } from './charts.ts';
import { type DemoClinic, makeDemoClinic } from './clinic.ts';
import { makePanel } from './panel.ts';
import type { StaffMember } from './staff.ts';
import { type DemoStock, makeStock } from './stock.ts';
import { withVisits } from './visits.ts';

const seed = 20_261_123;

/** OWASP's smallest cost of argon2id (the default): these passwords are no secret, and twenty of them must not take seconds. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const withHash = async ({ row, password, pin }: StaffMember): Promise<RowOf<'staff_account'>> => ({
  ...row,
  password_hash: await hash(password, cost),
  pin_hash: pin === null ? null : await hash(pin, cost),
});

/** Writes whole rows at a centre, as its owner. */
export const insertRows = async <T extends TableName>(
  client: pg.Client,
  table: T,
  rows: readonly RowOf<T>[],
): Promise<void> => {
  if (rows.length === 0) return;
  const columns = columnsOf(table)
    .map(([name]) => name)
    .join(', ');
  await client.query(
    `insert into clinichub.${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::clinichub.${table}, $1)`,
    [JSON.stringify(rows)],
  );
};

const writeCharts = async (client: pg.Client, charts: DemoCharts): Promise<void> => {
  await insertRows(client, 'encounter', charts.encounters);
  await insertRows(client, 'condition', charts.conditions);
  await insertRows(client, 'allergy_intolerance', charts.allergies);
  await insertRows(client, 'service_request', charts.requests);
  await insertRows(client, 'diagnostic_report', charts.reports);
  await insertRows(client, 'observation', [...charts.vitals, ...charts.values]);
  await insertRows(client, 'result_acknowledgement', charts.readings);
  await insertRows(client, 'composition', charts.notes);
  await insertRows(client, 'medication_request', charts.prescriptions);
  await insertRows(client, 'flag', charts.flags);
  await insertRows(client, 'note_template', charts.templates);
};

const writeStock = async (client: pg.Client, stock: DemoStock): Promise<void> => {
  await insertRows(client, 'location', stock.stores);
  await insertRows(client, 'stock_item', stock.items);
  await insertRows(client, 'stock_level', stock.levels);
  await insertRows(client, 'stock_batch', stock.batches);
  await insertRows(client, 'stock_movement', stock.movements);
};

const write = async (client: pg.Client, clinic: DemoClinic, today: string): Promise<void> => {
  await insertRows(client, 'location', clinic.locations);
  await insertRows(client, 'practitioner', clinic.practitioners);
  await insertRows(client, 'staff_account', await Promise.all(clinic.staff.map(withHash)));
  await insertRows(client, 'patient', clinic.patients);
  await insertRows(client, 'schedule', clinic.schedules);
  await insertRows(client, 'visit_type', clinic.visitTypes);
  await insertRows(client, 'schedule_exception', clinic.exceptions);
  await insertRows(client, 'medicine', clinic.medicines);
  await insertRows(client, 'setting', clinic.settings);
  await insertRows(client, 'organization', clinic.payers);
  await insertRows(client, 'coverage', clinic.coverages);
  await insertRows(client, 'charge_item_definition', clinic.priceList);
  await insertRows(client, 'charge_item_price', clinic.prices);
  await insertRows(client, 'till', clinic.tills);
  await writeStock(client, makeStock(today, clinic.locations, clinic.medicines));
  const appointments = withVisits(clinic.appointments, today, Date.now());
  await insertRows(client, 'appointment', appointments);
  const charts = makeCharts(today, appointments, clinic.patients);
  await writeCharts(client, charts);
  const { account, links } = makePanel(today, clinic.patients, charts);
  const password_hash = await hash(demoPatient.password, cost);
  await insertRows(client, 'patient_account', [{ ...account, password_hash }]);
  await insertRows(client, 'patient_account_link', links);
};

/** What a start finds or makes. `lastDay` is the day of the last appointment (`YYYY-MM-DD`), null without any. */
export interface Seeding {
  readonly isNew: boolean;
  readonly lastDay: string | null;
}

/**
 * Writes the demonstration clinic, as it is on the day `today`, into an empty centre: all of it or nothing. A centre
 * that has staff is left as it is. `url` is the administrator's.
 */
export const seedDemoClinic = async (url: string, today: string): Promise<Seeding> => {
  const client = new pg.Client({ connectionString: url, application_name: 'clinichub-demo' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table clinichub.staff_account in share row exclusive mode');
    const { rowCount } = await client.query('select from clinichub.staff_account limit 1');
    const isNew = rowCount === 0;
    if (isNew) await write(client, makeDemoClinic(seed, today), today);
    const last = await client.query<{ day: string | null }>(
      'select left(max(start_local), 10) as day from clinichub.appointment',
    );
    await client.query('commit');
    return { isNew, lastDay: last.rows[0]?.day ?? null };
  } finally {
    await client.end();
  }
};
