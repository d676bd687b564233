import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { specialtiesOf } from '#main/data/local/specialties.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { WaitlistEntryView, WaitlistWish } from '#shared/contract/waitlist.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import { offerMinutes, undecided } from '#shared/domain/waitlist/entry.ts';
import { byUrgency, rankMatches, type Waiting } from '#shared/domain/waitlist/matching.ts';
import { wishProblems } from '#shared/domain/waitlist/problems.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import {
  candidates,
  closedEntries,
  type EntryRow,
  entriesOf,
  findEntry,
  lostEntries,
  mostShown,
  openEntries,
  patientStands,
} from './repository.ts';
import { entryViews, type Moment, stateOf, weekdaysOf } from './view.ts';

/** A visit of somebody who waits, as a booking would ask for it. */
interface Visit {
  readonly patientId: string;
  readonly practitionerId: string;
  readonly locationId: string;
  readonly startLocal: string;
  readonly minutes: number;
  readonly visitTypeId: string | null;
  readonly overbook: null;
  /** The appointment that lost its time and is waited for again. */
  readonly itself: string | null;
}

export interface WaitlistDeps extends FeatureDeps {
  /** Whether a booking could be made as far as this workstation knows, and its instant: the check of a booking itself. */
  readonly placeOf: (visit: Visit, connection: Connection) => Result<{ readonly start_at: string }>;
}

/** How far back a booking that lost its time is looked for. */
const lostWithin = 400 * 86_400_000;
const mostMatches = 20;

const momentOf = ({ clock, home }: FeatureDeps): Moment => {
  const now = clock.now();
  return { now, today: dayAt(now, home().timeZone) };
};

const waitingOf = (row: EntryRow): Waiting & { readonly row: EntryRow } => ({
  id: row.id,
  row,
  wish: {
    practitionerId: row.practitioner_id,
    speciality: row.speciality,
    locationId: row.location_id,
    minutes: row.minutes,
    startDate: row.start_date,
    endDate: row.end_date,
    startTime: row.start_time,
    endTime: row.end_time,
    weekdays: weekdaysOf(row.weekdays),
  },
  priority: row.priority as VisitPriority,
  since: row.created_at,
});

const list = (deps: FeatureDeps, { view }: Parsed<'waitlist.list'>): Output<'waitlist.list'> => {
  const moment = momentOf(deps);
  const { store } = deps;
  if (view === 'closed') {
    const closed = closedEntries(store).filter((row) => stateOf(row, moment) !== 'waiting');
    return { entries: entryViews(store, closed, moment), more: false };
  }
  const lost = lostEntries(store, instant(moment.now - lostWithin));
  const rows = [...openEntries(store), ...lost].map(waitingOf).toSorted(byUrgency);
  const shown = rows.slice(0, mostShown).map(({ row }) => row);
  return { entries: entryViews(store, shown, moment), more: rows.length > mostShown };
};

const visitOf = (
  row: EntryRow,
  slot: { readonly practitionerId: string; readonly locationId: string; readonly startLocal: string },
): Visit => ({
  patientId: row.patient_id,
  practitionerId: slot.practitionerId,
  locationId: slot.locationId,
  startLocal: slot.startLocal,
  minutes: row.minutes,
  visitTypeId: row.visit_type_id,
  overbook: null,
  itself: row.appointment_needs_rebooking === 1 ? row.appointment_id : null,
});

const matches = (
  deps: WaitlistDeps,
  slot: Parsed<'waitlist.matches'>,
  connection: Connection,
): Result<Output<'waitlist.matches'>> => {
  const { store, placeOf } = deps;
  const specialties = specialtiesOf(store, slot.practitionerId);
  if (specialties === undefined) return fail('not-found');
  const moment = momentOf(deps);
  const day = slot.startLocal.slice(0, 10);
  const time = { ...slot, specialties };
  const rows = [
    ...candidates(store, { ...time, day }),
    ...lostEntries(store, instant(moment.now - lostWithin)),
  ];
  const states = Map.groupBy(rows, (row) => stateOf(row, moment));
  const found = rankMatches(
    (states.get('waiting') ?? []).map(waitingOf),
    time,
    mostMatches,
    (match) => placeOf(visitOf(match.entry.row, { ...slot, startLocal: match.startLocal }), connection).ok,
  );
  const views = entryViews(
    store,
    found.map(({ entry }) => entry.row),
    moment,
  );
  const end = Number(slot.startLocal.slice(11, 13)) * 60 + Number(slot.startLocal.slice(14)) + slot.minutes;
  const offered = entryViews(store, states.get('offered') ?? [], moment).filter(({ offer, minutes }) => {
    if (offer?.practitionerId !== slot.practitionerId || !offer.startLocal.startsWith(day)) return false;
    const start = Number(offer.startLocal.slice(11, 13)) * 60 + Number(offer.startLocal.slice(14));
    return start < end && end - slot.minutes < start + minutes;
  });
  return ok({
    matches: found.flatMap(({ startLocal, reasons }, index) => {
      const entry = views[index];
      return entry ? [{ entry, startLocal, reasons: [...reasons] }] : [];
    }),
    offered,
  });
};

const wishColumns = (wish: WaitlistWish) => ({
  practitioner_id: wish.practitionerId,
  speciality: wish.practitionerId === null ? wish.speciality : null,
  location_id: wish.locationId,
  visit_type_id: wish.visitTypeId,
  minutes: wish.minutes,
  start_date: wish.startDate,
  end_date: wish.endDate,
  start_time: wish.startTime,
  end_time: wish.endTime,
  weekdays: wish.weekdays.length === 0 ? null : [...new Set(wish.weekdays)].toSorted().join(','),
  priority: wish.priority,
  note: wish.note || null,
});

const checked = (wish: WaitlistWish): Result<null> => {
  const fields = wishProblems(wish);
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const shown = (deps: FeatureDeps, id: string): Result<WaitlistEntryView> => {
  const row = findEntry(deps.store, id);
  const [view] = row === undefined ? [] : entryViews(deps.store, [row], momentOf(deps));
  return view === undefined ? fail('not-found') : ok(view);
};

const add = (
  deps: FeatureDeps,
  { patientId, wish }: Parsed<'waitlist.add'>,
  { user }: Connection,
): Result<WaitlistEntryView> => {
  const fine = checked(wish);
  if (!fine.ok) return fine;
  if (!patientStands(deps.store, patientId)) return fail('not-found');
  const id = deps.newId();
  const by = user?.id ?? null;
  deps.store.mutate({ kind: 'waitlist.add', user: by }, (writer) =>
    writer.insert('waitlist_entry', {
      id,
      patient_id: patientId,
      ...wishColumns(wish),
      ...undecided,
      created_at: instant(deps.clock.now()),
      created_by: by,
    }),
  );
  deps.engine.wake();
  return shown(deps, id);
};

/** Changes an entry that is in a state where that makes sense, and says how it is then. */
const change = (
  deps: FeatureDeps,
  kind: string,
  { id, patch }: { readonly id: string; readonly patch: Partial<Omit<RowOf<'waitlist_entry'>, 'id'>> },
  { user }: Connection,
  isPossible: (row: EntryRow) => boolean,
): Result<WaitlistEntryView> => {
  const row = findEntry(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (!isPossible(row)) return fail('changed-meanwhile');
  deps.store.mutate({ kind, user: user?.id ?? null }, (writer) => writer.update('waitlist_entry', id, patch));
  deps.engine.wake();
  return shown(deps, id);
};

const isOpen = (deps: FeatureDeps) => (row: EntryRow) =>
  ['waiting', 'offered', 'expired'].includes(stateOf(row, momentOf(deps)));

/** Who has an appointment that stands does not wait. */
const isReleasable = (row: EntryRow) =>
  row.status !== 'booked' ||
  row.appointment_needs_rebooking === 1 ||
  row.appointment_status === null ||
  row.appointment_status === 'cancelled';

const offer = (
  deps: WaitlistDeps,
  { id, ...slot }: Parsed<'waitlist.offer'>,
  connection: Connection,
): Result<WaitlistEntryView> => {
  const row = findEntry(deps.store, id);
  if (row === undefined) return fail('not-found');
  const place = deps.placeOf(visitOf(row, slot), connection);
  if (!place.ok) return place;
  const now = deps.clock.now();
  const patch = {
    ...undecided,
    status: 'offered',
    offered_practitioner_id: slot.practitionerId,
    offered_location_id: slot.locationId,
    offered_start_at: place.value.start_at,
    offered_at: instant(now),
    offered_until: instant(now + offerMinutes * 60_000),
    // Until the answer, what is to be rebooked is not forgotten.
    appointment_id: row.appointment_needs_rebooking === 1 ? row.appointment_id : null,
  };
  return change(deps, 'waitlist.offer', { id, patch }, connection, isOpen(deps));
};

/** Who waits for a time, what is offered to whom, and who could have a time that has become free. */
export const waitlistHandlers = (
  deps: WaitlistDeps,
): Handlers<
  | 'waitlist.list'
  | 'waitlist.ofPatient'
  | 'waitlist.add'
  | 'waitlist.change'
  | 'waitlist.cancel'
  | 'waitlist.release'
  | 'waitlist.offer'
  | 'waitlist.matches'
> => ({
  'waitlist.list': (input) => ok(list(deps, input)),
  'waitlist.ofPatient': ({ patientId }) =>
    ok(entryViews(deps.store, entriesOf(deps.store, patientId), momentOf(deps))),
  'waitlist.add': (input, connection) => add(deps, input, connection),
  'waitlist.change': ({ id, wish }, connection) => {
    const fine = checked(wish);
    if (!fine.ok) return fine;
    return change(deps, 'waitlist.change', { id, patch: wishColumns(wish) }, connection, isOpen(deps));
  },
  'waitlist.cancel': ({ id, reason }, connection) => {
    const patch = { ...undecided, status: 'cancelled', close_reason: reason };
    return change(deps, 'waitlist.cancel', { id, patch }, connection, isOpen(deps));
  },
  'waitlist.release': ({ id }, connection) =>
    change(deps, 'waitlist.release', { id, patch: undecided }, connection, isReleasable),
  'waitlist.offer': (input, connection) => offer(deps, input, connection),
  'waitlist.matches': (input, connection) => matches(deps, input, connection),
});
