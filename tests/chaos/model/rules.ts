import type { TableName } from '#shared/sync/catalogue.ts';
import { columnsOf } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';

/** What the centre's columns accept; the counterpart of its domains. A refusal carries PostgreSQL's SQLSTATE. */

/** An error of PostgreSQL inside a transaction. */
export class Refused extends Error {
  readonly sqlstate: string;
  readonly constraint: string | null;

  constructor(sqlstate: string, message: string, constraint: string | null = null) {
    super(message);
    this.sqlstate = sqlstate;
    this.constraint = constraint;
  }
}

type Rule = (value: string | number) => boolean;

const text =
  (most: number): Rule =>
  (value) =>
    [...String(value)].length <= most;
const name =
  (most: number): Rule =>
  (value) => {
    const { length } = [...String(value)];
    return length >= 1 && length <= most;
  };
const among =
  (...codes: readonly string[]): Rule =>
  (value) =>
    codes.includes(String(value));
const matching =
  (pattern: RegExp): Rule =>
  (value) =>
    pattern.test(String(value));
const within =
  (low: string, high: string): Rule =>
  (value) =>
    String(value) >= low && String(value) <= high;

const wallTime = matching(/^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/);
const instant = within('1900-01-01T00:00:00.000Z', '2200-01-01T00:00:00.000Z');
const day = within('1850-01-01', '2200-01-01');
const person = { family: name(200), given: text(200), gender: among('female', 'male', 'other', 'unknown') };
const voiding = { voided_at: instant, void_reason: text(1000) };

const rules: Partial<Record<TableName, Readonly<Record<string, Rule>>>> = {
  location: {
    kind: among('site', 'room', 'store'),
    name: name(200),
    address_line: text(500),
    city: text(200),
    phone: text(100),
    time_zone: name(64),
    source: text(200),
  },
  practitioner: { ...person, prefix: text(50), speciality: text(200), colour: text(50), source: text(200) },
  staff_account: {
    username: name(100),
    display_name: name(200),
    role: among('reception', 'doctor', 'nurse', 'admin'),
    password_hash: text(500),
  },
  patient: {
    ...person,
    ...voiding,
    mrn: name(64),
    birth_date: day,
    phone: text(100),
    email: text(320),
    address_line: text(500),
    city: text(200),
    postal_code: text(40),
    country: text(100),
    contact_name: text(400),
    contact_phone: text(100),
    deceased_date: day,
    source: text(200),
    created_at: instant,
  },
  schedule: {
    weekday: (value) => Number(value) >= 1 && Number(value) <= 7,
    start_time: wallTime,
    end_time: wallTime,
    valid_from: day,
    valid_to: day,
  },
  appointment: {
    ...voiding,
    status: among(
      'proposed',
      'pending',
      'booked',
      'arrived',
      'fulfilled',
      'cancelled',
      'noshow',
      'entered-in-error',
      'checked-in',
      'waitlist',
    ),
    participant_status: among('accepted', 'declined', 'tentative', 'needs-action'),
    start_at: instant,
    end_at: instant,
    start_local: matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$/),
    time_zone: name(64),
    description: text(4000),
    cancel_reason: text(1000),
    proposed_start_at: instant,
    source: text(200),
    created_at: instant,
  },
  task: {
    code: name(100),
    status: among(
      'draft',
      'requested',
      'received',
      'accepted',
      'rejected',
      'ready',
      'cancelled',
      'in-progress',
      'on-hold',
      'failed',
      'completed',
      'entered-in-error',
    ),
    reason: text(1000),
    created_at: instant,
    completed_at: instant,
  },
  conflict: {
    kind: among('field', 'slot', 'version'),
    tbl: name(64),
    reason: among(
      'changed-elsewhere',
      'practitioner-busy',
      'room-busy',
      'patient-busy',
      'practitioner-left',
      'place-closed',
      'forked',
    ),
    status: among('open', 'settled'),
    resolution: among('kept', 'attempted', 'edited', 'rebooked', 'superseded'),
    resolved_at: instant,
  },
  allergy_intolerance: {
    ...voiding,
    substance: name(200),
    clinical_status: among('active', 'inactive', 'resolved'),
    verification_status: among('unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'),
    criticality: among('low', 'high', 'unable-to-assess'),
    note: text(4000),
    recorded_at: instant,
  },
  observation: {
    code: matching(/^[0-9]{1,7}-[0-9]$/),
    value: matching(/^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?$/),
    unit: text(50),
    status: among(
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
      'unknown',
    ),
    note: text(4000),
  },
  composition: {
    ...voiding,
    title: name(200),
    status: among('preliminary', 'final', 'amended', 'entered-in-error'),
  },
  medication_request: { ...voiding, medication: name(200), dosage: text(4000) },
  preference: { key: name(100), value: text(4000) },
  invoice: {
    series: name(64),
    provisional_number: name(64),
    status: among('draft', 'issued', 'balanced', 'cancelled', 'entered-in-error'),
    currency: matching(/^[A-Z]{3}$/),
  },
  audit_event: {
    recorded_at: instant,
    action: among('C', 'R', 'U', 'D', 'E'),
    event: name(100),
    entity_table: text(100),
    outcome: name(100),
    detail: text(4000),
  },
};

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A value of a message as the column holds it. */
const parsed = (type: string, value: string | number): Cell => {
  switch (type) {
    case 'uuid':
      if (!uuid.test(String(value))) throw new Refused('22P02', 'invalid input syntax for type uuid');
      return String(value).toLowerCase();
    case 'integer':
      if (!/^[+-]?\d+$/.test(String(value).trim())) {
        throw new Refused('22P02', 'invalid input syntax for type integer');
      }
      return Number(value);
    case 'boolean':
      if (!/^[01]$/.test(String(value))) throw new Refused('22P02', 'invalid input syntax for type boolean');
      return Number(value);
    case 'timestamptz': {
      const at = Date.parse(String(value));
      if (Number.isNaN(at)) throw new Refused('22007', 'invalid input syntax for type timestamp');
      return new Date(at).toISOString();
    }
    case 'date':
      if (!/^\d{4}-\d\d-\d\d$/.test(String(value))) {
        throw new Refused('22007', 'invalid input syntax for type date');
      }
      if (new Date(Date.parse(String(value)) || 0).toISOString().slice(0, 10) !== value) {
        throw new Refused('22008', 'date/time field value out of range');
      }
      return String(value);
    default:
      return String(value);
  }
};

/** `jsonb_populate_record`: the values of a message as the table's columns hold them. Unknown names are refused before. */
export const populated = (tbl: TableName, values: Cells): Cells =>
  Object.fromEntries(
    columnsOf(tbl)
      .filter(([column]) => Object.hasOwn(values, column))
      .map(([column, { type }]) => {
        const value = values[column] ?? null;
        if (value === null) return [column, null];
        const held = parsed(type, value);
        if (held !== null && rules[tbl]?.[column]?.(held) === false) {
          throw new Refused('23514', `value for ${tbl}.${column} violates its check constraint`);
        }
        return [column, held];
      }),
  );

const exceptionIsWrong = ({ kind, start_date, end_date, start_time, end_time, ...of }: Cells): boolean =>
  String(end_date) < String(start_date) ||
  (start_time == null) !== (end_time == null) ||
  (start_time != null && String(end_time) <= String(start_time)) ||
  (kind === 'extra' && (of.practitioner_id == null || of.location_id == null || start_time == null));

const laterFirst = (from: Cell | undefined, to: Cell | undefined): boolean =>
  from != null && to != null && String(to) < String(from);
const notAfter = (from: Cell | undefined, to: Cell | undefined): boolean =>
  from != null && to != null && String(to) <= String(from);

/** NOT NULL, then the table's own CHECKs. */
export const checkRow = (tbl: TableName, cells: Cells): void => {
  for (const [column, { nullable }] of columnsOf(tbl)) {
    if (!nullable && (cells[column] ?? null) === null) {
      throw new Refused('23502', `null value in column "${column}" violates not-null constraint`);
    }
  }
  const { id, part_of, start_at, end_at, start_time, end_time, valid_from, valid_to } = cells;
  const wrong =
    (tbl === 'location' && part_of === id) ||
    (tbl === 'observation' && cells.corrects === id) ||
    (tbl === 'conflict' &&
      cells.status !== 'open' &&
      (cells.resolution == null || cells.resolved_at == null)) ||
    (tbl === 'appointment' && String(end_at) <= String(start_at)) ||
    (tbl === 'schedule' &&
      (String(end_time) <= String(start_time) ||
        (valid_from != null && valid_to != null && String(valid_to) < String(valid_from)) ||
        (cells.interval_weeks != null && valid_from == null))) ||
    (tbl === 'schedule_exception' && exceptionIsWrong(cells)) ||
    (tbl === 'patient_link' && cells.other_id === cells.patient_id) ||
    ((tbl === 'coverage' || tbl === 'waitlist_entry') && laterFirst(cells.start_date, cells.end_date)) ||
    (tbl === 'waitlist_entry' && notAfter(cells.start_time, cells.end_time));
  if (wrong) throw new Refused('23514', `new row for relation "${tbl}" violates check constraint`);
};
