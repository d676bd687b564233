import type pg from 'pg';
import { withAdmin } from '../admin-connection.ts';
import { requireMigrated } from '../migrated.ts';
import { checkChain, type Finding } from './check-chain.ts';
import { checkRows, syncedTables } from './check-rows.ts';
import { checkSequences } from './check-sequences.ts';

/** What was examined, by name, in order. */
export type Examination = readonly (Finding & { readonly name: string; readonly seconds: number })[];

/** Hears of each part when it is done. */
export type Told = (part: Examination[number]) => void;

/** Runs `work` in a transaction that sees one moment and changes nothing, with the rights of the centre's owner. */
export const atOneMoment = async <T>(client: pg.Client, work: () => Promise<T>): Promise<T> => {
  await client.query('begin isolation level repeatable read, read only');
  try {
    await client.query('set local role clinichub_owner');
    return await work();
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
};

/** Examines part after part. */
export const examine = async (
  parts: readonly (readonly [name: string, look: () => Promise<Finding>])[],
  told: Told,
): Promise<Examination> => {
  const done: Examination[number][] = [];
  for (const [name, look] of parts) {
    const from = performance.now();
    const finding = await look();
    const part = { name, ...finding, seconds: (performance.now() - from) / 1000 };
    told(part);
    done.push(part);
  }
  return done;
};

/** The parts of an examination that a single database can be asked for. */
export const ledgerParts = (client: pg.Client, tables: readonly string[]) =>
  [
    ['chain', () => checkChain(client)] as const,
    ['sequences', () => checkSequences(client)] as const,
    ...tables.map((table) => [`rows of ${table}`, () => checkRows(client, table)] as const),
  ] as const;

/**
 * Examines the centre at `url` as it stands: the chain over the whole ledger, every row against the ledger, every sequence.
 * Workstations go on meanwhile. Throws a {@link CentreAdminError}.
 */
export const checkCentre = (url: string, told: Told = () => undefined): Promise<Examination> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    return atOneMoment(client, async () => examine(ledgerParts(client, await syncedTables(client)), told));
  });
