import { catalogue, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells, MutationChange } from '#shared/sync/wire.ts';
import type { Backup } from './backup-format.ts';
import type { LocalContext } from './context.ts';
import { append, hashOf, tablesOf } from './outbox.ts';
import { keepOwn } from './own-tables.ts';
import { type FormDraftTable, type NoteDraftTable, readPayload } from './query.ts';
import type { Rebase, RowKey } from './rebase.ts';
import { inOrder, isTable, rowSql } from './rows.ts';
import { putFile } from './saved-files.ts';

/** What became of a backup's contents. */
export interface Restored {
  /** Pieces of work that wait for the centre again. */
  readonly work: number;
  /** Pieces of work that were here, or at the centre, already. */
  readonly known: number;
  readonly drafts: number;
  readonly files: number;
}

/** The hashes of all work this workstation still remembers, decided work included. */
const knownHere = ({ statements }: LocalContext) => {
  const hashes = new Set(
    statements
      .all<{ hash: string }>('SELECT hash FROM outbox UNION SELECT hash FROM journal')
      .map(({ hash }) => hash),
  );
  const decided = statements.all<{ payload: string }>('SELECT payload FROM outbox_history');
  for (const { payload } of decided) hashes.add(hashOf(payload));
  return hashes;
};

/** Whether a row as it is here says that this change has had its effect, or that something newer stands. */
const isDone = ({ statements }: LocalContext, { tbl, op, pk, base, values }: MutationChange): boolean => {
  if (!isTable(tbl)) return false;
  const row = statements.get<Cells>(rowSql[tbl].select, pk);
  if (row === undefined) return false;
  // Where the last writer is right, an old value that is sent late would win over a newer one.
  if (catalogue[tbl].policy === 'last-write' && Number(row.row_version) > base) return true;
  return op === 'insert' || Object.entries(values).every(([column, value]) => row[column] === value);
};

const putBack = (context: LocalContext, rebase: Rebase, backup: Backup) => {
  const hashes = knownHere(context);
  const tables: TableName[] = [];
  let work = 0;
  for (const { kind, account_id: user, at, payload, hash } of backup.outbox) {
    if (hashes.has(hash)) continue;
    const { changes } = readPayload(payload);
    if (changes.every((change) => isDone(context, change))) continue;
    const rows = changes.map(({ tbl, pk }) => ({ tbl, pk }) as RowKey);
    for (const row of rows) {
      const held = context.statements.get<Cells>(rowSql[row.tbl].select, row.pk);
      rebase.capture(row, held === undefined ? null : inOrder(row.tbl, held), Number(held?.row_version ?? 0));
    }
    append(context, { kind, user, at, payload, rows });
    rebase.replay(rows);
    tables.push(...tablesOf(rows));
    work += 1;
  }
  return { work, tables };
};

/** A note of the same person in the same encounter, or in answer to the same note, that was signed after a draft was saved. */
const signedSinceSql = `SELECT 1 FROM composition
  WHERE created_by = ? AND patient_id = ? AND type = ? AND signed_at >= ?
    AND (encounter_id = ? OR parent_id = ? OR appends_id = ?)`;

/** A draft that was saved here since stays, and one that was signed does not come back. */
const lacksDraft = (
  { statements }: LocalContext,
  { id, revision, account_id, patient_id, type, saved_at, encounter_id, answers }: NoteDraftTable,
): boolean =>
  statements.get(signedSinceSql, account_id, patient_id, type, saved_at, encounter_id, answers, answers) ===
    undefined &&
  statements.get('SELECT 1 FROM note_draft WHERE id = ? AND revision >= ?', id, revision) === undefined;

/** There is one of each form of a patient for each user, whatever its id. */
const lacksForm = (
  { statements }: LocalContext,
  { account_id, patient_id, form, subject }: FormDraftTable,
): boolean =>
  statements.get(
    'SELECT 1 FROM form_draft WHERE account_id = ? AND patient_id = ? AND form = ? AND subject = ?',
    account_id,
    patient_id,
    form,
    subject,
  ) === undefined;

/**
 * Brings back what a backup has and this workstation has not: work goes into the outbox under new numbers with the very
 * text it had, so that the versions it was made on still count and the centre's word stands; drafts and files where there
 * are none. What is known here, what shows in the rows and what is newer here is left as it is, so that doing it twice
 * changes nothing more. All rows must be here.
 */
export const restoreBackup = (context: LocalContext, rebase: Rebase, backup: Backup): Restored => {
  const { statements } = context;
  const done = context.transaction(() => {
    const { work, tables } = putBack(context, rebase, backup);
    const drafts = backup.noteDrafts.filter((draft) => lacksDraft(context, draft));
    for (const draft of drafts) keepOwn(statements, 'note_draft', draft);
    const forms = backup.formDrafts.filter((form) => lacksForm(context, form));
    for (const form of forms) keepOwn(statements, 'form_draft', form);
    const files = backup.files.filter(
      ({ hash }) => statements.get('SELECT 1 FROM blob WHERE hash = ?', hash) === undefined,
    );
    for (const file of files) putFile(statements, file);
    const known = backup.outbox.length - work;
    return { restored: { work, known, drafts: drafts.length + forms.length, files: files.length }, tables };
  });
  context.changes.emit([...new Set(done.tables)]);
  return done.restored;
};
