import { z } from 'zod';
import { practitionerColours } from '#shared/domain/clinic/colours.ts';
import { isTimeZone } from '#shared/domain/clinic/time-zone.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import { isDialable } from '#shared/domain/patients/phone.ts';
import { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'too-long')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');
const name = (most: number) => text(most).min(1, 'required');
/** Nothing typed is nothing known. */
const optional = (most: number) =>
  text(most)
    .nullable()
    .transform((typed) => typed || null);

export const PractitionerDetails = z.object({
  prefix: optional(50),
  family: name(200),
  given: name(200),
  gender: z.enum(genders),
  /** The first, which is shown. */
  speciality: name(200),
  /** Whoever looks for one of these finds them as well. */
  furtherSpecialities: z
    .array(name(200))
    .max(20)
    .transform((all) => [...new Set(all)].toSorted()),
  licenceNumber: optional(100),
  colour: z.enum(practitionerColours).nullable(),
  /** Where they work: weekly hours are at these. None: wherever hours are. */
  siteIds: z.array(LocationId).max(200),
});
export type PractitionerDetails = z.infer<typeof PractitionerDetails>;

export const PractitionerRecord = PractitionerDetails.extend({
  id: PractitionerId,
  active: z.boolean(),
  /** The sites of the weekly hours, by name. */
  sites: z.array(z.string()),
});
export type PractitionerRecord = z.infer<typeof PractitionerRecord>;

export const SiteDetails = z.object({
  name: name(200),
  addressLine: optional(500),
  city: optional(200),
  phone: optional(100).refine((phone) => phone === null || isDialable(phone), 'phone'),
  /** IANA */
  timeZone: z.string().max(64).refine(isTimeZone, 'time-zone'),
});
export type SiteDetails = z.infer<typeof SiteDetails>;

export const RoomDetails = z.object({ name: name(200) });
export type RoomDetails = z.infer<typeof RoomDetails>;

/** A site, or with `siteId` a room of one. */
export const PlaceRecord = SiteDetails.extend({
  id: LocationId,
  siteId: LocationId.nullable(),
  active: z.boolean(),
  // As it is written down, whatever it was made with.
  phone: z.string().nullable(),
  timeZone: z.string(),
});
export type PlaceRecord = z.infer<typeof PlaceRecord>;

export const clinicCalls = defineCalls({
  /** Everybody who has or had appointments here by name, those who left too; at most 1000. */
  'clinic.practitioners': {
    kind: 'query',
    needs: 'practitioner.read',
    input: z.object({}),
    output: z.array(PractitionerRecord),
  },
  'clinic.addPractitioner': {
    kind: 'command',
    needs: 'practitioner.create',
    input: PractitionerDetails.extend({
      furtherSpecialities: PractitionerDetails.shape.furtherSpecialities.default([]),
      siteIds: PractitionerDetails.shape.siteIds.default([]),
    }),
    output: z.object({ id: PractitionerId }),
  },
  /**
   * `booked-there` and `hours-there` at `siteIds` while appointments are ahead, or weekly hours are, at a site they leave.
   */
  'clinic.changePractitioner': {
    kind: 'command',
    needs: 'practitioner.update',
    input: PractitionerDetails.extend({
      id: PractitionerId,
      /**
       * The details as they were seen: only what differs from them is written, and `changed-meanwhile` when others made something else
       * of the same. Null: all of it.
       */
      was: PractitionerDetails.nullable().default(null),
    }),
    output: z.object({ id: PractitionerId }),
  },
  /** `part-of-clinic` where the appointments of other sites are not here, `practitioner-booked` for who has appointments ahead, with their number and the first and last day: the absence wizard moves them. Hours stay for who comes back. */
  'clinic.setPractitionerActive': {
    kind: 'command',
    needs: 'practitioner.update',
    input: z.object({ id: PractitionerId, active: z.boolean() }),
    output: z.null(),
  },
  /** Sites by name, each before its rooms, those that are closed too; at most 2000. */
  'clinic.places': {
    kind: 'query',
    needs: 'location.read',
    input: z.object({}),
    output: z.array(PlaceRecord),
  },
  'clinic.addSite': {
    kind: 'command',
    needs: 'location.create',
    input: SiteDetails,
    output: z.object({ id: LocationId }),
  },
  /** `zone-booked` when another time zone would move the appointments that are ahead. */
  'clinic.changeSite': {
    kind: 'command',
    needs: 'location.update',
    input: SiteDetails.extend({ id: LocationId }),
    output: z.object({ id: LocationId }),
  },
  'clinic.addRoom': {
    kind: 'command',
    needs: 'location.create',
    input: RoomDetails.extend({ siteId: LocationId }),
    output: z.object({ id: LocationId }),
  },
  'clinic.changeRoom': {
    kind: 'command',
    needs: 'location.update',
    input: RoomDetails.extend({ id: LocationId }),
    output: z.object({ id: LocationId }),
  },
  /** `place-booked` and `place-in-hours` while it has appointments ahead (their number, first and last day) or is in weekly hours; `site-closed` for a room of a closed site. */
  'clinic.setPlaceActive': {
    kind: 'command',
    needs: 'location.update',
    input: z.object({ id: LocationId, active: z.boolean() }),
    output: z.null(),
  },
});
