import type pg from 'pg';
import { CentreAdminError } from './admin-error.ts';

/** What the centre needs of a server, as one row the server can tell about itself and the login. */
export interface ServerFacts {
  readonly version: number;
  readonly versionText: string;
  readonly btreeGist: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateSchemas: boolean;
}

const oldest = 150_000;

/** Asks the server. */
export const readServerFacts = async (client: pg.Client): Promise<ServerFacts> => {
  const { rows } = await client.query<ServerFacts>(`
    select current_setting('server_version_num')::integer as version,
           current_setting('server_version') as "versionText",
           exists (select from pg_available_extensions where name = 'btree_gist')
             or exists (select from pg_extension where extname = 'btree_gist') as "btreeGist",
           (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as "mayCreateRoles",
           has_database_privilege(current_database(), 'create') as "mayCreateSchemas"`);
  const facts = rows[0];
  if (facts === undefined) throw new CentreAdminError('failed', 'The server did not say what it is.');
  return facts;
};

/** What stands in the way, in words an administrator can act on, or null. */
export const requirementProblem = (facts: ServerFacts): CentreAdminError | null => {
  if (facts.version < oldest)
    return new CentreAdminError(
      'server-too-old',
      `This server is PostgreSQL ${facts.versionText}. The centre needs PostgreSQL 15 or newer.`,
    );
  if (!facts.btreeGist)
    return new CentreAdminError(
      'no-btree-gist',
      'The extension btree_gist is not available on this server. Install the package of PostgreSQL’s contributed extensions (postgresql-contrib), then try again.',
    );
  if (!facts.mayCreateRoles)
    return new CentreAdminError(
      'no-role-creation',
      'This login may not create roles, and every workstation needs one. Use a login with CREATEROLE: ALTER ROLE … CREATEROLE.',
    );
  if (!facts.mayCreateSchemas)
    return new CentreAdminError(
      'no-create',
      'This login may not create schemas in this database. Use the owner of the database, or GRANT CREATE ON DATABASE … TO the login.',
    );
  return null;
};
