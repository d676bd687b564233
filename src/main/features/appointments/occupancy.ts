import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { mostBufferMinutes } from '#shared/contract/scheduling.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { mostOfADay } from './repository.ts';

/** The longest appointment the contract allows; what began earlier than this before a time is over by then. */
const longest = 480 * 60_000;

/** The longest time before or after a visit that the contract lets keep its practitioner. */
const longestBuffer = mostBufferMinutes * 60_000;

/** A slot that is held, by and for whom, and what its kind of visit keeps free around it. */
export type Held = Pick<
  RowOf<'appointment'>,
  'id' | 'practitioner_id' | 'patient_id' | 'room_id' | 'start_at' | 'end_at' | 'overbooked'
> & { readonly buffer_before: number | null; readonly buffer_after: number | null };

const statuses = sql.join(holdingStatuses.map((status) => sql.lit(status)));

const holding = (from: number, to: number) =>
  localDb
    .selectFrom('appointment as a')
    .leftJoin('visit_type as t', 't.id', 'a.visit_type_id')
    .select([
      'a.id',
      'a.practitioner_id',
      'a.patient_id',
      'a.room_id',
      'a.start_at',
      'a.end_at',
      'a.overbooked',
      't.buffer_before',
      't.buffer_after',
    ])
    .where('a.start_at', '>', new Date(from - longest - longestBuffer).toISOString())
    .where('a.start_at', '<', new Date(to + longestBuffer).toISOString())
    .where('a.end_at', '>', new Date(from - longestBuffer).toISOString())
    .where(sql<boolean>`a.status in (${statuses})`)
    .where('a.needs_rebooking', '=', 0)
    .where('a.voided_at', 'is', null);

/** Slots held during a time or so shortly before or after it that buffers may reach into it, by anybody: a clinic holds few at one instant. */
export const heldAround = (reader: LocalReader, from: number, to: number): readonly Held[] =>
  reader.all<Held>(holding(from, to).orderBy('a.start_at').limit(mostOfADay));

/** Held time of one practitioner: `start_at`, `end_at`, room and kind of visit of each, as `readTaken` takes them apart. */
interface TakenOf {
  readonly practitioner_id: string;
  readonly taken: string;
}

// A full diary of many weeks is tens of thousands of rows: one text per practitioner costs a third less than a row each.
const takenBy = (from: number, to: number, itself: string | null) => {
  const query = localDb
    .selectFrom('appointment')
    .select([
      'practitioner_id',
      sql<string>`group_concat(start_at || end_at || ifnull(room_id, '') || '|' || ifnull(visit_type_id, ''), ';')`.as(
        'taken',
      ),
    ])
    .where('start_at', '>', new Date(from - longest - longestBuffer).toISOString())
    .where('start_at', '<', new Date(to + longestBuffer).toISOString())
    .where(sql<boolean>`status in (${statuses})`)
    .where('overbooked', '=', 0)
    .where('needs_rebooking', '=', 0)
    .where('voided_at', 'is', null)
    .groupBy('practitioner_id');
  return itself === null ? query : query.where('id', '!=', itself);
};

/** One held time; the practitioner's, when it is not merely somebody else's in a room that is asked for. */
export interface Taken {
  readonly practitionerId: string;
  readonly roomId: string | null;
  readonly visitTypeId: string | null;
  readonly from: number;
  readonly to: number;
}

const instantLength = '2026-11-23T08:00:00.000Z'.length;
const dayLength = '2026-11-23'.length;

/** Takes the texts of `takenBy` apart. The same few days come again and again, for every practitioner: each is read once. */
const readTaken = (rows: readonly TakenOf[]): readonly Taken[] => {
  const days = new Map<string, number>();
  const midnight = (day: string): number => {
    const known = days.get(day) ?? Date.parse(`${day}T00:00:00.000Z`);
    days.set(day, known);
    return known;
  };
  const read = (text: string, at: number): number => {
    const two = (from: number) =>
      (text.charCodeAt(at + from) - 48) * 10 + text.charCodeAt(at + from + 1) - 48;
    const seconds = two(17) * 1000 + Number(text.slice(at + 20, at + 23));
    return midnight(text.slice(at, at + dayLength)) + (two(11) * 60 + two(14)) * 60_000 + seconds;
  };
  const all: Taken[] = [];
  for (const { practitioner_id: practitionerId, taken } of rows)
    for (let at = 0; at < taken.length; ) {
      const bar = taken.indexOf('|', at);
      const next = taken.indexOf(';', bar);
      const end = next < 0 ? taken.length : next;
      all.push({
        practitionerId,
        roomId: taken.slice(at + 2 * instantLength, bar) || null,
        visitTypeId: taken.slice(bar + 1, end) || null,
        from: read(taken, at),
        to: read(taken, at + instantLength),
      });
      at = end + 1;
    }
  return all;
};

/** Held time of some practitioners and, whoever sits there, of some rooms, over a span of days; overbooked visits hold none. `itself` is left out. */
export const takenDuring = (
  reader: LocalReader,
  who: { readonly practitionerIds: readonly string[]; readonly roomIds: readonly string[] },
  { from, to, itself }: { readonly from: number; readonly to: number; readonly itself: string | null },
): readonly Taken[] => {
  const all = takenBy(from, to, itself);
  const others = localDb.selectFrom('practitioner').select('id').where('id', 'not in', who.practitionerIds);
  const own = reader.all(all.where('practitioner_id', 'in', who.practitionerIds));
  const beside =
    who.roomIds.length === 0
      ? []
      : reader.all(all.where('practitioner_id', 'in', others).where('room_id', 'in', who.roomIds));
  return readTaken([...own, ...beside]);
};

/** The buffers of every kind of visit that has some. */
export const buffersOfKinds = (
  reader: LocalReader,
): ReadonlyMap<string, { readonly bufferBefore: number; readonly bufferAfter: number }> =>
  new Map(
    reader
      .all(localDb.selectFrom('visit_type').select(['id', 'buffer_before', 'buffer_after']).limit(mostOfADay))
      .map(({ id, buffer_before: bufferBefore, buffer_after: bufferAfter }) => [
        id,
        { bufferBefore, bufferAfter },
      ]),
  );

const kept = sql.join([...holdingStatuses, 'fulfilled'].map((status) => sql.lit(status)));

/** How many visits of a kind some practitioners have on each day, from one day to another, `itself` not counted. */
export const visitsOfKind = (
  reader: LocalReader,
  kind: {
    readonly visitTypeId: string;
    readonly practitionerIds: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly itself: string | null;
  },
): readonly { readonly practitioner_id: string; readonly day: string; readonly visits: number }[] => {
  const day = sql<string>`substr(start_local, 1, 10)`;
  return reader.all(
    localDb
      .selectFrom('appointment')
      .select(['practitioner_id', day.as('day'), sql<number>`count(*)`.as('visits')])
      .where('practitioner_id', 'in', kind.practitionerIds)
      .where('start_at', '>=', `${addDays(kind.from, -1)}T00:00:00.000Z`)
      .where('start_at', '<', `${addDays(kind.to, 2)}T00:00:00.000Z`)
      .where(day, '>=', kind.from)
      .where(day, '<=', kind.to)
      // The plus sign keeps SQLite from reading all visits of the kind there ever were.
      .where(sql<boolean>`+visit_type_id = ${kind.visitTypeId}`)
      .where('id', '!=', kind.itself ?? '')
      .where(sql<boolean>`status in (${kept})`)
      .where('needs_rebooking', '=', 0)
      .where('voided_at', 'is', null)
      .groupBy(['practitioner_id', day])
      .limit(100_000),
  );
};

/** When a patient, under any record, is with somebody, overbooked or not, over a span of days. */
export const heldByPatient = (
  reader: LocalReader,
  patientId: string,
  from: number,
  to: number,
): readonly Held[] =>
  reader.all<Held>(holding(from, to).where('a.patient_id', 'in', samePatient(patientId)).limit(1000));
