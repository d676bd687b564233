import { z } from 'zod';
import { AppointmentView } from '#shared/contract/appointments.ts';
import { PatientSummary, PatientView, patientCalls } from '#shared/contract/patients.ts';
import { PatientDetails } from '#shared/domain/patients/patient.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';

const Patient = named('Patient', PatientView);
const patientId = z.object({ patientId: PatientId });

const findPatients = defineList({
  path: '/patients',
  id: 'findPatients',
  tag: 'Patients',
  summary: 'Find patients',
  description:
    'By record number, names in any order, date of birth or phone; best match first. Without a text the patients most recently opened or registered at this workstation.',
  query: z.object({ text: patientCalls['patients.search'].input.shape.text.default('') }),
  item: named('PatientSummary', PatientSummary),
  cursor: offset,
  limit: { usual: 20, most: 50 },
  calls: ['patients.search'],
  run: async ({ query: { text, limit, after } }, call) => {
    const found = await call('patients.search', { text, limit: 50 });
    return found.ok ? { ok: true, value: pageOf(found.value, { limit, after }) } : found;
  },
});

const getPatient = defineOperation({
  method: 'GET',
  path: '/patients/{patientId}',
  id: 'getPatient',
  tag: 'Patients',
  summary: 'A patient',
  params: patientId,
  answer: { status: 200, schema: Patient },
  calls: ['patients.get'],
  problems: ['not-found'],
  run: ({ params }, call) => call('patients.get', { id: params.patientId }),
});

const registerPatient = defineOperation({
  method: 'POST',
  path: '/patients',
  id: 'registerPatient',
  tag: 'Patients',
  summary: 'Register a patient',
  description:
    'Answers `duplicate` when somebody on record looks alike; send `notADuplicate` once that was looked at.',
  body: named('NewPatient', patientCalls['patients.register'].input),
  answer: { status: 201, schema: Patient },
  location: ({ id }) => `/patients/${id}`,
  calls: ['patients.register'],
  problems: ['duplicate'],
  run: ({ body }, call) => call('patients.register', body),
});

const updatePatient = defineOperation({
  method: 'PUT',
  path: '/patients/{patientId}',
  id: 'updatePatient',
  tag: 'Patients',
  summary: 'Change a patient’s details',
  params: patientId,
  body: named('PatientDetails', PatientDetails),
  answer: { status: 200, schema: Patient },
  ifMatch: getPatient,
  calls: ['patients.update'],
  problems: ['not-found', 'changed-meanwhile'],
  fields: { details: '' },
  run: ({ params, body }, call) => call('patients.update', { id: params.patientId, details: body }),
});

const listPatientAppointments = defineList({
  path: '/patients/{patientId}/appointments',
  id: 'listPatientAppointments',
  tag: 'Patients',
  summary: 'A patient’s appointments, newest first',
  params: patientId,
  item: named('Appointment', AppointmentView),
  cursor: z.object({ startAt: z.string().max(40), id: z.guid() }),
  calls: ['patients.appointments'],
  problems: ['not-found'],
  run: async ({ params, query: { limit, after } }, call) => {
    const found = await call('patients.appointments', { id: params.patientId, before: after, limit });
    if (!found.ok) return found;
    const items = found.value.appointments;
    const last = items.length === limit ? items.at(-1) : undefined;
    return {
      ok: true,
      value: { items, after: last ? { startAt: last.startAt, id: last.id } : null },
    };
  },
});

export const patientOperations: readonly Operation[] = [
  findPatients,
  registerPatient,
  getPatient,
  updatePatient,
  listPatientAppointments,
];
