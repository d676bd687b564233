import { z } from 'zod';
import { LocationView, PractitionerView } from '#shared/contract/practitioners.ts';
import { defineList, type Operation, offset, pageOf } from '../operation.ts';
import { named } from '../schemas.ts';

const listPractitioners = defineList({
  path: '/practitioners',
  id: 'listPractitioners',
  tag: 'Practitioners',
  summary: 'Active practitioners with a schedule, by name',
  query: z.object({
    speciality: z.string().max(100).optional(),
    locationId: z.guid().optional(),
  }),
  item: named('Practitioner', PractitionerView),
  cursor: offset,
  calls: ['practitioners.list'],
  run: async ({ query: { speciality, locationId, ...place } }, call) => {
    const all = await call('practitioners.list', {});
    if (!all.ok) return all;
    const wanted = all.value.filter(
      ({ specialities, locationIds }) =>
        (speciality === undefined || specialities.includes(speciality)) &&
        (locationId === undefined || locationIds.some((id) => id === locationId.toLowerCase())),
    );
    return { ok: true, value: pageOf(wanted, place) };
  },
});

const listLocations = defineList({
  path: '/locations',
  id: 'listLocations',
  tag: 'Practitioners',
  summary: 'Active sites that have a schedule, by name',
  item: named('Location', LocationView),
  cursor: offset,
  calls: ['practitioners.locations'],
  run: async ({ query }, call) => {
    const all = await call('practitioners.locations', {});
    return all.ok ? { ok: true, value: pageOf(all.value, query) } : all;
  },
});

export const practitionerOperations: readonly Operation[] = [listPractitioners, listLocations];
