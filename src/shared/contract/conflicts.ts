import { z } from 'zod';
import { conflictKinds, resolutions } from '#shared/domain/conflicts/conflict.ts';
import { ConflictId, PatientId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const cell = z.union([z.string(), z.number(), z.null()]);
const cells = z.record(z.string().max(64), cell);

/** One value side by side. Names stand for the rows they name: `kept` of a practitioner is who that is. */
export const ContestedField = z.object({
  column: z.string(),
  format: z.string(),
  /** Whether a person may type another value. */
  editable: z.boolean(),
  kept: cell,
  attempted: cell,
  /** What the row has now; differs from `kept` when somebody has changed it since. */
  current: cell,
});
export type ContestedField = z.infer<typeof ContestedField>;

/** Who did something, when and where, as far as it is known. */
export const Trace = z.object({
  by: z.string().nullable(),
  at: z.string().nullable(),
  device: z.string().nullable(),
});
export type Trace = z.infer<typeof Trace>;

export const ConflictView = z.object({
  id: ConflictId,
  kind: z.enum(conflictKinds),
  /** The table of the row it is about: a key of the words. */
  table: z.string(),
  patientId: PatientId.nullable(),
  /** Whose or what it is: the patient's name, a doctor's, a site's. Empty when the row is no longer here. */
  name: z.string(),
  mrn: z.string().nullable(),
  /** The appointment's own time and doctor when it is about one. */
  startLocal: z.string().nullable(),
  practitionerName: z.string().nullable(),
  reason: z.string(),
  createdAt: z.string(),
  kept: Trace,
  attempted: Trace,
  /** Two desks settled it, each otherwise. */
  decidedTwice: z.boolean(),
  fields: z.array(ContestedField),
  /** It is in a chart that is closed to whoever asks: the versions are not shown. */
  restricted: z.boolean(),
  /** What the contested columns of the row are now; sent back with the decision, so that nothing newer is overwritten. */
  seen: cells,
  /** Whether this workstation made one of the versions, or nobody's desk owns it. */
  mine: z.boolean(),
  /** Whether the person who asks may decide it, and whether the other version can be taken. */
  mayDecide: z.boolean(),
  byValue: z.boolean(),
  /** Whether a decision can be taken back. */
  undoable: z.boolean(),
});
export type ConflictView = z.infer<typeof ConflictView>;

export const SettledConflict = ConflictView.extend({
  resolution: z.enum(resolutions),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
});
export type SettledConflict = z.infer<typeof SettledConflict>;

export const conflictCalls = defineCalls({
  /** What waits for a person's decision and has no task of its own, oldest first, at most 200. */
  'conflicts.open': {
    kind: 'query',
    needs: 'conflict.read',
    input: z.object({}),
    output: z.array(ConflictView),
  },
  /** What was decided, by whom and how, the latest first, at most 100. */
  'conflicts.history': {
    kind: 'query',
    needs: 'conflict.read',
    input: z.object({}),
    output: z.array(SettledConflict),
  },
  /**
   * Decides a conflict. `changed-meanwhile` when it is settled already or a contested value is no longer as it was
   * `seen`; `invalid-input` with the columns whose typed value is no good.
   */
  'conflicts.settle': {
    kind: 'command',
    needs: 'conflict.update',
    input: z.object({
      id: ConflictId,
      resolution: z.enum(['kept', 'attempted', 'edited']),
      /** With `edited`: what was typed, by column. */
      typed: z.record(z.string().max(64), z.string().max(2000)).default({}),
      seen: cells,
    }),
    output: z.object({
      /** The contested columns after the decision; `conflicts.reopen` wants them back. */
      now: cells,
    }),
  },
  /** Takes a decision back: the conflict is open again and the row as it was before, unless somebody changed it since. */
  'conflicts.reopen': {
    kind: 'command',
    needs: 'conflict.update',
    input: z.object({ id: ConflictId, before: cells, now: cells }),
    output: z.null(),
  },
});
