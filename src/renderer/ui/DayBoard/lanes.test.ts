import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLanes } from './lanes.ts';
import { overlaps, type Span } from './time.ts';

const span = (start: number, minutes: number): Span => ({ start, end: start + minutes });
const spans = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 5, max: 480 })).map(([s, m]) => span(s, m)),
  { maxLength: 60 },
);

/** The most spans that hold one instant; it is enough to look at the starts. */
const busiest = (items: readonly Span[]): number =>
  Math.max(0, ...items.map(({ start }) => items.filter((s) => s.start <= start && start < s.end).length));

describe('assignLanes', () => {
  it('gives one lane to visits that follow each other', () => {
    const placed = assignLanes([span(540, 30), span(570, 30)]);
    expect(placed.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('gives what comes last a lane at the right of all it overlaps, even when it begins first', () => {
    const late = { ...span(540, 60), last: true };
    const placed = assignLanes([late, span(550, 20), span(570, 30), { ...span(700, 5), last: true }]);
    expect(placed.map(({ item, lane, lanes }) => [item.start, lane, lanes])).toEqual([
      [550, 0, 2],
      [570, 0, 2],
      [540, 1, 2],
      [700, 0, 1],
    ]);
  });

  it('puts overlapping visits side by side and lets a later one use a lane that is free again', () => {
    const placed = assignLanes([span(540, 60), span(550, 10), span(560, 30), span(700, 5)]);
    expect(placed.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  it('never lets two items of one lane overlap, and loses none', () => {
    fc.assert(
      fc.property(spans, (items) => {
        const placed = assignLanes(items);
        expect(placed.map(({ item }) => item).sort((a, b) => a.start - b.start || a.end - b.end)).toEqual(
          [...items].sort((a, b) => a.start - b.start || a.end - b.end),
        );
        for (const a of placed) {
          expect(a.lane).toBeLessThan(a.lanes);
          for (const b of placed) {
            if (a === b || !overlaps(a.item, b.item)) continue;
            expect(a.lane).not.toBe(b.lane);
            expect(a.lanes).toBe(b.lanes);
          }
        }
      }),
    );
  });

  it('uses no more lanes than the busiest instant needs', () => {
    fc.assert(
      fc.property(spans, (items) => {
        const most = Math.max(0, ...assignLanes(items).map(({ lanes }) => lanes));
        expect(most).toBe(busiest(items));
      }),
    );
  });
});
