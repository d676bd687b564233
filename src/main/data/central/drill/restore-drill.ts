import type pg from 'pg';
import { withAdmin } from '../admin-connection.ts';
import { atOneMoment, type Examination, examine, ledgerParts, type Told } from '../ledger/check-centre.ts';
import { syncedTables } from '../ledger/check-rows.ts';
import { requireMigrated } from '../migrated.ts';
import { migrateCentre } from '../migrator.ts';
import { copySequences, copyTables, setConstraintsAside } from './copy.ts';
import { sameSums } from './same-sums.ts';
import { dropScratch, makeScratch, type Scratch } from './scratch.ts';
import { imagineRewind, type Rewind } from './sent-again.ts';

export interface DrillOptions {
  /** Whether the copy is left there. */
  readonly keep: boolean;
  /** How many transactions old the backup is imagined; null: as old as the backups are said to be, or 1000. */
  readonly behind: number | null;
  readonly told?: Told;
  /** Ends the rehearsal early; the copy is removed all the same. */
  readonly signal?: AbortSignal;
}

export interface DrillReport {
  readonly head: number;
  readonly parts: Examination;
  readonly rewind: Rewind;
  readonly seconds: number;
  /** The name of the copy, when it was kept. */
  readonly kept: string | null;
}

const rehearse = async (
  centre: pg.Client,
  scratch: pg.Client,
  { behind, told = () => undefined }: DrillOptions,
): Promise<Pick<DrillReport, 'head' | 'parts' | 'rewind'>> => {
  await scratch.query('set role clinichub_owner');
  const putBack = await setConstraintsAside(scratch);
  const tables = await syncedTables(centre);
  const parts = await examine(
    [
      ['copy', () => copyTables(centre, scratch)],
      ['copied sequences', () => copySequences(centre, scratch)],
      ['constraints', putBack],
      ...ledgerParts(scratch, tables),
      ...tables.map((table) => [`sums of ${table}`, () => sameSums(centre, scratch, table)] as const),
    ],
    told,
  );
  const rewind = await imagineRewind(scratch, behind);
  return { head: rewind.head, parts, rewind };
};

/** A connection that is given up when the signal comes, so that whatever waits on it ends. */
const withSignal = (signal: AbortSignal | undefined, client: pg.Client): void => {
  const end = () => client.connection.stream.destroy();
  if (signal?.aborted === true) end();
  signal?.addEventListener('abort', end, { once: true });
};

const inScratch = async (url: string, scratch: Scratch, options: DrillOptions) => {
  await migrateCentre(scratch.url);
  return withAdmin(url, (centre) => {
    withSignal(options.signal, centre);
    return atOneMoment(centre, () =>
      withAdmin(scratch.url, (client) => {
        withSignal(options.signal, client);
        return rehearse(centre, client, options);
      }),
    );
  });
};

/**
 * Rehearses a restore: copies the centre at `url`, as it is at one moment, into a fresh database of the same server, looks at
 * everything there and says what workstations would send again. The copy is removed in every case but `keep`. The centre goes
 * on meanwhile and is not changed. Throws a {@link CentreAdminError}.
 */
export const restoreDrill = async (url: string, options: DrillOptions): Promise<DrillReport> => {
  const from = performance.now();
  await withAdmin(url, requireMigrated);
  const scratch = await makeScratch(url, 'drill');
  let whole = false;
  try {
    const found = await inScratch(url, scratch, options);
    whole = true;
    return {
      ...found,
      seconds: (performance.now() - from) / 1000,
      kept: options.keep ? scratch.name : null,
    };
  } finally {
    if (!options.keep || !whole) await dropScratch(url, scratch);
  }
};
