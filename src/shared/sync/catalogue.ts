/**
 * The catalogue of synced tables: one description that drives the centre, every workstation and the wire.
 * Names follow FHIR R4 where it has one. Two tests hold both live schemas against it.
 *
 * Order matters: a table comes after every table it refers to.
 */

/** Column types and how a value looks in SQLite and on the wire. */
export type ColumnType =
  /** PostgreSQL `uuid`; lower-case text elsewhere. */
  | 'uuid'
  | 'text'
  | 'integer'
  /** PostgreSQL `boolean`; 0 or 1 elsewhere. */
  | 'boolean'
  /** PostgreSQL `date`; `YYYY-MM-DD` elsewhere. */
  | 'date'
  /** PostgreSQL `timestamptz(3)`; `YYYY-MM-DDTHH:MM:SS.sssZ` elsewhere. */
  | 'timestamptz';

export interface Column {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The table whose `id` this column names. */
  readonly references?: string;
}

/**
 * What happens when two workstations change the same row:
 * - `merge`: disjoint fields merge; on the same field the centre's order wins and the losing value is kept;
 * - `append`: rows are only ever added;
 * - `version`: a row never changes but to be voided, once; a correction is a new row whose `parent_id` names it, and two
 *   children of one parent are a fork that a person settles;
 * - `union`: rows are added and refined by merge; who voids one without knowing of an edit loses;
 * - `last-write`: the later at the centre writes over, nothing is kept.
 */
export type ConflictPolicy = 'merge' | 'append' | 'version' | 'union' | 'last-write';

/** What a workstation is for: the centre keeps from it what its place does not need. */
export type WorkstationRole = 'whole' | 'front-desk' | 'consulting-room';

export interface SyncedTable {
  readonly policy: ConflictPolicy;
  /** The column that names the patient a row belongs to; without one the row belongs to the whole clinic. */
  readonly scope?: string;
  /** The roles of workstations that hold the table; all of them without. */
  readonly roles?: readonly WorkstationRole[];
  /**
   * Which rows a first copy brings before the desk works; without it, all of them. `open-first`: what is not over, the
   * centre's `sync_table.hot` says what that is. `later`: none. The rest arrives in the background.
   */
  readonly arrival?: 'open-first' | 'later';
  readonly columns: Readonly<Record<string, Column>>;
}

const required = <T extends ColumnType>(type: T) => ({ type, nullable: false }) as const;
const optional = <T extends ColumnType>(type: T) => ({ type, nullable: true }) as const;
const ref = <R extends string>(references: R) => ({ type: 'uuid', nullable: false, references }) as const;
const optionalRef = <R extends string>(references: R) =>
  ({ type: 'uuid', nullable: true, references }) as const;

/** Nothing clinical is deleted: when, by whom and why a row stopped being true. */
const voidColumns = {
  voided_at: optional('timestamptz'),
  voided_by: optional('uuid'),
  void_reason: optional('text'),
} as const;

export const catalogue = {
  /** FHIR Location: a site of the clinic, or a room or a store of the stock room within one. */
  location: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      part_of: optionalRef('location'),
      name: required('text'),
      address_line: optional('text'),
      city: optional('text'),
      phone: optional('text'),
      time_zone: required('text'),
      active: required('boolean'),
      source: optional('text'),
    },
  },
  /** FHIR Practitioner, with the speciality of its PractitionerRole. */
  practitioner: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      prefix: optional('text'),
      family: required('text'),
      given: required('text'),
      gender: required('text'),
      speciality: required('text'),
      colour: optional('text'),
      active: required('boolean'),
      source: optional('text'),
      licence_number: optional('text'),
      supervisor_id: optionalRef('practitioner'),
    },
  },
  /** A person who signs in. Not FHIR: FHIR leaves accounts to the system. */
  staff_account: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      username: required('text'),
      display_name: required('text'),
      role: required('text'),
      practitioner_id: optionalRef('practitioner'),
      location_id: optionalRef('location'),
      password_hash: required('text'),
      active: required('boolean'),
      pin_hash: optional('text'),
      /** Of a one-time code with which the person sets a password, and until when it counts. */
      invite_hash: optional('text'),
      invite_until: optional('timestamptz'),
      /** Sessions begun before this was set to what it is are over. */
      sessions_ended_at: optional('timestamptz'),
    },
  },
  /** FHIR Patient. `merged_into` is FHIR's link of type `replaced-by`: the record of the same person that goes on. */
  patient: {
    policy: 'merge',
    scope: 'id',
    columns: {
      id: required('uuid'),
      mrn: required('text'),
      family: required('text'),
      given: required('text'),
      gender: required('text'),
      birth_date: optional('date'),
      birth_date_estimated: required('boolean'),
      phone: optional('text'),
      email: optional('text'),
      address_line: optional('text'),
      city: optional('text'),
      postal_code: optional('text'),
      country: optional('text'),
      contact_name: optional('text'),
      contact_phone: optional('text'),
      deceased_date: optional('date'),
      location_id: optionalRef('location'),
      source: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
      merged_into: optionalRef('patient'),
      /** BCP 47. */
      language: optional('text'),
      /** What `contact_name` is to the patient. */
      contact_relation: optional('text'),
    },
  },
  /** FHIR Schedule: the hours a practitioner offers at a location on one weekday (ISO 8601: 1 is Monday), as wall time `HH:MM`. */
  schedule: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      practitioner_id: ref('practitioner'),
      location_id: ref('location'),
      room_id: optionalRef('location'),
      weekday: required('integer'),
      start_time: required('text'),
      end_time: required('text'),
      valid_from: optional('date'),
      valid_to: optional('date'),
      active: required('boolean'),
      /** Every so many weeks, counted from the one `valid_from` lies in; null: every week. */
      interval_weeks: optional('integer'),
    },
  },
  /** FHIR Appointment.appointmentType, with what the clinic asks of such a visit. Buffers are minutes its practitioner is not free either. */
  visit_type: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      name: required('text'),
      minutes: required('integer'),
      buffer_before: required('integer'),
      buffer_after: required('integer'),
      colour: optional('text'),
      /** Visits of this kind that one practitioner takes in a day. */
      daily_cap: optional('integer'),
      /** Patients do not book it themselves. */
      staff_only: required('boolean'),
      needs_room: required('boolean'),
      active: required('boolean'),
      /** Booked at the latest so many minutes before it begins, and at most so many days ahead. */
      lead_minutes: optional('integer'),
      horizon_days: optional('integer'),
    },
  },
  /**
   * Days that are not as the weekly schedule says: `leave`, `holiday` and `closed` take hours away, `extra` adds some. Without a
   * practitioner it is of all, without a location of all sites; without times it is of the whole days.
   */
  schedule_exception: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      practitioner_id: optionalRef('practitioner'),
      location_id: optionalRef('location'),
      start_date: required('date'),
      end_date: required('date'),
      start_time: optional('text'),
      end_time: optional('text'),
      name: required('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** Appointments that are planned together: `rule` is an RFC 5545 RRULE, counted from `start_local`. They name their series. */
  appointment_series: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      rule: required('text'),
      start_local: required('text'),
      time_zone: required('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /**
   * FHIR Appointment. `participant_status` is the practitioner's FHIR ParticipationStatus, `priority` FHIR's RequestPriority. `stage` says
   * where in the clinic the patient is, from arriving to leaving, and `stage_at` since when: FHIR's statuses do not tell. `patient_status` is
   * the patient's ParticipationStatus: `accepted` when they said they come, `needs-action` when they must be told of another time.
   */
  appointment: {
    policy: 'merge',
    scope: 'patient_id',
    arrival: 'open-first',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      practitioner_id: ref('practitioner'),
      location_id: ref('location'),
      room_id: optionalRef('location'),
      status: required('text'),
      participant_status: required('text'),
      start_at: required('timestamptz'),
      end_at: required('timestamptz'),
      start_local: required('text'),
      time_zone: required('text'),
      description: optional('text'),
      cancel_reason: optional('text'),
      proposed_start_at: optional('timestamptz'),
      overbooked: required('boolean'),
      needs_rebooking: required('boolean'),
      source: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
      visit_type_id: optionalRef('visit_type'),
      overbook_reason: optional('text'),
      walk_in: optional('boolean'),
      ticket: optional('text'),
      priority: optional('text'),
      stage: optional('text'),
      stage_at: optional('timestamptz'),
      arrived_at: optional('timestamptz'),
      called_at: optional('timestamptz'),
      series_id: optionalRef('appointment_series'),
      patient_status: optional('text'),
      /** When it was to be before it was moved last. */
      previous_start_at: optional('timestamptz'),
      nurse_at: optional('timestamptz'),
      left_at: optional('timestamptz'),
    },
  },
  /** FHIR Encounter: what happened between a patient and the clinic, of class AMB unless an import says otherwise. Two workstations that begin one for the same appointment without knowing of each other make two rows; readings put them together by `appointment_id`, which is no reference: older appointments arrive after the desk works. */
  encounter: {
    policy: 'merge',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      appointment_id: optional('uuid'),
      practitioner_id: optionalRef('practitioner'),
      location_id: optionalRef('location'),
      status: required('text'),
      class: required('text'),
      reason: optional('text'),
      start_at: required('timestamptz'),
      end_at: optional('timestamptz'),
      source: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR Task: work that waits for a person. `owner_device` is the workstation whose desk it waits on. */
  task: {
    policy: 'merge',
    scope: 'patient_id',
    arrival: 'open-first',
    columns: {
      id: required('uuid'),
      code: required('text'),
      status: required('text'),
      patient_id: optionalRef('patient'),
      appointment_id: optionalRef('appointment'),
      owner_device: optional('uuid'),
      reason: required('text'),
      created_at: required('timestamptz'),
      completed_at: optional('timestamptz'),
      completed_by: optional('uuid'),
      owner_practitioner_id: optionalRef('practitioner'),
      due_date: optional('date'),
      focus_id: optional('uuid'),
    },
  },
  /** FHIR AuditEvent: what is not a change of a row, such as a sign-in or a chart being opened. Changes are in the ledger. */
  audit_event: {
    policy: 'append',
    roles: ['whole'],
    arrival: 'later',
    columns: {
      id: required('uuid'),
      recorded_at: required('timestamptz'),
      action: required('text'),
      event: required('text'),
      account_id: optional('uuid'),
      entity_table: optional('text'),
      entity_id: optional('uuid'),
      outcome: required('text'),
      /** What more there is to say, as JSON: what was printed, which document was opened, what was exported. */
      detail: optional('text'),
    },
  },
  /**
   * What a person entered and did not stand, and what stands instead, with the author of each. Written by the centre in
   * the transaction that decided; a workstation only settles it. `attempted` and `kept` are JSON objects of
   * values as they travel, by column. `attempted_at` is the workstation's own clock, `kept_at` the centre's; a person at the centre has no device.
   */
  conflict: {
    policy: 'merge',
    scope: 'patient_id',
    arrival: 'open-first',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      tbl: required('text'),
      row_id: required('uuid'),
      patient_id: optionalRef('patient'),
      reason: required('text'),
      attempted: required('text'),
      attempted_by: optional('uuid'),
      attempted_at: required('timestamptz'),
      attempted_device: optional('uuid'),
      attempted_device_name: optional('text'),
      kept: required('text'),
      kept_by: optional('uuid'),
      kept_at: optional('timestamptz'),
      kept_device: optional('uuid'),
      kept_device_name: optional('text'),
      status: required('text'),
      resolution: optional('text'),
      created_at: required('timestamptz'),
      resolved_at: optional('timestamptz'),
      resolved_by: optional('uuid'),
    },
  },
  /** FHIR AllergyIntolerance. */
  allergy_intolerance: {
    policy: 'union',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      substance: required('text'),
      clinical_status: required('text'),
      verification_status: required('text'),
      criticality: optional('text'),
      note: optional('text'),
      recorded_by: optional('uuid'),
      recorded_at: required('timestamptz'),
      ...voidColumns,
      type: optional('text'),
      category: optional('text'),
      code_kind: optional('text'),
      code: optional('text'),
      reaction: optional('text'),
      severity: optional('text'),
      onset: optional('text'),
      source: optional('text'),
    },
  },
  /** FHIR ServiceRequest: a test or examination that was asked for. */
  service_request: {
    policy: 'merge',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      encounter_id: optionalRef('encounter'),
      code_system: optional('text'),
      code: optional('text'),
      display: required('text'),
      category: required('text'),
      status: required('text'),
      status_reason: optional('text'),
      priority: required('text'),
      reason: optional('text'),
      note: optional('text'),
      requester_id: optionalRef('practitioner'),
      authored_at: required('timestamptz'),
      source: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR DiagnosticReport: results that came, one row for each report; its values are observations that name it. `requester_id` is whose inbox it waits in, `abnormal` is `normal`, `abnormal` or `critical`. A wrong one is answered by another that names it in `corrects`. */
  diagnostic_report: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      service_request_id: optionalRef('service_request'),
      encounter_id: optionalRef('encounter'),
      code_system: optional('text'),
      code: optional('text'),
      display: required('text'),
      status: required('text'),
      abnormal: optional('text'),
      conclusion: optional('text'),
      performer: optional('text'),
      requester_id: optionalRef('practitioner'),
      effective_at: required('timestamptz'),
      source: optional('text'),
      corrects: optionalRef('diagnostic_report'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Observation: one measured value. `code` is LOINC, `unit` UCUM, `value` a decimal as it was written. A wrong one is answered by another that names it in `corrects`. */
  observation: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      code: required('text'),
      value: optional('text'),
      unit: optional('text'),
      status: required('text'),
      effective_at: required('timestamptz'),
      recorded_by: optional('uuid'),
      recorded_at: required('timestamptz'),
      corrects: optionalRef('observation'),
      note: optional('text'),
      encounter_id: optionalRef('encounter'),
      report_id: optionalRef('diagnostic_report'),
      component_of: optionalRef('observation'),
      category: optional('text'),
      value_text: optional('text'),
      comparator: optional('text'),
      reference_low: optional('text'),
      reference_high: optional('text'),
      interpretation: optional('text'),
      source: optional('text'),
    },
  },
  /** FHIR Composition: a version of a note. `parent_id` is FHIR's `relatesTo` with code `replaces`. */
  composition: {
    policy: 'version',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      parent_id: optionalRef('composition'),
      title: required('text'),
      body: required('text'),
      status: required('text'),
      author_id: optionalRef('practitioner'),
      signed_at: optional('timestamptz'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
      encounter_id: optionalRef('encounter'),
      type: optional('text'),
      appends_id: optionalRef('composition'),
      reason: optional('text'),
      supervisor_id: optionalRef('practitioner'),
      source: optional('text'),
    },
  },
  /** FHIR Composition.attester: who else stands for a signed note; `professional` is a supervisor's co-signature. */
  composition_attester: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      composition_id: ref('composition'),
      practitioner_id: optionalRef('practitioner'),
      mode: required('text'),
      note: optional('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Condition: a problem of the patient. Without `code_system` it is free text and says so. `onset` and `abatement` are FHIR dates, as precise as they are known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  condition: {
    policy: 'merge',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      encounter_id: optionalRef('encounter'),
      code_system: optional('text'),
      code: optional('text'),
      display: required('text'),
      clinical_status: required('text'),
      verification_status: required('text'),
      severity: optional('text'),
      onset: optional('text'),
      abatement: optional('text'),
      note: optional('text'),
      source: optional('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** A medicine of the clinic's formulary. `ingredients` is a JSON array of {key, name, value, unit}, the strength of each in one `unit_of_dose`; `code` is an RxCUI where `code_system` says RxNorm. */
  medicine: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      name: required('text'),
      ingredients: required('text'),
      form: optional('text'),
      strength: optional('text'),
      route: optional('text'),
      unit_of_dose: optional('text'),
      code_system: optional('text'),
      code: optional('text'),
      source: optional('text'),
      active: required('boolean'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** FHIR MedicationRequest: a version of a prescription. `parent_id` is FHIR's `priorPrescription`. */
  medication_request: {
    policy: 'version',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      parent_id: optionalRef('medication_request'),
      medication: required('text'),
      dosage: required('text'),
      status: required('text'),
      requester_id: optionalRef('practitioner'),
      signed_at: optional('timestamptz'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
      encounter_id: optionalRef('encounter'),
      medicine_id: optionalRef('medicine'),
      ingredients: optional('text'),
      form: optional('text'),
      strength: optional('text'),
      dose_value: optional('text'),
      dose_unit: optional('text'),
      route: optional('text'),
      frequency: optional('text'),
      as_needed: optional('boolean'),
      as_needed_for: optional('text'),
      max_per_day: optional('text'),
      duration_value: optional('integer'),
      duration_unit: optional('text'),
      quantity: optional('text'),
      quantity_unit: optional('text'),
      quantity_computed: optional('boolean'),
      repeats: optional('integer'),
      indication: optional('text'),
      condition_id: optionalRef('condition'),
      note: optional('text'),
      start_date: optional('date'),
      end_date: optional('date'),
      status_reason: optional('text'),
      renews_id: optionalRef('medication_request'),
      checked: optional('text'),
      number: optional('text'),
      source: optional('text'),
    },
  },
  /** What an account likes to have otherwise. Not FHIR. The id is `preferenceId` of account and key. */
  preference: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      account_id: ref('staff_account'),
      key: required('text'),
      value: required('text'),
    },
  },
  /** FHIR Invoice. `total` in minor units of `currency` (ISO 4217). The centre gives `fiscal_number`, one after the other in each series. */
  invoice: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      series: required('text'),
      provisional_number: required('text'),
      fiscal_number: optional('integer'),
      status: required('text'),
      currency: required('text'),
      total: required('integer'),
      issued_at: optional('timestamptz'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      /** `invoice`, or `credit-note`, whose total and lines are below zero; null: of a version that knew no lines. */
      kind: optional('text'),
      corrects: optionalRef('invoice'),
      location_id: optionalRef('location'),
      payer_id: optionalRef('organization'),
      /** What of the total is the payer's. */
      payer_total: optional('integer'),
      reason: optional('text'),
      issued_by: optional('uuid'),
    },
  },
  /**
   * What somebody found out about two records: `distinct`, that they look like one person and are two. FHIR's Patient.link knows
   * only records of one person. `other_id` may be out of this patient's scope.
   */
  patient_link: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      other_id: required('uuid'),
      kind: required('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR ContactPoint: how else a patient is reached, besides `patient.phone` and `patient.email`. Phones in E.164 where they can be. */
  patient_telecom: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      system: required('text'),
      value: required('text'),
      use: optional('text'),
      note: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR Identifier: a number others know a patient by. `type` is a code of HL7 v2 table 0203. */
  patient_identifier: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      type: required('text'),
      value: required('text'),
      issuer: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR Organization: whoever pays for patients, such as an insurer (`kind` `payer`). */
  organization: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      name: required('text'),
      identifier: optional('text'),
      email: optional('text'),
      phone: optional('text'),
      address_line: optional('text'),
      active: required('boolean'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** FHIR Coverage: who pays. `relationship` is the patient's to the subscriber. */
  coverage: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      payer: required('text'),
      plan: optional('text'),
      subscriber_id: optional('text'),
      relationship: optional('text'),
      start_date: optional('date'),
      end_date: optional('date'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
      payor_id: optionalRef('organization'),
      /** What the payer bears, in basis points; null: nothing is agreed. */
      cover_rate: optional('integer'),
    },
  },
  /** FHIR Consent: what a patient allowed (`permit`) or refused (`deny`). The latest of a category holds. */
  consent: {
    policy: 'append',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      category: required('text'),
      provision: required('text'),
      note: optional('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Patient.photo, small: `data` is base64, at most 40,000 characters. */
  patient_photo: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      content_type: required('text'),
      data: required('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /**
   * Somebody who waits for a slot. Not FHIR: its appointment of status `waitlist` has no place for what would do. Without a
   * practitioner any does (of `speciality`), without a location any site; `weekdays` is ISO 8601 numbers with commas between.
   */
  waitlist_entry: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      practitioner_id: optionalRef('practitioner'),
      speciality: optional('text'),
      location_id: optionalRef('location'),
      visit_type_id: optionalRef('visit_type'),
      minutes: required('integer'),
      start_date: required('date'),
      end_date: optional('date'),
      start_time: optional('text'),
      end_time: optional('text'),
      weekdays: optional('text'),
      priority: required('text'),
      note: optional('text'),
      status: required('text'),
      offered_practitioner_id: optionalRef('practitioner'),
      offered_location_id: optionalRef('location'),
      offered_start_at: optional('timestamptz'),
      offered_at: optional('timestamptz'),
      offered_until: optional('timestamptz'),
      appointment_id: optionalRef('appointment'),
      close_reason: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** The slot an account at a workstation is about to book, a courtesy to the other desks. One row for each, empty when none; `device` is the workstation. */
  slot_hold: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      device: required('uuid'),
      device_name: optional('text'),
      account_id: optional('uuid'),
      practitioner_id: optionalRef('practitioner'),
      location_id: optionalRef('location'),
      start_at: optional('timestamptz'),
      end_at: optional('timestamptz'),
      expires_at: required('timestamptz'),
    },
  },
  /** That a clinician has read a report. Not FHIR: it leaves reading to the system. */
  result_acknowledgement: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      report_id: ref('diagnostic_report'),
      practitioner_id: optionalRef('practitioner'),
      note: optional('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Immunization. `vaccine_code` is CVX where it is coded. */
  immunization: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      encounter_id: optionalRef('encounter'),
      vaccine_system: optional('text'),
      vaccine_code: optional('text'),
      display: required('text'),
      status: required('text'),
      occurrence_at: required('timestamptz'),
      note: optional('text'),
      source: optional('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Flag: what everybody who opens the chart has to see first. Category `restricted` closes the chart to those who have nothing to do with the patient. */
  flag: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      category: required('text'),
      text: required('text'),
      start_date: optional('date'),
      end_date: optional('date'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** A restricted chart that was opened all the same (AuditEvent purpose of use BTG): for how long, why, and who looked at it afterwards. */
  break_glass: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      account_id: ref('staff_account'),
      reason: required('text'),
      started_at: required('timestamptz'),
      until_at: required('timestamptz'),
      reviewed_at: optional('timestamptz'),
      reviewed_by: optional('uuid'),
      review_note: optional('text'),
    },
  },
  /** FHIR DocumentReference: an attachment or a document that was made. `hash` is the SHA-256 of its bytes, which travel apart from the rows; `size` in bytes. */
  document_reference: {
    policy: 'merge',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      encounter_id: optionalRef('encounter'),
      category: required('text'),
      title: required('text'),
      content_type: required('text'),
      size: required('integer'),
      hash: required('text'),
      source: optional('text'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** A set of facts that prescriptions are checked against, whole or not at all. `status` is `active`, `superseded` or `importing`. */
  safety_dataset: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      name: required('text'),
      version: required('text'),
      released_on: required('date'),
      publisher: required('text'),
      status: required('text'),
      note: optional('text'),
      imported_at: required('timestamptz'),
      imported_by: optional('uuid'),
    },
  },
  /** One fact of a data set: `kind` says which check reads it, `subject` whom it is found by (an ingredient or a class), `data` is JSON as `shared/domain/safety` describes it. */
  safety_fact: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      dataset_id: ref('safety_dataset'),
      kind: required('text'),
      subject: required('text'),
      data: required('text'),
    },
  },
  /** A code of an imported code system. The id is made of system and code, so that an import of the next edition refines rows. One that is not `active` is no longer in `edition`; it stays for the charts that name it. */
  concept: {
    policy: 'merge',
    arrival: 'later',
    columns: {
      id: required('uuid'),
      code_system: required('text'),
      code: required('text'),
      display: required('text'),
      edition: optional('text'),
      active: required('boolean'),
    },
  },
  /** The sections of a note an administrator offers; `sections` is a JSON array of {title, text}. */
  note_template: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      name: required('text'),
      speciality: optional('text'),
      sections: required('text'),
      active: required('boolean'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** Prescriptions kept for the next time: one doctor's favourite, or a set for all. `items` is a JSON array. */
  prescription_template: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      name: required('text'),
      practitioner_id: optionalRef('practitioner'),
      items: required('text'),
      active: required('boolean'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** While somebody is away, whose inbox goes to whom. */
  delegation: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      practitioner_id: ref('practitioner'),
      delegate_id: ref('practitioner'),
      start_date: required('date'),
      end_date: required('date'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** FHIR DetectedIssue: what a check of a prescription found, or that it did not run, and what the prescriber made of it. `dataset` names data set and version. */
  detected_issue: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      medication_request_id: optionalRef('medication_request'),
      code: required('text'),
      severity: optional('text'),
      subject: required('text'),
      detail: optional('text'),
      dataset: optional('text'),
      outcome: required('text'),
      reason_code: optional('text'),
      reason: optional('text'),
      practitioner_id: optionalRef('practitioner'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR MedicationDispense: what was handed out. A wrong one is answered by another that names it in `corrects`. */
  medication_dispense: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      medication_request_id: ref('medication_request'),
      status: required('text'),
      quantity: required('text'),
      quantity_unit: optional('text'),
      note: optional('text'),
      location_id: optionalRef('location'),
      handed_at: required('timestamptz'),
      corrects: optionalRef('medication_dispense'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** That a version was put on paper; a row that `corrects` another says that nothing came out after all. */
  prescription_print: {
    policy: 'append',
    scope: 'patient_id',
    roles: ['whole', 'consulting-room'],
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      medication_request_id: ref('medication_request'),
      printed_at: required('timestamptz'),
      corrects: optionalRef('prescription_print'),
      recorded_by: optional('uuid'),
    },
  },
  /**
   * What a clinic allows a role otherwise than usual; `granted` is null where it went back to what is usual. Not FHIR. The id is
   * `rolePermissionId` of both.
   */
  role_permission: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      role: required('text'),
      permission: required('text'),
      granted: optional('boolean'),
    },
  },
  /**
   * What a clinic has set otherwise than usual, at one site or for all; `value` is JSON, null where it went back to what is usual. Not
   * FHIR. The id is `settingId` of both.
   */
  setting: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      key: required('text'),
      location_id: optionalRef('location'),
      value: optional('text'),
    },
  },
  /**
   * A further FHIR PractitionerRole.specialty, besides `practitioner.speciality`, which comes first and is shown. The id is
   * `specialtyId` of both; one given up is not `active`.
   */
  practitioner_specialty: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      practitioner_id: ref('practitioner'),
      specialty: required('text'),
      active: required('boolean'),
    },
  },
  /**
   * FHIR PractitionerRole.location: a site somebody works at, or not any more. Of whom no site is named, every site may be. The id is
   * `practitionerLocationId` of both.
   */
  practitioner_location: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      practitioner_id: ref('practitioner'),
      location_id: ref('location'),
      active: required('boolean'),
    },
  },
  /** FHIR ChargeItemDefinition: what is charged for, a kind of visit or a service. */
  charge_item_definition: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      code: required('text'),
      title: required('text'),
      visit_type_id: optionalRef('visit_type'),
      active: required('boolean'),
      /** What it is: a visit, a procedure, a medicine, a product or something else. */
      category: optional('text'),
      /** In basis points of the price, which is without tax; null: none. */
      tax_rate: optional('integer'),
      /** The code of a request (`service_request`) that is charged so. */
      service_code: optional('text'),
      medicine_id: optionalRef('medicine'),
    },
  },
  /**
   * What it costs from a day on, at a site or, without one, wherever no price of the site holds: `amount` in minor units of `currency`
   * (ISO 4217), null where the price was taken back. The id is `priceId` of what, where, from when and of which payer.
   */
  charge_item_price: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      definition_id: ref('charge_item_definition'),
      location_id: optionalRef('location'),
      valid_from: required('date'),
      amount: optional('integer'),
      currency: required('text'),
      /** Of one payer; without one, whoever pays. */
      payer_id: optionalRef('organization'),
    },
  },
  /**
   * Whoever looks after appointments of their own in the patient panel; `email` in lower case. Not FHIR: FHIR leaves accounts to the
   * system. It is no `staff_account`, and signs in at no desk.
   */
  patient_account: {
    policy: 'merge',
    roles: ['whole'],
    columns: {
      id: required('uuid'),
      email: required('text'),
      password_hash: required('text'),
      display_name: required('text'),
      /** BCP 47, of letters and screens. */
      language: required('text'),
      active: required('boolean'),
      verified_at: required('timestamptz'),
      /** Sessions begun before this was set to what it is are over. */
      sessions_ended_at: optional('timestamptz'),
      created_at: required('timestamptz'),
    },
  },
  /**
   * A record that an account asks for (`requested`) or may see (`approved`), and as whose. Not FHIR. `account_id` is no reference: a
   * desk that decides holds no accounts, so who asks stands here.
   */
  patient_account_link: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      account_id: required('uuid'),
      patient_id: ref('patient'),
      relationship: required('text'),
      status: required('text'),
      account_name: required('text'),
      account_email: required('text'),
      note: optional('text'),
      /** The printed code it was opened with. */
      code_id: optional('uuid'),
      requested_at: required('timestamptz'),
      decided_at: optional('timestamptz'),
      decided_by: optional('uuid'),
      decision_reason: optional('text'),
    },
  },
  /** A code that reception prints for a patient; `code_hash` is its SHA-256 in hexadecimal. Used once, by `used_by`. Not FHIR. */
  patient_link_code: {
    policy: 'merge',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      code_hash: required('text'),
      until_at: required('timestamptz'),
      used_at: optional('timestamptz'),
      used_by: optional('uuid'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
      ...voidColumns,
    },
  },
  /** A secret address at which the calendar of an account asks for its appointments; `token_hash` is the SHA-256 of the secret. Not FHIR. */
  calendar_feed: {
    policy: 'merge',
    roles: ['whole'],
    columns: {
      id: required('uuid'),
      account_id: required('uuid'),
      token_hash: required('text'),
      created_at: required('timestamptz'),
      revoked_at: optional('timestamptz'),
    },
  },
  /**
   * FHIR ChargeItem: something that is to be billed. The id is `chargeItemId` of what raised it, so that two workstations raise one; one that
   * is `not-billable` stays so, whoever raises it once more. Whether it is billed its invoice lines say. `invoice_id` is the draft it is
   * gathered in; `unit_price`, without tax, and `discount` are in minor units, rates in basis points.
   */
  charge_item: {
    policy: 'last-write',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      definition_id: ref('charge_item_definition'),
      invoice_id: optionalRef('invoice'),
      status: required('text'),
      status_reason: optional('text'),
      source_kind: required('text'),
      /** The appointment, the request or the dispense; no reference, since those are not on every workstation. */
      source_id: optional('uuid'),
      title: required('text'),
      quantity: required('text'),
      unit_price: required('integer'),
      currency: required('text'),
      tax_rate: required('integer'),
      payer_id: optionalRef('organization'),
      cover_rate: optional('integer'),
      discount: required('integer'),
      discount_reason: optional('text'),
      location_id: optionalRef('location'),
      practitioner_id: optionalRef('practitioner'),
      occurred_at: required('timestamptz'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /**
   * FHIR Invoice.lineItem, written with the invoice being issued and never changed. Of a credit note amounts are zero or below, and
   * `corrects` names the line they take of. `gross` is `net` and `tax`, and `payer_share` and `patient_share`.
   */
  invoice_line: {
    policy: 'append',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      invoice_id: ref('invoice'),
      line_no: required('integer'),
      charge_item_id: optionalRef('charge_item'),
      definition_id: optionalRef('charge_item_definition'),
      corrects: optionalRef('invoice_line'),
      title: required('text'),
      quantity: required('text'),
      unit_price: required('integer'),
      discount: required('integer'),
      discount_reason: optional('text'),
      net: required('integer'),
      tax_rate: required('integer'),
      tax: required('integer'),
      gross: required('integer'),
      payer_share: required('integer'),
      patient_share: required('integer'),
      practitioner_id: optionalRef('practitioner'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** A drawer of cash at a site. Not FHIR. */
  till: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      name: required('text'),
      location_id: ref('location'),
      active: required('boolean'),
    },
  },
  /** A cashier at a till from opening it on: `opening_float` is the cash that was in it. Not FHIR. */
  till_session: {
    policy: 'append',
    columns: {
      id: required('uuid'),
      till_id: ref('till'),
      cashier_id: ref('staff_account'),
      currency: required('text'),
      opening_float: required('integer'),
      opened_at: required('timestamptz'),
      opened_by: optional('uuid'),
    },
  },
  /**
   * What happened in a session: cash put in or taken out, a blind count (`turn`, with what was expected then), its approval, the end. The
   * ids of what happens once come of session, kind and turn.
   */
  till_event: {
    policy: 'append',
    columns: {
      id: required('uuid'),
      session_id: ref('till_session'),
      kind: required('text'),
      turn: optional('integer'),
      amount: optional('integer'),
      expected: optional('integer'),
      /** JSON, such as the pieces that were counted. */
      details: optional('text'),
      reason: optional('text'),
      account_id: ref('staff_account'),
      other_account_id: optionalRef('staff_account'),
      /** SHA-256 of the report that was signed. */
      digest: optional('text'),
      happened_at: required('timestamptz'),
    },
  },
  /**
   * The ledger of money, which is only added to; `amount` is above zero. `payment` and `deposit` bring money, `refund` gives back what a row
   * of those brought; `deposit-use` moves none, it takes of a deposit for an invoice, and `deposit-release` undoes that. `source_id` is
   * the row it takes of. FHIR PaymentReconciliation is about the lot, not the single payment.
   */
  payment: {
    policy: 'append',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      patient_id: ref('patient'),
      invoice_id: optionalRef('invoice'),
      source_id: optionalRef('payment'),
      kind: required('text'),
      method: required('text'),
      amount: required('integer'),
      currency: required('text'),
      tendered: optional('integer'),
      reference: optional('text'),
      payer_id: optionalRef('organization'),
      till_session_id: optionalRef('till_session'),
      location_id: optionalRef('location'),
      receipt_number: optional('text'),
      reason: optional('text'),
      paid_at: required('timestamptz'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** FHIR Claim: what is asked of a payer in one batch. */
  claim: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      payer_id: ref('organization'),
      number: required('text'),
      status: required('text'),
      currency: required('text'),
      location_id: optionalRef('location'),
      note: optional('text'),
      submitted_at: optional('timestamptz'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** FHIR Claim.item: the payer's share of an invoice line; one that is asked for once more `corrects` the first. */
  claim_item: {
    policy: 'append',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      claim_id: ref('claim'),
      patient_id: ref('patient'),
      invoice_line_id: ref('invoice_line'),
      coverage_id: optionalRef('coverage'),
      corrects: optionalRef('claim_item'),
      amount: required('integer'),
      created_at: required('timestamptz'),
      created_by: optional('uuid'),
    },
  },
  /** FHIR ClaimResponse.item: what the payer answered to one, and the payment that came with it. */
  claim_response_item: {
    policy: 'append',
    scope: 'patient_id',
    columns: {
      id: required('uuid'),
      claim_item_id: ref('claim_item'),
      patient_id: ref('patient'),
      outcome: required('text'),
      amount: required('integer'),
      reason_code: optional('text'),
      reason: optional('text'),
      payment_id: optionalRef('payment'),
      remittance: optional('text'),
      received_at: required('timestamptz'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /** What the stock room keeps, counted in its smallest `unit`. With `medicine_id` a prescription of that medicine finds it. Not FHIR. */
  stock_item: {
    policy: 'merge',
    columns: {
      id: required('uuid'),
      title: required('text'),
      unit: required('text'),
      medicine_id: optionalRef('medicine'),
      active: required('boolean'),
    },
  },
  /**
   * How much of an item a store wants to have at least, and up to what it is filled when it has less. Not FHIR. The id is `levelId` of
   * both.
   */
  stock_level: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      item_id: ref('stock_item'),
      location_id: ref('location'),
      minimum: optional('integer'),
      fill_to: optional('integer'),
    },
  },
  /**
   * What of an item came from one lot and may be used up to and including one day. Not FHIR. The id is `batchId` of all three, so that
   * two desks that receive of one lot write one row, and nothing of it changes.
   */
  stock_batch: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      item_id: ref('stock_item'),
      lot: required('text'),
      expiry_date: optional('date'),
    },
  },
  /** That a batch was recalled, or that it was not after all. Not FHIR. The id is `recallId` of the batch. */
  stock_recall: {
    policy: 'last-write',
    columns: {
      id: required('uuid'),
      batch_id: ref('stock_batch'),
      recalled: required('boolean'),
      reason: required('text'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
  /**
   * What came into a store or left it: `delta` in the smallest unit, whose sum is what is there. `held` is what is put aside of it. The
   * two rows of a transfer have one `transfer_id`. `dispense_id` is no reference: a desk that holds no charts holds the stock. `cost` is
   * what `cost_units` of it cost, in minor units of `currency` (ISO 4217). Not FHIR.
   */
  stock_movement: {
    policy: 'append',
    columns: {
      id: required('uuid'),
      kind: required('text'),
      batch_id: ref('stock_batch'),
      location_id: ref('location'),
      delta: required('integer'),
      held: required('integer'),
      transfer_id: optional('uuid'),
      dispense_id: optional('uuid'),
      reason: optional('text'),
      reference: optional('text'),
      counted: optional('integer'),
      expected: optional('integer'),
      cost: optional('integer'),
      cost_units: optional('integer'),
      currency: optional('text'),
      corrects: optionalRef('stock_movement'),
      recorded_at: required('timestamptz'),
      recorded_by: optional('uuid'),
    },
  },
} as const satisfies Readonly<Record<string, SyncedTable>>;

export type Catalogue = typeof catalogue;
export type TableName = keyof Catalogue;
export const tableNames = Object.keys(catalogue) as readonly TableName[];

type ValueOf<C extends ColumnType> = C extends 'integer' ? number : C extends 'boolean' ? 0 | 1 : string;

/** A row as SQLite and the wire hold it, without `row_version`. */
export type RowOf<T extends TableName> = {
  readonly [C in keyof Catalogue[T]['columns']]: Catalogue[T]['columns'][C] extends {
    readonly type: infer K extends ColumnType;
    readonly nullable: infer N;
  }
    ? N extends true
      ? ValueOf<K> | null
      : ValueOf<K>
    : never;
};

/** A row on a workstation: `row_version` is the centre's count of its changes, 0 while the centre has not seen the row. */
export type LocalRowOf<T extends TableName> = RowOf<T> & { readonly row_version: number };

/** The columns of `table` in catalogue order, which is also their order on the wire. */
export const columnsOf = (table: TableName): readonly (readonly [string, Column])[] =>
  Object.entries(catalogue[table].columns);

/** The columns of a row that may be empty, empty: the rest of a row is written out. */
export type BlankOf<T extends TableName> = {
  readonly [C in keyof Catalogue[T]['columns'] as Catalogue[T]['columns'][C] extends {
    readonly nullable: true;
  }
    ? C
    : never]: null;
};

/**
 * What every row of `table` may begin with.
 * @example { ...blank('task'), id, code, status, reason, created_at } // a whole row
 */
export const blank = <T extends TableName>(table: T): BlankOf<T> =>
  Object.fromEntries(
    columnsOf(table).flatMap(([name, { nullable }]) => (nullable ? [[name, null] as const] : [])),
  ) as BlankOf<T>;

/** The tables whose older rows arrive after the desk works already, a table after those it refers to. */
export const historyTables: readonly TableName[] = tableNames.filter(
  (table) => (catalogue[table] as SyncedTable).arrival !== undefined,
);

/** The version of the synced schema. It rises with every change to the catalogue; the centre tells which it still accepts. */
export const schemaVersion = 8;
