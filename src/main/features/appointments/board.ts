import type { FeatureDeps } from '#main/core/deps.ts';
import { whoHas } from '#main/data/local/specialties.ts';
import type { Board, BoardColumn } from '#shared/contract/appointments.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { arrangeColumns, countBoard } from '#shared/domain/appointments/board.ts';
import { dayOf } from '#shared/domain/appointments/schedule.ts';
import { dayAt, dayRange, wallTimeAt, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { heldByOthers } from './holds.ts';
import {
  appointmentsOfDay,
  type ExceptionRow,
  exceptionsBetween,
  findPractitioner,
  linesOfWeekday,
  type ScheduleRow,
  zoneOf,
} from './repository.ts';
import { scheduleException, scheduleLine } from './schedule-line.ts';
import { appointmentViews, practitionerName } from './view.ts';

/** Any calendar day, wherever on earth, lies within these two instants. */
export const around = (date: string) => ({
  from: `${addDays(date, -1)}T00:00:00.000Z`,
  to: `${addDays(date, 2)}T00:00:00.000Z`,
});

type BoardInput = Parsed<'appointments.board'>;

/** Extra hours of somebody this board is not about are left out; what takes hours away finds its own. */
const exceptionsOf = (deps: FeatureDeps, { date, locationId, speciality, practitionerId }: BoardInput) => {
  const people = speciality === null ? null : whoHas(deps.store, [speciality]);
  return exceptionsBetween(deps.store, date, date).filter(
    (row) =>
      row.kind !== 'extra' ||
      ((locationId === null || row.location_id === locationId) &&
        (people === null || people.has(row.practitioner_id ?? '')) &&
        (practitionerId === null || row.practitioner_id === practitionerId)),
  );
};

interface Person {
  readonly practitioner_prefix: string | null;
  readonly practitioner_family: string;
  readonly practitioner_given: string;
  readonly speciality: string;
  readonly colour: string | null;
}

/** The practitioner of extra hours; of what is of all, nobody. */
const personOf = (row: ExceptionRow): readonly (readonly [string, Person])[] => {
  const { practitioner_id: id, practitioner_family: family, practitioner_given: given, speciality } = row;
  return id === null || family === null || given === null || speciality === null
    ? []
    : [[id, { ...row, practitioner_family: family, practitioner_given: given, speciality }]];
};

const namesOf = (lines: readonly ScheduleRow[], exceptions: readonly ExceptionRow[]) =>
  new Map<string | null, string | null>([
    ...exceptions.map((row) => [row.location_id, row.location_name] as const),
    ...lines.map((row) => [row.location_id, row.location_name] as const),
    ...lines.map((row) => [row.room_id, row.room_name] as const),
  ]);

/** What other desks are about to book on a day, by practitioner. */
const heldOn = (deps: FeatureDeps, date: string, timeZone: string, ownHold: string | null) => {
  const { from, to } = dayRange(date, timeZone);
  return new Map(
    [...Map.groupBy(heldByOthers(deps, { from, to }, ownHold), (one) => one.practitionerId)].map(
      ([practitionerId, all]) => [
        practitionerId,
        all.map(({ by, from, to, until }) => ({
          by,
          startLocal: wallTimeAt(from, timeZone),
          minutes: Math.round((to - from) / 60_000),
          until: instant(until),
        })),
      ],
    ),
  );
};

/** Everybody's hours, what exceptions have taken from them, and the appointments of a day. */
export const board = (deps: FeatureDeps, input: BoardInput, ownHold: string | null = null): Board => {
  const { store } = deps;
  const { date, locationId } = input;
  const rows = appointmentsOfDay(store, { ...input, ...around(date) });
  const lines = linesOfWeekday(store, { ...input, weekday: weekdayOf(date) });
  const exceptions = exceptionsOf(deps, input);
  const people = new Map<string, Person>([
    ...exceptions.flatMap(personOf),
    ...[...rows, ...lines].map((row) => [row.practitioner_id, row] as const),
  ]);
  const names = namesOf(lines, exceptions);
  const named = <T extends { readonly practitionerId: string }>(one: T) => {
    const person = people.get(one.practitionerId);
    return { ...one, practitionerName: person ? practitionerName(person) : '' };
  };
  const day = dayOf({ lines: lines.map(scheduleLine), exceptions: exceptions.map(scheduleException) }, date);
  const appointments = appointmentViews(store, rows);
  const arranged = arrangeColumns(day.blocks.map(named), day.away.map(named), appointments);
  const timeZone = (locationId && zoneOf(store, locationId)) || deps.home().timeZone;
  const held = heldOn(deps, date, timeZone, ownHold);
  const columns = arranged.map(({ practitionerId, blocks, away, appointments }) => {
    const person = people.get(practitionerId);
    return {
      date,
      practitionerId: practitionerId as PractitionerId,
      practitionerName: person ? practitionerName(person) : '',
      speciality: person?.speciality ?? '',
      colour: person?.colour ?? null,
      blocks: blocks.map(({ locationId, roomId, startTime, endTime }) => ({
        locationId: locationId as LocationId,
        locationName: names.get(locationId) ?? '',
        roomName: names.get(roomId) ?? null,
        startTime,
        endTime,
      })),
      away: away.map(({ kind, name, startTime, endTime }) => ({ kind, name, startTime, endTime })),
      held: held.get(practitionerId) ?? [],
      appointments: [...appointments],
    };
  });
  const complete = store.complete('appointment') || date >= addDays(dayAt(deps.clock.now(), timeZone), -1);
  return { date, timeZone, columns, complete, counts: countBoard(appointments) };
};

const total = (boards: readonly Board[], count: keyof Board['counts']): number =>
  boards.reduce((sum, { counts }) => sum + counts[count], 0);

/** Seven days of one practitioner, each as a column of its own; a day without hours is one without blocks. */
export const week = (
  deps: FeatureDeps,
  { date, practitionerId, locationId }: Parsed<'appointments.week'>,
  ownHold: string | null,
): Result<Board> => {
  const person = findPractitioner(deps.store, practitionerId);
  if (person === undefined) return fail('not-found');
  const nothing: Omit<BoardColumn, 'date'> = {
    practitionerId,
    practitionerName: practitionerName(person),
    speciality: person.speciality,
    colour: person.colour,
    blocks: [],
    away: [],
    held: [],
    appointments: [],
  };
  const boards = [0, 1, 2, 3, 4, 5, 6].map((ahead) =>
    board(deps, { date: addDays(date, ahead), locationId, speciality: null, practitionerId }, ownHold),
  );
  return ok({
    date,
    timeZone: boards[0]?.timeZone ?? deps.home().timeZone,
    columns: boards.map(
      (one) =>
        one.columns.find((column) => column.practitionerId === practitionerId) ?? {
          ...nothing,
          date: one.date,
        },
    ),
    complete: boards.every((one) => one.complete),
    counts: {
      booked: total(boards, 'booked'),
      requested: total(boards, 'requested'),
      cancelled: total(boards, 'cancelled'),
      provisional: total(boards, 'provisional'),
      needsRebooking: total(boards, 'needsRebooking'),
    },
  });
};
