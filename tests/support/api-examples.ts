import type { Role } from '#shared/contract/permissions.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank } from '#shared/sync/catalogue.ts';
import type { ApiHost } from './api-host.ts';
import { habimana, mugabo, mutesi, now, password, pin, room, site, uwase } from './core-clinic.ts';
import { pullRows } from './core-conflicts.ts';
import { someAppointment } from './sync-local.ts';

/** The clock of the tests says Monday, 10:00 in Kigali. */
export const monday = '2026-11-23';

/** A request an operation takes, and who may make it. */
export interface ExampleRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface Example {
  /** Null: nobody has to be signed in. */
  readonly as: Role | null;
  /** What is asked; it makes whatever has to be there first. */
  readonly request: (world: World) => ExampleRequest | Promise<ExampleRequest>;
}

/** Where examples are tried. */
export interface World {
  readonly api: ApiHost;
  /** An access token of an account of that role. */
  readonly token: (role: Role) => string;
  /** A number nobody had before. */
  readonly next: (kind?: string) => number;
}

const rowId = (n: number) => `01900000-0000-7000-8000-f3${String(n).padStart(10, '0')}`;
export const seeded = {
  encounter: rowId(1),
  note: rowId(2),
  report: rowId(3),
  invoice: rowId(4),
  payment: rowId(12),
  condition: rowId(5),
  allergy: rowId(6),
} as const;
/** An id of nothing at all. */
export const nobodys = '01900000-0000-7000-8000-ffffffffffff';

/** Rows that are made at desks only. */
export const seedExamples = ({ clinic }: ApiHost): void => {
  const at = instant(now);
  const of = { patient_id: habimana.id };
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('encounter', {
      ...blank('encounter'),
      ...of,
      id: seeded.encounter,
      practitioner_id: uwase.id,
      location_id: site.id,
      status: 'finished',
      class: 'AMB',
      start_at: at,
      created_at: at,
    });
    writer.insert('composition', {
      ...blank('composition'),
      ...of,
      id: seeded.note,
      title: 'Visit',
      body: JSON.stringify({ sections: [{ title: 'Text', text: 'Well.' }] }),
      status: 'final',
      author_id: uwase.id,
      signed_at: at,
      created_at: at,
    });
    writer.insert('diagnostic_report', {
      ...blank('diagnostic_report'),
      ...of,
      id: seeded.report,
      display: 'Potassium',
      status: 'final',
      conclusion: 'Fine.',
      recorded_at: at,
      effective_at: at,
    });
    writer.insert('condition', {
      ...blank('condition'),
      ...of,
      id: seeded.condition,
      display: 'Asthma',
      clinical_status: 'active',
      verification_status: 'confirmed',
      recorded_at: at,
    });
    writer.insert('allergy_intolerance', {
      ...blank('allergy_intolerance'),
      ...of,
      id: seeded.allergy,
      substance: 'Penicillin',
      clinical_status: 'active',
      verification_status: 'confirmed',
      recorded_at: at,
    });
    writer.insert('result_acknowledgement', {
      ...blank('result_acknowledgement'),
      ...of,
      id: rowId(7),
      report_id: seeded.report,
      recorded_at: at,
    });
    writer.insert('invoice', {
      ...blank('invoice'),
      ...of,
      id: seeded.invoice,
      series: '2026',
      provisional_number: 'P-1',
      status: 'issued',
      issued_at: at,
      currency: 'RWF',
      total: 5000,
      created_at: at,
    });
    writer.insert('payment', {
      ...blank('payment'),
      ...of,
      id: seeded.payment,
      invoice_id: seeded.invoice,
      kind: 'payment',
      method: 'cash',
      amount: 2000,
      currency: 'RWF',
      receipt_number: 'R1-1',
      paid_at: at,
      recorded_at: at,
    });
  });
};

/** Makes something by the API itself. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came.
const make = async ({ api, token }: World, as: Role, path: string, body: object): Promise<any> => {
  const made = await api.ask('POST', path, { token: token(as), body });
  if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
  return made.body;
};

const account = (n: number) => ({
  username: `person${n}`,
  displayName: `Person ${n}`,
  role: 'reception',
  practitionerId: null,
  locationId: site.id,
});
const user = async (world: World) => ({
  params: { userId: (await make(world, 'admin', '/users', account(world.next()))).id as string },
});

const details = (n: number) => ({
  family: `Keza${'abcdefghij'.at(n % 10)}${'klmnopqrst'.at(Math.floor(n / 10) % 10)}`,
  given: 'Ange',
  gender: 'female',
  birthDate: '1990-05-06',
});
const patient = async (world: World) => ({
  params: {
    patientId: (
      await make(world, 'reception', '/patients', { ...details(world.next()), notADuplicate: true })
    ).id as string,
  },
});

const person = (n: number) => ({
  prefix: 'Dr',
  family: `Doctor${n}`,
  given: 'Ada',
  gender: 'female',
  speciality: 'General practice',
  licenceNumber: null,
  colour: null,
});
const practitioner = async (world: World) => ({
  params: {
    practitionerId: (await make(world, 'admin', '/practitioners', person(world.next()))).id as string,
  },
});

/** Hours nobody else has, of a doctor who works nowhere else. */
const hours = (practitionerId: string, n: number) => ({
  practitionerId,
  locationId: site.id,
  roomId: null,
  weekday: 6 + (n % 2),
  startTime: `${String(n % 23).padStart(2, '0')}:00`,
  endTime: `${String((n % 23) + 1).padStart(2, '0')}:00`,
  validFrom: null,
  validTo: null,
  intervalWeeks: null,
});
const schedule = async (world: World) => {
  const { params } = await practitioner(world);
  const line = hours(params.practitionerId, world.next());
  return { line, params: { scheduleId: (await make(world, 'admin', '/schedules', line)).id as string } };
};

/** A quarter of an hour that nobody has asked for, in the hours of the clinic's doctors; from two o'clock on is for patients' accounts. */
const time = (world: World) => {
  const n = world.next();
  const minute = (n % 24) * 15;
  const weekday = Math.floor(n / 24);
  // Tuesday to Friday, from the week after on.
  const day = addDays(monday, 8 + Math.floor(weekday / 4) * 7 + (weekday % 4));
  return `${day}T${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};
const booking = async (world: World, request = false) => {
  const { params } = await patient(world);
  return {
    patientId: params.patientId,
    practitionerId: uwase.id,
    locationId: site.id,
    startLocal: time(world),
    minutes: 15,
    description: 'Cough',
    request,
  };
};
const appointment = async (world: World, request = false) => ({
  params: {
    appointmentId: (await make(world, 'reception', '/appointments', await booking(world, request)))
      .appointment.id as string,
  },
});

/** A day on which the patient whose account is asked with has nothing yet: nobody books two times of a day with one doctor. */
const ownDay = (world: World): string => {
  const n = world.next('day');
  return addDays(monday, 8 + Math.floor(n / 4) * 7 + (n % 4));
};

/** An appointment of that patient, as the centre has it; with `proposed` the doctor offers another time of the day. */
const ownBooking = (world: World, proposed = false): string => {
  const day = ownDay(world);
  const id = `01900000-0000-7000-8000-f5${String(world.next()).padStart(10, '0')}`;
  const row = someAppointment({
    id,
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    room_id: room.id,
    status: proposed ? 'proposed' : 'booked',
    participant_status: proposed ? 'tentative' : 'accepted',
    // In Kigali it is two hours later.
    start_at: `${day}T12:00:00.000Z`,
    end_at: `${day}T12:30:00.000Z`,
    start_local: `${day}T14:00`,
    time_zone: 'Africa/Kigali',
    proposed_start_at: proposed ? `${day}T13:00:00.000Z` : null,
  });
  pullRows(world.api.clinic, [{ tbl: 'appointment', row }]);
  return id;
};

/** What a patient asks for; how long it is, its kind says. */
const ownWish = (world: World) => ({
  patientId: habimana.id,
  practitionerId: uwase.id,
  locationId: site.id,
  startLocal: `${ownDay(world)}T15:00`,
  description: 'Cough',
});

export const prescribed = {
  medicineId: null,
  medication: 'Paracetamol',
  doseValue: '500',
  doseUnit: 'mg',
  route: 'oral',
  frequency: 'TDS',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 5, unit: 'd' },
  quantity: '15',
  quantityUnit: 'tablet',
  quantityComputed: false,
  repeats: 0,
  indication: null,
  conditionId: null,
  note: null,
  startDate: monday,
  endDate: null,
};
const prescription = async (world: World) => {
  const { params } = await patient(world);
  const made = await make(world, 'doctor', '/prescriptions', { ...params, prescription: prescribed });
  return { params: { prescriptionId: made.id as string } };
};

const problem = (n: number) => ({
  display: `Cough ${n}`,
  codeSystem: null,
  code: null,
  clinicalStatus: 'active',
  verificationStatus: 'confirmed',
  severity: null,
  onset: '2026-11',
  abatement: null,
  note: '',
});
const condition = async (world: World) => {
  const { params } = await patient(world);
  const made = await make(world, 'doctor', `/patients/${params.patientId}/conditions`, problem(1));
  return { params: { ...params, conditionId: made.id as string } };
};

const latex = {
  substance: 'Latex',
  codeKind: 'other',
  code: null,
  type: 'allergy',
  category: null,
  reaction: 'Rash',
  severity: 'mild',
  criticality: null,
  verificationStatus: 'confirmed',
  clinicalStatus: 'active',
  onset: null,
  note: '',
};
const allergy = async (world: World) => {
  const { params } = await patient(world);
  const made = await make(world, 'doctor', `/patients/${params.patientId}/allergies`, latex);
  return { params: { ...params, allergyId: made.id as string } };
};

const warm = { values: { temperature: { value: '37.1', unit: 'Cel' } } };
const own = { params: { patientId: habimana.id } };
const why = { reason: 'Entered by mistake' };

/**
 * What a patient's account asks of the operations that have something for one: of its own person, who is `habimana`. By the same
 * names the tests put in what is another's, or nobody's.
 */
export const ownExamples: Readonly<
  Record<string, (world: World) => ExampleRequest | Promise<ExampleRequest>>
> = {
  listPatients: () => ({}),
  getPatient: () => own,
  listAppointments: async (world) => {
    ownBooking(world);
    return { query: { patientId: habimana.id, order: 'asc' } };
  },
  getAppointment: async (world) => ({ params: { appointmentId: ownBooking(world) } }),
  createAppointment: async (world) => ({ body: ownWish(world) }),
  updateAppointment: async (world) => ({
    params: { appointmentId: ownBooking(world) },
    body: { startLocal: `${ownDay(world)}T15:30` },
  }),
  deleteAppointment: async (world) => ({ params: { appointmentId: ownBooking(world) }, body: why }),
  cancelAppointment: async (world) => ({ params: { appointmentId: ownBooking(world) }, body: why }),
  acceptAppointment: (world) => ({ params: { appointmentId: ownBooking(world, true) } }),
  listPractitioners: () => ({ query: { locationId: site.id } }),
  getPractitioner: () => ({ params: { practitionerId: uwase.id } }),
  getAvailability: () => ({ params: { practitionerId: uwase.id }, query: { from: '2026-11-24' } }),
  listLocations: () => ({}),
  listVisitTypes: () => ({}),
  listSlots: () => ({ query: { from: '2026-11-24T06:00:00.000Z', practitionerId: uwase.id, limit: '3' } }),
  listPrescriptions: async (world) => {
    await make(world, 'doctor', '/prescriptions', { patientId: habimana.id, prescription: prescribed });
    return { query: { patientId: habimana.id } };
  },
  getPrescription: async (world) => {
    const made = await make(world, 'doctor', '/prescriptions', {
      patientId: habimana.id,
      prescription: prescribed,
    });
    return { params: { prescriptionId: made.id as string } };
  },
  listEncounters: () => own,
  getEncounter: () => ({ params: { encounterId: seeded.encounter } }),
  listNotes: () => own,
  getNote: () => ({ params: { noteId: seeded.note } }),
  listObservations: async (world) => {
    await make(world, 'nurse', `/patients/${habimana.id}/observations`, warm);
    return own;
  },
  listConditions: () => own,
  getCondition: () => ({ params: { ...own.params, conditionId: seeded.condition } }),
  listAllergies: () => own,
  getAllergy: () => ({ params: { ...own.params, allergyId: seeded.allergy } }),
  listResults: () => own,
  getResult: () => ({ params: { resultId: seeded.report } }),
  listInvoices: () => ({ query: { patientId: habimana.id } }),
  getInvoice: () => ({ params: { invoiceId: seeded.invoice } }),
  listPayments: () => ({ query: { patientId: habimana.id } }),
  getPayment: () => ({ params: { paymentId: seeded.payment } }),
  getOwnDay: () => ({ query: { patientId: habimana.id } }),
};

/** For every operation of the document, by its id, a request that it answers as it should. */
export const examples: Readonly<Record<string, Example>> = {
  getTokens: {
    as: null,
    request: () => ({ body: { grant: 'password', username: 'reception', password, client: 'Tests' } }),
  },
  revokeToken: {
    as: null,
    request: async ({ api }) => ({ body: { refreshToken: (await api.signIn('cashier')).refreshToken } }),
  },
  listSessions: { as: 'reception', request: () => ({}) },
  endSession: {
    as: 'reception',
    request: async ({ api }) => ({ params: { sessionId: (await api.signIn('reception')).sessionId } }),
  },
  getMe: { as: 'nurse', request: () => ({}) },

  listUsers: { as: 'admin', request: () => ({ query: { role: 'nurse', active: 'true', limit: '2' } }) },
  getUser: { as: 'admin', request: user },
  createUser: { as: 'admin', request: (world) => ({ body: account(world.next()) }) },
  updateUser: {
    as: 'admin',
    request: async (world) => ({ ...(await user(world)), body: { displayName: 'Somebody else' } }),
  },
  closeUser: { as: 'admin', request: user },
  reopenUser: { as: 'admin', request: user },

  listPatients: { as: 'reception', request: () => ({ query: { birthDate: '1985-02-03', limit: '1' } }) },
  getPatient: { as: 'cashier', request: () => own },
  getPatientParticulars: { as: 'cashier', request: () => own },
  registerPatient: {
    as: 'reception',
    request: (world) => ({ body: { ...details(world.next()), notADuplicate: true } }),
  },
  updatePatient: {
    as: 'reception',
    request: async (world) => ({
      ...(await patient(world)),
      body: { ...details(world.next()), city: 'Huye' },
    }),
  },
  listPatientAppointments: { as: 'reception', request: () => own },

  listPractitioners: { as: 'cashier', request: () => ({ query: { locationId: site.id } }) },
  getPractitioner: { as: 'cashier', request: () => ({ params: { practitionerId: uwase.id } }) },
  getAvailability: {
    as: 'nurse',
    request: () => ({ params: { practitionerId: uwase.id }, query: { from: monday } }),
  },
  getPractitionerRecord: { as: 'admin', request: () => ({ params: { practitionerId: mugabo.id } }) },
  createPractitioner: { as: 'admin', request: (world) => ({ body: person(world.next()) }) },
  updatePractitionerRecord: {
    as: 'admin',
    request: async (world) => ({ ...(await practitioner(world)), body: person(world.next()) }),
  },
  closePractitionerRecord: { as: 'admin', request: practitioner },
  listLocations: { as: 'cashier', request: () => ({}) },
  listVisitTypes: { as: 'reception', request: () => ({ query: { active: 'true' } }) },

  listSchedules: {
    as: 'reception',
    request: () => ({ query: { practitionerId: uwase.id, from: monday, limit: '2' } }),
  },
  getSchedule: { as: 'admin', request: async (world) => ({ params: (await schedule(world)).params }) },
  createSchedule: {
    as: 'admin',
    request: async (world) => ({
      body: hours((await practitioner(world)).params.practitionerId, world.next()),
    }),
  },
  updateSchedule: {
    as: 'admin',
    request: async (world) => {
      const { params, line } = await schedule(world);
      return { params, body: { ...line, validFrom: '2027-01-01' } };
    },
  },
  removeSchedule: { as: 'admin', request: async (world) => ({ params: (await schedule(world)).params }) },
  listScheduleExceptions: { as: 'reception', request: () => ({ query: { from: monday } }) },
  createScheduleException: {
    as: 'admin',
    request: () => ({
      body: {
        kind: 'closed',
        practitionerId: null,
        locationId: site.id,
        startDate: '2029-01-01',
        endDate: '2029-01-01',
        startTime: null,
        endTime: null,
        name: 'Stocktaking',
      },
    }),
  },
  listSlots: {
    as: 'reception',
    request: () => ({
      query: { from: '2026-11-24T06:00:00.000Z', practitionerId: uwase.id, minutes: '15', limit: '3' },
    }),
  },

  listAppointments: {
    as: 'doctor',
    request: () => ({
      query: { from: monday, until: '2026-12-31', practitionerId: uwase.id, status: 'booked,proposed' },
    }),
  },
  getAppointment: { as: 'cashier', request: (world) => appointment(world) },
  createAppointment: { as: 'reception', request: async (world) => ({ body: await booking(world) }) },
  updateAppointment: {
    as: 'reception',
    request: async (world) => ({ ...(await appointment(world)), body: { startLocal: time(world) } }),
  },
  deleteAppointment: {
    as: 'reception',
    request: async (world) => ({ ...(await appointment(world)), body: why }),
  },
  acceptAppointment: { as: 'doctor', request: (world) => appointment(world, true) },
  rejectAppointment: {
    as: 'doctor',
    request: async (world) => ({ ...(await appointment(world, true)), body: why }),
  },
  rescheduleAppointment: {
    as: 'doctor',
    request: async (world) => ({ ...(await appointment(world, true)), body: { startLocal: time(world) } }),
  },
  cancelAppointment: {
    as: 'reception',
    request: async (world) => ({ ...(await appointment(world)), body: why }),
  },

  listPrescriptions: {
    as: 'pharmacist',
    request: () => ({ query: { patientId: habimana.id, state: 'past' } }),
  },
  getPrescription: { as: 'pharmacist', request: prescription },
  listPrescriptionVersions: { as: 'pharmacist', request: prescription },
  createPrescription: {
    as: 'doctor',
    request: async (world) => ({ body: { ...(await patient(world)).params, prescription: prescribed } }),
  },
  updatePrescription: {
    as: 'doctor',
    request: async (world) => ({
      ...(await prescription(world)),
      body: { kind: 'change', prescription: { ...prescribed, doseValue: '1000' }, pin },
    }),
  },
  endPrescription: {
    as: 'doctor',
    request: async (world) => ({ ...(await prescription(world)), body: why }),
  },
  stepPrescription: {
    as: 'doctor',
    request: async (world) => ({ ...(await prescription(world)), body: { action: 'hold', ...why } }),
  },

  listEncounters: { as: 'nurse', request: () => own },
  getEncounter: { as: 'nurse', request: () => ({ params: { encounterId: seeded.encounter } }) },
  listNotes: { as: 'nurse', request: () => own },
  getNote: { as: 'nurse', request: () => ({ params: { noteId: seeded.note } }) },
  listObservations: { as: 'nurse', request: () => own },
  createObservations: {
    as: 'nurse',
    request: () => ({ ...own, body: warm }),
  },
  listConditions: {
    as: 'nurse',
    request: async (world) => ({ params: { patientId: (await condition(world)).params.patientId } }),
  },
  getCondition: { as: 'nurse', request: condition },
  createCondition: {
    as: 'doctor',
    request: async (world) => ({ ...(await patient(world)), body: problem(world.next()) }),
  },
  updateCondition: {
    as: 'doctor',
    request: async (world) => ({ ...(await condition(world)), body: { ...problem(1), severity: 'mild' } }),
  },
  withdrawCondition: { as: 'doctor', request: async (world) => ({ ...(await condition(world)), body: why }) },
  listAllergies: {
    as: 'pharmacist',
    request: async (world) => ({ params: { patientId: (await allergy(world)).params.patientId } }),
  },
  getAllergy: { as: 'pharmacist', request: allergy },
  createAllergy: { as: 'nurse', request: async (world) => ({ ...(await patient(world)), body: latex }) },
  updateAllergy: {
    as: 'nurse',
    request: async (world) => ({ ...(await allergy(world)), body: { ...latex, severity: 'severe' } }),
  },
  withdrawAllergy: { as: 'nurse', request: async (world) => ({ ...(await allergy(world)), body: why }) },
  listResults: { as: 'nurse', request: () => own },
  getResult: { as: 'nurse', request: () => ({ params: { resultId: seeded.report } }) },
  createResult: {
    as: 'nurse',
    request: () => ({
      body: {
        patientId: mutesi.id,
        requestId: null,
        test: null,
        display: 'Chest X-ray',
        values: [],
        conclusion: 'Clear.',
        performer: 'Radiology',
        effectiveLocal: `${monday}T09:00`,
        requesterId: uwase.id,
        flag: null,
        corrects: null,
        confirmed: false,
      },
    }),
  },

  listInvoices: { as: 'cashier', request: () => ({ query: { patientId: habimana.id } }) },
  getInvoice: { as: 'cashier', request: () => ({ params: { invoiceId: seeded.invoice } }) },
  listPayments: { as: 'cashier', request: () => ({ query: { patientId: habimana.id } }) },
  getPayment: { as: 'cashier', request: () => ({ params: { paymentId: seeded.payment } }) },

  getOverview: { as: 'admin', request: () => ({ query: { locationId: site.id } }) },
  getMyDay: { as: 'doctor', request: () => ({ query: { date: monday } }) },
  getReceptionDay: { as: 'reception', request: () => ({ query: { date: monday, locationId: site.id } }) },

  getOwnDay: { as: 'patient', request: () => ({ query: { patientId: habimana.id } }) },

  listAuditEvents: { as: 'admin', request: () => ({ query: { from: monday, kinds: 'patient-open' } }) },
};
