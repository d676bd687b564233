import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';
import { columnModel } from './model.ts';
import { clockTime, wallTimeOf } from './time.ts';

const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const site = guid(900) as AppointmentView['locationId'];
export const otherSite = guid(901) as AppointmentView['locationId'];

let made = 0;

/** An appointment as the board gets it, booked and confirmed unless told otherwise. */
export const appointment = (
  start: number,
  minutes: number,
  more: Partial<AppointmentView> = {},
): AppointmentView => {
  made += 1;
  return {
    id: guid(made) as AppointmentView['id'],
    patientId: guid(10_000 + made) as AppointmentView['patientId'],
    patientName: 'Habimana Jean',
    patientMrn: 'RUH-K3M7QF-T',
    patientBirthDate: '1974-03-02',
    patientPhone: '+250788000000',
    practitionerId: guid(800) as AppointmentView['practitionerId'],
    practitionerName: 'Dr Uwase',
    locationId: site,
    locationName: 'Kigali',
    status: 'booked',
    participantStatus: 'accepted',
    startAt: '2026-11-24T07:00:00.000Z',
    endAt: '2026-11-24T07:30:00.000Z',
    startLocal: wallTimeOf('2026-11-24', start),
    timeZone: 'Africa/Kigali',
    minutes,
    description: null,
    cancelReason: null,
    proposedStartAt: null,
    overbooked: false,
    overbookReason: null,
    needsRebooking: false,
    stage: null,
    stageAt: null,
    arrivedAt: null,
    calledAt: null,
    priority: 'routine',
    walkIn: false,
    fromPanel: false,
    ticket: null,
    visitTypeId: null,
    visitTypeName: null,
    seriesId: null,
    bufferBefore: 0,
    bufferAfter: 0,
    certainty: 'confirmed',
    ...more,
  };
};

type Hours = readonly [number, number, AppointmentView['locationId']?];

/** A column with hours as pairs of minutes. */
export const column = (
  n: number,
  hours: readonly Hours[],
  appointments: readonly AppointmentView[] = [],
): BoardColumn => ({
  date: '2026-11-24',
  practitionerId: guid(800 + n) as BoardColumn['practitionerId'],
  practitionerName: `Dr ${n}`,
  speciality: 'General practice',
  colour: null,
  blocks: hours.map(([start, end, location]) => ({
    locationId: location ?? site,
    locationName: 'Kigali',
    roomName: 'R2',
    startTime: clockTime(start),
    endTime: clockTime(end),
  })),
  away: [],
  held: [],
  appointments: [...appointments],
});

export const model = (n: number, hours: readonly Hours[], appointments: readonly AppointmentView[] = []) =>
  columnModel(column(n, hours, appointments));
