import { describe, expect, it } from 'vitest';
import { appointment } from '#renderer/ui/DayBoard/fixtures.ts';
import { entriesOf, momentOf, selectedEntry } from './my-day.ts';

const early = appointment(540, 30);
const cancelled = appointment(600, 30, { status: 'cancelled' });
const late = appointment(660, 30);
const request = appointment(700, 30, { status: 'proposed', participantStatus: 'needs-action' });
const entries = entriesOf({ appointments: [early, cancelled, late, request], requests: [request] });

describe('the doctor’s list', () => {
  it('has requests first and each appointment once', () => {
    expect(entries.map(({ key, group }) => [key, group])).toEqual([
      [request.id, 'requests'],
      [early.id, 'appointments'],
      [cancelled.id, 'appointments'],
      [late.id, 'appointments'],
    ]);
  });

  it('knows who is here, who is next and who has been', () => {
    const moments = (minute: number | null) =>
      entries.slice(1).map((entry) => momentOf(entry, entries, minute));
    expect(moments(545)).toEqual(['now', null, 'next']);
    expect(moments(580)).toEqual(['past', null, 'next']);
    expect(moments(500)).toEqual(['next', null, null]);
    expect(moments(700)).toEqual(['past', null, 'past']);
    expect(moments(null)).toEqual([null, null, null]);
  });

  it('opens on a request, else on who is here, and keeps what was chosen', () => {
    const day = entriesOf({ appointments: [early, cancelled, late], requests: [] });
    expect(selectedEntry(entries, null, 545)?.key).toBe(request.id);
    expect(selectedEntry(entries, late.id, 545)?.key).toBe(late.id);
    expect(selectedEntry(day, 'gone', 545)?.key).toBe(early.id);
    expect(selectedEntry(day, null, 580)?.key).toBe(late.id);
    expect(selectedEntry(day, null, 1000)?.key).toBe(early.id);
    expect(selectedEntry([], null, null)).toBeUndefined();
  });
});
