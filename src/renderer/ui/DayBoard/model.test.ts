import { describe, expect, it } from 'vitest';
import { appointment, column, model } from './fixtures.ts';
import { isAside, marksOf, toneOf } from './marks.ts';
import { boardRange, columnModel } from './model.ts';

describe('columnModel', () => {
  it('draws two five-minute visits in a row side by side, each long enough to read', () => {
    const { items } = model(1, [], [appointment(540, 5), appointment(545, 5)]);
    expect(items.map(({ lane, lanes, shownEnd, end }) => ({ lane, lanes, shownEnd, end }))).toEqual([
      { lane: 0, lanes: 2, shownEnd: 550, end: 545 },
      { lane: 1, lanes: 2, shownEnd: 555, end: 550 },
    ]);
  });

  it('gives a cancelled appointment no lane among those that take place', () => {
    const { items, busy, hasAside } = model(
      1,
      [],
      [appointment(540, 30, { status: 'cancelled' }), appointment(540, 30)],
    );
    expect(items.map(({ aside, lanes }) => [aside, lanes])).toEqual([
      [false, 1],
      [true, 1],
    ]);
    expect(busy).toHaveLength(1);
    expect(hasAside).toBe(true);
  });

  it('counts the load without counting an overlap twice', () => {
    const { bookedMinutes, openMinutes } = model(
      1,
      [[480, 720]],
      [appointment(540, 60), appointment(570, 60), appointment(600, 30, { status: 'cancelled' })],
    );
    expect([bookedMinutes, openMinutes]).toEqual([90, 240]);
  });

  it('finds an appointment by the slot it starts in', () => {
    const { bySlot } = model(1, [], [appointment(550, 20), appointment(545, 5), appointment(555, 5)]);
    expect(bySlot.get(540)).toHaveLength(2);
    expect(bySlot.get(555)).toHaveLength(1);
  });
});

describe('boardRange', () => {
  it('shows whole hours around hours and bookings, never less than eight', () => {
    expect(boardRange([])).toEqual({ start: 480, end: 1080 });
    expect(boardRange([model(1, [[500, 700]])])).toEqual({ start: 480, end: 960 });
    expect(boardRange([model(1, [[500, 700]], [appointment(1100, 60)])])).toEqual({ start: 480, end: 1200 });
    expect(boardRange([model(1, [[1380, 1440]])])).toEqual({ start: 960, end: 1440 });
    expect(boardRange([model(1, [], [appointment(1430, 480)])])).toEqual({ start: 960, end: 1440 });
  });
});

describe('what a block says', () => {
  const tone = (more: Parameters<typeof appointment>[2]) => toneOf(appointment(540, 30, more));
  const marks = (more: Parameters<typeof appointment>[2], confirming = false) =>
    marksOf(appointment(540, 30, more), confirming);

  it('has one colour, by what matters most', () => {
    expect(tone({})).toBe('confirmed');
    expect(tone({ certainty: 'provisional' })).toBe('provisional');
    expect(tone({ status: 'proposed', participantStatus: 'needs-action' })).toBe('waiting');
    expect(tone({ status: 'proposed', participantStatus: 'needs-action', certainty: 'provisional' })).toBe(
      'provisional',
    );
    expect(tone({ needsRebooking: true, certainty: 'provisional' })).toBe('urgent');
    expect(tone({ certainty: 'parked' })).toBe('urgent');
    expect(tone({ status: 'fulfilled' })).toBe('past');
    expect(tone({ status: 'cancelled', needsRebooking: true })).toBe('past');
  });

  it('carries a word for everything the colour says', () => {
    expect(marks({})).toEqual([]);
    expect(marks({ certainty: 'provisional' })).toEqual(['provisional']);
    expect(marks({ certainty: 'provisional' }, true)).toEqual(['confirming']);
    expect(marks({ status: 'proposed', participantStatus: 'needs-action', overbooked: true })).toEqual([
      'requested',
      'overbooked',
    ]);
    expect(
      marks({
        status: 'proposed',
        participantStatus: 'tentative',
        proposedStartAt: '2026-11-24T08:00:00.000Z',
      }),
    ).toEqual(['otherTime']);
    expect(marks({ needsRebooking: true })).toEqual(['needsRebooking']);
    expect(marks({ certainty: 'parked' })).toEqual(['parked']);
  });

  it('takes only cancelled and wrongly entered appointments out of the way', () => {
    expect(isAside(appointment(540, 30, { status: 'cancelled' }))).toBe(true);
    expect(isAside(appointment(540, 30, { status: 'entered-in-error' }))).toBe(true);
    expect(isAside(appointment(540, 30, { status: 'noshow' }))).toBe(false);
  });
});

it('knows until when a time is held', () => {
  const held = [
    { by: 'Éric, Desk 2', startLocal: '2026-11-24T09:00', minutes: 30, until: '2026-11-24T07:03:00.000Z' },
  ];
  expect(columnModel({ ...column(1, [[480, 720]]), held }).held).toEqual([
    { start: 540, end: 570, by: 'Éric, Desk 2', until: Date.parse('2026-11-24T07:03:00.000Z') },
  ]);
});
