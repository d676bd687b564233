import type pg from 'pg';
import { AddressError, readAddress } from './address.ts';
import { CentreError } from './centre.ts';
import { type ConnectOptions, dropClient, openClient } from './connect.ts';
import { toCentreError } from './failure.ts';

export interface CallOptions extends ConnectOptions {
  readonly callTimeout: number;
}

/** A workstation's address, or where to ask for it each time a connection is made. */
export type AddressSource = string | (() => Promise<string>);

/** The address's text, read. An address that cannot be used is no passing trouble. */
export const resolveAddress = async (source: AddressSource) => {
  const text = typeof source === 'string' ? source : await source();
  try {
    return readAddress(text);
  } catch (error) {
    if (error instanceof AddressError) throw new CentreError(error.message, null, false, error);
    throw error;
  }
};

/** One connection that is made when it is needed and again after it broke. Calls take turns. */
export interface CallConnection {
  /** Rejects with a {@link CentreError} only. */
  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** After these the connection itself is in doubt, or unusable. */
const breaksConnection = (error: CentreError): boolean =>
  error.sqlstate === null || /^(08|57|25)/.test(error.sqlstate);

export const callConnection = (source: AddressSource, options: CallOptions): CallConnection => {
  let live: pg.Client | null = null;
  let place = 0;
  let closed = false;
  let ended = false;
  let queue: Promise<unknown> = Promise.resolve();

  const watch = (client: pg.Client) => {
    const lost = () => {
      if (live !== client) return;
      live = null;
      ended = true;
    };
    client.on('error', lost).on('end', lost);
  };

  const connect = async (): Promise<pg.Client> => {
    const address = await resolveAddress(source);
    const made = await openClient(address, address.hosts, options, watch, place);
    if (closed) {
      dropClient(made.client);
      throw new Error('the connection to the centre was closed');
    }
    live = made.client;
    place = made.place;
    return made.client;
  };

  /** Behind the next connection may be another server, after a failover: the caller has to greet it before it goes on. */
  const tellEnd = () => {
    if (!ended) return;
    ended = false;
    throw new Error('the connection to the centre ended');
  };

  const turn = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    try {
      if (closed) throw new Error('the connection to the centre was closed');
      tellEnd();
      return await work(live ?? (await connect()));
    } catch (error) {
      const failure = toCentreError(error);
      if (breaksConnection(failure) && live !== null) {
        const broken = live;
        live = null;
        dropClient(broken);
      }
      if (breaksConnection(failure)) ended = false;
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
      if (client !== null) dropClient(client);
      await queue;
    },
  };
};
