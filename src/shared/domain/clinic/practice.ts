import { v5 } from 'uuid';

/** The namespaces of the ids below. */
const specialties = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a22';
const places = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a23';

/**
 * The id of a further speciality of a practitioner: made of both (a UUID version 5), so that two workstations that add it without
 * hearing of each other write one row.
 */
export const specialtyId = (practitionerId: string, specialty: string): string =>
  v5(`${practitionerId} ${specialty}`, specialties);

/** The id of what is said of a practitioner and a site, made of both likewise. */
export const practitionerLocationId = (practitionerId: string, locationId: string): string =>
  v5(`${practitionerId} ${locationId}`, places);

/** The specialities of a practitioner, the first before the others, each once. */
export const allSpecialties = (first: string, others: readonly string[]): string[] => [
  ...new Set([first, ...others]),
];

/**
 * Whether somebody works at a site, by what is said of them and sites: of whom no site is named, wherever it is not said that they
 * do not.
 */
export const worksAt = (said: ReadonlyMap<string, boolean> | undefined, siteId: string): boolean =>
  said?.get(siteId) ?? ![...(said?.values() ?? [])].includes(true);
