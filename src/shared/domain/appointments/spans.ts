/** Time somebody or something is taken, in milliseconds; `to` is free again. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

declare const ordered: unique symbol;
/** Taken time in order, no two spans overlapping: what `timeline` makes of any spans. */
export type Timeline = readonly Span[] & { readonly [ordered]: true };

const isInOrder = (spans: readonly Span[]): boolean =>
  spans.every((span, n) => n === 0 || (spans[n - 1] as Span).from <= span.from);

/** Spans in the order of time, those that touch or overlap as one. */
export const timeline = (spans: readonly Span[]): Timeline => {
  const merged: Span[] = [];
  // What comes from an index is in order already, and there may be tens of thousands.
  for (const span of isInOrder(spans) ? spans : spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to) merged.push(span);
    else if (span.to > last.to) merged[merged.length - 1] = { from: last.from, to: span.to };
  }
  return merged as readonly Span[] as Timeline;
};

export const nothingTaken: Timeline = timeline([]);

/** The place of the first span that ends after `instant`; the length of the timeline when none does. */
export const firstAfter = (taken: Timeline, instant: number): number => {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((taken[middle]?.to ?? 0) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Whether nothing of `span` is taken. */
export const isFree = (taken: Timeline, span: Span): boolean => {
  const next = taken[firstAfter(taken, span.from)];
  return next === undefined || next.from >= span.to;
};
