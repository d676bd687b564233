import { type CallOptions, newClient } from './calls.ts';
import { toCentreError } from './failure.ts';

/**
 * Listens for new seqs on a connection of its own. `onLost` is called once, when that connection ends by itself, not when
 * listening is stopped. Rejects with a {@link CentreError} when it cannot begin. Resolves to a function that stops.
 */
export const listenForSeq = async (
  url: string,
  options: CallOptions,
  onSeq: (seq: number) => void,
  onLost: () => void,
): Promise<() => void> => {
  const client = newClient(url, { ...options, applicationName: `${options.applicationName}-listen` });
  let over = false;
  let listening = false;
  const lost = () => {
    if (over) return;
    over = true;
    client.connection.stream.destroy();
    if (listening) onLost();
  };
  client.on('error', lost);
  client.on('end', lost);
  client.on('notification', ({ payload }) => {
    const seq = Number(payload);
    if (!over && Number.isSafeInteger(seq) && seq > 0) onSeq(seq);
  });
  try {
    await client.connect();
    await client.query('listen clinichub_sync');
  } catch (error) {
    over = true;
    client.connection.stream.destroy();
    throw toCentreError(error);
  }
  if (over) throw toCentreError(new Error('the connection ended'));
  listening = true;
  return () => {
    over = true;
    client.connection.stream.destroy();
  };
};
