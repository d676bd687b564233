import { auditRow } from '#main/core/audit-event.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { panelSource } from '#shared/domain/panel/source.ts';
import { birthDateProblem } from '#shared/domain/patients/birth-date.ts';
import { identifierKey } from '#shared/domain/patients/identifier.ts';
import { likelySame } from '#shared/domain/patients/likeness.ts';
import { formatMrn, mrnBlock, mrnNumber, mrnPrefixFor } from '#shared/domain/patients/mrn.ts';
import type { NewParticulars } from '#shared/domain/patients/particulars.ts';
import type { PatientDetails, ShownDetails } from '#shared/domain/patients/patient.ts';
import { isDialable, normalisePhone } from '#shared/domain/patients/phone.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { asKept, planParticulars } from './particulars.ts';
import { findPatient, greatestMrn, type PatientRow } from './repository.ts';
import { alikeTo, personOf } from './similar.ts';
import { patientView } from './view.ts';

type Columns = Omit<
  RowOf<'patient'>,
  | 'id'
  | 'mrn'
  | 'deceased_date'
  | 'location_id'
  | 'source'
  | 'created_at'
  | 'created_by'
  | 'voided_at'
  | 'voided_by'
  | 'void_reason'
  | 'merged_into'
>;

/** The details as columns, phone numbers made comparable. */
const asColumns = (deps: FeatureDeps, details: ShownDetails): Columns => {
  const country = details.country?.toUpperCase() ?? deps.home().country;
  const phone = (typed: string | null) => (typed === null ? null : normalisePhone(typed, country));
  return {
    family: details.family,
    given: details.given,
    gender: details.gender,
    birth_date: details.birthDate,
    birth_date_estimated: details.birthDate !== null && details.birthDateEstimated ? 1 : 0,
    phone: phone(details.phone),
    email: details.email,
    address_line: details.addressLine,
    city: details.city,
    postal_code: details.postalCode,
    country: details.country?.toUpperCase() ?? null,
    contact_name: details.contactName,
    contact_phone: phone(details.contactPhone),
    contact_relation: details.contactRelation,
    language: details.language,
  };
};

const phoneColumns = { phone: 'phone', contact_phone: 'contactPhone' } as const;

/** Numbers nobody can dial, by field. What a record said before may stay. */
const phoneProblems = (columns: Columns, before: Partial<Columns>): Record<string, string> =>
  Object.fromEntries(
    (['phone', 'contact_phone'] as const)
      .filter((column) => {
        const value = columns[column];
        return value !== null && value !== before[column] && !isDialable(value);
      })
      .map((column) => [phoneColumns[column], 'phone']),
  );

/** The details as columns, or what is wrong with them. */
const columnsOf = (
  deps: FeatureDeps,
  details: PatientDetails,
  before: Partial<Columns> = {},
): Result<Columns> => {
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const columns = asColumns(deps, details);
  const problem = details.birthDate === null ? null : birthDateProblem(details.birthDate, today);
  const fields = {
    ...phoneProblems(columns, before),
    ...(problem === null ? {} : { birthDate: problem }),
  };
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(columns);
};

/** The next number of this workstation's own block, so that two desks offline never give the same; null when it is used up. */
const nextMrn = (reader: LocalReader, deviceNo: number, siteName: string): string | null => {
  const prefix = mrnPrefixFor(siteName);
  const first = deviceNo * mrnBlock;
  const end = first + mrnBlock;
  const greatest = greatestMrn(
    reader,
    formatMrn(prefix, first).slice(0, 10),
    formatMrn(prefix, end).slice(0, 10),
  );
  const next = greatest === null ? first : (mrnNumber(greatest) ?? first) + 1;
  return next < end ? formatMrn(prefix, next) : null;
};

/** How many patients are likely the one being registered. */
const duplicates = (deps: FeatureDeps, columns: Columns, added: NewParticulars): number => {
  const telecoms = JSON.stringify(added.telecoms.map(({ value }) => value));
  const identifiers = JSON.stringify(added.identifiers.map(({ type, value }) => identifierKey(type, value)));
  const person = personOf({ ...columns, mrn: '', telecoms, identifiers });
  return alikeTo(deps.store, { ...person, mrn: null }, likelySame).length;
};

/** Registers a patient under a new MRN. Somebody who is likely here already is refused until the desk says otherwise. */
export const registerPatient = (
  deps: FeatureDeps,
  { notADuplicate, particulars, ...details }: Parsed<'patients.register'>,
  { user }: Connection,
): Result<PatientView> => {
  const columns = columnsOf(deps, details);
  if (!columns.ok) return columns;
  const added = asKept(deps, details.country, particulars);
  const count = notADuplicate ? 0 : duplicates(deps, columns.value, added);
  if (count > 0) return fail('duplicate', { params: { count } });
  const account = user?.id ?? null;
  const id = deps.newId();
  const plan = planParticulars(deps, { id, added, voided: [] }, account);
  if (!plan.ok) return plan;
  return insertPatient(deps, { id, columns: columns.value, source: null, account }, plan.value.write);
};

interface Insertion {
  readonly id: string;
  readonly columns: Columns;
  readonly source: string | null;
  readonly account: string | null;
}

/** Writes a patient under the next number of this workstation; `besides` is written with it. */
const insertPatient = (
  deps: FeatureDeps,
  { id, columns, source, account }: Insertion,
  besides: (writer: LocalWriter) => void,
): Result<PatientView> => {
  const workstation = deps.store.workstation();
  if (workstation === null) return fail('not-ready');
  const mrn = nextMrn(deps.store, workstation.deviceNo, deps.home().name ?? workstation.deviceName);
  if (mrn === null) return fail('unavailable');
  deps.store.mutate({ kind: 'patient.register', user: account }, (writer) => {
    writer.insert('patient', {
      id,
      mrn,
      ...columns,
      deceased_date: null,
      location_id: workstation.locationId,
      source,
      created_at: instant(deps.clock.now()),
      created_by: account,
      voided_at: null,
      voided_by: null,
      void_reason: null,
      merged_into: null,
    });
    besides(writer);
    // Who registers a patient has the record open.
    const opened = { action: 'R', event: 'patient-open', accountId: account } as const;
    writer.insert('audit_event', auditRow(deps, { ...opened, entity: { table: 'patient', id } }));
  });
  deps.engine.wake();
  return shown(deps, id);
};

/**
 * Takes down who a patient's account says it looks after, as a record of its own that the desk looks at. Whether somebody like that
 * is known already is nothing to be told there. `besides` is written in the same mutation.
 */
export const registerFromPanel = (
  deps: FeatureDeps,
  details: PatientDetails,
  accountId: string,
  besides: (writer: LocalWriter, id: string) => void,
): Result<PatientView> => {
  const columns = columnsOf(deps, details);
  if (!columns.ok) return columns;
  const id = deps.newId();
  const insertion = { id, columns: columns.value, source: panelSource(id), account: accountId };
  return insertPatient(deps, insertion, (writer) => besides(writer, id));
};

const shownOf = (row: PatientRow): ShownDetails => ({
  family: row.family,
  given: row.given,
  gender: row.gender,
  birthDate: row.birth_date,
  birthDateEstimated: row.birth_date_estimated === 1,
  phone: row.phone,
  email: row.email,
  addressLine: row.address_line,
  city: row.city,
  postalCode: row.postal_code,
  country: row.country,
  contactName: row.contact_name,
  contactPhone: row.contact_phone,
  contactRelation: row.contact_relation,
  language: row.language,
});

/** The columns that differ from what the form was filled with; null when somebody changed one of them meanwhile. */
const touched = (wanted: Columns, was: Columns, now: Columns): Partial<Columns> | null => {
  const names = (Object.keys(wanted) as (keyof Columns)[]).filter((name) => wanted[name] !== was[name]);
  const contested = names.some((name) => now[name] !== was[name] && now[name] !== wanted[name]);
  return contested ? null : Object.fromEntries(names.map((name) => [name, wanted[name]]));
};

interface Wanted {
  readonly added: NewParticulars;
  readonly voided: readonly unknown[];
}

const hasMore = ({ added: { telecoms, identifiers, coverages, consents, photo }, voided }: Wanted): boolean =>
  photo !== null || [telecoms, identifiers, coverages, consents, voided].some((list) => list.length > 0);

interface Change {
  readonly row: PatientRow;
  readonly patch: Partial<Columns>;
  readonly account: string | null;
  /** Something beside the columns of the record. */
  readonly more: boolean;
}

/** Which fields were changed and by whom, never to what: the person sees it in the panel. */
const noteChange = (deps: FeatureDeps, writer: LocalWriter, { row, patch, account, more }: Change) => {
  const columns = (Object.keys(patch) as (keyof Columns)[]).filter((name) => patch[name] !== row[name]);
  const fields = [...columns, ...(more ? ['particulars'] : [])].join(' ');
  if (fields === '') return;
  const noted = { action: 'U', event: 'patient-change', accountId: account } as const;
  const entity = { table: 'patient', id: row.id } as const;
  writer.insert('audit_event', auditRow(deps, { ...noted, entity, detail: { fields } }));
};

/** Changes a patient's details. Only what was changed is sent, so two desks may change different fields. */
export const updatePatient = (
  deps: FeatureDeps,
  { id, details, was, particulars: { voided, ...added } }: Parsed<'patients.update'>,
  { user }: Connection,
): Result<PatientView> => {
  const row = findPatient(deps.store, id);
  if (row === undefined) return fail('not-found');
  const now = asColumns(deps, shownOf(row));
  const columns = columnsOf(deps, details, now);
  if (!columns.ok) return columns;
  const patch = was === null ? columns.value : touched(columns.value, asColumns(deps, was), now);
  if (patch === null) return fail('changed-meanwhile');
  const account = user?.id ?? null;
  const wanted = { id, added: asKept(deps, details.country, added), voided };
  const plan = planParticulars(deps, wanted, account);
  if (!plan.ok) return plan;
  const { n } = deps.store.mutate({ kind: 'patient.update', user: account }, (writer) => {
    writer.update('patient', id, patch);
    plan.value.write(writer);
    noteChange(deps, writer, { row, patch, account, more: hasMore(wanted) });
  });
  if (n > 0) deps.engine.wake();
  return shown(deps, id);
};

const shown = (deps: FeatureDeps, id: string): Result<PatientView> => {
  const row = findPatient(deps.store, id);
  return row === undefined ? fail('not-found') : ok(patientView(deps.store, row));
};
