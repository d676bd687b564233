import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Enrolment, enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';

/** A migrated, empty centre of a test's own. */
export interface FreshCentre {
  /** The administrator's. */
  readonly url: string;
  /** Makes a workstation and gives the URL of its login. */
  enrol(name: string, site?: string): Promise<string>;
  enrolment(name: string, site?: string): Promise<Enrolment>;
  /** Runs one statement as the administrator, as somebody with psql would. */
  sql<T = unknown>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
  /** Copies the database as it is now, as a backup does; every workstation must be offline. Gives the way to restore it. */
  backUp(): Promise<() => Promise<void>>;
  /** Ends every connection and removes the database and its logins. */
  drop(): Promise<void>;
}

const clusterUrl = async (): Promise<string> => {
  const address = process.env.CLINICHUB_TEST_CLUSTER;
  if (address === undefined)
    throw new Error('central-cluster.setup.ts has not run: add it to the globalSetup');
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

const onDatabase = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

/** Runs `work` on one administrator's connection. */
export const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** A database that a run makes once, when it is asked for first; a copy of it takes milliseconds. */
export interface Template {
  readonly name: string;
  /** Fills an empty database. */
  readonly make: (url: string) => Promise<unknown>;
}

const migrated: Template = { name: 'clinichub_template', make: migrateCentre };

/** Makes the database `name`. Its files are copied: to write each page through the log takes three times as long. */
const copyTemplate = (cluster: string, name: string, template: Template): Promise<void> =>
  withClient(onDatabase(cluster, 'postgres'), async (client) => {
    await client.query('select pg_advisory_lock(20261123)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template.name]);
    if (rowCount === 0) {
      const coming = `${template.name}_coming`;
      await client.query(`drop database if exists ${coming} with (force)`);
      await client.query(`create database ${coming}`);
      await template.make(onDatabase(cluster, coming));
      await client.query(`alter database ${coming} rename to ${template.name}`);
    }
    await client.query(`create database ${name} template ${template.name} strategy file_copy`);
  });

/** An empty database on the run's cluster, not migrated. `drop` removes it. */
export const freshDatabase = async (): Promise<{ readonly url: string; drop(): Promise<void> }> => {
  const cluster = await clusterUrl();
  const name = `bare_${randomBytes(6).toString('hex')}`;
  const inPostgres = onDatabase(cluster, 'postgres');
  await withClient(inPostgres, (client) => client.query(`create database ${name}`));
  return {
    url: onDatabase(cluster, name),
    drop: async () => {
      await withClient(inPostgres, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};

/** A database in use cannot be copied; a backend that was told to end takes a moment. */
const endConnections = async (client: pg.Client, database: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rowCount } = await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [database],
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${database} is still in use`);
};

/** A new centre with the current schema, or a copy of another template. Call `drop` when the test is over. */
export const freshCentre = async (template = migrated): Promise<FreshCentre> => {
  const cluster = await clusterUrl();
  const name = `centre_${randomBytes(6).toString('hex')}`;
  await copyTemplate(cluster, name, template);
  const url = onDatabase(cluster, name);
  await withClient(url, (client) => client.query('update clinichub.sync_meta set epoch = gen_random_uuid()'));
  const logins: string[] = [];
  const backups: string[] = [];
  const inPostgres = onDatabase(cluster, 'postgres');
  const enrolment = async (device: string, site?: string) => {
    const made = await enrolDevice(url, { name: device, ...(site === undefined ? {} : { site }) });
    logins.push(made.login);
    return made;
  };
  return {
    url,
    enrolment,
    enrol: async (device, site) => (await enrolment(device, site)).url,
    sql: <T>(text: string, values: readonly unknown[] = []) =>
      withClient(url, async (client) => (await client.query(text, [...values])).rows as T[]),
    backUp: () =>
      withClient(inPostgres, async (client) => {
        const backup = `${name}_b${backups.length}`;
        backups.push(backup);
        await endConnections(client, name);
        await client.query(`create database ${backup} template ${name}`);
        return () =>
          withClient(inPostgres, async (restorer) => {
            await restorer.query(`drop database ${name} with (force)`);
            await restorer.query(`create database ${name} template ${backup}`);
          });
      }),
    drop: () =>
      withClient(inPostgres, async (client) => {
        for (const database of [name, ...backups])
          await client.query(`drop database if exists ${database} with (force)`);
        for (const login of logins) await client.query(`drop role if exists ${login}`);
      }),
  };
};
