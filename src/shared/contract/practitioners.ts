import { z } from 'zod';
import { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

export const PractitionerView = z.object({
  id: PractitionerId,
  name: z.string(),
  /** The first, which is shown. */
  speciality: z.string(),
  /** All, the first before the others. */
  specialities: z.array(z.string()),
  colour: z.string().nullable(),
  locationIds: z.array(LocationId),
});
export type PractitionerView = z.infer<typeof PractitionerView>;

export const LocationView = z.object({
  id: LocationId,
  name: z.string(),
  city: z.string().nullable(),
  timeZone: z.string(),
});
export type LocationView = z.infer<typeof LocationView>;

export const practitionerCalls = defineCalls({
  /** Active practitioners with a schedule, by name; at most 500. */
  'practitioners.list': {
    kind: 'query',
    needs: 'signed-in',
    input: z.object({}),
    output: z.array(PractitionerView),
  },
  /** Active sites that have a schedule, by name; at most 200. */
  'practitioners.locations': {
    kind: 'query',
    needs: 'signed-in',
    input: z.object({}),
    output: z.array(LocationView),
  },
});
