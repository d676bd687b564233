import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cursor,
  cursorOn,
  initialCursor,
  moveCursor,
  type Step,
  slotStates,
  stopAt,
  stopsOf,
} from './cursor.ts';
import { appointment, model } from './fixtures.ts';

const range = { start: 480, end: 720 };
const visit = appointment(510, 30);
const short = appointment(555, 5);
const cancelled = appointment(600, 30, { status: 'cancelled' });
const day = model(1, [[480, 720]], [visit, short, cancelled]);
const models = [day, model(2, [[480, 720]])];
const at = (minute: number, appointmentId: string | null = null): Cursor => ({
  columnId: day.id,
  minute,
  appointmentId,
});
const walk = (from: Cursor, ...steps: readonly Step[]): Cursor =>
  steps.reduce((cursor, step) => moveCursor(models, range, cursor, step), from);

describe('moving on the board', () => {
  it('goes from slot to appointment to the slot after it', () => {
    expect(walk(at(495), 'down')).toEqual(at(510, visit.id));
    expect(walk(at(495), 'down', 'down')).toEqual(at(540));
    expect(walk(at(540), 'up')).toEqual(at(510, visit.id));
  });

  it('offers the rest of a slot after a short visit', () => {
    expect(walk(at(540), 'down', 'down')).toEqual(at(560));
  });

  it('reaches a cancelled appointment and the free slot it left', () => {
    expect(walk(at(585), 'down')).toEqual(at(600));
    expect(walk(at(585), 'down', 'down')).toEqual(at(600, cancelled.id));
  });

  it('comes back to the same time after going sideways', () => {
    const start = at(510, visit.id);
    expect(walk(start, 'right')).toEqual({ columnId: models[1]?.id, minute: 510, appointmentId: null });
    expect(walk(start, 'right', 'left')).toEqual(start);
  });

  it('stays on the board at every edge', () => {
    expect(walk(at(480), 'up')).toEqual(at(480));
    expect(walk(at(705), 'down')).toEqual(at(705));
    expect(walk(at(480), 'left')).toEqual(at(480));
  });

  it('moves by the hour and to the ends', () => {
    expect(walk(at(480), 'page-down')).toEqual(at(540));
    expect(walk(at(705), 'page-up')).toEqual(at(645));
    expect(walk(at(600), 'column-start')).toEqual(at(480));
    expect(walk(at(600), 'column-end')).toEqual(at(705));
    expect(walk(at(600), 'last-column').columnId).toBe(models[1]?.id);
  });

  it('reaches every stop of a column from the top with the down key alone', () => {
    const booked = fc.array(
      fc.tuple(fc.integer({ min: 96, max: 140 }), fc.integer({ min: 1, max: 20 }), fc.boolean()),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(booked, (list) => {
        const column = model(
          1,
          [[480, 720]],
          list.map(([start, length, off]) =>
            appointment(start * 5, length * 5, off ? { status: 'cancelled' } : {}),
          ),
        );
        const stops = stopsOf(column, range);
        let cursor = moveCursor([column], range, at(600), 'column-start');
        const seen = [cursor];
        for (let n = 1; n < stops.length; n += 1) {
          cursor = moveCursor([column], range, cursor, 'down');
          seen.push(cursor);
        }
        expect(seen).toEqual(stops.map((stop) => cursorOn(column.id, stop)));
      }),
    );
  });

  it('keeps the time of day when the appointment under it disappears', () => {
    const without = model(1, [[480, 720]], [short]);
    expect(stopAt(stopsOf(without, range), at(510, visit.id))).toEqual({
      kind: 'slot',
      slot: 510,
      start: 510,
    });
  });

  it('starts now, else when the first doctor opens', () => {
    expect(initialCursor(models, { date: '2026-11-24', minute: 605 })).toEqual(at(605));
    const before = { date: '2026-11-23', minute: 605 };
    expect(initialCursor([model(3, []), day], before)).toEqual(at(480));
    expect(initialCursor([], before)).toBeNull();
  });
});

describe('slotStates', () => {
  it('says of each slot whether it can be booked', () => {
    const states = slotStates(
      model(1, [[495, 720]], [appointment(510, 15), appointment(525, 5)]),
      { start: 480, end: 570 },
      545,
    );
    expect([...states]).toEqual([
      [480, 'closed'],
      [495, 'past'],
      [510, 'taken'],
      [525, 'past'],
      [540, 'free'],
      [555, 'free'],
    ]);
  });
});
