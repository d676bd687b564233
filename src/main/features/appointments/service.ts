import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Board, FreeSlot, RebookingTask } from '#shared/contract/appointments.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { arrangeColumns, countBoard } from '#shared/domain/appointments/board.ts';
import { rebookingSlots } from '#shared/domain/appointments/rebooking.ts';
import { blocksOn, freeSlots, type Slot, type Span } from '#shared/domain/appointments/slots.ts';
import { dayAt, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocationId, PractitionerId, TaskId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { lostSlots } from './lost-slots.ts';
import {
  appointmentsOfDay,
  appointmentsOfPatient,
  findAppointment,
  heldBy,
  heldByPatient,
  linesOf,
  linesOfColleagues,
  linesOfWeekday,
  openRequests,
  openTasks,
  type ScheduleRow,
  zoneOf,
} from './repository.ts';
import { scheduleLine } from './schedule-line.ts';
import { appointmentViews, practitionerName } from './view.ts';

/** How far ahead free slots are looked for, and the grid their starts lie on. */
const horizonDays = 28;
const gridMinutes = 15;

/** Any calendar day, wherever on earth, lies within these two instants. */
const around = (date: string) => ({
  from: `${addDays(date, -1)}T00:00:00.000Z`,
  to: `${addDays(date, 2)}T00:00:00.000Z`,
});

const board = (deps: FeatureDeps, { date, locationId, speciality }: Parsed<'appointments.board'>): Board => {
  const { store } = deps;
  const rows = appointmentsOfDay(store, { date, ...around(date), locationId, speciality });
  const lines = linesOfWeekday(store, { weekday: weekdayOf(date), locationId, speciality });
  const blocks = blocksOn(
    lines.map((row) => ({ ...scheduleLine(row), row, practitionerName: practitionerName(row) })),
    date,
  );
  const people = new Map([...rows, ...lines].map((row) => [row.practitioner_id, row]));
  const appointments = appointmentViews(store, rows);
  const columns = arrangeColumns(blocks, appointments).map((column) => {
    const person = people.get(column.practitionerId);
    return {
      practitionerId: column.practitionerId as PractitionerId,
      practitionerName: person ? practitionerName(person) : '',
      speciality: person?.speciality ?? '',
      colour: person?.colour ?? null,
      blocks: column.blocks.map(({ row, startTime, endTime }) => ({
        locationId: row.location_id as LocationId,
        locationName: row.location_name,
        roomName: row.room_name,
        startTime,
        endTime,
      })),
      appointments: [...column.appointments],
    };
  });
  const timeZone = (locationId && zoneOf(store, locationId)) || deps.home().timeZone;
  const complete = store.complete('appointment') || date >= addDays(dayAt(deps.clock.now(), timeZone), -1);
  return { date, timeZone, columns, complete, counts: countBoard(appointments) };
};

/** Taken spans by practitioner and room; the slot of the appointment `itself` is no obstacle to it. */
const busyOf = (
  deps: FeatureDeps,
  lines: readonly ScheduleRow[],
  from: number,
  to: number,
  itself: string | null = null,
) => {
  const practitionerIds = [...new Set(lines.map((line) => line.practitioner_id))];
  const roomIds = [...new Set(lines.flatMap((line) => (line.room_id === null ? [] : [line.room_id])))];
  const busy = new Map<string, Span[]>();
  for (const row of heldBy(deps.store, { practitionerIds, roomIds }, from, to)) {
    if (row.id === itself) continue;
    const span = { from: Date.parse(row.start_at), to: Date.parse(row.end_at) };
    for (const id of [row.practitioner_id, row.room_id]) {
      if (id === null) continue;
      const spans = busy.get(id);
      if (spans === undefined) busy.set(id, [span]);
      else spans.push(span);
    }
  }
  return busy;
};

/** Most searches end in the first days; only a full diary is read to its end. */
const windows = [
  { ahead: 0, days: 4 },
  { ahead: 4, days: 8 },
  { ahead: 12, days: horizonDays - 12 },
] as const;

const slotsAmong = (
  deps: FeatureDeps,
  lines: readonly ScheduleRow[],
  wanted: Parsed<'appointments.freeSlots'>,
) => {
  if (lines.length === 0) return [];
  const from = Math.max(Date.parse(wanted.from), deps.clock.now());
  // A day earlier than in UTC it may still be, west of Greenwich.
  const start = addDays(dayAt(from, 'UTC'), -1);
  const names = new Map(lines.map((line) => [`${line.practitioner_id} ${line.location_id}`, line]));
  const found: Slot[] = [];
  for (const { ahead, days } of windows) {
    const firstDay = addDays(start, ahead);
    const begin = Date.parse(`${firstDay}T00:00:00Z`) - 86_400_000;
    const busy = busyOf(deps, lines, begin, begin + (days + 2) * 86_400_000);
    const limit = wanted.limit - found.length;
    const { minutes } = wanted;
    found.push(
      ...freeSlots({
        lines: lines.map(scheduleLine),
        busy,
        from,
        firstDay,
        days,
        minutes,
        step: gridMinutes,
        limit,
      }),
    );
    if (found.length >= wanted.limit) break;
  }
  return found.flatMap((slot) => {
    const row = names.get(`${slot.practitionerId} ${slot.locationId}`);
    return row ? [freeSlotView(slot, row, wanted.minutes)] : [];
  });
};

const freeSlotView = (slot: Slot, row: ScheduleRow, minutes: number): FreeSlot => ({
  practitionerId: row.practitioner_id as PractitionerId,
  practitionerName: practitionerName(row),
  locationId: row.location_id as LocationId,
  locationName: row.location_name,
  startAt: instant(slot.startAt),
  startLocal: slot.startLocal,
  minutes,
});

/** The practitioner's own slots come first but leave room for a colleague who is free sooner. */
const ranked = (deps: FeatureDeps, wanted: Parsed<'appointments.freeSlots'>): FreeSlot[] => {
  const lines = linesOf(deps.store, wanted.practitionerId);
  const own = slotsAmong(deps, lines, wanted);
  const speciality = lines[0]?.speciality;
  const others =
    speciality === undefined
      ? []
      : slotsAmong(deps, linesOfColleagues(deps.store, speciality, wanted.practitionerId), wanted);
  const forOthers = Math.min(
    others.length,
    Math.max(wanted.limit - own.length, Math.floor(wanted.limit * 0.4)),
  );
  return [...own.slice(0, wanted.limit - forOthers), ...others.slice(0, forOthers)];
};

const myDay = ({ store }: FeatureDeps, date: string, { user }: Connection) => {
  const practitionerId = user?.practitionerId ?? null;
  if (practitionerId === null) return { appointments: [], requests: [] };
  const rows = appointmentsOfDay(store, { date, ...around(date), practitionerId });
  // What lost its slot or was declined is with the desk, not with the doctor.
  const appointments = appointmentViews(
    store,
    rows.filter((row) => row.needs_rebooking === 0),
  );
  const requests = appointmentViews(store, openRequests(store, practitionerId));
  return { appointments: [...appointments], requests: [...requests] };
};

const tasks = ({ store }: FeatureDeps): RebookingTask[] => {
  const found = openTasks(store, store.workstation()?.deviceId ?? null);
  const rows = found.map(({ row }) => row);
  const views = new Map(appointmentViews(store, rows).map((view) => [view.id as string, view]));
  const shown = found.flatMap(({ task }) => {
    const appointment = views.get(task.appointment_id);
    return appointment ? [{ ...task, appointment }] : [];
  });
  const lost = lostSlots(store, shown);
  return shown.flatMap((task, index) => {
    const more = lost[index];
    const code = task.code as RebookingTask['code'];
    const { reason, created_at: createdAt, appointment } = task;
    return more ? [{ id: task.id as TaskId, code, reason, createdAt, appointment, ...more }] : [];
  });
};

/** Days looked at round the wanted time; most searches end in the first. */
const reaches = [4, 12, horizonDays] as const;

/** Where an appointment that lost its slot can go, best first. */
const rebooking = (
  deps: FeatureDeps,
  { id, practitionerId, wantedAt, limit }: Parsed<'appointments.rebookingSlots'>,
): Result<FreeSlot[]> => {
  const row = findAppointment(deps.store, id);
  if (row === undefined) return fail('not-found');
  const own = linesOf(deps.store, practitionerId);
  const speciality = own[0]?.speciality ?? row.speciality;
  const lines = [...own, ...linesOfColleagues(deps.store, speciality, practitionerId)];
  if (lines.length === 0) return ok([]);
  const wanted = Date.parse(wantedAt);
  const now = deps.clock.now();
  const minutes = Math.round((Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000);
  const names = new Map(lines.map((line) => [`${line.practitioner_id} ${line.location_id}`, line]));
  let slots: readonly Slot[] = [];
  for (const reach of reaches) {
    const span = (reach + 2) * 86_400_000;
    const [from, to] = [Math.max(now, wanted - span), Math.max(now, wanted) + span];
    const held = heldByPatient(deps.store, row.patient_id, from, to).filter((one) => one.id !== row.id);
    slots = rebookingSlots({
      lines: lines.map(scheduleLine),
      practitionerId,
      busy: busyOf(deps, lines, from, to, row.id),
      patientBusy: held.map((one) => ({ from: Date.parse(one.start_at), to: Date.parse(one.end_at) })),
      wanted: Math.max(wanted, now),
      now,
      horizonDays: reach,
      minutes,
      step: gridMinutes,
      limit,
    });
    if (slots.length >= limit) break;
  }
  return ok(
    slots.flatMap((slot) => {
      const line = names.get(`${slot.practitionerId} ${slot.locationId}`);
      return line ? [freeSlotView(slot, line, minutes)] : [];
    }),
  );
};

type Queries =
  | 'appointments.board'
  | 'appointments.get'
  | 'appointments.freeSlots'
  | 'appointments.rebookingSlots'
  | 'appointments.myDay'
  | 'appointments.tasks'
  | 'patients.appointments';

/** What can be asked about appointments. */
export const appointmentQueries = (deps: FeatureDeps): Handlers<Queries> => ({
  'appointments.board': (input) => ok(board(deps, input)),
  'appointments.get': ({ id }) => {
    const row = findAppointment(deps.store, id);
    const [view] = row ? appointmentViews(deps.store, [row]) : [];
    return view ? ok(view) : fail('not-found');
  },
  'appointments.freeSlots': (input) =>
    Number.isNaN(Date.parse(input.from))
      ? fail('invalid-input', { fields: { from: 'unreadable' } })
      : ok(ranked(deps, input)),
  'appointments.rebookingSlots': (input) => rebooking(deps, input),
  'appointments.myDay': ({ date }, connection) => ok(myDay(deps, date, connection)),
  'appointments.tasks': () => ok(tasks(deps)),
  'patients.appointments': ({ id, before, limit }) =>
    ok({
      appointments: [...appointmentViews(deps.store, appointmentsOfPatient(deps.store, id, before, limit))],
      complete: deps.store.complete('appointment'),
    }),
});
