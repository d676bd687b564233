import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a charge was billed: an issued invoice names it that credit notes have not taken back whole. `chargeId` is the column of the
 * query it stands in.
 * @example query.where(sql.ref('c.id'), ...).where(isBilled('c.id'), '=', 0)
 */
export const isBilled = (chargeId: string): RawBuilder<0 | 1> => sql<0 | 1>`EXISTS (
  SELECT 1 FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
   WHERE l.charge_item_id = ${sql.ref(chargeId)} AND l.corrects IS NULL
     AND coalesce((SELECT sum(n.total) + i.total FROM invoice n
                    WHERE n.corrects = i.id AND n.status IN ('issued', 'balanced')), 1) <> 0)`;
