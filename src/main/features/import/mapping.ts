import { v5 as uuidv5 } from 'uuid';
import type { importKinds } from '#shared/contract/import.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { birthDateProblem } from '#shared/domain/patients/birth-date.ts';
import { plainIdentifier } from '#shared/domain/patients/identifier.ts';
import { formatMrn, mrnLimit } from '#shared/domain/patients/mrn.ts';
import { NewIdentifier } from '#shared/domain/patients/particulars.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  country,
  dayOf,
  type Finding,
  type Findings,
  findingsOf,
  genderOf,
  instantOf,
  type Mapped,
  phoneOf,
  required,
  sourceId,
} from './findings.ts';
import { splitName, withoutDigits } from './names.ts';
import type { Row } from './reader.ts';

/**
 * How rows of a Synthea CSV export (https://github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary) become
 * ours. Pure: the same row gives the same ids and values every time, so a second import finds what the first one wrote.
 *
 * Text that a spreadsheet would run as a formula is kept as it is and flagged. In a database and on a screen it is
 * text; changing a name on the way in would only make it wrong. Whoever writes a spreadsheet file must escape it there.
 */

export type ImportKind = (typeof importKinds)[number];
type Imported = ImportKind | 'diagnostic_report' | 'medicine' | 'concept';

export interface MappingContext {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** The clinic's IANA zone. */
  readonly timeZone: string;
  /** The instant of the import. */
  readonly at: string;
  /** The staff account that imports. */
  readonly user: string | null;
}

/** Where a kind's rows are and the columns without which the file cannot be read, in capitals. */
export const synthea = {
  location: { file: 'organizations.csv', required: ['ID', 'NAME'] },
  practitioner: { file: 'providers.csv', required: ['ID', 'NAME'] },
  patient: { file: 'patients.csv', required: ['ID', 'BIRTHDATE', 'FIRST', 'LAST'] },
  appointment: {
    file: 'encounters.csv',
    required: ['ID', 'START', 'STOP', 'PATIENT', 'ORGANIZATION', 'PROVIDER'],
  },
  encounter: {
    file: 'encounters.csv',
    required: ['ID', 'START', 'STOP', 'PATIENT', 'ORGANIZATION', 'PROVIDER'],
  },
  condition: { file: 'conditions.csv', required: ['START', 'STOP', 'PATIENT', 'CODE', 'DESCRIPTION'] },
  allergy_intolerance: {
    file: 'allergies.csv',
    required: ['START', 'STOP', 'PATIENT', 'CODE', 'DESCRIPTION'],
  },
  medication_request: {
    file: 'medications.csv',
    required: ['START', 'STOP', 'PATIENT', 'CODE', 'DESCRIPTION'],
  },
  observation: { file: 'observations.csv', required: ['DATE', 'PATIENT', 'CODE', 'VALUE', 'UNITS'] },
  immunization: { file: 'immunizations.csv', required: ['DATE', 'PATIENT', 'CODE', 'DESCRIPTION'] },
} as const satisfies Record<ImportKind, { readonly file: string; readonly required: readonly string[] }>;

const namespace = '5b0c4f0e-6f0b-4f63-9d0e-3f8f2a4a7c11';
/** Numbers no workstation's own block reaches (a block is its device number times 100,000). */
const mrnFloor = mrnLimit / 2 - ((mrnLimit / 2) % 1);
const emptyVisitMinutes = 15;
/** Our id for a row of the source: the same every time. */
export const idFor = (kind: Imported, sourceId: string): string =>
  uuidv5(`synthea:${kind}:${sourceId}`, namespace);

const sourceOf = (sourceId: string) => `synthea:${sourceId}`;

/** A medical record number of the block kept for imports; `attempt` counts up while the number before was taken. */
export const importMrn = (patientId: string, attempt: number): string => {
  const number = (Number.parseInt(patientId.slice(0, 8), 16) + attempt) % Math.floor(mrnLimit / 2);
  return formatMrn('SYN', mrnFloor + number);
};

export const mapLocation = (row: Row, context: MappingContext): Mapped<RowOf<'location'>> => {
  const found = findingsOf();
  const id = sourceId(found, row, 'ID');
  const name = required(found, found.text(row, 'NAME', 200), 'NAME');
  const address = found.text(row, 'ADDRESS', 200);
  const city = found.text(row, 'CITY', 100);
  const phone = phoneOf(found, row);
  return found.result(() => ({
    id: idFor('location', id),
    kind: 'site',
    part_of: null,
    name,
    address_line: address,
    city,
    phone,
    time_zone: context.timeZone,
    active: 1,
    source: sourceOf(id),
  }));
};

const sentenceCase = (text: string) =>
  text === text.toUpperCase() ? text.charAt(0) + text.slice(1).toLowerCase() : text;

export const mapPractitioner = (row: Row): Mapped<RowOf<'practitioner'>> => {
  const found = findingsOf();
  const id = sourceId(found, row, 'ID');
  const name = splitName(required(found, found.text(row, 'NAME', 200), 'NAME'));
  const speciality = found.text(row, 'SPECIALITY', 100);
  const gender = genderOf(found, row);
  return found.result(() => ({
    ...blank('practitioner'),
    id: idFor('practitioner', id),
    family: name.family,
    given: name.given,
    gender,
    speciality: sentenceCase(speciality ?? 'Unknown'),
    colour: null,
    active: 1,
    source: sourceOf(id),
  }));
};

const birthDateOf = (found: Findings, row: Row, today: string): string | null => {
  const text = row.get('BIRTHDATE');
  if (text === '') {
    found.warn('missing-value', 'BIRTHDATE');
    return null;
  }
  const day = dayOf(text);
  if (day === null || birthDateProblem(day, today) !== null) found.error('impossible-date', 'BIRTHDATE');
  return day;
};

const deathDateOf = (found: Findings, row: Row, born: string | null, today: string): string | null => {
  const text = row.get('DEATHDATE');
  if (text === '') return null;
  const day = dayOf(text);
  if (day === null || day > today || (born !== null && day < born))
    found.error('impossible-date', 'DEATHDATE');
  return day;
};

const columnOfDetail: Readonly<Record<string, string>> = {
  family: 'LAST',
  given: 'FIRST',
  addressLine: 'ADDRESS',
  city: 'CITY',
  postalCode: 'ZIP',
};

/** A patient whose medical record number is still to be given. */
export const mapPatient = (row: Row, context: MappingContext): Mapped<Omit<RowOf<'patient'>, 'mrn'>> => {
  const found = findingsOf();
  const id = sourceId(found, row, 'ID');
  const first = required(found, found.text(row, 'FIRST', 100), 'FIRST');
  const middle = found.text(row, 'MIDDLE', 100);
  const details = {
    family: withoutDigits(required(found, found.text(row, 'LAST', 100), 'LAST')),
    given: withoutDigits(middle === null ? first : `${first} ${middle}`),
    gender: genderOf(found, row),
    addressLine: found.text(row, 'ADDRESS', 200),
    city: found.text(row, 'CITY', 100),
    postalCode: found.text(row, 'ZIP', 20),
  };
  const birthDate = birthDateOf(found, row, context.today);
  const deceased = deathDateOf(found, row, birthDate, context.today);
  const checked = PatientDetails.safeParse(details);
  const clean = !found.findings.some((finding) => finding.severity === 'error');
  if (!checked.success && clean) {
    for (const issue of checked.error.issues) {
      const code = issue.code === 'too_big' ? 'field-too-long' : 'bad-value';
      found.error(code, columnOfDetail[String(issue.path[0])] ?? null);
    }
  }
  return found.result(() => ({
    id: idFor('patient', id),
    family: details.family,
    given: details.given,
    gender: details.gender,
    birth_date: birthDate,
    birth_date_estimated: 0,
    phone: null,
    email: null,
    address_line: details.addressLine,
    city: details.city,
    postal_code: details.postalCode,
    country,
    contact_name: null,
    contact_phone: null,
    deceased_date: deceased,
    location_id: null,
    source: sourceOf(id),
    created_at: context.at,
    created_by: context.user,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    merged_into: null,
    language: null,
    contact_relation: null,
  }));
};

const identifierColumns = { SSN: 'SS', DRIVERS: 'DL', PASSPORT: 'PPN' } as const;

/** The identifiers of a patient the file has. One that cannot be read is left out and told of. */
export const mapIdentifiers = (
  row: Row,
  patientId: string,
  context: MappingContext,
): { readonly rows: readonly RowOf<'patient_identifier'>[]; readonly findings: readonly Finding[] } => {
  const found = findingsOf();
  const rows = Object.entries(identifierColumns).flatMap(([column, type]) => {
    const typed = row.get(column);
    if (typed.trim() === '') return [];
    const read = NewIdentifier.safeParse({ type, value: typed });
    if (!read.success) {
      found.warn('bad-value', column);
      return [];
    }
    return [
      {
        id: uuidv5(`synthea:identifier:${patientId}:${type}`, namespace),
        patient_id: patientId,
        type,
        value: plainIdentifier(read.data.value),
        issuer: null,
        created_at: context.at,
        created_by: context.user,
        voided_at: null,
        voided_by: null,
        void_reason: null,
      },
    ];
  });
  return { rows, findings: found.findings };
};

/**
 * When a visit was. A visit that ends when it begins gets a quarter of an hour; one that ends before it begins, or
 * lies in the future or before anybody now alive, is refused.
 */
const visitTimes = (found: Findings, row: Row, at: string) => {
  const start = instantOf(found, row, 'START');
  const stop = instantOf(found, row, 'STOP');
  if (start === null || stop === null) return null;
  const oldest = `${Number(at.slice(0, 4)) - 125}${at.slice(4)}`;
  if (start > Date.parse(at) || start < Date.parse(oldest)) found.error('impossible-date', 'START');
  if (stop < start) found.error('impossible-date', 'STOP');
  if (stop === start) found.warn('bad-value', 'STOP');
  return { start, stop: stop === start ? start + emptyVisitMinutes * 60_000 : stop };
};

/** An encounter as a past appointment. Whether patient, practitioner and location exist is for the caller to see. */
export const mapAppointment = (row: Row, context: MappingContext): Mapped<RowOf<'appointment'>> => {
  const found = findingsOf();
  const id = sourceId(found, row, 'ID');
  const patient = sourceId(found, row, 'PATIENT');
  const practitioner = sourceId(found, row, 'PROVIDER');
  const location = sourceId(found, row, 'ORGANIZATION');
  const description = found.text(row, 'DESCRIPTION', 500);
  const times = visitTimes(found, row, context.at);
  return found.result(() => ({
    id: idFor('appointment', id),
    patient_id: idFor('patient', patient),
    practitioner_id: idFor('practitioner', practitioner),
    location_id: idFor('location', location),
    room_id: null,
    status: 'fulfilled',
    participant_status: 'accepted',
    start_at: new Date(times?.start ?? 0).toISOString(),
    end_at: new Date(times?.stop ?? 0).toISOString(),
    start_local: wallTimeAt(times?.start ?? 0, context.timeZone),
    time_zone: context.timeZone,
    description,
    cancel_reason: null,
    proposed_start_at: null,
    overbooked: 0,
    needs_rebooking: 0,
    source: sourceOf(id),
    created_at: context.at,
    created_by: context.user,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    ...plainVisit,
  }));
};

/** HL7 v3 ActCode for Synthea's classes of encounters. */
const encounterClasses: Readonly<Record<string, string>> = {
  emergency: 'EMER',
  inpatient: 'IMP',
  snf: 'NONAC',
  hospice: 'NONAC',
  home: 'HH',
  virtual: 'VR',
};

/** The encounter of an imported visit. */
export const mapEncounter = (row: Row, visit: RowOf<'appointment'>): RowOf<'encounter'> => ({
  ...blank('encounter'),
  id: idFor('encounter', row.get('ID').toLowerCase()),
  patient_id: visit.patient_id,
  appointment_id: visit.id,
  practitioner_id: visit.practitioner_id,
  location_id: visit.location_id,
  status: 'finished',
  class: encounterClasses[row.get('ENCOUNTERCLASS').toLowerCase()] ?? 'AMB',
  reason: visit.description,
  start_at: visit.start_at,
  end_at: visit.end_at,
  source: visit.source,
  created_at: visit.created_at,
  created_by: visit.created_by,
});
