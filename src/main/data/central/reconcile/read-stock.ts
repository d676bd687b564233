import type pg from 'pg';

interface StockStatement {
  readonly name: string;
  /** The movements of which it does not hold: `id`, and `found` in words. */
  readonly sql: string;
}

/** What holds of the movements of the stock room. How much there is is their sum, so there is no other number to compare it with. */
export const stockStatements: readonly StockStatement[] = [
  {
    name: 'what leaves one store reaches another, all of it',
    sql: `select transfer_id::text as id, format('%s movements, together %s', count(*), sum(delta)) as found
            from clinichub.stock_movement where transfer_id is not null
           group by transfer_id
          having sum(delta) <> 0 or count(*) not in (2, 4) or count(distinct batch_id) <> 1
            or count(distinct location_id) <> 2`,
  },
  {
    name: 'a movement that is taken back adds up to nothing with what takes it back',
    sql: `select m.id::text, format('%s and %s', m.delta, r.delta) as found
            from clinichub.stock_movement m join clinichub.stock_movement r on r.corrects = m.id
           where m.delta + r.delta <> 0 or m.held + r.held <> 0 or m.batch_id <> r.batch_id
              or m.location_id <> r.location_id`,
  },
  {
    name: 'a count is what was expected and the difference',
    sql: `select id::text, format('%s counted, %s expected, difference %s', counted, expected, delta) as found
            from clinichub.stock_movement
           where kind = 'stock-take' and delta is distinct from counted - expected`,
  },
  {
    name: 'what was not handed out after all is back in its store',
    sql: `select m.id::text, format('%s of a dispense that was taken back', m.delta) as found
            from clinichub.stock_movement m join clinichub.medication_dispense d on d.corrects = m.dispense_id
           where m.kind = 'dispense'
             and not exists (select from clinichub.stock_movement r where r.corrects = m.id)`,
  },
];

/** The first of the movements of which a statement does not hold. */
export const stockProblems = async (
  client: pg.ClientBase,
  { sql }: StockStatement,
): Promise<readonly { readonly id: string; readonly found: string }[]> =>
  (await client.query<{ id: string; found: string }>(`${sql} order by 1 limit 1000`)).rows;
