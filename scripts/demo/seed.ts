import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { demoPatient } from '#shared/domain/demo/accounts.ts';
import { columnsOf, type RowOf, type TableName } from '#shared/sync/catalogue.ts';
import { type DemoCharts, makeCharts } from './charts.ts';
import { type DemoClinic, makeDemoClinic } from './clinic.ts';
import { makePanel } from './panel.ts';
import type { StaffMember } from './staff.ts';
import { withVisits } from './visits.ts';

const seed = 20_261_123;

/** OWASP's smallest cost of argon2id (the default): these passwords are no secret, and twenty of them must not take seconds. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const withHash = async ({ row, password, pin }: StaffMember): Promise<RowOf<'staff_account'>> => ({
  ...row,
  password_hash: await hash(password, cost),
  pin_hash: pin === null ? null : await hash(pin, cost),
});

const insert = async <T extends TableName>(client: pg.Client, table: T, rows: readonly RowOf<T>[]) => {
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
  await insert(client, 'encounter', charts.encounters);
  await insert(client, 'condition', charts.conditions);
  await insert(client, 'allergy_intolerance', charts.allergies);
  await insert(client, 'service_request', charts.requests);
  await insert(client, 'diagnostic_report', charts.reports);
  await insert(client, 'observation', [...charts.vitals, ...charts.values]);
  await insert(client, 'result_acknowledgement', charts.readings);
  await insert(client, 'composition', charts.notes);
  await insert(client, 'medication_request', charts.prescriptions);
  await insert(client, 'flag', charts.flags);
  await insert(client, 'note_template', charts.templates);
};

const write = async (client: pg.Client, clinic: DemoClinic, today: string): Promise<void> => {
  await insert(client, 'location', clinic.locations);
  await insert(client, 'practitioner', clinic.practitioners);
  await insert(client, 'staff_account', await Promise.all(clinic.staff.map(withHash)));
  await insert(client, 'patient', clinic.patients);
  await insert(client, 'schedule', clinic.schedules);
  await insert(client, 'visit_type', clinic.visitTypes);
  await insert(client, 'schedule_exception', clinic.exceptions);
  await insert(client, 'medicine', clinic.medicines);
  await insert(client, 'setting', clinic.settings);
  await insert(client, 'organization', clinic.payers);
  await insert(client, 'coverage', clinic.coverages);
  await insert(client, 'charge_item_definition', clinic.priceList);
  await insert(client, 'charge_item_price', clinic.prices);
  const appointments = withVisits(clinic.appointments, today, Date.now());
  await insert(client, 'appointment', appointments);
  const charts = makeCharts(today, appointments, clinic.patients);
  await writeCharts(client, charts);
  const { account, links } = makePanel(today, clinic.patients, charts);
  const password_hash = await hash(demoPatient.password, cost);
  await insert(client, 'patient_account', [{ ...account, password_hash }]);
  await insert(client, 'patient_account_link', links);
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
