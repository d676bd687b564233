import { sql } from 'kysely';
import type { Connection } from '#main/core/dispatch.ts';
import { type OwnPatient, ownPatient, ownRecord, ownRecords } from '#main/core/own-patient.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { OwnRecord, RecordChange } from '#shared/contract/panel-people.ts';
import type { ShownDetails } from '#shared/domain/patients/patient.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import type { AccountDeps } from './deps.ts';

type PatientRow = LocalRowOf<'patient'>;

const ownDetails = (row: PatientRow): OwnRecord['details'] => ({
  phone: row.phone,
  email: row.email,
  addressLine: row.address_line,
  postalCode: row.postal_code,
  city: row.city,
  country: row.country,
  contactName: row.contact_name,
  contactPhone: row.contact_phone,
  contactRelation: row.contact_relation,
  language: row.language,
});

const shown = (deps: AccountDeps, own: OwnPatient): Result<OwnRecord> => {
  const row = ownRecord(deps.store, own);
  if (row === undefined) return fail('not-found');
  return ok({
    patientId: own.patientId as PatientId,
    family: row.family,
    given: row.given,
    gender: row.gender,
    birthDate: row.birth_date,
    birthDateEstimated: row.birth_date_estimated === 1,
    mrn: own.approved ? row.mrn : null,
    details: ownDetails(row),
    certainty: deps.store.certainty('patient', row.id),
  });
};

/** What the clinic knows of a person. */
export const record = (
  deps: AccountDeps,
  { patientId }: Parsed<'panel.record'>,
  connection: Connection,
): Result<OwnRecord> => {
  const own = ownPatient(deps, connection, patientId);
  return own.ok ? shown(deps, own.value) : own;
};

/** Who the person is stands as the desk has read it; the rest is changed by the rules of the desk. */
const whole = (row: PatientRow, details: OwnRecord['details']): ShownDetails => ({
  family: row.family,
  given: row.given,
  gender: row.gender,
  birthDate: row.birth_date,
  birthDateEstimated: row.birth_date_estimated === 1,
  ...details,
});

export const changeRecord = (
  deps: AccountDeps,
  { patientId, details, was }: Parsed<'panel.changeRecord'>,
  connection: Connection,
): Result<OwnRecord> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = ownRecord(deps.store, own.value);
  if (row === undefined) return fail('not-found');
  const changed = deps.updatePatient(
    {
      id: row.id as PatientId,
      details: whole(row, details) as Parsed<'patients.update'>['details'],
      was: whole(row, was),
      particulars: { telecoms: [], identifiers: [], coverages: [], consents: [], photo: null, voided: [] },
    },
    connection,
  );
  return changed.ok ? shown(deps, own.value) : changed;
};

const mostChanges = 100;
const kinds = {
  'patient-change': 'changed',
  'patient-merge': 'joined',
  'patient-unmerge': 'joined',
} as const;

/** The fields an event names; of one that cannot be read none. */
const fieldsOf = (detail: string | null): string[] => {
  const found = /"fields":"([a-z_ ]{1,400})"/.exec(detail ?? '')?.[1];
  return found === undefined ? [] : found.split(' ');
};

/** What was changed of a person's record, when and by whom; not what it said before. */
export const history = (
  deps: AccountDeps,
  { patientId }: Parsed<'panel.history'>,
  connection: Connection,
): Result<Output<'panel.history'>> => {
  const own = ownPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const { store } = deps;
  const me = connection.user?.id;
  const isStaff = (id: string): boolean =>
    store.get(localDb.selectFrom('staff_account').select('id').where('id', '=', id)) !== undefined;
  const whoOf = (id: string | null): RecordChange['who'] => {
    if (id === me) return 'you';
    return id === null || isStaff(id) ? 'clinic' : 'other';
  };
  const events = store.all(
    localDb
      .selectFrom('audit_event')
      .select(['recorded_at', 'event', 'account_id', 'detail'])
      .where('entity_id', 'in', ownRecords(own.value))
      .where(sql<boolean>`entity_table = 'patient'`)
      .where('event', 'in', Object.keys(kinds))
      .orderBy('recorded_at', 'desc')
      .orderBy('id', 'desc')
      .limit(mostChanges),
  );
  const row = ownRecord(deps.store, own.value);
  const made: readonly RecordChange[] =
    row === undefined || events.length >= mostChanges
      ? []
      : [{ at: row.created_at, kind: 'created', who: whoOf(row.created_by), fields: [] }];
  return ok({
    changes: [
      ...events.map(
        (one): RecordChange => ({
          at: one.recorded_at,
          kind: kinds[one.event as keyof typeof kinds],
          who: whoOf(one.account_id),
          fields: fieldsOf(one.detail),
        }),
      ),
      ...made,
    ],
    complete: store.complete('audit_event'),
  });
};
