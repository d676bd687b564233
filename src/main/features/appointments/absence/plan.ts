import { recordsOf } from '#main/data/local/same-patient.ts';
import { type AbsenceChoice, type AbsenceVisit, mostPlanned } from '#shared/contract/absence.ts';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { type Absence, exceptionOf, soonestFirst } from '#shared/domain/appointments/absence.ts';
import { busyWith, fullWith, type Hold, heldForPatient } from '#shared/domain/appointments/absence-holds.ts';
import { rebookingSlots } from '#shared/domain/appointments/rebooking.ts';
import { freeOn, type Slot } from '#shared/domain/appointments/slots.ts';
import { overlaps, type Span } from '#shared/domain/appointments/spans.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { AppointmentId, PractitionerId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { madeImpossibleBy } from '../affected.ts';
import { gridMinutes, rebookingDays, withNames } from '../free-slots.ts';
import { both, type Ground, groundOf, ofColleagues, ofPractitioner, type Reading } from '../ground.ts';
import { heldByPatient } from '../occupancy.ts';
import { type AppointmentRow, specialtiesOfActive } from '../repository.ts';
import { appointmentViews } from '../view.ts';

const day = 86_400_000;
const spanOf = (row: Pick<AppointmentRow, 'start_at' | 'end_at'>): Span => ({
  from: Date.parse(row.start_at),
  to: Date.parse(row.end_at),
});
const minutesOf = (row: AppointmentRow): number =>
  (Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000;

/** An absence that may be for good. */
type Leave = Absence & { readonly leaves: boolean };

/** What is free for whom while an absence is planned: read once for each kind of visit, however many visits there are. */
const createGround = (deps: Reading, absence: Leave, rows: readonly AppointmentRow[]) => {
  const { practitionerId } = absence;
  const specialties = specialtiesOfActive(deps.store, practitionerId) ?? [rows[0]?.speciality ?? ''];
  const colleagues = ofColleagues(deps, practitionerId, specialties, null);
  const among = absence.leaves ? colleagues : both(ofPractitioner(deps, practitionerId, null), colleagues);
  const days = rows.map((row) => row.start_local.slice(0, 10)).toSorted();
  const [first = absence.startDate, last = first] = [days[0], days.at(-1)];
  const firstDay = addDays(first, -1);
  const length = (Date.parse(last) - Date.parse(first)) / day + rebookingDays + 4;
  const known = new Map<string | null, Ground>();
  return (visitTypeId: string | null): Ground => {
    const ground =
      known.get(visitTypeId) ??
      groundOf(deps, among, { visitTypeId, firstDay, days: length, itself: null, ownHold: null });
    known.set(visitTypeId, ground);
    return { ...ground, exceptions: [...ground.exceptions, exceptionOf(absence)] };
  };
};

/** What a visit can be given besides what is held for others. */
const createSearch = (deps: Reading, absence: Leave, rows: readonly AppointmentRow[]) => {
  const groundFor = createGround(deps, absence, rows);
  const now = deps.clock.now();
  const searchFor = (row: AppointmentRow, holds: readonly Hold[]) => {
    const ground = groundFor(row.visit_type_id);
    const isHere = (one: { readonly locationId: string | null }) => one.locationId === row.location_id;
    const wanted = Date.parse(row.start_at);
    const [from, to] = [wanted, Math.max(now, wanted) + (rebookingDays + 2) * day];
    const elsewhere = heldByPatient(deps.store, row.patient_id, from, to).filter((one) => one.id !== row.id);
    return {
      ground,
      search: {
        ...ground,
        lines: ground.lines.filter(isHere),
        exceptions: ground.exceptions.filter((one) => one.kind !== 'extra' || isHere(one)),
        busy: busyWith(ground.busy, holds),
        full: fullWith(ground.visits, ground, holds),
        patientBusy: [
          // Nobody is asked to come sooner than they were told.
          { from: Number.NEGATIVE_INFINITY, to: wanted },
          ...elsewhere.map(spanOf),
          ...heldForPatient(holds, row.patient_id),
        ],
        practitionerId: absence.practitionerId,
        wanted: Math.max(wanted, now),
        horizonDays: rebookingDays,
        minutes: minutesOf(row),
        step: gridMinutes,
      },
    };
  };
  const hold = (row: AppointmentRow, slot: Slot): Hold => ({
    practitionerId: slot.practitionerId,
    roomId: slot.roomId,
    patientIds: recordsOf(deps.store, row.patient_id),
    visit: { from: slot.startAt, to: slot.startAt + minutesOf(row) * 60_000 },
    needs: groundFor(row.visit_type_id).needs,
    visitTypeId: row.visit_type_id,
    day: slot.startLocal.slice(0, 10),
  });
  return {
    hold,
    /** The best free times of a visit, soonest first. */
    best: (row: AppointmentRow, holds: readonly Hold[], limit: number): readonly Slot[] => {
      const { search } = searchFor(row, holds);
      return soonestFirst(rebookingSlots({ ...search, limit }), absence.practitionerId);
    },
    /** The very time that was chosen, while it is free. */
    chosen: (
      row: AppointmentRow,
      holds: readonly Hold[],
      choice: Extract<AbsenceChoice, { readonly kind: 'move' }>,
    ): Slot | undefined => {
      const { search } = searchFor(row, holds);
      const length = minutesOf(row) * 60_000;
      return freeOn({ ...search, from: search.wanted }, choice.startLocal.slice(0, 10)).find(
        (slot) =>
          slot.practitionerId === choice.practitionerId &&
          slot.startLocal === choice.startLocal &&
          !search.patientBusy.some((busy) =>
            overlaps(busy, { from: slot.startAt, to: slot.startAt + length }),
          ),
      );
    },
    named: (row: AppointmentRow, slots: readonly Slot[]): readonly FreeSlot[] =>
      withNames(slots, groundFor(row.visit_type_id), minutesOf(row)),
  };
};

interface Planned {
  readonly row: AppointmentRow;
  readonly choice: AbsenceChoice;
  readonly slot: Slot | null;
  readonly lost: boolean;
}

const moveTo = (row: AppointmentRow, slot: Slot): AbsenceChoice => ({
  kind: 'move',
  id: row.id as AppointmentId,
  practitionerId: slot.practitionerId as PractitionerId,
  startLocal: slot.startLocal,
});

/** What was chosen has its time first, in the order of the visits; what is only proposed takes what is left. */
const planned = (
  search: ReturnType<typeof createSearch>,
  rows: readonly AppointmentRow[],
  choices: ReadonlyMap<string, AbsenceChoice>,
): readonly Planned[] => {
  const holds: Hold[] = [];
  const give = (row: AppointmentRow, slot: Slot, lost: boolean): Planned => {
    holds.push(search.hold(row, slot));
    return { row, choice: moveTo(row, slot), slot, lost };
  };
  const decided = new Map<string, Planned>();
  for (const row of rows) {
    const choice = choices.get(row.id);
    if (choice === undefined) continue;
    if (choice.kind !== 'move') decided.set(row.id, { row, choice, slot: null, lost: false });
    else {
      const slot = search.chosen(row, holds, choice);
      if (slot !== undefined) decided.set(row.id, give(row, slot, false));
    }
  }
  return rows.map((row) => {
    const known = decided.get(row.id);
    if (known !== undefined) return known;
    const lost = choices.has(row.id);
    const [slot] = search.best(row, holds, 5);
    const left = { kind: 'leave', id: row.id as AppointmentId } as const;
    return slot === undefined ? { row, choice: left, slot: null, lost } : give(row, slot, lost);
  });
};

const byId = (choices: readonly AbsenceChoice[]) =>
  new Map(choices.map((choice) => [choice.id as string, choice]));

/** See the contract. */
export const plan = (
  deps: Reading,
  { absence, choices, leaves }: Parsed<'absence.plan'>,
): Result<Output<'absence.plan'>> => {
  const affected = madeImpossibleBy(deps, exceptionOf(absence));
  const rows = affected.slice(0, mostPlanned);
  const search = createSearch(deps, { ...absence, leaves }, rows);
  const all = planned(search, rows, byId(choices));
  const views = appointmentViews(deps.store, rows);
  const visits = all.flatMap(({ row, choice, slot, lost }, index): AbsenceVisit[] => {
    const appointment = views[index];
    const [named = null] = slot === null ? [] : search.named(row, [slot]);
    return appointment ? [{ appointment, choice, slot: named, lost }] : [];
  });
  return ok({ visits, more: affected.length - rows.length });
};

/** See the contract. */
export const slotsBesides = (
  deps: Reading,
  { absence, choices, leaves, id }: Parsed<'absence.slots'>,
): Result<FreeSlot[]> => {
  const rows = madeImpossibleBy(deps, exceptionOf(absence)).slice(0, mostPlanned);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) return fail('not-found');
  const search = createSearch(deps, { ...absence, leaves }, rows);
  const holds: Hold[] = [];
  const others = byId(choices);
  for (const other of rows) {
    const choice = others.get(other.id);
    if (other === row || choice?.kind !== 'move') continue;
    const slot = search.chosen(other, holds, choice);
    if (slot !== undefined) holds.push(search.hold(other, slot));
  }
  return ok([...search.named(row, search.best(row, holds, 5))]);
};
