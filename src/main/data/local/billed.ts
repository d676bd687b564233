import { type RawBuilder, sql } from 'kysely';

/** Whether credit notes have left something of a line `l`; of a line that costs nothing, whether none takes of it. */
export const isLeft = sql<boolean>`coalesce((SELECT sum(k.gross) + l.gross FROM invoice_line k JOIN invoice n ON n.id = k.invoice_id
  WHERE k.corrects = l.id AND n.status IN ('issued', 'balanced')), 1) <> 0`;

/**
 * Whether a charge was billed: a line of an issued invoice names it that credit notes have not taken back whole. `chargeId` is the
 * column of the query it stands in.
 * @example query.where(isBilled('c.id'), '=', 0)
 */
export const isBilled = (chargeId: string): RawBuilder<0 | 1> => sql<0 | 1>`EXISTS (
  SELECT 1 FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
   WHERE l.charge_item_id = ${sql.ref(chargeId)} AND l.corrects IS NULL AND i.status IN ('issued', 'balanced')
     AND ${isLeft})`;
