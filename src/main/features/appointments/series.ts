import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { SeriesDone, SeriesView } from '#shared/contract/series.ts';
import { plainVisit } from '#shared/domain/appointments/stage.ts';
import { isAllowed, moved } from '#shared/domain/appointments/transitions.ts';
import {
  dayShifted,
  daysOf,
  endedBefore,
  formatRule,
  parseRule,
  type RecurrenceRule,
  shifted,
} from '#shared/domain/series/rule.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { AppointmentId, AppointmentSeriesId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { columnsOf, completeTasks, stateOf } from './booking.ts';
import { ownHold } from './holds.ts';
import { settle } from './outcome.ts';
import type { Place } from './placing.ts';
import { type AppointmentRow, appointmentsByIds, appointmentsOfSeries, zoneOf } from './repository.ts';
import { type Occurrence, placesOf, planOf } from './series-plan.ts';
import { findSeries, type OfSeries, occurrenceOf } from './series-rows.ts';
import { createSeriesUndos, remembered, type SeriesUndos, undoSeries } from './series-undo.ts';
import { appointmentViews } from './view.ts';

type Done = Promise<Result<SeriesDone>>;
type Instead = Parsed<'series.preview'>['instead'];

const timeFor = (of: string, instead: Instead): string =>
  instead.find((one) => one.of === of)?.startLocal ?? of;

const planned = (
  deps: FeatureDeps,
  input: Parsed<'series.preview'>,
  connection: Connection,
): Occurrence[] => {
  const { startLocal, rule, instead, ...rest } = input;
  const wanted = { ...rest, overbook: null, itself: null, ownHold: ownHold(deps, connection) };
  const [day, time] = [startLocal.slice(0, 10), startLocal.slice(11)];
  return daysOf(rule, day)
    .map((one) => `${one}T${time}`)
    .map((of) => ({ ...wanted, of, startLocal: timeFor(of, instead) }));
};

/** The places of all, or the first thing that is in the way, with its time. */
const allPlaces = (deps: FeatureDeps, occurrences: readonly Occurrence[]): Result<readonly Place[]> => {
  const places: Place[] = [];
  for (const [index, place] of placesOf(deps, occurrences).entries()) {
    if (!place.ok) {
      const time = occurrences[index]?.startLocal.replace('T', ' ') ?? '';
      return { ok: false, error: { ...place.error, params: { ...place.error.params, time } } };
    }
    places.push(place.value);
  }
  return ok(places);
};

/** What was done, as it stands after the centre had the time a person waits to say a word. */
const settled = async (
  deps: FeatureDeps,
  n: number,
  ids: readonly string[],
  undo: string,
): Promise<Result<SeriesDone>> => {
  const [first] = ids;
  if (first === undefined) return fail('not-found');
  const before = appointmentsByIds(deps.store, ids);
  const done = await settle(deps, n, first);
  if (!done.ok) return done;
  const after = new Map(appointmentsByIds(deps.store, ids).map((row) => [row.id, row]));
  // What the centre refused is gone from the tables: it is told as it was asked for.
  const rows = before.map((row) => after.get(row.id) ?? row);
  return ok({ appointments: [...appointmentViews(deps.store, rows)], outcome: done.value.outcome, undo });
};

const seriesRow = (
  deps: FeatureDeps,
  {
    id,
    patientId,
    rule,
    startLocal,
    zone,
    by,
  }: {
    readonly id: string;
    readonly patientId: string;
    readonly rule: RecurrenceRule;
    readonly startLocal: string;
    readonly zone: string;
    readonly by: string | null;
  },
): RowOf<'appointment_series'> => ({
  id,
  patient_id: patientId,
  rule: formatRule(rule, zone),
  start_local: startLocal,
  time_zone: zone,
  created_at: instant(deps.clock.now()),
  created_by: by,
  voided_at: null,
  voided_by: null,
  void_reason: null,
});

const book = async (
  deps: FeatureDeps,
  undos: SeriesUndos,
  input: Parsed<'series.book'>,
  connection: Connection,
): Done => {
  const zone = zoneOf(deps.store, input.locationId);
  if (zone === undefined) return fail('not-found');
  const { times, rule, description, request, patientId, ...rest } = input;
  const hold = ownHold(deps, connection);
  const places = allPlaces(
    deps,
    [...new Set(times)].toSorted().map((startLocal) => ({
      ...rest,
      patientId,
      startLocal,
      of: startLocal,
      overbook: null,
      itself: null,
      ownHold: hold,
    })),
  );
  if (!places.ok) return places;
  const by = connection.user?.id ?? null;
  const seriesId = deps.newId();
  const at = instant(deps.clock.now());
  const ids = places.value.map(() => deps.newId());
  const { n } = deps.store.mutate({ kind: 'series.book', user: by }, (writer) => {
    writer.insert(
      'appointment_series',
      seriesRow(deps, { id: seriesId, patientId, rule, startLocal: input.startLocal, zone, by }),
    );
    for (const [index, place] of places.value.entries())
      writer.insert('appointment', {
        id: ids[index] ?? '',
        patient_id: patientId,
        ...plainVisit,
        ...place,
        status: request ? 'proposed' : 'booked',
        participant_status: request ? 'needs-action' : 'accepted',
        description: description || null,
        cancel_reason: null,
        proposed_start_at: null,
        needs_rebooking: 0,
        source: null,
        series_id: seriesId,
        created_at: at,
        created_by: by,
        voided_at: null,
        voided_by: null,
        void_reason: null,
      });
  });
  const rows = [...remembered(appointmentsByIds(deps.store, ids))];
  const undo = undos.remember({
    user: connection.user?.id ?? null,
    rows: rows.map(([id, after]) => ({ id, before: null, after })),
    series: new Map([[seriesId, null]]),
  });
  return settled(deps, n, ids, undo);
};

/** This occurrence and those after it with which something can still be done. */
const followingOf = ({ row, all }: OfSeries, action: 'move' | 'cancel'): readonly AppointmentRow[] =>
  all.filter((one) => one.start_at >= row.start_at && isAllowed(action, stateOf(one)));

const changed = (
  deps: FeatureDeps,
  of: OfSeries,
  input: Pick<Parsed<'series.change'>, 'practitionerId' | 'locationId' | 'startLocal' | 'minutes'>,
  connection: Connection,
): readonly (Occurrence & { readonly id: string; readonly was: AppointmentRow })[] => {
  const following = followingOf(of, 'move');
  const alongside = new Set(following.map(({ id }) => id));
  const [from, to] = [of.row.start_local.slice(0, 10), input.startLocal.slice(0, 10)];
  const time = input.startLocal.slice(11);
  return following.map((was) => {
    const startLocal = `${dayShifted(of.rule, from, to, was.start_local.slice(0, 10))}T${time}`;
    return {
      id: was.id,
      was,
      of: startLocal,
      startLocal,
      patientId: was.patient_id,
      practitionerId: input.practitionerId,
      locationId: input.locationId,
      minutes: input.minutes,
      visitTypeId: was.visit_type_id,
      overbook: null,
      ownHold: ownHold(deps, connection),
      itself: was.id,
      alongside,
    };
  });
};

/** The series before ends, or is nothing any more when it has no occurrence left. */
const endSeries = (
  deps: FeatureDeps,
  writer: LocalWriter,
  { row, series, rule, all }: OfSeries,
  by: string | null,
): void => {
  const isWhole = all.every(({ start_at }) => start_at >= row.start_at);
  const ended = formatRule(endedBefore(rule, row.start_local.slice(0, 10)), series.time_zone);
  writer.update(
    'appointment_series',
    series.id,
    isWhole
      ? { voided_at: instant(deps.clock.now()), voided_by: by, void_reason: 'replaced' }
      : { rule: ended },
  );
};

const seriesBefore = ({ series }: OfSeries) =>
  [
    series.id,
    {
      rule: series.rule,
      voided_at: series.voided_at,
      voided_by: series.voided_by,
      void_reason: series.void_reason,
    },
  ] as const;

const change = async (
  deps: FeatureDeps,
  undos: SeriesUndos,
  input: Parsed<'series.change'>,
  connection: Connection,
): Done => {
  const of = occurrenceOf(deps.store, input.id);
  if (of === undefined) return fail('not-found');
  const all = changed(deps, of, input, connection);
  const chosen = new Map(input.times.map((one) => [one.id as string, one]));
  const moving = all.flatMap((one) => {
    const time = chosen.get(one.id);
    return time === undefined ? [] : [{ ...one, startLocal: time.startLocal, wasLocal: time.wasLocal }];
  });
  const isAsSeen = moving.every(({ was, wasLocal }) => was.start_local === wasLocal);
  if (moving.length !== chosen.size || !isAsSeen) return fail('changed-meanwhile');
  const alongside = new Set(moving.map(({ id }) => id));
  const places = allPlaces(
    deps,
    moving.map((one) => ({ ...one, alongside })),
  );
  if (!places.ok) return places;
  const by = connection.user?.id ?? null;
  const seriesId = deps.newId();
  const days = all.map((one) => one.startLocal.slice(0, 10));
  const [from, to] = [of.row.start_local.slice(0, 10), input.startLocal.slice(0, 10)];
  const rule = shifted(of.rule, from, to, days.toSorted().at(-1) ?? to);
  const before = remembered(all.map(({ was }) => was));
  const steps = all.map((one) => ({ one, place: places.value[moving.findIndex(({ id }) => id === one.id)] }));
  // Later ones first when they go forward: at the centre none may come to where the next one still is.
  const isForward = (moving[0]?.startLocal ?? '') > (moving[0]?.was.start_local ?? '');
  const inOrder = isForward ? steps.toReversed() : steps;
  const zone = zoneOf(deps.store, input.locationId) ?? of.series.time_zone;
  const { n } = deps.store.mutate({ kind: 'series.change', user: by }, (writer) => {
    writer.insert(
      'appointment_series',
      seriesRow(deps, {
        id: seriesId,
        patientId: of.row.patient_id,
        rule,
        startLocal: input.startLocal,
        zone,
        by,
      }),
    );
    endSeries(deps, writer, of, by);
    for (const { one, place } of inOrder) {
      if (place === undefined) {
        writer.update('appointment', one.id, { series_id: seriesId });
        continue;
      }
      completeTasks(deps, writer, one.id, by, 'rebooked');
      writer.update('appointment', one.id, {
        ...columnsOf(moved(stateOf(one.was), false)),
        ...place,
        proposed_start_at: null,
        cancel_reason: null,
        series_id: seriesId,
      });
    }
  });
  const after = remembered(appointmentsByIds(deps.store, [...before.keys()]));
  const undo = undos.remember({
    user: connection.user?.id ?? null,
    rows: inOrder.flatMap(({ one }) => {
      const [was, is] = [before.get(one.id), after.get(one.id)];
      return was && is ? [{ id: one.id, before: was, after: is }] : [];
    }),
    series: new Map([seriesBefore(of), [seriesId, null]]),
  });
  return settled(
    deps,
    n,
    moving.map(({ id }) => id),
    undo,
  );
};

const cancel = async (
  deps: FeatureDeps,
  undos: SeriesUndos,
  { id, reason }: Parsed<'series.cancel'>,
  connection: Connection,
): Done => {
  const of = occurrenceOf(deps.store, id);
  if (of === undefined) return fail('not-found');
  const following = followingOf(of, 'cancel');
  if (following.length === 0) return fail('changed-meanwhile');
  const by = connection.user?.id ?? null;
  const at = instant(deps.clock.now());
  const ids = following.map((row) => row.id);
  const before = remembered(following);
  const { n } = deps.store.mutate({ kind: 'series.cancel', user: by }, (writer) => {
    endSeries(deps, writer, of, by);
    for (const row of following) {
      writer.update('appointment', row.id, { status: 'cancelled', cancel_reason: reason, stage_at: at });
      completeTasks(deps, writer, row.id, by);
    }
  });
  const after = remembered(appointmentsByIds(deps.store, ids));
  const undo = undos.remember({
    user: connection.user?.id ?? null,
    rows: ids.flatMap((one) => {
      const [was, is] = [before.get(one), after.get(one)];
      return was && is ? [{ id: one, before: was, after: is }] : [];
    }),
    series: new Map([seriesBefore(of)]),
  });
  return settled(deps, n, ids, undo);
};

const get = ({ store }: FeatureDeps, id: AppointmentSeriesId): Result<SeriesView> => {
  const series = findSeries(store, id);
  if (series === undefined) return fail('not-found');
  const rule = parseRule(series.rule, series.time_zone);
  return ok({
    id,
    rule: rule && { ...rule, weekdays: [...rule.weekdays] },
    occurrences: [...appointmentViews(store, appointmentsOfSeries(store, id))],
  });
};

const previewChange = (deps: FeatureDeps, input: Parsed<'series.previewChange'>, connection: Connection) => {
  const of = occurrenceOf(deps.store, input.id);
  if (of === undefined) return fail('not-found');
  const occurrences = changed(deps, of, input, connection).map((one) => ({
    ...one,
    startLocal: timeFor(one.of, input.instead),
  }));
  const plan = planOf(deps, occurrences);
  return ok(
    plan.flatMap((line, index) => {
      const one = occurrences[index];
      return one ? [{ ...line, id: one.id as AppointmentId, wasLocal: one.was.start_local }] : [];
    }),
  );
};

type Calls =
  | 'series.preview'
  | 'series.book'
  | 'series.get'
  | 'series.previewChange'
  | 'series.change'
  | 'series.cancel'
  | 'series.undo';

/** Appointments that repeat: previewed one by one, booked, moved and cancelled together in one piece of work each. */
export const seriesHandlers = (deps: FeatureDeps): Handlers<Calls> => {
  const undos = createSeriesUndos(deps.newId);
  return {
    'series.preview': (input, connection) => ok(planOf(deps, planned(deps, input, connection))),
    'series.book': (input, connection) => book(deps, undos, input, connection),
    'series.get': ({ id }) => get(deps, id),
    'series.previewChange': (input, connection) => previewChange(deps, input, connection),
    'series.change': (input, connection) => change(deps, undos, input, connection),
    'series.cancel': (input, connection) => cancel(deps, undos, input, connection),
    'series.undo': ({ undo }, connection) => undoSeries(deps, undos, undo, connection),
  };
};
