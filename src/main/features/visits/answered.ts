import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { isAboutSlot } from '#shared/domain/conflicts/conflict.ts';
import type { Cells } from '#shared/sync/wire.ts';

/** A lost step says nothing of the time; a lost move does, and somebody was told of a time that does not hold. */
const isLostStep = (attempted: Cells): boolean =>
  isAboutSlot({ kind: 'field', tbl: 'appointment', attempted }) &&
  !('start_at' in attempted) &&
  !('proposed_start_at' in attempted);

/**
 * A step of this desk that lost to another desk's left a task and a conflict about the status, written at one time by the
 * centre. Whoever takes the next step has seen where the visit is, so nobody need look at them any more.
 */
export const answerLostSteps = (writer: LocalWriter, id: string, at: string, by: string | null): void => {
  const conflicts = writer
    .all(
      localDb
        .selectFrom('conflict')
        .select(['id', 'attempted', 'created_at'])
        .where('row_id', '=', id)
        .where('status', '=', 'open')
        .where('tbl', '=', 'appointment')
        .where('kind', '=', 'field')
        .limit(100),
    )
    .filter(({ attempted }) => isLostStep(JSON.parse(attempted) as Cells));
  if (conflicts.length === 0) return;
  const tasks = writer.all(
    localDb
      .selectFrom('task')
      .select(['id', 'created_at'])
      .where('appointment_id', '=', id)
      .where('status', '=', 'requested')
      .where('code', '=', 'move-refused')
      .limit(100),
  );
  for (const task of tasks.filter((one) => conflicts.some((lost) => lost.created_at === one.created_at)))
    writer.update('task', task.id, { status: 'completed', completed_at: at, completed_by: by });
  for (const conflict of conflicts)
    writer.update('conflict', conflict.id, {
      status: 'settled',
      resolution: 'superseded',
      resolved_at: at,
      resolved_by: by,
    });
};
