import pg from 'pg';
import { AddressError, type CentreAddress, placesOf, readAddress } from './address.ts';
import { CentreAdminError } from './admin-error.ts';
import { clientConfig, openClient } from './connect.ts';

/** The address of a centre without its password, for messages. */
const withoutPassword = (address: CentreAddress): string =>
  `${address.user === '' ? '' : `${address.user}@`}${placesOf(address)}/${address.database}`;

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'The user name or password is wrong.',
  '28000': 'The server does not let this login in.',
  '3D000': 'There is no database of that name.',
};

const explain = (error: unknown, address: CentreAddress): CentreAdminError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const where = withoutPassword(address);
  const refusal = refusals[code];
  if (refusal !== undefined)
    return new CentreAdminError('login-refused', `Cannot sign in to ${where}. ${refusal}`, error);
  const reason = code === '' ? (error instanceof Error ? error.message : 'no answer') : code;
  return new CentreAdminError('unreachable', `Cannot reach PostgreSQL at ${where} (${reason}).`, error);
};

/** What the server itself said against a statement is expected of a command that works on any server; all else is a bug. */
export const explainRefusal = (error: unknown): unknown =>
  error instanceof pg.DatabaseError
    ? new CentreAdminError(
        'failed',
        `PostgreSQL refused: ${error.message} (${error.code ?? 'no code'})`,
        error,
      )
    : error;

const options = { connectTimeout: 10_000, applicationName: 'clinichub-central' };

const readAdminAddress = (url: string): CentreAddress => {
  try {
    return readAddress(url);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new CentreAdminError(
      'unreachable',
      error.problem === 'malformed'
        ? 'The address must look like postgresql://user:password@host/database.'
        : error.message,
      error,
    );
  }
};

/**
 * Runs `work` on one connection of an administrator and closes it; `config` makes further ones to the same server.
 * Throws a {@link CentreAdminError} (`unreachable`, `login-refused`) when there is no connection, and what `work` throws.
 */
export const withAdmin = async <T>(
  url: string,
  work: (client: pg.Client, config: pg.ClientConfig) => Promise<T>,
): Promise<T> => {
  const address = readAdminAddress(url);
  const { client, place } = await openClient(address, address.hosts, options).catch((error: unknown) => {
    throw explain(error, address);
  });
  const at = address.hosts[place];
  if (at === undefined) throw new Error('connected to no host');
  try {
    return await work(client, clientConfig(address, at, options));
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    await client.end().catch(() => undefined);
  }
};
