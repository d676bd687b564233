import type { TFunction } from 'i18next';
import { columnWord } from '#renderer/ui/record-words.ts';
import type { RebookingTask } from '#shared/contract/appointments.ts';
import type { ConflictView, SettledConflict } from '#shared/contract/conflicts.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import type { RecordsRequest } from '#shared/contract/panel-records.ts';

/** One thing that waits for a person: a booking to place anew, two versions to choose from, somebody to recognise, or records to hand out. */
export type InboxItem =
  | { readonly key: string; readonly createdAt: string; readonly task: RebookingTask }
  | { readonly key: string; readonly createdAt: string; readonly conflict: ConflictView }
  | { readonly key: string; readonly createdAt: string; readonly request: LinkRequest }
  | { readonly key: string; readonly createdAt: string; readonly records: RecordsRequest };

/** All kinds in one list, oldest first; what the centre decided at once stays in the order it came in. */
export const inboxItems = (
  tasks: readonly RebookingTask[],
  conflicts: readonly ConflictView[],
  requests: readonly LinkRequest[],
  recordsRequests: readonly RecordsRequest[],
): readonly InboxItem[] =>
  [
    ...tasks.map((task): InboxItem => ({ key: task.id, createdAt: task.createdAt, task })),
    ...conflicts.map(
      (conflict): InboxItem => ({ key: conflict.id, createdAt: conflict.createdAt, conflict }),
    ),
    ...requests.map((request): InboxItem => ({ key: request.id, createdAt: request.requestedAt, request })),
    ...recordsRequests.map(
      (records): InboxItem => ({ key: records.id, createdAt: records.createdAt, records }),
    ),
  ].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));

const things: Readonly<Record<string, 'note' | 'prescription'>> = {
  composition: 'note',
  medication_request: 'prescription',
};

/** What happened, in words a person at a desk knows. */
export function conflictTitle(t: TFunction, conflict: ConflictView): string {
  const name = conflict.name || t('conflicts.somebody');
  if (conflict.kind === 'slot') return t('conflicts.slot', { name });
  if (conflict.kind === 'version')
    return t('conflicts.version', {
      name,
      thing: t(`conflicts.thing.${things[conflict.table] ?? 'record'}`),
    });
  if (conflict.table === 'patient_account_link') return t('conflicts.access', { name });
  if (conflict.table === 'task') return t('conflicts.answer', { name });
  const bothAtDesks = conflict.kept.device !== null && conflict.attempted.device !== null;
  const where = conflict.decidedTwice ? 'twice' : bothAtDesks ? 'desks' : 'places';
  const [first, second] = conflict.fields;
  if (first !== undefined && second === undefined)
    return t(`conflicts.field.${where}`, { name, field: columnWord(t, first.column) });
  return t(`conflicts.fields.${where}`, { name, count: conflict.fields.length });
}

/** Which of the two versions was chosen; null when neither. */
export const chosenSide = ({ resolution }: SettledConflict): 'kept' | 'attempted' | null =>
  resolution === 'kept' || resolution === 'attempted' ? resolution : null;

/** The fields to type a third value for, with what they begin with. */
export const editableFields = (conflict: ConflictView) =>
  conflict.fields
    .filter(({ editable }) => editable)
    .map(({ column, format }) => {
      const now = conflict.seen[column];
      return { column, format, text: now === null || now === undefined ? '' : String(now) };
    });
