import type { BoardColumn } from '#shared/contract/appointments.ts';
import { minutesOf, type Span } from './time.ts';

type ScheduleBlock = BoardColumn['blocks'][number];

/** A stretch of hours a practitioner offers at one place. */
export interface OpenSpan extends Span {
  readonly locationId: ScheduleBlock['locationId'];
  readonly locationName: string;
  readonly roomName: string | null;
}

const opened = (block: ScheduleBlock): OpenSpan => ({
  start: minutesOf(block.startTime),
  end: minutesOf(block.endTime),
  locationId: block.locationId,
  locationName: block.locationName,
  roomName: block.roomName,
});

/** The hours by start; blocks of one room that touch or overlap are one stretch, so a visit may run across their seam. */
export const openSpans = (blocks: readonly ScheduleBlock[]): readonly OpenSpan[] => {
  const result: OpenSpan[] = [];
  const sorted = blocks
    .map(opened)
    .filter((span) => span.start < span.end)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const span of sorted) {
    const at = result.findLastIndex(
      (other) => other.locationId === span.locationId && other.roomName === span.roomName,
    );
    const before = result[at];
    if (before && before.end >= span.start) result[at] = { ...before, end: Math.max(before.end, span.end) };
    else result.push(span);
  }
  return result;
};

/** The stretch of hours that holds all of `wanted`, at `preferred` when there are several. */
export const placeFor = (
  spans: readonly OpenSpan[],
  wanted: Span,
  preferred: string | null = null,
): OpenSpan | undefined => {
  const fitting = spans.filter((span) => span.start <= wanted.start && wanted.end <= span.end);
  return fitting.find((span) => span.locationId === preferred) ?? fitting[0];
};

/** The parts of `range` outside every span, to be shaded. */
export const closedSpans = (spans: readonly Span[], range: Span): readonly Span[] => {
  const closed: Span[] = [];
  let at = range.start;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start > at) closed.push({ start: at, end: Math.min(span.start, range.end) });
    at = Math.max(at, span.end);
  }
  if (at < range.end) closed.push({ start: at, end: range.end });
  return closed.filter((span) => span.start < span.end);
};

/** Minutes covered by at least one span. */
export const coveredMinutes = (spans: readonly Span[]): number => {
  let total = 0;
  let reach = Number.NEGATIVE_INFINITY;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    total += Math.max(0, span.end - Math.max(span.start, reach));
    reach = Math.max(reach, span.end);
  }
  return total;
};
