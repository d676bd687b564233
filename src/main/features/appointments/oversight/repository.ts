import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { type LocalDatabase, localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { OversightFilter } from '#shared/contract/oversight.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { coursesOf } from '#shared/domain/overview/figures.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { type AppointmentRow, shown } from '../repository.ts';

/** Where a page ends: the last row of it, or the last that was looked at. */
export interface Place {
  readonly startAt: string;
  readonly id: string;
}

/** What is sought, in which order, and from where on. */
export interface Sought {
  readonly filter: OversightFilter;
  readonly order: 'asc' | 'desc';
  readonly after: Place | null;
  /** Left out or null: in whatever state they are. */
  readonly statuses?: readonly AppointmentStatus[] | null;
}

type Tables = LocalDatabase & { readonly a: LocalDatabase['appointment'] };
type Expressions = ExpressionBuilder<Tables, 'a'>;

/** After `place` in this order; or, turned round, up to it. */
const beyond = (eb: Expressions, { startAt, id }: Place, isLater: boolean) => {
  const way = isLater ? '>' : '<';
  return eb.and([
    // By itself it narrows the range of the index.
    eb('a.start_at', isLater ? '>=' : '<=', startAt),
    eb.or([eb('a.start_at', way, startAt), eb.and([eb('a.start_at', '=', startAt), eb('a.id', way, id)])]),
  ]);
};

/** What indexes answer: days, and whose appointments. */
const within = <O>(
  rows: SelectQueryBuilder<Tables, 'a', O>,
  { filter, order, after }: Sought,
): SelectQueryBuilder<Tables, 'a', O> => {
  const { from, until, practitionerId, locationId, patientId } = filter;
  let query = rows
    // Instants that contain the days in every zone on earth.
    .where('a.start_at', '>=', `${addDays(from, -1)}T00:00:00.000Z`)
    .where('a.start_at', '<', `${addDays(until, 2)}T00:00:00.000Z`)
    .where('a.start_local', '>=', `${from}T00:00`)
    .where('a.start_local', '<=', `${until}T23:59`)
    .where('a.voided_at', 'is', null);
  if (practitionerId !== null) query = query.where('a.practitioner_id', '=', practitionerId);
  if (locationId !== null) query = query.where('a.location_id', '=', locationId);
  if (patientId !== null) query = query.where('a.patient_id', 'in', samePatient(patientId));
  if (after !== null) query = query.where((eb) => beyond(eb, after, order === 'asc'));
  return query.orderBy('a.start_at', order).orderBy('a.id', order);
};

/** A change of the appointment that the centre has not taken as it is; `refused`: that it refused. */
const doubted = (eb: Expressions, refused: boolean) => {
  const changes = eb
    .selectFrom('outbox_row as r')
    .innerJoin('outbox as o', 'o.n', 'r.n')
    .select('r.n')
    .where('r.tbl', '=', 'appointment')
    .whereRef('r.pk', '=', 'a.id');
  return eb.exists(
    refused
      ? changes.where('o.status', '=', 'parked')
      : changes.where((o) => o.not(o.and([o('o.status', '=', 'settled'), o('o.verdict', '=', 'applied')]))),
  );
};

const over: readonly AppointmentStatus[] = ['cancelled', 'entered-in-error'];

const stands = (eb: Expressions, standing: NonNullable<OversightFilter['standing']>) => {
  const needsDecision = eb.or([
    eb.and([eb('a.needs_rebooking', '=', 1), eb('a.status', 'not in', over)]),
    doubted(eb, true),
  ]);
  if (standing === 'needs-decision') return needsDecision;
  const isDoubted = doubted(eb, false);
  return eb.and([eb.not(needsDecision), standing === 'provisional' ? isDoubted : eb.not(isDoubted)]);
};

/**
 * The last of the next `most` appointments of these days and of whose they are, before anything else of the filter is asked;
 * undefined where there are fewer. It bounds what is looked through for a page.
 */
export const lastLookedAt = (reader: LocalReader, sought: Sought, most: number): Place | undefined =>
  reader.get(
    within(localDb.selectFrom('appointment as a'), sought)
      .select(['a.start_at as startAt', 'a.id'])
      .limit(1)
      .offset(most - 1),
  );

/** Appointments that fit, in order, none beyond `last`. */
export const fitting = (
  reader: LocalReader,
  sought: Sought,
  last: Place | undefined,
  limit: number,
): readonly AppointmentRow[] => {
  const { filter, order } = sought;
  const { visitTypeId, personId, outcomes, standing, overbooked, unanswered } = filter;
  // The names around an appointment change nothing of what is asked about it.
  let query = within(shown as unknown as SelectQueryBuilder<Tables, 'a', AppointmentRow>, sought);
  if (last !== undefined)
    query = query.where((eb) => eb.or([eb('a.id', '=', last.id), beyond(eb, last, order === 'desc')]));
  // The sign keeps SQLite from the index of kinds, which knows no time: it would read all there ever were.
  if (visitTypeId !== null) query = query.where(sql<boolean>`+a.visit_type_id = ${visitTypeId}`);
  if (personId !== null) query = query.where('a.created_by', '=', personId);
  if (sought.statuses) query = query.where('a.status', 'in', [...sought.statuses]);
  if (overbooked !== null) query = query.where('a.overbooked', '=', overbooked ? 1 : 0);
  if (unanswered !== null)
    query = query.where((eb) => {
      const isOpen = eb.and([
        eb('a.status', '=', 'proposed'),
        eb('a.participant_status', '=', 'needs-action'),
      ]);
      return unanswered ? isOpen : eb.not(isOpen);
    });
  if (outcomes !== null)
    query = query.where(sql`a.status || '/' || coalesce(a.stage, '')`, 'in', coursesOf(outcomes));
  if (standing !== null) query = query.where((eb) => stands(eb, standing));
  return reader.all<AppointmentRow>(query.limit(limit));
};
