import { type PageAsked, pageBack, pageEndOf } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { recordsOf, samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type AllergyRow = LocalRowOf<'allergy_intolerance'>;
export type ConditionRow = LocalRowOf<'condition'>;
export type ImmunizationRow = LocalRowOf<'immunization'>;
export type DocumentRow = LocalRowOf<'document_reference'>;
export type EventRow = LocalRowOf<'audit_event'>;

/** Nobody has more; it bounds what is read. */
const most = 300;

const notStanding = ['refuted', 'entered-in-error'];

/** Statements about allergies that nobody took back or refuted. */
const allergies = (patientId: string) =>
  localDb
    .selectFrom('allergy_intolerance')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId))
    .where('voided_at', 'is', null)
    .where('verification_status', 'not in', notStanding);

const named = (patientId: string) =>
  allergies(patientId).where((eb) =>
    eb.or([eb('code_kind', 'is', null), eb('code_kind', '!=', 'none-known')]),
  );

export const findAllergy = (reader: LocalReader, patientId: string, id: string): AllergyRow | undefined =>
  reader.get(named(patientId).where('id', '=', id));

export const allergiesPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly AllergyRow[] => reader.all(pageBack(named(patientId), 'recorded_at', 'id', asked));

/** All of them, for what they say together. */
export const allergyStatements = (reader: LocalReader, patientId: string): readonly AllergyRow[] =>
  reader.all(allergies(patientId).limit(most));

/** Problems a clinician has confirmed; what is only suspected is for the visit. */
const conditions = (patientId: string) =>
  localDb
    .selectFrom('condition')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId))
    .where('voided_at', 'is', null)
    .where('verification_status', '=', 'confirmed');

export const findCondition = (reader: LocalReader, patientId: string, id: string): ConditionRow | undefined =>
  reader.get(conditions(patientId).where('id', '=', id));

export const conditionsPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly ConditionRow[] => reader.all(pageBack(conditions(patientId), 'recorded_at', 'id', asked));

/** What was given; not what was refused or entered in error. */
export const immunizationsPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly ImmunizationRow[] => {
  const some = localDb
    .selectFrom('immunization')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId))
    .where('status', '=', 'completed');
  return reader.all(pageBack(some, 'occurrence_at', 'id', asked));
};

const documents = (patientId: string) =>
  localDb
    .selectFrom('document_reference')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId))
    .where('voided_at', 'is', null);

export const documentsPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly DocumentRow[] => reader.all(pageBack(documents(patientId), 'created_at', 'id', asked));

/** A document of this person that was not taken back. */
export const findDocument = (reader: LocalReader, patientId: string, id: string): DocumentRow | undefined =>
  reader.get(documents(patientId).where('id', '=', id));

/** Who opened one record, the latest first: from the index in its order, however often it was opened. */
export const eventsUnder = (reader: LocalReader, recordId: string, asked: PageAsked): readonly EventRow[] => {
  const some = localDb
    .selectFrom('audit_event')
    .selectAll()
    .where('entity_id', '=', recordId)
    .where('entity_table', '=', 'patient');
  const end = pageEndOf(asked.before);
  // The index has the moments; a row value alone would not use it.
  const until = end === null ? some : some.where('recorded_at', '<=', end.at);
  return reader.all(pageBack(until, 'recorded_at', 'id', asked));
};

/** Who opened any record of a person, the latest first. */
export const eventsAbout = (reader: LocalReader, patientId: string, asked: PageAsked): readonly EventRow[] =>
  [...recordsOf(reader, patientId)]
    .flatMap((recordId) => eventsUnder(reader, recordId, asked))
    .toSorted((a, b) =>
      a.recorded_at === b.recorded_at ? (a.id < b.id ? 1 : -1) : a.recorded_at < b.recorded_at ? 1 : -1,
    )
    .slice(0, asked.limit + 1);

/** When a closed chart was opened with a reason, and by whom: the reason itself is for whoever looks at it afterwards. */
export const glassBetween = (
  reader: LocalReader,
  patientId: string,
  from: string,
): readonly Pick<LocalRowOf<'break_glass'>, 'account_id' | 'started_at' | 'until_at'>[] =>
  reader.all(
    localDb
      .selectFrom('break_glass')
      .select(['account_id', 'started_at', 'until_at'])
      .where('patient_id', 'in', samePatient(patientId))
      .where('until_at', '>=', from)
      .limit(most),
  );

/** Staff by their accounts: names and roles, which is all a patient is told of them. */
export const staffNamed = (reader: LocalReader, ids: readonly string[]) =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('staff_account')
          .select(['id', 'display_name', 'role'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row]),
  );

/** Who looks after a person in the panel, by their accounts. */
export const accountsOf = (reader: LocalReader, patientId: string): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('patient_account_link')
          .select(['account_id', 'account_name'])
          .where('patient_id', 'in', samePatient(patientId))
          .limit(most),
      )
      .map((row) => [row.account_id, row.account_name]),
  );

/** Names and record numbers of patients, by id. */
export const peopleNamed = (reader: LocalReader, ids: readonly string[]) =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('patient')
          .select(['id', 'family', 'given', 'mrn'])
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row]),
  );
