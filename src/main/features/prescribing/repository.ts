import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Version } from '#shared/domain/prescribing/chain.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type PrescriptionRow = LocalRowOf<'medication_request'>;
export type DispenseRow = LocalRowOf<'medication_dispense'>;
export type MedicineRow = LocalRowOf<'medicine'>;
export type PrintRow = LocalRowOf<'prescription_print'>;
export type TemplateRow = LocalRowOf<'prescription_template'>;

/** As much of a version as says what holds, of which a patient may have thousands. */
export interface ShortVersion extends Version {
  readonly status: string;
  readonly signedAt: string | null;
  readonly source: string | null;
  readonly endDate: string | null;
}

/** More versions than anybody has; it bounds what is read. */
const mostVersions = 10_000;

/** Every version of every prescription of a person, under any record. */
export const versionsOf = (reader: LocalReader, patientId: string): readonly ShortVersion[] =>
  reader
    .all(
      localDb
        .selectFrom('medication_request')
        .select(['id', 'parent_id', 'voided_at', 'created_at', 'status', 'signed_at', 'source', 'end_date'])
        .where('patient_id', 'in', samePatient(patientId))
        .limit(mostVersions),
    )
    .map((row) => ({
      id: row.id,
      parentId: row.parent_id,
      voided: row.voided_at !== null,
      createdAt: row.created_at,
      status: row.status,
      signedAt: row.signed_at,
      source: row.source,
      endDate: row.end_date,
    }));

export const findPrescription = (reader: LocalReader, id: string): PrescriptionRow | undefined =>
  reader.get(localDb.selectFrom('medication_request').selectAll().where('id', '=', id));

/** The whole rows of some versions, by their ids. */
export const prescriptionsById = (
  reader: LocalReader,
  ids: readonly string[],
): ReadonlyMap<string, PrescriptionRow> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('medication_request')
          .selectAll()
          .where('id', 'in', [...ids]),
      )
      .map((row) => [row.id, row]),
  );

/** What was handed out of some versions, oldest first. */
export const dispensesOf = (reader: LocalReader, ids: readonly string[]): readonly DispenseRow[] =>
  reader.all(
    localDb
      .selectFrom('medication_dispense')
      .selectAll()
      .where('medication_request_id', 'in', [...ids])
      .orderBy('handed_at')
      .orderBy('id'),
  );

export const findDispense = (reader: LocalReader, id: string): DispenseRow | undefined =>
  reader.get(localDb.selectFrom('medication_dispense').selectAll().where('id', '=', id));

/** What was recorded of printing the versions that were signed under a number. */
export const printsOf = (reader: LocalReader, patientId: string, number: string): readonly PrintRow[] =>
  reader.all(
    localDb
      .selectFrom('prescription_print')
      .innerJoin('medication_request', 'medication_request.id', 'prescription_print.medication_request_id')
      .selectAll('prescription_print')
      .where('medication_request.patient_id', 'in', samePatient(patientId))
      .where('medication_request.number', '=', number),
  );

/** Some rows of that kind, and what takes them back. */
export const printsById = (
  reader: LocalReader,
  patientId: string,
  ids: readonly string[],
): readonly PrintRow[] =>
  reader
    .all(
      localDb.selectFrom('prescription_print').selectAll().where('patient_id', 'in', samePatient(patientId)),
    )
    .filter(({ id, corrects }) => ids.includes(id) || (corrects !== null && ids.includes(corrects)));

/** What was found about some versions, oldest first. */
export const issuesOf = (
  reader: LocalReader,
  ids: readonly string[],
): readonly LocalRowOf<'detected_issue'>[] =>
  reader.all(
    localDb
      .selectFrom('detected_issue')
      .selectAll()
      .where('medication_request_id', 'in', [...ids])
      .orderBy('recorded_at')
      .orderBy('id')
      .limit(500),
  );

/** What was overridden about some versions. */
export const overriddenOf = (
  reader: LocalReader,
  ids: readonly string[],
): readonly { readonly prescriptionId: string; readonly code: string; readonly subject: string }[] =>
  reader
    .all(
      localDb
        .selectFrom('detected_issue')
        .select(['medication_request_id', 'code', 'subject'])
        .where('medication_request_id', 'in', [...ids])
        // The unary plus: by the prescription, not through all that was ever overridden.
        .where(sql<string>`+outcome`, '=', 'overridden'),
    )
    .map((row) => ({
      prescriptionId: row.medication_request_id ?? '',
      code: row.code,
      subject: row.subject,
    }));

/** Open conflicts about versions of prescriptions: the id of each by the ids of both versions. */
export const forkConflicts = (reader: LocalReader): ReadonlyMap<string, string> => {
  const rows = reader.all(
    localDb
      .selectFrom('conflict')
      .select(['id', 'kind', 'tbl', 'kept', 'attempted'])
      .where('status', '=', 'open')
      .limit(500),
  );
  const sides = rows
    .filter(({ kind, tbl }) => kind === 'version' && tbl === 'medication_request')
    .flatMap(({ id, kept, attempted }) =>
      [kept, attempted].map((side) => [String((JSON.parse(side) as { id?: unknown }).id), id] as const),
    );
  return new Map(sides);
};

export const findMedicine = (reader: LocalReader, id: string): MedicineRow | undefined =>
  reader.get(localDb.selectFrom('medicine').selectAll().where('id', '=', id));

/** A record that is not voided and not merged away. */
export const patientStands = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('patient').select('id').where('id', '=', id).where('voided_at', 'is', null),
  ) !== undefined;

/** Whether a problem is this person's, under any record. */
export const isProblemOf = (reader: LocalReader, id: string, patientId: string): boolean =>
  reader.get(
    localDb
      .selectFrom('condition')
      .select('id')
      .where('id', '=', id)
      .where('patient_id', 'in', samePatient(patientId)),
  ) !== undefined;

export const findPractitioner = (reader: LocalReader, id: string): LocalRowOf<'practitioner'> | undefined =>
  reader.get(localDb.selectFrom('practitioner').selectAll().where('id', '=', id));

/** Accounts of doctors that can sign in. Accounts are few. */
export const doctorAccounts = (
  reader: LocalReader,
): readonly {
  readonly id: string;
  readonly display_name: string;
  readonly practitioner_id: string | null;
}[] =>
  reader.all(
    localDb
      .selectFrom('staff_account')
      .select(['id', 'display_name', 'practitioner_id'])
      .where('role', '=', 'doctor')
      .where('active', '=', 1)
      .orderBy('display_name')
      .limit(500),
  );

/** Ids of the accounts that can sign in. */
export const workingAccounts = (reader: LocalReader): ReadonlySet<string> =>
  new Set(
    reader
      .all(localDb.selectFrom('staff_account').select('id').where('active', '=', 1).limit(5000))
      .map(({ id }) => id),
  );

/** What a practitioner keeps and the sets of the clinic. Templates are few. */
export const templatesFor = (reader: LocalReader, practitionerId: string | null): readonly TemplateRow[] =>
  reader
    .all(localDb.selectFrom('prescription_template').selectAll().orderBy('name').limit(1000))
    .filter(
      (row) =>
        row.active === 1 &&
        (row.practitioner_id === null ? row.kind === 'order-set' : row.practitioner_id === practitionerId),
    );

export const findTemplate = (reader: LocalReader, id: string): TemplateRow | undefined =>
  reader.get(localDb.selectFrom('prescription_template').selectAll().where('id', '=', id));
