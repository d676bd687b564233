import { sql } from 'kysely';
import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

/** Nobody merges so often; what leads on further is a circle. */
const mostSteps = 20;

/**
 * For each of the `ids` of merged records the id of the record that goes on; one that is not merged, or leads to a
 * record that is not here, is not among them.
 */
export const goingOn = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> => {
  if (ids.length === 0) return new Map();
  const path = sql<{ readonly start: string; readonly id: string }>`(
    WITH RECURSIVE path (start, id, next, step) AS (
      SELECT w.value, p.id, p.merged_into, 0 FROM json_each(${JSON.stringify(ids)}) w CROSS JOIN patient p ON p.id = w.value
      UNION ALL SELECT path.start, p.id, p.merged_into, path.step + 1 FROM path CROSS JOIN patient p ON p.id = path.next
        WHERE path.step < ${mostSteps} AND p.voided_at IS NULL
    ) SELECT start, id FROM path WHERE next IS NULL AND step > 0)`;
  const rows = reader.all(localDb.selectFrom(path.as('ends')).select(['ends.start', 'ends.id']));
  return new Map(rows.map(({ start, id }) => [start, id]));
};
