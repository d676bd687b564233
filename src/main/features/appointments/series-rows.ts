import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { parseRule, type RecurrenceRule } from '#shared/domain/series/rule.ts';
import type { LocalRowOf, RowOf } from '#shared/sync/catalogue.ts';
import { type AppointmentRow, appointmentsOfSeries, findAppointment } from './repository.ts';

/** A series that stands. */
export const findSeries = (reader: LocalReader, id: string): LocalRowOf<'appointment_series'> | undefined =>
  reader.get(
    localDb.selectFrom('appointment_series').selectAll().where('id', '=', id).where('voided_at', 'is', null),
  );

export const minutesOf = ({ start_at, end_at }: Pick<RowOf<'appointment'>, 'start_at' | 'end_at'>): number =>
  Math.round((Date.parse(end_at) - Date.parse(start_at)) / 60_000);

/** One occurrence with its series and the others of it. */
export interface OfSeries {
  readonly row: AppointmentRow;
  readonly series: LocalRowOf<'appointment_series'>;
  readonly rule: RecurrenceRule;
  /** In the order of time, those that were cancelled too. */
  readonly all: readonly AppointmentRow[];
}

/** The occurrence and its series when this version can read its rule. */
export const occurrenceOf = (reader: LocalReader, id: string): OfSeries | undefined => {
  const row = findAppointment(reader, id);
  const series = row?.series_id ? findSeries(reader, row.series_id) : undefined;
  const rule = series && parseRule(series.rule, series.time_zone);
  if (row === undefined || series === undefined || !rule) return undefined;
  return { row, series, rule, all: appointmentsOfSeries(reader, series.id) };
};
