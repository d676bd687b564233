import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { WaitView } from '#shared/contract/overview.ts';
import type { MinutesCounted } from '#shared/domain/overview/figures.ts';
import { addDays } from '#shared/kernel/calendar.ts';

/** Days at each appointment's own place, `YYYY-MM-DD`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly locationId: string | null;
}

/** More doctors, sites and ways to stand come together in no clinic; it bounds what one call can ask of memory. */
const mostGroups = 5000;

/** The index by start is read between instants that contain the days in every zone on earth. */
const within = ({ from, to, locationId }: Period) => {
  const rows = localDb
    .selectFrom('appointment as a')
    .where('a.start_at', '>=', `${addDays(from, -1)}T00:00:00.000Z`)
    .where('a.start_at', '<', `${addDays(to, 2)}T00:00:00.000Z`)
    .where('a.start_local', '>=', `${from}T00:00`)
    .where('a.start_local', '<=', `${to}T23:59`)
    .where('a.voided_at', 'is', null);
  return locationId === null ? rows : rows.where('a.location_id', '=', locationId);
};

const minutesBetween = (from: string, to: string) =>
  sql<number>`cast(round((julianday(${sql.ref(to)}) - julianday(${sql.ref(from)})) * 1440) as integer)`;

/** How the appointments of a day stand, with the minutes they take, by doctor and site. */
export const countedByDoctor = (reader: LocalReader, period: Period) =>
  reader.all(
    within(period)
      .select(['a.practitioner_id', 'a.location_id', 'a.status', 'a.stage'])
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>(minutesBetween('a.start_at', 'a.end_at')).as('minutes'),
      ])
      .groupBy(['a.practitioner_id', 'a.location_id', 'a.status', 'a.stage'])
      .limit(mostGroups),
  );

/** How the appointments of a period stand. */
export const counted = (reader: LocalReader, period: Period) =>
  reader.all(
    within(period)
      .select(['a.status', 'a.stage'])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .groupBy(['a.status', 'a.stage'])
      .limit(mostGroups),
  );

type WaitStage = WaitView['stage'];

/** Between which moments of a visit somebody waits, or is in the clinic at all. */
const moments = {
  'until-nurse': ['a.arrived_at', 'a.nurse_at'],
  'until-called': ['a.arrived_at', 'a.called_at'],
  'past-time': ['a.start_at', 'a.called_at'],
  'whole-visit': ['a.arrived_at', 'a.left_at'],
} as const satisfies Record<WaitStage, readonly [string, string]>;

/** How long it took, in whole minutes, of those of whom both moments are known; who was called before the time waited none of it. */
export const waited = (reader: LocalReader, period: Period, stage: WaitStage): readonly MinutesCounted[] => {
  const [from, to] = moments[stage];
  const minutes = sql<number>`max(0, ${minutesBetween(from, to)})`;
  let rows = within(period).where(to, 'is not', null).where('a.arrived_at', 'is not', null);
  // Who came without an appointment was given no time.
  if (stage === 'past-time')
    rows = rows.where((eb) => eb.or([eb('a.walk_in', 'is', null), eb('a.walk_in', '=', 0)]));
  // Who left unseen was there, but not for a visit.
  if (stage === 'whole-visit') rows = rows.where('a.status', '=', 'fulfilled');
  return reader.all(
    rows
      .select((eb) => [minutes.as('minutes'), eb.fn.countAll<number>().as('count')])
      .groupBy(minutes)
      .limit(mostGroups),
  );
};

/** Requests for a time on these days that nobody has answered. */
export const unanswered = (reader: LocalReader, { from, to, locationId }: Period): number => {
  let rows = localDb
    .selectFrom('practitioner')
    .crossJoin('appointment as a')
    .whereRef('a.practitioner_id', '=', 'practitioner.id')
    .where('a.start_at', '>=', `${addDays(from, -1)}T00:00:00.000Z`)
    .where('a.start_local', '>=', `${from}T00:00`)
    .where('a.start_local', '<=', `${to}T23:59`)
    // Written out, so that SQLite sees that the partial index fits without looking at what is bound.
    .where(sql<boolean>`a.participant_status = 'needs-action'`)
    .where('a.status', '=', 'proposed')
    .where('a.voided_at', 'is', null);
  if (locationId !== null) rows = rows.where('a.location_id', '=', locationId);
  return reader.get(rows.select((eb) => eb.fn.countAll<number>().as('n')))?.n ?? 0;
};

/** The doctors with these ids, by name. */
export const doctorsNamed = (reader: LocalReader, ids: readonly string[]) =>
  reader.all(
    localDb
      .selectFrom('practitioner')
      .select(['id', 'prefix', 'family', 'given'])
      .where('id', 'in', ids)
      .orderBy('family')
      .orderBy('given')
      .orderBy('id')
      .limit(mostGroups),
  );

/** The sites with these ids, by name. */
export const sitesNamed = (reader: LocalReader, ids: readonly string[]) =>
  reader.all(
    localDb
      .selectFrom('location')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .orderBy('name')
      .orderBy('id')
      .limit(mostGroups),
  );
