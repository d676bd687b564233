import type { Role } from '#shared/contract/permissions.ts';

/**
 * Who may do what over the API where a clinic has changed nothing, by the id of each operation: written by hand from what people of
 * a clinic do, and read by whoever changes it. It is made of nothing in the program, so that a call that came to need less than it
 * should, or a role that got a permission by mistake, differs from it.
 */

type Roles = readonly Role[];

const admin: Roles = ['admin'];
const staff: Roles = ['reception', 'nurse', 'doctor', 'pharmacist', 'cashier', 'admin'];
/** Whom a patient's account gets an answer of its own from as well. */
const andPatient = (roles: Roles): Roles => [...roles, 'patient'];
/** Registers people and keeps the book. */
const desk: Roles = ['reception', 'nurse', 'admin'];
/** Whoever may take a visit back: the desk, and the doctor it was to be with. */
const cancelling: Roles = ['reception', 'nurse', 'doctor', 'admin'];
/** Reads and writes a chart. */
const care: Roles = ['nurse', 'doctor'];
/** Besides, who has to know what somebody takes and does not bear. */
const medication: Roles = ['nurse', 'doctor', 'pharmacist'];
const doctor: Roles = ['doctor'];
const billing: Roles = ['reception', 'cashier', 'admin'];

export const mayDo: Readonly<Record<string, Roles>> = {
  getTokens: andPatient(staff),
  revokeToken: andPatient(staff),
  listSessions: andPatient(staff),
  endSession: andPatient(staff),
  getMe: andPatient(staff),

  listUsers: admin,
  getUser: admin,
  createUser: admin,
  updateUser: admin,
  closeUser: admin,
  reopenUser: admin,

  listPatients: andPatient(staff),
  getPatient: andPatient(staff),
  getPatientParticulars: staff,
  registerPatient: desk,
  updatePatient: desk,
  listPatientAppointments: staff,

  listPractitioners: andPatient(staff),
  getPractitioner: andPatient(staff),
  getAvailability: andPatient(staff),
  getPractitionerRecord: admin,
  createPractitioner: admin,
  updatePractitionerRecord: admin,
  closePractitionerRecord: admin,
  listLocations: andPatient(staff),
  listVisitTypes: andPatient(staff),

  listSchedules: staff,
  getSchedule: staff,
  createSchedule: admin,
  updateSchedule: admin,
  removeSchedule: admin,
  listScheduleExceptions: staff,
  createScheduleException: ['reception', 'admin'],
  listSlots: andPatient(staff),

  listAppointments: andPatient(staff),
  getAppointment: andPatient(staff),
  createAppointment: andPatient(desk),
  updateAppointment: andPatient(desk),
  deleteAppointment: andPatient(cancelling),
  acceptAppointment: andPatient(doctor),
  rejectAppointment: doctor,
  rescheduleAppointment: doctor,
  cancelAppointment: andPatient(cancelling),

  listPrescriptions: andPatient(medication),
  getPrescription: andPatient(medication),
  listPrescriptionVersions: medication,
  createPrescription: doctor,
  updatePrescription: doctor,
  endPrescription: doctor,
  stepPrescription: doctor,

  listEncounters: andPatient(care),
  getEncounter: andPatient(care),
  listNotes: andPatient(care),
  getNote: andPatient(care),
  listObservations: andPatient(care),
  createObservations: care,
  listConditions: andPatient(care),
  getCondition: andPatient(care),
  createCondition: care,
  updateCondition: care,
  withdrawCondition: care,
  listAllergies: andPatient(medication),
  getAllergy: andPatient(medication),
  createAllergy: care,
  updateAllergy: care,
  withdrawAllergy: care,
  listResults: andPatient(care),
  getResult: andPatient(care),
  createResult: care,

  listInvoices: andPatient(billing),
  getInvoice: andPatient(billing),
  listPayments: andPatient(billing),
  getPayment: andPatient(billing),

  getOverview: admin,
  getMyDay: care,
  getReceptionDay: staff,
  getOwnDay: ['patient'],

  listAuditEvents: admin,
};
