import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { toCarry, withAuthorities, withHosts, withListen, withLogin } from './address.ts';
import { withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { packCertificates } from './certificates.ts';
import { writeCode } from './enrolment-code.ts';
import { loginOf } from './login.ts';
import { scramVerifier } from './scram.ts';

/** A new workstation's login. Code and address carry its secret and are shown once: the centre keeps only a verifier. */
export interface Enrolment {
  /** What the workstation is given: the address and its one-time secret in one word. */
  readonly code: string;
  /** The address in the code, for a program that signs in with the secret itself. */
  readonly url: string;
  readonly deviceId: string;
  readonly deviceNo: number;
  readonly login: string;
  /** Until when the code must have been used, null for a login that is complete. */
  readonly validUntil: string | null;
}

export interface EnrolRequest {
  readonly name: string;
  /** A site by its id or its name. */
  readonly site?: string;
  /** What of the clinic it gets: all of it, or its site's patients. */
  readonly scope?: 'clinic' | 'site';
  /** Which tables it gets. */
  readonly role?: 'whole' | 'front-desk' | 'consulting-room';
  /** Days within which the code must be used, 7 unless said; null: the secret is the login's password for good. */
  readonly validDays?: number | null;
  /** Where workstations find the centre, when that is not the administrator's own address: `host:port,host:port`. */
  readonly hosts?: string;
  /** Where workstations listen for news, when that is another place, as with a pooler. */
  readonly listen?: string;
  /** Certificates of the clinic's own authority, PEM. */
  readonly authorities?: string;
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
  // So that it can be closed from the workstations' screen.
  await client.query(`grant ${name} to clinichub_keeper with admin option`);
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

const defaultDays = 7;

const insertDevice = async (
  client: pg.Client,
  id: string,
  login: string,
  request: EnrolRequest,
): Promise<{ readonly device_no: number; readonly valid_until: string | null }> => {
  const site = request.site === undefined ? null : await findSite(client, request.site);
  if (request.scope === 'site' && site === null)
    throw new CentreAdminError('unknown-site', 'A workstation with the scope of a site needs --site.');
  const days = request.validDays === undefined ? defaultDays : request.validDays;
  const { rows } = await client.query<{ device_no: number; valid_until: string | null }>(
    `insert into clinichub.sync_device (id, name, login, location_id, scope, role, claimed_at, code_expires_at)
     values ($1, $2, $3, $4, $5, $6, case when $7::double precision is null then now() end,
       now() + $7::double precision * interval '1 day')
     returning device_no, to_char(code_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as valid_until`,
    [id, request.name, login, site, request.scope ?? 'clinic', request.role ?? 'whole', days],
  );
  const row = rows[0];
  if (row === undefined) throw new CentreAdminError('failed', 'The workstation was not entered.');
  return row;
};

/** The administrator's address as the workstation is to use it. */
const addressFor = (url: string, request: EnrolRequest, login: string, password: string): string => {
  let address = withLogin(url, login, password);
  if (request.hosts !== undefined) address = withHosts(address, request.hosts);
  if (request.listen !== undefined) address = withListen(address, request.listen);
  if (request.authorities !== undefined)
    address = withAuthorities(address, packCertificates(request.authorities));
  return toCarry(address);
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
  const login = loginOf(deviceId);
  const password = randomBytes(24).toString('base64url');
  const address = addressFor(url, request, login, password);
  await client.query('begin');
  await createLogin(client, login, password);
  const made = await insertDevice(client, deviceId, login, request);
  await client.query('commit');
  return {
    code: writeCode(address),
    url: address,
    deviceId,
    deviceNo: made.device_no,
    login,
    validUntil: made.valid_until,
  };
};

/**
 * Gives a new workstation its login at the centre. `url` is an administrator's; the result keeps its host, database and options
 * unless `request` names others. Throws a {@link CentreAdminError} or an `AddressError`; then nothing was created.
 */
export const enrolDevice = (url: string, request: EnrolRequest): Promise<Enrolment> =>
  withAdmin(url, (client) => enrolWith(client, url, request));
