import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisWidth,
  columnAt,
  columnWidth,
  edgeSpeed,
  minuteAt,
  scrollToShow,
  visibleColumns,
  widened,
  yOf,
} from './geometry.ts';
import type { Span } from './time.ts';
import { clockTime, minutesOf, snap, wallTimeOf } from './time.ts';

const ranges = fc
  .tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 8, max: 24 }))
  .map(([from, hours]) => ({ start: from * 60, end: Math.min(24, from + hours) * 60 }));

describe('board geometry', () => {
  it('maps every minute of every range to a height and back', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        for (let minute = range.start; minute <= range.end; minute += 1) {
          expect(minuteAt(yOf(minute, range), range)).toBe(minute);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a pointer above or below the board on it', () => {
    const range = { start: 480, end: 1080 };
    expect(minuteAt(-50, range)).toBe(480);
    expect(minuteAt(99_999, range)).toBe(1080);
  });

  it('finds each column from any point in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 100, max: 300 }), (count, width) => {
        for (let index = 0; index < count; index += 1) {
          expect(columnAt(axisWidth + index * width, width, count)).toBe(index);
          expect(columnAt(axisWidth + (index + 1) * width - 1, width, count)).toBe(index);
        }
        expect(columnAt(axisWidth - 1, width, count)).toBe(-1);
        expect(columnAt(axisWidth + count * width, width, count)).toBe(-1);
      }),
    );
  });

  it('draws every column that can be seen, and only few more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 400, max: 3840 }),
        fc.integer({ min: 0, max: 9000 }),
        (count, viewport, scroll) => {
          const width = columnWidth(viewport, count, 184);
          const most = Math.max(0, axisWidth + count * width - viewport);
          const left = Math.min(scroll, most);
          const { start, end } = visibleColumns(left, viewport, width, count);
          for (let index = 0; index < count; index += 1) {
            const from = index * width - left;
            const seen = from + width > 0 && from < viewport - axisWidth;
            if (seen) expect(index >= start && index < end).toBe(true);
          }
          expect(end - start).toBeLessThanOrEqual(Math.ceil((viewport - axisWidth) / width) + 1);
        },
      ),
    );
  });

  it('draws ahead column by column until those near are drawn, and lets go of those far away', () => {
    const settle = (drawn: Span, visible: Span, count: number): Span => {
      const next = widened(drawn, visible, count);
      return next.start === drawn.start && next.end === drawn.end ? drawn : settle(next, visible, count);
    };
    const view = { start: 0, end: 6 };
    expect(widened(view, view, 20)).toEqual({ start: 0, end: 7 });
    expect(settle(view, view, 10)).toEqual({ start: 0, end: 10 });
    expect(settle(view, view, 100)).toEqual({ start: 0, end: 18 });
    expect(widened(view, { start: 60, end: 66 }, 100)).toEqual({ start: 59, end: 67 });
    expect(settle({ start: 0, end: 18 }, { start: 14, end: 20 }, 100)).toEqual({ start: 2, end: 32 });
    expect(settle({ start: 0, end: 18 }, { start: 0, end: 3 }, 3)).toEqual({ start: 0, end: 3 });
  });

  it('shows more columns on a wide screen instead of wider ones', () => {
    expect(columnWidth(2560, 20, 184)).toBeLessThan(200);
    expect(columnWidth(2560, 2, 184)).toBe(280);
    expect(columnWidth(1100, 20, 184)).toBe(184);
  });

  it('scrolls only as far as needed', () => {
    expect(scrollToShow(100, 500, 200, 300)).toBe(100);
    expect(scrollToShow(100, 500, 50, 80)).toBe(50);
    expect(scrollToShow(100, 500, 590, 650)).toBe(150);
    expect(scrollToShow(0, 100, 200, 500)).toBe(200);
  });

  it('scrolls faster the nearer the pointer is to an edge', () => {
    expect(edgeSpeed(40)).toBe(0);
    expect(edgeSpeed(20)).toBeGreaterThan(0);
    expect(edgeSpeed(0)).toBeGreaterThan(edgeSpeed(20));
    expect(edgeSpeed(-500)).toBe(edgeSpeed(0));
  });
});

describe('board times', () => {
  it('reads and writes wall times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => {
        expect(minutesOf(clockTime(minute))).toBe(minute);
        expect(minutesOf(wallTimeOf('2026-11-24', minute))).toBe(minute);
      }),
    );
    expect(wallTimeOf('2026-11-24', 545)).toBe('2026-11-24T09:05');
  });

  it('snaps to the nearest quarter of an hour', () => {
    expect([540, 547, 548, 554].map(snap)).toEqual([540, 540, 555, 555]);
  });
});
