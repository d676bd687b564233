import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { bulkCode, stepCodes } from '#shared/domain/appointments/task-codes.ts';

export interface StepRow {
  readonly id: string;
  readonly appointment_id: string;
  readonly reason: string;
}

const steps = (code: (typeof stepCodes)[number]) =>
  localDb
    .selectFrom('task')
    .where('owner_device', 'is', null)
    .where('status', '=', 'completed')
    .where('code', '=', code)
    .where('appointment_id', 'is not', null);

/** What was done to appointments at one instant: the steps of one change are written together, so they share it. */
export const stepsAt = (
  reader: LocalReader,
  at: string,
  code: (typeof stepCodes)[number],
): readonly StepRow[] =>
  reader.all(
    steps(code)
      .select(['id', 'appointment_id', 'reason'])
      .$narrowType<{ appointment_id: string }>()
      .where('created_at', '=', at)
      .orderBy('id')
      .limit(2000),
  );

/** What changes of many did to appointments since an instant, the latest first. */
export const stepsSince = (reader: LocalReader, from: string, code: typeof bulkCode) =>
  reader.all(
    steps(code)
      .select(['created_at', 'completed_by', 'reason'])
      .where('created_at', '>=', from)
      .orderBy('created_at', 'desc')
      .limit(2000),
  );

/** Open tasks of one code about an appointment. */
export const openTasksOfCode = (
  reader: LocalReader,
  appointmentId: string,
  code: string,
): readonly string[] =>
  reader
    .all(
      localDb
        .selectFrom('task')
        .select('id')
        .where('appointment_id', '=', appointmentId)
        .where('status', '=', 'requested')
        .where('code', '=', code)
        .limit(200),
    )
    .map((task) => task.id);
