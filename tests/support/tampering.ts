import { nextChain } from '#main/data/central/ledger/chain.ts';
import { links } from '#main/data/central/ledger/links.ts';
import { ledgerBounds } from '#main/data/central/ledger/read.ts';
import { withClient } from './fresh-centre.ts';

/** Runs statements as somebody who switches the triggers off. Gives how many rows each one reached. */
export const tamper = (url: string, ...statements: readonly string[]): Promise<readonly number[]> =>
  withClient(url, async (client) => {
    await client.query('set session_replication_role = replica');
    const reached: number[] = [];
    for (const statement of statements) reached.push((await client.query(statement)).rowCount ?? 0);
    return reached;
  });

/** Computes the chain anew over what the ledger holds now, as somebody would who owns the server and has read the code. */
export const chainAnew = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('set session_replication_role = replica');
    const { archived, archivedChain } = await ledgerBounds(client);
    let chain = archivedChain;
    let seq = archived;
    for await (const link of links(client, archived)) {
      ({ seq } = link);
      chain = nextChain(chain, seq, link.digest);
      await client.query('update clinichub.sync_tx set chain = $2 where seq = $1', [seq, chain]);
    }
    await client.query('update clinichub.sync_clock set seq = $1, chain = $2', [seq, chain]);
  });

/** Makes the transactions up to a place so many days older, as if they had been written then. */
export const age = async (url: string, upto: number, days: number): Promise<void> => {
  await tamper(
    url,
    `update clinichub.sync_tx set at = at - make_interval(days => ${days}) where seq <= ${upto}`,
  );
  await chainAnew(url);
};
