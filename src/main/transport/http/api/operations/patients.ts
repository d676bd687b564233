import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { OwnPerson } from '#shared/contract/panel.ts';
import { PatientParticulars, PatientSummary, PatientView } from '#shared/contract/patients.ts';
import { ChangedParticulars } from '#shared/domain/patients/particulars.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { LocationId, PatientId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownPeople } from './own.ts';
import { Appointment } from './shared.ts';

const tag = 'Patients';
const Summary = named('PatientSummary', PatientSummary);
const Patient = named('Patient', PatientView);
/** What a patient’s account sees of those it has to do with. */
const Own = named('OwnPerson', OwnPerson);
const AnyPatient = z.union([Patient, Own]);
const params = z.object({ patientId: PatientId });

const listPatients = defineList({
  path: '/patients',
  id: 'listPatients',
  tag,
  summary: 'Patients',
  description:
    'In the order they were registered in; everything that is named has to fit, and a record that was merged into another is not among them. With a location a page may be short or empty and still have a next one. With `text`, and nothing else, as at the desk: by record number, words of the name in any order, date of birth or phone, the best match first, at most 50. A patient’s account gets everybody it has to do with, itself first.',
  query: z.object({
    text: z.string().trim().min(1).max(200).optional(),
    mrn: z.string().trim().min(1).max(64).optional(),
    birthDate: z.iso.date().optional(),
    locationId: LocationId.optional(),
  }),
  item: z.union([Summary, Own]),
  cursor: z.union([PatientId, offset]),
  calls: ['patients.page', 'patients.search'],
  run: async ({ query: { text, mrn = null, birthDate = null, locationId = null, after, limit } }, call) => {
    if (text === undefined) {
      const place = typeof after === 'string' ? after : null;
      const page = await call('patients.page', { mrn, birthDate, locationId, after: place, limit });
      return page.ok ? ok({ items: page.value.patients, after: page.value.next }) : page;
    }
    if (mrn !== null || birthDate !== null || locationId !== null)
      return fail('invalid-input', { fields: { text: 'alone' } });
    const found = await call('patients.search', { text, limit: 50 });
    const place = typeof after === 'number' ? after : null;
    return found.ok ? ok(pageOf(found.value, { limit, after: place })) : found;
  },
  own: {
    calls: ['panel.me'],
    run: async ({ query: { after, limit, ...filters } }, call) => {
      if (Object.values(filters).some((one) => one !== undefined)) return fail('not-permitted');
      const people = await ownPeople(call);
      const place = typeof after === 'number' ? after : null;
      return people.ok ? ok(pageOf(people.value, { limit, after: place })) : people;
    },
  },
});

const getPatient = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}',
  id: 'getPatient',
  tag,
  summary: 'A patient',
  description: 'That somebody looked at the record is written down.',
  params,
  answer: { status: 200, schema: AnyPatient },
  calls: ['patients.get'],
  run: ({ params: { patientId } }, call) => call('patients.get', { id: patientId }),
  own: {
    calls: ['panel.me'],
    run: async ({ params: { patientId } }, call) => {
      const people = await ownPeople(call);
      if (!people.ok) return people;
      const person = people.value.find((one) => one.patientId === patientId);
      return person === undefined ? fail('not-found') : ok(person);
    },
  },
});

const getParticulars = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}/particulars',
  id: 'getPatientParticulars',
  tag,
  summary: 'Further phones, identifiers, coverage, consents and the photo',
  params,
  answer: { status: 200, schema: named('PatientParticulars', PatientParticulars) },
  calls: ['patients.particulars'],
  run: ({ params: { patientId } }, call) => call('patients.particulars', { id: patientId }),
});

const registerPatient = defineOperation({
  method: 'POST',
  path: '/patients',
  id: 'registerPatient',
  tag,
  summary: 'Register a patient',
  description:
    '`duplicate` while there are patients who look alike: look at them, then say `notADuplicate`. Particulars are written with the record or not at all.',
  body: named('NewPatient', contract['patients.register'].input),
  answer: { status: 201, schema: Patient },
  calls: ['patients.register'],
  location: ({ id }) => `/patients/${id}`,
  problems: ['duplicate'],
  run: ({ body }, call) => call('patients.register', body),
});

const updatePatient = defineOperation({
  method: 'PUT',
  path: '/patients/{patientId}',
  id: 'updatePatient',
  tag,
  summary: 'Change a patient',
  description:
    'All of the details are sent; what is left out is taken away. `particulars` are added or voided besides: they never change.',
  params,
  body: named('PatientChanges', PatientDetails.extend({ particulars: ChangedParticulars.prefault({}) })),
  answer: { status: 200, schema: AnyPatient },
  calls: ['patients.update'],
  ifMatch: getPatient,
  fields: { details: '' },
  run: ({ params: { patientId }, body: { particulars, ...details } }, call) =>
    call('patients.update', { id: patientId, details, particulars }),
});

const listPatientAppointments = defineList({
  path: '/patients/{patientId}/appointments',
  id: 'listPatientAppointments',
  tag,
  summary: 'Appointments of a patient, the latest first',
  params,
  item: Appointment,
  cursor: z.object({ startAt: z.string().max(40), id: z.guid() }),
  calls: ['patients.appointments'],
  run: async ({ params: { patientId }, query: { limit, after } }, call) => {
    const found = await call('patients.appointments', { id: patientId, before: after, limit });
    if (!found.ok) return found;
    const items = found.value.appointments;
    const last = items.length === limit ? items.at(-1) : undefined;
    return ok({ items, after: last === undefined ? null : { startAt: last.startAt, id: last.id } });
  },
});

export const patientOperations: readonly Operation[] = [
  listPatients,
  getPatient,
  getParticulars,
  registerPatient,
  updatePatient,
  listPatientAppointments,
];
