import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { idsIn, locationNames, practitionerNames } from '#main/data/local/names.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { TimelineItem } from '#shared/contract/chart.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { pageOf, type TimelineKind, timelineKinds } from '#shared/domain/chart/timeline.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type TimelineRow, timelineRows, timelineSources } from './timeline-repository.ts';

type Entry = TimelineRow & { readonly kind: TimelineKind };

/** A line is a line: what is longer is read where it belongs. */
const mostText = 300;
const short = (text: string | null): string | null =>
  text !== null && text.length > mostText ? `${Array.from(text).slice(0, mostText).join('')}…` : text;

const graveOf = (text: string | null): TimelineItem['grave'] =>
  text === 'abnormal' || text === 'critical' ? text : null;

/** Which rows of a page the centre has not confirmed, one question for each kind on it. */
const uncertainOf = (reader: LocalReader, entries: readonly Entry[]) =>
  new Map(
    [...Map.groupBy(entries, ({ kind }) => kind)].flatMap(([kind, rows]) => [
      ...reader.uncertain(
        timelineSources[kind].table,
        rows.map(({ id }) => id),
      ),
    ]),
  );

const items = (reader: LocalReader, entries: readonly Entry[]): TimelineItem[] => {
  const people = practitionerNames(reader, idsIn(entries.map((one) => one.practitioner_id)));
  const places = locationNames(reader, idsIn(entries.map((one) => one.location_id)));
  const uncertain = uncertainOf(reader, entries);
  return entries.map(({ kind, id, at, title, detail, status, grave, practitioner_id, location_id }) => ({
    kind,
    id,
    at,
    title: short(title),
    detail: short(detail),
    status,
    grave: graveOf(grave),
    who: people.get(practitioner_id ?? '') ?? null,
    where: places.get(location_id ?? '') ?? null,
    certainty: uncertain.get(id) ?? 'confirmed',
  }));
};

/** A page of everything that happened to a person, under all records of theirs. */
export const timeline = (
  { store, ...deps }: FeatureDeps,
  { id, kinds, before, limit }: Parsed<'chart.timeline'>,
  { user }: Connection,
): Result<Output<'chart.timeline'>> => {
  const open = chartAccess({ store, ...deps }, id, user);
  if (!open.ok) return open;
  const wanted = kinds.length === 0 ? timelineKinds : [...new Set(kinds)];
  const lists = [...recordsOf(store, id)].flatMap((patientId) =>
    wanted.map((kind) =>
      timelineRows(store, kind, { patientId, before, limit: limit + 1 }).map(
        (row): Entry => ({ ...row, kind }),
      ),
    ),
  );
  const page = pageOf(lists, limit);
  // A visit in which something was written is there as its encounter, where encounters are asked for.
  const shown = wanted.includes('encounter') ? page.items.filter(({ twin }) => twin === 0) : page.items;
  return ok({ items: items(store, shown), next: page.next, complete: store.complete('appointment') });
};
