import pg from 'pg';
import { type CentreAddress, type CentreHost, tlsFor } from './address.ts';

export interface ConnectOptions {
  /** How long to wait for a connection, in milliseconds. */
  readonly connectTimeout: number;
  /** How long one call may take, in milliseconds; then its connection is given up. Absent: as long as it takes. */
  readonly callTimeout?: number;
  readonly applicationName: string;
}

/** Destroys at once: a polite end would wait for an answer that may never come. */
export const dropClient = (client: pg.Client): void => {
  client.on('error', () => undefined);
  client.connection.stream.destroy();
};

/** The driver's settings for one host of an address. Who and with which password are the driver's defaults where the address is silent. */
export const clientConfig = (
  address: CentreAddress,
  at: CentreHost,
  options: ConnectOptions,
): pg.ClientConfig => ({
  host: at.host,
  port: at.port,
  database: address.database,
  ...(address.user === '' ? {} : { user: address.user }),
  ...(address.password === '' ? {} : { password: address.password }),
  ssl: tlsFor(address, at),
  connectionTimeoutMillis: options.connectTimeout,
  ...(options.callTimeout === undefined ? {} : { query_timeout: options.callTimeout }),
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: options.applicationName,
});

/** A server that is up and follows another one: it would refuse every write. */
class ReadOnlyHostError extends Error {
  override readonly name = 'ReadOnlyHostError';
}

const refuseStandby = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
  if (rows[0]?.standby === true) throw new ReadOnlyHostError('the server is a standby');
};

const openOne = async (
  address: CentreAddress,
  at: CentreHost,
  options: ConnectOptions,
  watch: (client: pg.Client) => void,
  alone: boolean,
): Promise<pg.Client> => {
  const client = new pg.Client(clientConfig(address, at, options));
  watch(client);
  try {
    await client.connect();
    if (!alone) await refuseStandby(client);
    return client;
  } catch (error) {
    dropClient(client);
    throw error;
  }
};

/** What is most worth telling of several failures: a server that refused knows more than one that did not answer. */
const weightOf = (error: unknown): number =>
  error instanceof pg.DatabaseError ? 2 : error instanceof ReadOnlyHostError ? 1 : 0;

/**
 * Connects to the first of `hosts` that answers and, where there are several, takes writes; beginning with the one that
 * did last. `watch` sees each client before it connects. Rejects with the most telling of the failures.
 */
export const openClient = async (
  address: CentreAddress,
  hosts: readonly CentreHost[],
  options: ConnectOptions,
  watch: (client: pg.Client) => void = (client) => client.on('error', () => undefined),
  first = 0,
): Promise<{ readonly client: pg.Client; readonly place: number }> => {
  let worst: unknown = new Error('the address names no host');
  let weight = -1;
  for (let tried = 0; tried < hosts.length; tried += 1) {
    const place = (first + tried) % hosts.length;
    const at = hosts[place];
    if (at === undefined) break;
    try {
      return { client: await openOne(address, at, options, watch, hosts.length === 1), place };
    } catch (error) {
      if (weightOf(error) > weight) [worst, weight] = [error, weightOf(error)];
    }
  }
  throw worst;
};
