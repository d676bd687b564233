import pg from 'pg';
import type { CentreError } from './centre.ts';
import { toCentreError } from './failure.ts';

export interface CallOptions {
  /** How long to wait for a connection, in milliseconds. */
  readonly connectTimeout: number;
  /** How long one call may take, in milliseconds; then its connection is given up. */
  readonly callTimeout: number;
  readonly applicationName: string;
}

/** One connection that is made when it is needed and again after it broke. Calls take turns. */
export interface CallConnection {
  /** Rejects with a {@link CentreError} only. */
  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A client with this room's settings; it has not connected yet. */
export const newClient = (url: string, options: CallOptions): pg.Client =>
  new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: options.connectTimeout,
    query_timeout: options.callTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: options.applicationName,
  });

/** After these the connection itself is in doubt, or unusable. */
const breaksConnection = (error: CentreError): boolean =>
  error.sqlstate === null || /^(08|57|25P)/.test(error.sqlstate);

/** Destroys at once: a polite end would wait for an answer that may never come. */
const drop = (client: pg.Client): void => {
  client.on('error', () => undefined);
  client.connection.stream.destroy();
};

export const callConnection = (url: string, options: CallOptions): CallConnection => {
  let live: pg.Client | null = null;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  const connect = async (): Promise<pg.Client> => {
    const client = newClient(url, options);
    client.on('error', () => {
      if (live === client) live = null;
    });
    client.on('end', () => {
      if (live === client) live = null;
    });
    try {
      await client.connect();
    } catch (error) {
      drop(client);
      throw error;
    }
    if (closed) {
      drop(client);
      throw new Error('the connection to the centre was closed');
    }
    live = client;
    return client;
  };

  const turn = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    try {
      if (closed) throw new Error('the connection to the centre was closed');
      return await work(live ?? (await connect()));
    } catch (error) {
      const failure = toCentreError(error);
      if (breaksConnection(failure) && live !== null) {
        drop(live);
        live = null;
      }
      throw failure;
    }
  };

  return {
    run: (work) => {
      const result = queue.then(() => turn(work));
      queue = result.catch(() => undefined);
      return result;
    },
    close: async () => {
      closed = true;
      const client = live;
      live = null;
      if (client !== null) drop(client);
      await queue;
    },
  };
};
