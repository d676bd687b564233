/** How the value of a column is shown to a person and read from what a person types. */
export type ColumnFormat =
  | 'text'
  | 'phone'
  | 'email'
  | 'mrn'
  | 'country'
  | 'day'
  | 'birth-day'
  | 'instant'
  | 'wall-time'
  | 'clock-time'
  | 'flag'
  | 'weekday'
  | 'gender'
  | 'role'
  | 'relation'
  | 'language'
  | 'appointment-status'
  | 'participant-status'
  | 'practitioner'
  | 'location'
  | 'patient'
  | 'appointment'
  | 'waitlist-status'
  | 'access-status'
  | 'request-status'
  | 'visit-priority'
  | 'note';

interface Described {
  readonly format: ColumnFormat;
  /** Whether a person may type another value; what names a row or follows from another column is only shown. */
  readonly editable: boolean;
  readonly required: boolean;
}

/** A column a person can be shown, under its own name. */
export interface ShownColumn extends Described {
  readonly column: string;
}

const typed = (format: ColumnFormat): Described => ({ format, editable: true, required: false });
const needed = (format: ColumnFormat): Described => ({ format, editable: true, required: true });
const shown = (format: ColumnFormat): Described => ({ format, editable: false, required: false });

/** The columns that mean something to a person, in the order people say them. What is not here is never shown. */
const described: Readonly<Record<string, Readonly<Record<string, Described>>>> = {
  patient: {
    family: needed('text'),
    given: needed('text'),
    gender: needed('gender'),
    birth_date: typed('birth-day'),
    birth_date_estimated: shown('flag'),
    phone: typed('phone'),
    email: typed('email'),
    address_line: typed('text'),
    postal_code: typed('text'),
    city: typed('text'),
    country: typed('country'),
    contact_name: typed('text'),
    contact_phone: typed('phone'),
    contact_relation: shown('relation'),
    language: shown('language'),
    deceased_date: typed('day'),
    mrn: needed('mrn'),
    merged_into: shown('patient'),
    void_reason: typed('text'),
  },
  appointment: {
    start_local: needed('wall-time'),
    practitioner_id: shown('practitioner'),
    location_id: shown('location'),
    room_id: shown('location'),
    status: shown('appointment-status'),
    participant_status: shown('participant-status'),
    proposed_start_at: shown('instant'),
    description: typed('text'),
    cancel_reason: typed('text'),
    void_reason: typed('text'),
    overbooked: shown('flag'),
    overbook_reason: typed('text'),
    needs_rebooking: shown('flag'),
    // Neither `stage` nor when it began: where a patient is, one sees, and the next step says it.
    ticket: typed('text'),
    patient_status: shown('participant-status'),
    previous_start_at: shown('instant'),
  },
  practitioner: {
    prefix: typed('text'),
    family: needed('text'),
    given: needed('text'),
    gender: needed('gender'),
    speciality: needed('text'),
    active: typed('flag'),
  },
  location: {
    name: needed('text'),
    address_line: typed('text'),
    city: typed('text'),
    phone: typed('phone'),
    active: typed('flag'),
  },
  schedule: {
    weekday: shown('weekday'),
    start_time: needed('clock-time'),
    end_time: needed('clock-time'),
    valid_from: typed('day'),
    valid_to: typed('day'),
    interval_weeks: shown('text'),
    active: typed('flag'),
  },
  visit_type: {
    name: needed('text'),
    minutes: shown('text'),
    buffer_before: shown('text'),
    buffer_after: shown('text'),
    daily_cap: shown('text'),
    lead_minutes: shown('text'),
    horizon_days: shown('text'),
    staff_only: typed('flag'),
    needs_room: typed('flag'),
    active: typed('flag'),
  },
  schedule_exception: {
    name: needed('text'),
    practitioner_id: shown('practitioner'),
    location_id: shown('location'),
    start_date: needed('day'),
    end_date: needed('day'),
    start_time: typed('clock-time'),
    end_time: typed('clock-time'),
    void_reason: typed('text'),
  },
  staff_account: {
    username: needed('text'),
    display_name: needed('text'),
    role: shown('role'),
    active: typed('flag'),
  },
  // Neither hashes of passwords and codes nor what else is secret.
  patient_account: {
    email: shown('email'),
    display_name: shown('text'),
    language: shown('language'),
    active: shown('flag'),
  },
  patient_account_link: {
    account_name: shown('text'),
    account_email: shown('email'),
    status: shown('access-status'),
    note: shown('text'),
    decision_reason: shown('text'),
  },
  patient_link_code: { until_at: shown('instant'), void_reason: shown('text') },
  calendar_feed: { created_at: shown('instant'), revoked_at: shown('instant') },
  allergy_intolerance: {
    substance: needed('text'),
    clinical_status: shown('text'),
    verification_status: shown('text'),
    criticality: shown('text'),
    note: typed('text'),
    void_reason: typed('text'),
  },
  // A version never changes: it is answered by another.
  composition: {
    title: shown('text'),
    body: shown('note'),
    status: shown('text'),
    void_reason: shown('text'),
  },
  medication_request: {
    medication: shown('text'),
    dosage: shown('text'),
    quantity: shown('text'),
    repeats: shown('text'),
    start_date: shown('day'),
    end_date: shown('day'),
    indication: shown('text'),
    note: shown('text'),
    status: shown('text'),
    status_reason: shown('text'),
    void_reason: shown('text'),
  },
  patient_telecom: {
    system: shown('text'),
    value: needed('text'),
    use: shown('text'),
    note: typed('text'),
    void_reason: typed('text'),
  },
  patient_identifier: {
    type: shown('text'),
    value: needed('text'),
    issuer: typed('text'),
    void_reason: typed('text'),
  },
  coverage: {
    payer: needed('text'),
    plan: typed('text'),
    subscriber_id: typed('text'),
    relationship: shown('text'),
    start_date: typed('day'),
    end_date: typed('day'),
    void_reason: typed('text'),
  },
  waitlist_entry: {
    practitioner_id: shown('practitioner'),
    speciality: shown('text'),
    location_id: shown('location'),
    minutes: shown('text'),
    start_date: needed('day'),
    end_date: typed('day'),
    start_time: typed('clock-time'),
    end_time: typed('clock-time'),
    priority: shown('visit-priority'),
    note: typed('text'),
    status: shown('waitlist-status'),
    appointment_id: shown('appointment'),
    offered_practitioner_id: shown('practitioner'),
    offered_location_id: shown('location'),
    offered_start_at: shown('instant'),
    offered_until: shown('instant'),
    close_reason: typed('text'),
  },
  appointment_series: {
    rule: shown('text'),
    start_local: shown('wall-time'),
    void_reason: typed('text'),
  },
  setting: { key: shown('text'), location_id: shown('location'), value: shown('text') },
  invoice: { status: shown('text'), currency: shown('text'), total: shown('text') },
  task: { status: shown('request-status') },
  // What only the program keeps: nobody is shown it, nobody decides about it.
  audit_event: {},
  conflict: {},
  preference: {},
  patient_link: {},
  consent: {},
  patient_photo: {},
  slot_hold: {},
};

/** Columns that say where a row came from or belongs, in tables this version has no words for. */
const isBookkeeping = (column: string): boolean =>
  column === 'id' || column === 'source' || /(_id|_at|_by)$/.test(column);

/**
 * What a person can be shown of the columns of a row, in the order people say them. Of a table without words of its
 * own every column is shown as text, its bookkeeping left out, and none can be typed.
 */
export const shownColumns = (table: string, columns: readonly string[]): readonly ShownColumn[] => {
  const known = Object.hasOwn(described, table) ? described[table] : undefined;
  if (known === undefined) {
    return columns.filter((column) => !isBookkeeping(column)).map((column) => ({ column, ...shown('text') }));
  }
  const wanted = new Set(columns);
  return Object.entries(known)
    .filter(([column]) => wanted.has(column))
    .map(([column, how]) => ({ column, ...how }));
};

/** The columns of an appointment that are one decision: where, when, with whom and whether at all. */
export const slotColumns: readonly string[] = [
  'practitioner_id',
  'location_id',
  'room_id',
  'start_at',
  'end_at',
  'start_local',
  'time_zone',
  'status',
  'participant_status',
  'proposed_start_at',
  'needs_rebooking',
];
