import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { scramVerifier } from './scram.ts';

/** A workstation's own login. The URL carries its password and is shown once: the centre keeps only a verifier. */
export interface Enrolment {
  readonly url: string;
  readonly deviceId: string;
  readonly deviceNo: number;
  readonly login: string;
}

export interface EnrolRequest {
  readonly name: string;
  /** A site by its id or its name. */
  readonly site?: string;
}

/** Time-outs of a workstation's login: whoever holds the clock's lock without going on is cut off and the others proceed. */
const limits = (version: number): readonly (readonly [string, string])[] => [
  ['idle_in_transaction_session_timeout', '3s'],
  ['lock_timeout', '10s'],
  ['statement_timeout', '120s'],
  // Compiling a query takes longer than any of these calls.
  ['jit', 'off'],
  ...(version >= 170_000 ? [['transaction_timeout', '150s'] as const] : []),
];

const findSite = async (client: pg.Client, site: string): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(
    `select id from clinichub.location where kind = 'site' and (id::text = lower($1) or lower(name) = lower($1))`,
    [site],
  );
  const [found, another] = rows;
  if (found === undefined) throw new CentreAdminError('unknown-site', `There is no site “${site}”.`);
  if (another !== undefined)
    throw new CentreAdminError('unknown-site', `Several sites are called “${site}”: give the id.`);
  return found.id;
};

const createLogin = async (client: pg.Client, login: string, password: string): Promise<void> => {
  const name = pg.escapeIdentifier(login);
  await client.query(
    `create role ${name} login inherit nosuperuser nocreatedb nocreaterole noreplication connection limit 8
     password ${pg.escapeLiteral(scramVerifier(password))}`,
  );
  await client.query(`grant clinichub_workstation to ${name}`);
  const version = await client.query<{ v: number }>(
    `select current_setting('server_version_num')::integer as v`,
  );
  for (const [setting, value] of limits(version.rows[0]?.v ?? 0))
    await client.query(`alter role ${name} set ${setting} = ${pg.escapeLiteral(value)}`);
  // Again, because rights on a database are not part of a copy or a dump of it.
  await client.query(`do $$ begin
    execute format('revoke create, temporary on database %I from public', current_database());
    execute format('grant connect on database %I to ${name}', current_database());
  end $$`);
};

const enrolWith = async (client: pg.Client, url: string, request: EnrolRequest): Promise<Enrolment> => {
  const there = await client.query<{ t: string | null }>(
    `select to_regclass('clinichub.sync_device')::text as t`,
  );
  if (there.rows[0]?.t == null)
    throw new CentreAdminError(
      'not-migrated',
      'This database is no centre yet: run the migrate command first.',
    );
  const deviceId = randomUUID();
  const login = `clinichub_ws_${deviceId.replaceAll('-', '')}`;
  const password = randomBytes(24).toString('base64url');
  const site = request.site === undefined ? null : await findSite(client, request.site);
  await client.query('begin');
  await createLogin(client, login, password);
  const { rows } = await client.query<{ device_no: number }>(
    `insert into clinichub.sync_device (id, name, login, location_id) values ($1, $2, $3, $4) returning device_no`,
    [deviceId, request.name, login, site],
  );
  await client.query('commit');
  const address = new URL(url);
  address.username = login;
  address.password = password;
  return { url: address.href, deviceId, deviceNo: rows[0]?.device_no ?? 0, login };
};

/**
 * Gives a new workstation its login at the centre. `url` is an administrator's; the result keeps its host, database and options.
 * Throws a {@link CentreAdminError}; then nothing was created.
 */
export const enrolDevice = (url: string, request: EnrolRequest): Promise<Enrolment> =>
  withAdmin(url, (client) => enrolWith(client, url, request));
