import type { StaffAccountId } from '#shared/kernel/ids.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';

/** The columns a step, a change of the priority or of the doctor may set. */
export type VisitColumns = Pick<
  RowOf<'appointment'>,
  | 'status'
  | 'stage'
  | 'stage_at'
  | 'arrived_at'
  | 'nurse_at'
  | 'called_at'
  | 'left_at'
  | 'priority'
  | 'practitioner_id'
  | 'room_id'
  | 'overbooked'
  | 'overbook_reason'
>;

/** Those columns of a row. */
export const columnsOfVisit = (row: VisitColumns): VisitColumns => ({
  status: row.status,
  stage: row.stage,
  stage_at: row.stage_at,
  arrived_at: row.arrived_at,
  nurse_at: row.nurse_at,
  called_at: row.called_at,
  left_at: row.left_at,
  priority: row.priority,
  practitioner_id: row.practitioner_id,
  room_id: row.room_id,
  overbooked: row.overbooked,
  overbook_reason: row.overbook_reason,
});

export const isSameCourse = (a: VisitColumns, b: VisitColumns): boolean =>
  JSON.stringify(columnsOfVisit(a)) === JSON.stringify(columnsOfVisit(b));

/** What somebody did and can take back. `before` is null for a visit that there was not. */
export interface Doing {
  readonly id: string;
  readonly user: StaffAccountId | null;
  readonly before: VisitColumns | null;
  readonly after: VisitColumns;
}

/** More is not taken back in one day's work. */
const most = 1000;

/**
 * What was done here since the program started. It is kept here and not in the answer, so that an undo can only give a state that
 * there was.
 */
export const createUndos = (newId: () => string) => {
  const doings = new Map<string, Doing>();
  return {
    remember: (doing: Doing): string => {
      const [oldest] = doings.keys();
      if (doings.size >= most && oldest !== undefined) doings.delete(oldest);
      const undo = newId();
      doings.set(undo, doing);
      return undo;
    },
    find: (undo: string): Doing | undefined => doings.get(undo),
    forget: (undo: string): void => void doings.delete(undo),
  };
};
export type Undos = ReturnType<typeof createUndos>;
