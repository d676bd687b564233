import type { FeatureDeps } from '#main/core/deps.ts';
import type { PageAsked } from '#main/core/paged.ts';
import { accountNames, idsIn, type Names, practitionerNames } from '#main/data/local/names.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PanelNote } from '#shared/contract/panel-records.ts';
import { decodeBody } from '#shared/domain/notes/sections.ts';
import { type NoteThread, stateOfNote, threadsOf } from '#shared/domain/notes/thread.ts';
import type { NoteId } from '#shared/kernel/ids.ts';
import { attestersOf, begunNotes, type NoteRow, type Place, wholeFamily, withAnswers } from './repository.ts';

/** Pages that are looked through for one that is shown: most notes are signed. */
const mostPages = 10;

interface Reading {
  readonly rows: readonly NoteRow[];
  /** `note practitioner`: who signed besides the author. */
  readonly attested: ReadonlySet<string>;
  readonly practitioners: Names;
  readonly accounts: Names;
}

const readingOf = (reader: LocalReader, rows: readonly NoteRow[]): Reading => ({
  rows,
  attested: new Set(
    attestersOf(
      reader,
      rows.map(({ id }) => id),
    ).map((row) => `${row.composition_id} ${row.practitioner_id}`),
  ),
  practitioners: practitionerNames(reader, idsIn(rows.map(({ author_id }) => author_id))),
  accounts: accountNames(reader, idsIn(rows.map(({ created_by }) => created_by))),
});

/** Signed, by a supervisor too where one has to, and neither taken back nor replaced. */
const stands = (row: NoteRow, { rows, attested }: Reading): boolean =>
  row.signed_at !== null &&
  stateOfNote(row, rows) === 'current' &&
  (row.supervisor_id === null || attested.has(`${row.id} ${row.supervisor_id}`));

/** What is written in a version; not why it was amended, which is the staff's matter. */
const textOf = (row: NoteRow, { practitioners, accounts }: Reading) => ({
  id: row.id as NoteId,
  sections: decodeBody(row.body).map((section) => ({ ...section })),
  author: practitioners.get(row.author_id ?? '') ?? accounts.get(row.created_by ?? '') ?? null,
  signedAt: row.signed_at ?? row.created_at,
});

/** A note as its patient sees it; null where nothing of it is for them. */
const noteOf = ({ current, earlier, addenda }: NoteThread<NoteRow>, reading: Reading): PanelNote | null => {
  const [row] = current;
  if (row === undefined) return null;
  const [only] = current.length === 1 && stands(row, reading) ? current : [];
  if (only !== undefined)
    return {
      ...textOf(only, reading),
      title: only.title,
      amended: only.parent_id !== null,
      checking: false,
      addenda: addenda.flatMap((one) =>
        one.current.length === 1
          ? one.current
              .filter((version) => stands(version, reading))
              .map((version) => textOf(version, reading))
          : [],
      ),
    };
  // Two versions stand, or what settles them is not signed yet. What was taken back or never signed is not told of.
  const inDoubt = current.some((version) =>
    ['current', 'unsigned'].includes(stateOfNote(version, reading.rows)),
  );
  const wasShown = [...current, ...earlier].filter(
    (version) => version.signed_at !== null && version.voided_at === null && version.supervisor_id === null,
  );
  const [shown] = inDoubt && (current.length > 1 || row.parent_id !== null) ? wasShown : [];
  return shown === undefined
    ? null
    : { ...textOf(shown, reading), sections: [], title: '', amended: false, checking: true, addenda: [] };
};

const placeOf = (before: string | null): Place | null => {
  if (before === null) return null;
  const [created_at = '', id = ''] = before.split('|');
  return { created_at, id };
};

/** A page of the notes of a person as they see them, the newest first. */
export const notesForPatient = (
  { store }: Pick<FeatureDeps, 'store'>,
  patientId: string,
  { before, limit }: PageAsked,
): { readonly items: readonly PanelNote[]; readonly next: string | null } => {
  const items: PanelNote[] = [];
  let after = placeOf(before);
  for (let page = 0; page < mostPages; page += 1) {
    const wanted = limit - items.length;
    const begun = begunNotes(store, patientId, after, wanted + 1);
    const ids = begun.slice(0, wanted).map(({ id }) => id);
    const reading = readingOf(store, withAnswers(store, ids));
    items.push(...threadsOf(reading.rows).flatMap((thread) => noteOf(thread, reading) ?? []));
    const last = begun.length > wanted ? begun[wanted - 1] : undefined;
    if (last === undefined) return { items, next: null };
    after = last;
    if (items.length >= limit) break;
  }
  return { items, next: after === null ? null : `${after.created_at}|${after.id}` };
};

/** A note of a person by the id of any of its versions or addenda, as they see it; null where there is none for them. */
export const noteForPatient = (
  { store }: Pick<FeatureDeps, 'store'>,
  patientId: string,
  id: string,
): PanelNote | null => {
  const rows = wholeFamily(store, id);
  const records = recordsOf(store, patientId);
  if (rows.length === 0 || !rows.every((row) => records.has(row.patient_id))) return null;
  const reading = readingOf(store, rows);
  const [thread] = threadsOf(rows);
  return thread === undefined ? null : noteOf(thread, reading);
};
