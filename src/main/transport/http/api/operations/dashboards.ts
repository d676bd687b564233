import { z } from 'zod';
import { Board } from '#shared/contract/appointments.ts';
import { contract } from '#shared/contract/contract.ts';
import { LocationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';
import { Appointment } from './shared.ts';

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

export const dashboardOperations: readonly Operation[] = [getOverview, getMyDay, getReception];
