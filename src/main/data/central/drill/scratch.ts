import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withAdmin } from '../admin-connection.ts';
import { CentreAdminError } from '../admin-error.ts';

/** A database for a while, on the same server. */
export interface Scratch {
  readonly name: string;
  readonly url: string;
}

/** The same address, of another database of the same server. It may name several hosts, which a URL cannot. */
export const onDatabase = (url: string, database: string): string =>
  url.replace(/^(postgres(?:ql)?:\/\/[^/?#]*)(?:\/[^?#]*)?/, (_, server: string) => `${server}/${database}`);

/** Makes an empty database that nobody but its owner may enter: workstations have logins on this server. */
export const makeScratch = (url: string, purpose: 'drill' | 'demo'): Promise<Scratch> =>
  withAdmin(url, async (client) => {
    const { rows } = await client.query<{ may: boolean }>(
      'select rolsuper or rolcreatedb as may from pg_roles where rolname = current_user',
    );
    if (rows[0]?.may !== true)
      throw new CentreAdminError(
        'no-create-database',
        'This login may not create databases, and this needs one. Use a login with CREATEDB: ALTER ROLE … CREATEDB.',
      );
    const name = `clinichub_${purpose}_${randomBytes(6).toString('hex')}`;
    await client.query(`create database ${name} template template0`);
    await client.query(`revoke connect, temporary on database ${name} from public`);
    return { name, url: onDatabase(url, name) };
  });

/** Removes it, whoever is still in it. */
export const dropScratch = (url: string, { name }: Scratch): Promise<void> =>
  withAdmin(url, async (client) => {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  });
