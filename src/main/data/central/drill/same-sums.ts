import type pg from 'pg';
import type { VerifyReply } from '#shared/sync/wire.ts';
import type { Finding } from '../ledger/check-chain.ts';

type Range = VerifyReply['ranges'][number];

/** Check sums of a whole table, as `verify` makes them for a workstation. */
async function* sums(client: pg.Client, table: string): AsyncGenerator<Range> {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: { reply: readonly Range[] }[] } = await client.query(
      `select clinichub.sync_sums(clinichub.sync_lines(t.boot), $2, null, 5000, 4) as reply
       from clinichub.sync_table t where t.tbl = $1`,
      [table, after],
    );
    const ranges: readonly Range[] = rows[0]?.reply ?? [];
    yield* ranges;
    after = ranges.at(-1)?.to ?? null;
    if (after === null) return;
  }
}

/** Compares the sums of a table at the centre with those of its copy. */
export const sameSums = async (centre: pg.Client, scratch: pg.Client, table: string): Promise<Finding> => {
  const copy = sums(scratch, table);
  let checked = 0;
  for await (const range of sums(centre, table)) {
    const { value } = await copy.next();
    checked += range.rows;
    if (value?.to !== range.to || value.rows !== range.rows || value.hash !== range.hash)
      return { checked, problems: [`the copy of ${table} differs after ${range.from ?? 'the beginning'}`] };
  }
  return { checked, problems: [] };
};
