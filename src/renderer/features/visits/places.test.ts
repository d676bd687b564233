import { expect, it } from 'vitest';
import type { BoardColumn } from '#shared/contract/appointments.ts';
import type { LocationView, PractitionerView } from '#shared/contract/practitioners.ts';
import { placesToday } from './places.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as never;
const block = (location: number, startTime: string) => ({
  locationId: id(location),
  locationName: `Site ${location}`,
  roomName: `Room ${location}`,
  startTime,
  endTime: '17:00',
});
const column = (n: number, ...blocks: ReturnType<typeof block>[]): BoardColumn => ({
  date: '2026-11-24',
  practitionerId: id(n),
  practitionerName: `Dr ${n}`,
  speciality: '',
  colour: null,
  blocks,
  away: [],
  held: [],
  appointments: [],
});
const practitioners: readonly PractitionerView[] = [
  { id: id(1), name: 'Dr 1', speciality: '', specialities: [], colour: null, locationIds: [id(8), id(9)] },
];
const locations: readonly LocationView[] = [
  { id: id(8), name: 'Site 8', city: null, timeZone: 'UTC' },
  { id: id(9), name: 'Site 9', city: null, timeZone: 'UTC' },
];
const labels = (...given: Parameters<typeof placesToday>) => placesToday(...given).map(({ label }) => label);

it('offers who is on duty, each once for a site, with the site where all are shown', () => {
  const columns = [column(2, block(8, '08:00'), block(8, '13:00'), block(9, '15:00')), column(3)];
  expect(labels(columns, practitioners, locations, null)).toEqual([
    'Dr 2, Room 8, Site 8',
    'Dr 2, Room 9, Site 9',
  ]);
  expect(labels([column(2, block(8, '08:00'))], practitioners, locations, id(8))).toEqual(['Dr 2, Room 8']);
});

it('offers everybody who ever works there when nobody is on duty', () => {
  expect(labels([column(3)], practitioners, locations, null)).toEqual(['Dr 1, Site 8', 'Dr 1, Site 9']);
  expect(labels([], practitioners, locations, id(9))).toEqual(['Dr 1, Site 9']);
});
