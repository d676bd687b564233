import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { absenceCode } from '#shared/domain/appointments/task-codes.ts';

export interface StepRow {
  readonly id: string;
  readonly appointment_id: string;
  readonly reason: string;
}

/** What absences entered at one instant did: an absence and its steps are written together, so they share it. */
export const stepsAt = (reader: LocalReader, at: string): readonly StepRow[] =>
  reader.all(
    localDb
      .selectFrom('task')
      .select(['id', 'appointment_id', 'reason'])
      .where('owner_device', 'is', null)
      .where('status', '=', 'completed')
      .where('created_at', '=', at)
      .where('code', '=', absenceCode)
      .where('appointment_id', 'is not', null)
      .$narrowType<{ appointment_id: string }>()
      .orderBy('id')
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
