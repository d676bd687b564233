import { z } from 'zod';
import { Board } from '#shared/contract/appointments.ts';
import { contract } from '#shared/contract/contract.ts';
import { OwnPerson } from '#shared/contract/panel.ts';
import { PanelPrescription } from '#shared/contract/panel-prescriptions.ts';
import { PanelReport } from '#shared/contract/panel-records.ts';
import { LocationId, PatientId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';
import { ownPeople } from './own.ts';
import { Appointment, OwnAppointment } from './shared.ts';

const tag = 'Dashboards';

const getOverview = defineOperation({
  method: 'GET',
  path: '/dashboards/administration',
  id: 'getOverview',
  tag,
  summary: 'How the clinic stands today',
  description: 'Of each doctor, of each site, and in all; with how long patients wait.',
  query: z.object({ locationId: LocationId.optional() }),
  answer: { status: 200, schema: named('Overview', contract['overview.today'].output) },
  calls: ['overview.today'],
  run: ({ query: { locationId = null } }, call) => call('overview.today', { locationId }),
});

const getMyDay = defineOperation({
  method: 'GET',
  path: '/dashboards/practitioner',
  id: 'getMyDay',
  tag,
  summary: 'The day of who is signed in',
  description:
    'A doctor’s appointments and every request that waits for an answer; a nurse’s: who is still to be seen at the site.',
  query: z.object({ date: z.iso.date() }),
  answer: {
    status: 200,
    schema: z.object({ appointments: z.array(Appointment), requests: z.array(Appointment) }),
  },
  calls: ['appointments.myDay'],
  run: ({ query }, call) => call('appointments.myDay', query),
});

const getReception = defineOperation({
  method: 'GET',
  path: '/dashboards/reception',
  id: 'getReceptionDay',
  tag,
  summary: 'How a day of the front desk stands',
  query: z.object({ date: z.iso.date(), locationId: LocationId.optional() }),
  answer: {
    status: 200,
    schema: named(
      'ReceptionDay',
      Board.pick({ date: true, timeZone: true, complete: true, counts: true }).extend({
        practitioners: z.number().int(),
      }),
    ),
  },
  calls: ['appointments.board'],
  run: async ({ query: { date, locationId = null } }, call) => {
    const board = await call('appointments.board', { date, locationId });
    if (!board.ok) return board;
    const { columns, ...day } = board.value;
    return ok({ ...day, practitioners: new Set(columns.map((one) => one.practitionerId)).size });
  },
});

const OwnDay = named(
  'OwnDashboard',
  z.object({
    person: OwnPerson,
    appointments: z.array(OwnAppointment),
    /** Null: the clinic shows none here, or has not confirmed who this is. */
    results: z.array(PanelReport).nullable(),
    prescriptions: z.array(PanelPrescription).nullable(),
    /** What is to be paid. */
    open: contract['panel.invoices'].output.shape.open.nullable(),
  }),
);

/** So much of each fits on a first look. */
const few = 5;

const getOwnDay = defineOperation({
  method: 'GET',
  path: '/dashboards/patient',
  id: 'getOwnDay',
  tag,
  summary: 'A patient at a glance',
  description:
    'For a patient’s account: the next appointments, latest results, active prescriptions and what is to be paid, of its own person or of one it looks after.',
  query: z.object({ patientId: PatientId.optional() }),
  answer: { status: 200, schema: OwnDay },
  calls: ['panel.me'],
  problems: ['not-found'],
  // One of the staff is refused by the call.
  run: async (_asked, call) => {
    const me = await call('panel.me', {});
    return me.ok ? fail('not-permitted') : me;
  },
  own: {
    calls: ['panel.me', 'panel.appointments', 'panel.results', 'panel.prescriptions', 'panel.invoices'],
    run: async ({ query: { patientId: named } }, call) => {
      const people = await ownPeople(call);
      if (!people.ok) return people;
      const person =
        named === undefined ? people.value[0] : people.value.find((one) => one.patientId === named);
      if (person === undefined) return fail('not-found');
      const { patientId } = person;
      const coming = await call('panel.appointments', { patientId, when: 'upcoming', limit: few });
      if (!coming.ok) return coming;
      const results = await call('panel.results', { patientId, limit: few });
      const prescriptions = await call('panel.prescriptions', { patientId, limit: few });
      const invoices = await call('panel.invoices', { patientId, limit: few });
      return ok({
        person,
        appointments: coming.value.appointments,
        results: results.ok && results.value.shown ? results.value.items : null,
        prescriptions: prescriptions.ok && prescriptions.value.shown ? prescriptions.value.items : null,
        open: invoices.ok ? invoices.value.open : null,
      });
    },
  },
});

export const dashboardOperations: readonly Operation[] = [getOverview, getMyDay, getReception, getOwnDay];
