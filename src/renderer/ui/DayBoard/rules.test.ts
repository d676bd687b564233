import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appointment, column, model, otherSite, site } from './fixtures.ts';
import { closedSpans, coveredMinutes, openSpans, placeFor } from './hours.ts';
import { dropVerdict, firstFree, firstFreeOfAll, freeMinute, roomAt, withinBoard } from './rules.ts';

describe('hours', () => {
  it('joins blocks of one place that touch and keeps another place apart', () => {
    const { blocks } = column(1, [
      [720, 960],
      [480, 720],
      [960, 1080, otherSite],
    ]);
    expect(openSpans(blocks).map(({ start, end, locationId }) => [start, end, locationId])).toEqual([
      [480, 960, site],
      [960, 1080, otherSite],
    ]);
  });

  it('does not let a visit run from one site into another', () => {
    const spans = openSpans(
      column(1, [
        [480, 720],
        [720, 900, otherSite],
      ]).blocks,
    );
    expect(placeFor(spans, { start: 690, end: 720 })?.locationId).toBe(site);
    expect(placeFor(spans, { start: 705, end: 735 })).toBeUndefined();
  });

  it('shades exactly the minutes outside the hours', () => {
    const spansOf = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 1, max: 400 }))
        .map(([start, length]) => ({
          start,
          end: start + length,
        })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(spansOf, (spans) => {
        const range = { start: 360, end: 1200 };
        const closed = closedSpans(spans, range);
        for (let minute = range.start; minute < range.end; minute += 1) {
          const open = spans.some((s) => s.start <= minute && minute < s.end);
          expect(closed.some((s) => s.start <= minute && minute < s.end)).toBe(!open);
        }
        expect(coveredMinutes(closed)).toBe(closed.reduce((sum, s) => sum + s.end - s.start, 0));
      }),
    );
  });
});

describe('dropVerdict', () => {
  // The day before: nothing is over.
  const now = { date: '2026-11-23', minute: 600 };
  const moved = appointment(540, 30);
  const other = appointment(600, 30);
  const hours = [[480, 720]] as const;
  const models = [model(1, hours, [moved, other]), model(2, hours), model(3, [])];
  const origin = { column: 0, start: 540 };
  const drop = (columnIndex: number, start: number) =>
    dropVerdict(models, moved, origin, { column: columnIndex, start }, now);

  it('allows a free time, also over its own old place', () => {
    expect(drop(1, 480)).toMatchObject({ kind: 'allowed', place: { locationId: site } });
    expect(drop(0, 555).kind).toBe('allowed');
  });

  it('says nothing has changed when it comes back', () => {
    expect(drop(0, 540)).toEqual({ kind: 'unchanged' });
  });

  it('refuses outside the hours, at their end and for who is not there', () => {
    for (const [columnIndex, start] of [
      [1, 450],
      [1, 705],
      [2, 540],
      [9, 540],
    ] as const) {
      expect(drop(columnIndex, start)).toMatchObject({ kind: 'refused', reason: 'outside-hours' });
    }
  });

  it('refuses a time somebody has and tells who', () => {
    expect(drop(0, 585)).toEqual({ kind: 'refused', reason: 'practitioner-busy', by: other });
  });

  it('refuses when the patient is with another doctor then', () => {
    const elsewhere = appointment(600, 30, { patientId: moved.patientId });
    const verdict = dropVerdict(
      [model(1, hours, [moved]), model(2, hours), model(3, hours, [elsewhere])],
      moved,
      origin,
      { column: 1, start: 615 },
      now,
    );
    expect(verdict).toEqual({ kind: 'refused', reason: 'patient-busy', by: elsewhere });
  });

  it.each([
    ['cancelled', { status: 'cancelled' as const }],
    ['needs rebooking', { needsRebooking: true }],
    ['overbooked', { overbooked: true }],
    ['finished', { status: 'fulfilled' as const }],
  ])('sees a %s appointment as no obstacle, as the centre does', (_, more) => {
    const verdict = dropVerdict(
      [model(1, hours, [moved, appointment(600, 30, more)])],
      moved,
      origin,
      {
        column: 0,
        start: 600,
      },
      now,
    );
    expect(verdict.kind).toBe('allowed');
  });

  it('refuses what would already be over, and allows what still runs', () => {
    const at = (start: number) =>
      dropVerdict(models, moved, origin, { column: 1, start }, { date: '2026-11-24', minute: 615 });
    expect(at(585)).toMatchObject({ kind: 'refused', reason: 'past' });
    expect(at(600).kind).toBe('allowed');
  });

  it('keeps what is carried on the board', () => {
    const range = { start: 480, end: 720 };
    expect(withinBoard({ column: -1, start: 300 }, 30, 3, range)).toEqual({ column: 0, start: 480 });
    expect(withinBoard({ column: 7, start: 715 }, 30, 3, range)).toEqual({ column: 2, start: 690 });
    expect(withinBoard({ column: 1, start: 500 }, 480, 3, range)).toEqual({ column: 1, start: 480 });
  });
});

describe('free time', () => {
  const day = model(1, [[480, 720]], [appointment(480, 5), appointment(495, 15), appointment(525, 60)]);

  it('finds the first free minute of a slot', () => {
    expect(freeMinute(day, 480)).toBe(485);
    expect(freeMinute(day, 495)).toBeNull();
    expect(freeMinute(day, 510)).toBe(510);
  });

  it('finds the first gap long enough, from a time on', () => {
    expect(firstFree(day, 0, 10)).toBe(485);
    expect(firstFree(day, 0, 15)).toBe(510);
    expect(firstFree(day, 0, 30)).toBe(585);
    expect(firstFree(day, 601, 15)).toBe(605);
    expect(firstFree(day, 0, 240)).toBeNull();
  });

  it('never offers a time that is taken or closed', () => {
    const appointments = fc.array(
      fc.tuple(fc.integer({ min: 96, max: 143 }), fc.integer({ min: 1, max: 12 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(appointments, fc.integer({ min: 1, max: 12 }), (booked, steps) => {
        const busy = model(
          1,
          [[480, 720]],
          booked.map(([start, length]) => appointment(start * 5, length * 5)),
        );
        const start = firstFree(busy, 0, steps * 5);
        if (start === null) return;
        expect(start).toBeGreaterThanOrEqual(480);
        expect(roomAt(busy, start)).toBeGreaterThanOrEqual(steps * 5);
      }),
    );
  });

  it('takes the soonest of all, the leftmost at equal times', () => {
    const free = [day, model(2, [[500, 600]]), model(3, [[500, 600]]), model(4, [])];
    expect(firstFreeOfAll(free, () => 0, 15)).toEqual({ column: 1, start: 500 });
    expect(firstFreeOfAll([model(4, [])], () => 0, 15)).toBeNull();
  });

  it('tells how long a visit can last', () => {
    expect(roomAt(day, 510)).toBe(15);
    expect(roomAt(day, 585)).toBe(135);
    expect(roomAt(day, 530)).toBe(0);
    expect(roomAt(day, 300)).toBe(0);
  });
});
