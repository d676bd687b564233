import { z } from 'zod';
import { AwayBlock, FreeSlot, ScheduleBlock, weekStart } from '#shared/contract/appointments.ts';
import { PractitionerRecord } from '#shared/contract/clinic.ts';
import { contract } from '#shared/contract/contract.ts';
import { LocationView, PractitionerView } from '#shared/contract/practitioners.ts';
import { VisitTypeView } from '#shared/contract/scheduling.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { LocationId, PractitionerId, type VisitTypeId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type CallAs, defineList, defineOperation, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';

const tag = 'Practitioners';
const Practitioner = named('Practitioner', PractitionerView);
const Record = named(
  'PractitionerRecord',
  // As they are kept, where the details say how they are typed.
  PractitionerRecord.extend({
    prefix: z.string().nullable(),
    furtherSpecialities: z.array(z.string()),
    licenceNumber: z.string().nullable(),
  }),
);
const Details = named('PractitionerDetails', contract['clinic.addPractitioner'].input);
const params = z.object({ practitionerId: PractitionerId });
// What a patient’s account can choose from.
const { doctors, sites, visitTypes } = contract['panel.bookable'].output.shape;
const OwnPractitioner = named('OwnPractitioner', doctors.element);
const OwnLocation = named('OwnLocation', sites.element);
const OwnVisitType = named('OwnVisitType', visitTypes.element);

interface Wanted {
  readonly speciality?: string | undefined;
  readonly locationId?: LocationId | undefined;
}

const fits =
  ({ speciality, locationId }: Wanted) =>
  (one: Pick<PractitionerView, 'specialities' | 'locationIds'>): boolean =>
    (speciality === undefined || one.specialities.includes(speciality)) &&
    (locationId === undefined || one.locationIds.includes(locationId));

const listPractitioners = defineList({
  path: '/practitioners',
  id: 'listPractitioners',
  tag,
  summary: 'Practitioners who can be booked',
  description: 'By name; with a speciality those who have it among theirs.',
  query: z.object({
    speciality: z.string().trim().min(1).max(200).optional(),
    locationId: LocationId.optional(),
  }),
  item: z.union([Practitioner, OwnPractitioner]),
  cursor: offset,
  calls: ['practitioners.list'],
  run: async ({ query }, call) => {
    const all = await call('practitioners.list', {});
    if (!all.ok) return all;
    return ok(pageOf(all.value.filter(fits(query)), query));
  },
  own: {
    calls: ['panel.bookable'],
    run: async ({ query }, call) => {
      const all = await call('panel.bookable', {});
      return all.ok ? ok(pageOf(all.value.doctors.filter(fits(query)), query)) : all;
    },
  },
});

const getPractitioner = defineOperation({
  method: 'GET',
  path: '/practitioners/{practitionerId}',
  id: 'getPractitioner',
  tag,
  summary: 'A practitioner who can be booked',
  params,
  answer: { status: 200, schema: z.union([Practitioner, OwnPractitioner]) },
  calls: ['practitioners.list'],
  run: async ({ params: { practitionerId } }, call) => {
    const all = await call('practitioners.list', {});
    if (!all.ok) return all;
    const found = all.value.find(({ id }) => id === practitionerId);
    return found === undefined ? fail('not-found') : ok(found);
  },
  own: {
    calls: ['panel.bookable'],
    run: async ({ params: { practitionerId } }, call) => {
      const all = await call('panel.bookable', {});
      if (!all.ok) return all;
      const found = all.value.doctors.find(({ id }) => id === practitionerId);
      return found === undefined ? fail('not-found') : ok(found);
    },
  },
});

/** A day of a practitioner without who comes. */
const Availability = named(
  'Availability',
  z.object({
    timeZone: z.string(),
    days: z.array(
      z.object({
        date: z.iso.date(),
        hours: z.array(ScheduleBlock),
        away: z.array(AwayBlock),
        busy: z.array(z.object({ startLocal: z.string(), minutes: z.number().int() })),
      }),
    ),
  }),
);

/** What a patient’s account can have of the same days. */
const OwnAvailability = named(
  'OwnAvailability',
  z.object({
    days: z.array(
      z.object({
        date: z.iso.date(),
        free: z.array(FreeSlot.pick({ locationId: true, startAt: true, startLocal: true, minutes: true })),
      }),
    ),
  }),
);

/** The kind of visit that needs the least time; null where the clinic has no kinds. */
const shortest = (kinds: readonly { readonly id: VisitTypeId; readonly minutes: number }[]) =>
  kinds.toSorted((a, b) => a.minutes - b.minutes)[0]?.id ?? null;

const ownDays = async (
  call: CallAs<'panel.bookable' | 'panel.times'>,
  practitionerId: PractitionerId,
  from: string,
  locationId: LocationId | null,
): Promise<Result<z.input<typeof OwnAvailability>>> => {
  const choice = await call('panel.bookable', {});
  if (!choice.ok) return choice;
  const visitTypeId = shortest(choice.value.visitTypes);
  const times = await call('panel.times', { practitionerId, locationId, visitTypeId, from });
  if (!times.ok) return times;
  const free = Map.groupBy(times.value.slots, ({ startLocal }) => startLocal.slice(0, 10));
  // Where the week has no time at all, the call goes on to a later one.
  const week = Array.from({ length: 7 }, (_, n) => addDays(from, n));
  return ok({ days: week.map((date) => ({ date, free: free.get(date) ?? [] })) });
};

const getAvailability = defineOperation({
  method: 'GET',
  path: '/practitioners/{practitionerId}/availability',
  id: 'getAvailability',
  tag,
  summary: 'Seven days of a practitioner',
  description:
    'Hours, what takes hours away, and times that are booked or on hold, as wall times at the site; without who comes. `/slots` has what can be booked. A patient’s account gets the free times alone, those in which the shortest visit fits.',
  params,
  query: z.object({ from: weekStart, locationId: LocationId.optional() }),
  answer: { status: 200, schema: z.union([Availability, OwnAvailability]) },
  calls: ['appointments.week'],
  run: async ({ params: { practitionerId }, query: { from, locationId = null } }, call) => {
    const week = await call('appointments.week', { practitionerId, date: from, locationId });
    if (!week.ok) return week;
    const { timeZone, columns } = week.value;
    const takes = ['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled'];
    return ok({
      timeZone,
      days: columns.map(({ date, blocks, away, held, appointments }) => ({
        date,
        hours: blocks,
        away,
        busy: [...appointments.filter(({ status }) => takes.includes(status)), ...held]
          .map(({ startLocal, minutes }) => ({ startLocal, minutes }))
          .toSorted((a, b) => a.startLocal.localeCompare(b.startLocal)),
      })),
    });
  },
  own: {
    calls: ['panel.bookable', 'panel.times'],
    run: ({ params: { practitionerId }, query: { from, locationId = null } }, call) =>
      ownDays(call, practitionerId, from, locationId),
  },
});

const findRecord = async (
  call: CallAs<'clinic.practitioners'>,
  id: PractitionerId,
): Promise<Result<PractitionerRecord>> => {
  const all = await call('clinic.practitioners', {});
  if (!all.ok) return all;
  const found = all.value.find((one) => one.id === id);
  return found === undefined ? fail('not-found') : ok(found);
};

const getRecord = defineOperation({
  method: 'GET',
  path: '/practitioners/{practitionerId}/record',
  id: 'getPractitionerRecord',
  tag,
  summary: 'What the clinic keeps of a practitioner',
  params,
  answer: { status: 200, schema: Record },
  calls: ['clinic.practitioners'],
  run: ({ params: { practitionerId } }, call) => findRecord(call, practitionerId),
});

const createPractitioner = defineOperation({
  method: 'POST',
  path: '/practitioners',
  id: 'createPractitioner',
  tag,
  summary: 'Somebody new',
  description: 'Who has no weekly hours yet is not among those who can be booked.',
  body: Details,
  answer: { status: 201, schema: Record },
  calls: ['clinic.addPractitioner', 'clinic.practitioners'],
  location: ({ id }) => `/practitioners/${id}/record`,
  run: async ({ body }, call) => {
    const added = await call('clinic.addPractitioner', body);
    return added.ok ? findRecord(call, added.value.id) : added;
  },
});

const updateRecord = defineOperation({
  method: 'PUT',
  path: '/practitioners/{practitionerId}/record',
  id: 'updatePractitionerRecord',
  tag,
  summary: 'Change what the clinic keeps of a practitioner',
  params,
  body: Details,
  answer: { status: 200, schema: Record },
  calls: ['clinic.changePractitioner', 'clinic.practitioners'],
  ifMatch: getRecord,
  problems: ['part-of-clinic'],
  run: async ({ params: { practitionerId }, body }, call) => {
    const changed = await call('clinic.changePractitioner', { ...body, id: practitionerId });
    return changed.ok ? findRecord(call, practitionerId) : changed;
  },
});

const closeRecord = defineOperation({
  method: 'DELETE',
  path: '/practitioners/{practitionerId}/record',
  id: 'closePractitionerRecord',
  tag,
  summary: 'Somebody leaves',
  description: 'Nothing is deleted. Not while there are appointments ahead: `practitioner-booked`.',
  params,
  answer: { status: 200, schema: Record },
  calls: ['clinic.setPractitionerActive', 'clinic.practitioners'],
  ifMatch: getRecord,
  problems: ['part-of-clinic', 'practitioner-booked'],
  run: async ({ params: { practitionerId } }, call) => {
    const closed = await call('clinic.setPractitionerActive', { id: practitionerId, active: false });
    return closed.ok ? findRecord(call, practitionerId) : closed;
  },
});

const listLocations = defineList({
  path: '/locations',
  id: 'listLocations',
  tag,
  summary: 'Sites that can be booked',
  item: z.union([OwnLocation, named('Location', LocationView)]),
  cursor: offset,
  calls: ['practitioners.locations'],
  run: async ({ query }, call) => {
    const all = await call('practitioners.locations', {});
    return all.ok ? ok(pageOf(all.value, query)) : all;
  },
  own: {
    calls: ['panel.bookable'],
    run: async ({ query }, call) => {
      const all = await call('panel.bookable', {});
      return all.ok ? ok(pageOf(all.value.sites, query)) : all;
    },
  },
});

const listVisitTypes = defineList({
  path: '/visit-types',
  id: 'listVisitTypes',
  tag,
  summary: 'Kinds of visits',
  query: z.object({ active: z.boolean().optional() }),
  item: z.union([named('VisitType', VisitTypeView), OwnVisitType]),
  cursor: offset,
  calls: ['scheduling.visitTypes'],
  run: async ({ query }, call) => {
    const all = await call('scheduling.visitTypes', {});
    if (!all.ok) return all;
    return ok(
      pageOf(
        all.value.filter(({ active }) => query.active === undefined || active === query.active),
        query,
      ),
    );
  },
  own: {
    calls: ['panel.bookable'],
    run: async ({ query }, call) => {
      const all = await call('panel.bookable', {});
      // Those that are no longer offered are not theirs to see.
      return all.ok ? ok(pageOf(query.active === false ? [] : all.value.visitTypes, query)) : all;
    },
  },
});

export const practitionerOperations: readonly Operation[] = [
  listPractitioners,
  getPractitioner,
  getAvailability,
  getRecord,
  createPractitioner,
  updateRecord,
  closeRecord,
  listLocations,
  listVisitTypes,
];
