import { z } from 'zod';
import { FreeSlot } from '#shared/contract/appointments.ts';
import { ExceptionDetails, ExceptionView, HoursDetails, HoursView } from '#shared/contract/scheduling.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { LocationId, PractitionerId, ScheduleId, VisitTypeId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';

const tag = 'Schedules';
const Schedule = named('Schedule', HoursView);
const Details = named('ScheduleDetails', HoursDetails);
const Exception = named('ScheduleException', ExceptionView);
const params = z.object({ scheduleId: ScheduleId });
/** Before any line of weekly hours that a clinic has. */
const ever = '1900-01-01';

const find = async (call: CallAs<'scheduling.hours'>, id: ScheduleId): Promise<Result<HoursView>> => {
  const all = await call('scheduling.hours', { from: ever });
  if (!all.ok) return all;
  const line = all.value.find((one) => one.id === id);
  return line === undefined ? fail('not-found') : ok(line);
};

const listSchedules = defineList({
  path: '/schedules',
  id: 'listSchedules',
  tag,
  summary: 'Weekly hours',
  description: 'Lines that have not ended before `from`, by practitioner, weekday and time.',
  query: z.object({
    from: z.iso.date().default(ever),
    practitionerId: PractitionerId.optional(),
    locationId: LocationId.optional(),
  }),
  item: Schedule,
  cursor: offset,
  calls: ['scheduling.hours'],
  run: async ({ query }, call) => {
    const all = await call('scheduling.hours', { from: query.from });
    if (!all.ok) return all;
    const fitting = all.value.filter(
      ({ practitionerId, locationId }) =>
        (query.practitionerId === undefined || practitionerId === query.practitionerId) &&
        (query.locationId === undefined || locationId === query.locationId),
    );
    return ok(pageOf(fitting, query));
  },
});

const getSchedule = defineOperation({
  method: 'GET',
  path: '/schedules/{scheduleId}',
  id: 'getSchedule',
  tag,
  summary: 'A line of weekly hours',
  params,
  answer: { status: 200, schema: Schedule },
  calls: ['scheduling.hours'],
  run: ({ params: { scheduleId } }, call) => find(call, scheduleId),
});

const createSchedule = defineOperation({
  method: 'POST',
  path: '/schedules',
  id: 'createSchedule',
  tag,
  summary: 'Add weekly hours',
  body: Details,
  answer: { status: 201, schema: Schedule },
  calls: ['scheduling.addHours', 'scheduling.hours'],
  location: ({ id }) => `/schedules/${id}`,
  run: async ({ body }, call) => {
    const added = await call('scheduling.addHours', body);
    return added.ok ? find(call, added.value.id) : added;
  },
});

const updateSchedule = defineOperation({
  method: 'PUT',
  path: '/schedules/{scheduleId}',
  id: 'updateSchedule',
  tag,
  summary: 'Change a line of weekly hours',
  params,
  body: Details,
  answer: { status: 200, schema: Schedule },
  calls: ['scheduling.changeHours', 'scheduling.hours'],
  ifMatch: getSchedule,
  run: async ({ params: { scheduleId }, body }, call) => {
    const changed = await call('scheduling.changeHours', { ...body, id: scheduleId });
    return changed.ok ? find(call, scheduleId) : changed;
  },
});

const removeSchedule = defineOperation({
  method: 'DELETE',
  path: '/schedules/{scheduleId}',
  id: 'removeSchedule',
  tag,
  summary: 'Take weekly hours away',
  description: "Nobody's appointment is cancelled by it.",
  params,
  answer: { status: 204, schema: z.null() },
  calls: ['scheduling.removeHours'],
  ifMatch: getSchedule,
  run: ({ params: { scheduleId } }, call) => call('scheduling.removeHours', { id: scheduleId }),
});

const listExceptions = defineList({
  path: '/schedule-exceptions',
  id: 'listScheduleExceptions',
  tag,
  summary: 'Leave, holidays, closed days and extra hours',
  description: 'Those that have not ended before `from`, by their first day; at most 500.',
  query: z.object({ from: z.iso.date() }),
  item: Exception,
  cursor: offset,
  calls: ['scheduling.exceptions'],
  run: async ({ query }, call) => {
    const all = await call('scheduling.exceptions', { from: query.from });
    return all.ok ? ok(pageOf(all.value, query)) : all;
  },
});

const createException = defineOperation({
  method: 'POST',
  path: '/schedule-exceptions',
  id: 'createScheduleException',
  tag,
  summary: 'Block hours, or add some',
  description: "Nobody's appointment is cancelled by it.",
  body: named('ScheduleExceptionDetails', ExceptionDetails),
  answer: { status: 201, schema: Exception },
  calls: ['scheduling.addException'],
  run: ({ body }, call) => call('scheduling.addException', body),
});

interface WantedSlots {
  readonly practitionerId?: PractitionerId | undefined;
  readonly speciality?: string | undefined;
  readonly locationId?: LocationId | undefined;
  readonly visitTypeId?: VisitTypeId | undefined;
  readonly from: string;
  readonly limit: number;
}

/** A patient's calls ask by days at the site: which day the moment is there, one of three, is seen by what is still ahead of it. */
const ownSlots = async (
  { practitionerId, from, limit, ...wanted }: WantedSlots,
  call: CallAs<'panel.times' | 'panel.doctors'>,
): Promise<Result<{ readonly items: FreeSlot[] }>> => {
  const { speciality = null, locationId = null, visitTypeId = null } = wanted;
  const ahead = (slots: readonly FreeSlot[]) =>
    slots
      .filter(({ startAt }) => Date.parse(startAt) >= Date.parse(from))
      .toSorted((a, b) => a.startAt.localeCompare(b.startAt))
      .slice(0, limit);
  const day = from.slice(0, 10);
  if (practitionerId !== undefined) {
    const place = { practitionerId, locationId, visitTypeId };
    const found = await call('panel.times', { ...place, from: addDays(day, -1) });
    return found.ok ? ok({ items: ahead(found.value.slots) }) : found;
  }
  for (const days of [-1, 0, 1]) {
    const place = { speciality, locationId, visitTypeId };
    const found = await call('panel.doctors', { ...place, from: addDays(day, days), limit });
    if (!found.ok) return found;
    const items = ahead(found.value.doctors.flatMap(({ slots }) => slots));
    if (items.length > 0) return ok({ items });
  }
  return ok({ items: [] });
};

const getSlots = defineOperation({
  method: 'GET',
  path: '/slots',
  id: 'listSlots',
  tag,
  summary: 'Free times',
  description:
    'The next from `from` on, at most 60 days ahead. Of a practitioner first, then of who shares a speciality; without one the first free of anybody. For more ask again from the last start on.',
  query: z.object({
    practitionerId: PractitionerId.optional(),
    speciality: z.string().trim().min(1).max(100).optional(),
    locationId: LocationId.optional(),
    visitTypeId: VisitTypeId.optional(),
    from: z.iso.datetime(),
    minutes: z.number().int().min(5).max(480).multipleOf(5).default(30),
    limit: z.number().int().min(1).max(20).default(5),
  }),
  answer: { status: 200, schema: z.object({ items: z.array(named('Slot', FreeSlot)) }) },
  calls: ['appointments.freeSlots'],
  run: async ({ query: { practitionerId = null, speciality, locationId, visitTypeId, ...asked } }, call) => {
    const found = await call('appointments.freeSlots', {
      ...asked,
      practitionerId,
      speciality: speciality ?? null,
      locationId: locationId ?? null,
      visitTypeId: visitTypeId ?? null,
    });
    return found.ok ? ok({ items: found.value }) : found;
  },
  own: {
    calls: ['panel.times', 'panel.doctors'],
    run: ({ query }, call) => ownSlots(query, call),
  },
});

export const scheduleOperations: readonly Operation[] = [
  listSchedules,
  getSchedule,
  createSchedule,
  updateSchedule,
  removeSchedule,
  listExceptions,
  createException,
  getSlots,
];
