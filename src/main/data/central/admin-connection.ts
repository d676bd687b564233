import pg from 'pg';
import { CentreAdminError } from './admin-error.ts';

/** The address of a centre without its password, for messages. */
const withoutPassword = (url: string): string => {
  if (!URL.canParse(url)) return 'the given address';
  const { username, host, pathname } = new URL(url);
  return `${username === '' ? '' : `${username}@`}${host}${pathname}`;
};

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'The user name or password is wrong.',
  '28000': 'The server does not let this login in.',
  '3D000': 'There is no database of that name.',
};

const explain = (error: unknown, url: string): CentreAdminError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const where = withoutPassword(url);
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

/**
 * Runs `work` on one connection of an administrator and closes it.
 * Throws a {@link CentreAdminError} (`unreachable`, `login-refused`) when there is no connection, and what `work` throws.
 */
export const withAdmin = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new CentreAdminError(
      'unreachable',
      'The address must look like postgresql://user:password@host/database.',
    );
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'clinichub-central',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explain(error, url);
  }
  try {
    return await work(client);
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    await client.end().catch(() => undefined);
  }
};
