import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { isAboutSlot } from '#shared/domain/conflicts/conflict.ts';
import type { Cells } from '#shared/sync/wire.ts';

/**
 * A step of this desk that lost to another desk's left a task and a conflict about the status. Whoever takes the next step has
 * seen where the visit is, so nobody need look at them any more.
 */
export const answerLostSteps = (writer: LocalWriter, id: string, at: string, by: string | null): void => {
  const tasks = writer.all(
    localDb
      .selectFrom('task')
      .select('id')
      .where('appointment_id', '=', id)
      .where('status', '=', 'requested')
      .where('code', '=', 'move-refused')
      .limit(100),
  );
  for (const task of tasks)
    writer.update('task', task.id, { status: 'completed', completed_at: at, completed_by: by });
  const conflicts = writer.all(
    localDb
      .selectFrom('conflict')
      .select(['id', 'attempted'])
      .where('row_id', '=', id)
      .where('status', '=', 'open')
      .where('tbl', '=', 'appointment')
      .where('kind', '=', 'field')
      .limit(100),
  );
  for (const { id: conflict, attempted } of conflicts)
    if (isAboutSlot({ kind: 'field', tbl: 'appointment', attempted: JSON.parse(attempted) as Cells }))
      writer.update('conflict', conflict, {
        status: 'settled',
        resolution: 'superseded',
        resolved_at: at,
        resolved_by: by,
      });
};
