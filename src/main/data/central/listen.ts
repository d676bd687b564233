import { type AddressSource, type CallOptions, resolveAddress } from './calls.ts';
import { dropClient, openClient } from './connect.ts';
import { toCentreError } from './failure.ts';

/**
 * Listens for new seqs on a connection of its own. `onLost` is called once, when that connection ends by itself, not when
 * listening is stopped. Rejects with a {@link CentreError} when it cannot begin. Resolves to a function that stops.
 */
export const listenForSeq = async (
  source: AddressSource,
  options: CallOptions,
  onSeq: (seq: number) => void,
  onLost: () => void,
): Promise<() => void> => {
  const own = { ...options, applicationName: `${options.applicationName}-listen` };
  let over = false;
  let listening = false;
  const lost = () => {
    if (over || !listening) return;
    over = true;
    onLost();
  };
  try {
    const address = await resolveAddress(source);
    const { client } = await openClient(address, address.listen, own, (each) => {
      each.on('error', lost).on('end', lost);
    });
    client.on('notification', ({ payload }) => {
      const seq = Number(payload);
      if (!over && Number.isSafeInteger(seq) && seq > 0) onSeq(seq);
    });
    // From here on the end of this connection is news, also while the question is under way.
    let gone = false;
    client.on('end', () => {
      gone = true;
    });
    await client.query('listen clinichub_sync').catch((error: unknown) => {
      dropClient(client);
      throw error;
    });
    if (gone) throw new Error('the connection ended');
    listening = true;
    return () => {
      over = true;
      dropClient(client);
    };
  } catch (error) {
    over = true;
    throw toCentreError(error);
  }
};
