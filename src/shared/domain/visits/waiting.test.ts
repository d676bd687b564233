import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitPriorities, visitStages } from '#shared/domain/appointments/stage.ts';
import { isWaiting, statusOfStage, visitState } from './course.ts';
import {
  byQueue,
  countFlow,
  isCancelledLate,
  isLate,
  minutesSince,
  priorityAfter,
  type WaitingLimits,
  waitingTone,
} from './waiting.ts';

const now = Date.parse('2026-11-24T08:00:00.000Z');
const limits = { late: 10, long: 15, tooLong: 30 };
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('waiting', () => {
  it('is never less than nothing, whatever the clocks say', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 10_000 }), (minutes) => {
        expect(minutesSince(ago(minutes), now)).toBe(Math.max(0, minutes));
      }),
    );
    expect(minutesSince(null, now)).toBe(0);
  });

  it('is long and too long from the limits on', () => {
    const tones = (some: WaitingLimits) =>
      [0, 14, 15, 29, 30, 300].map((minutes) => waitingTone(minutes, some));
    expect(tones({ ...limits, long: 29 })[3]).toBe('long');
    expect(tones({ ...limits, long: 29 })[2]).toBe('short');
    expect(tones(limits)).toEqual(['short', 'short', 'long', 'long', 'too-long', 'too-long']);
  });
});

describe('late', () => {
  const booked = { status: 'booked', stage: null } as const;
  it('is who is booked and so many minutes over time, and nobody who came', () => {
    expect(isLate({ ...booked, startAt: ago(9) }, now, limits)).toBe(false);
    expect(isLate({ ...booked, startAt: ago(10) }, now, limits)).toBe(true);
    expect(isLate({ status: 'arrived', stage: 'arrived', startAt: ago(60) }, now, limits)).toBe(false);
  });

  it('is a cancellation within a day before the time, and no other', () => {
    const cancelled = { status: 'cancelled', stage: null, startAt: '2026-11-24T08:00:00.000Z' } as const;
    expect(isCancelledLate({ ...cancelled, stageAt: '2026-11-23T08:00:00.000Z' })).toBe(false);
    expect(isCancelledLate({ ...cancelled, stageAt: '2026-11-23T08:00:00.001Z' })).toBe(true);
    expect(isCancelledLate({ ...cancelled, stageAt: null })).toBe(false);
    expect(isCancelledLate({ ...cancelled, status: 'booked', stageAt: '2026-11-24T07:00:00.000Z' })).toBe(
      false,
    );
  });

  it('is counted beside who waits and who did not come; left unseen is none of them', () => {
    const visit = (status: 'booked' | 'arrived' | 'noshow', stage: 'left-unseen' | null = null) => ({
      status,
      stage,
      startAt: ago(20),
      needsRebooking: false,
    });
    const visits = [
      visit('booked'),
      visit('arrived'),
      visit('noshow'),
      visit('noshow', 'left-unseen'),
      { ...visit('booked'), needsRebooking: true },
    ];
    expect(countFlow(visits, now, limits)).toEqual({ waiting: 1, late: 1, noShow: 1 });
  });
});

describe('the queue', () => {
  const queued = fc.record({
    id: fc.uuid(),
    stage: fc.constantFrom(...visitStages.filter((stage) => stage !== 'done' && stage !== 'left-unseen')),
    priority: fc.constantFrom(...visitPriorities),
    stageAt: fc.integer({ min: 0, max: 300 }).map(ago),
  });
  const withStatus = fc.array(
    queued.map((one) => ({ ...one, status: statusOfStage[one.stage] })),
    { maxLength: 12 },
  );

  it('has one order, however the rows came', () => {
    fc.assert(
      fc.property(withStatus, (visits) => {
        const sorted = visits.toSorted(byQueue);
        expect(visits.toReversed().toSorted(byQueue)).toEqual(sorted);
      }),
    );
  });

  it('has who waits first; among them the more urgent, then who has waited longer', () => {
    const ranks = { stat: 0, asap: 1, urgent: 2, routine: 3 };
    fc.assert(
      fc.property(withStatus, (visits) => {
        const sorted = visits.toSorted(byQueue);
        for (const [at, visit] of sorted.entries()) {
          const next = sorted[at + 1];
          if (next === undefined) continue;
          const [waits, nextWaits] = [isWaiting(visitState(visit)), isWaiting(visitState(next))];
          expect(waits || !nextWaits).toBe(true);
          if (!nextWaits) continue;
          expect(ranks[visit.priority]).toBeLessThanOrEqual(ranks[next.priority]);
          if (visit.priority === next.priority) expect(visit.stageAt <= next.stageAt).toBe(true);
        }
      }),
    );
  });

  it('one key goes through every priority and back', () => {
    let priority: (typeof visitPriorities)[number] = 'routine';
    const seen = visitPriorities.map(() => {
      priority = priorityAfter(priority);
      return priority;
    });
    expect(seen).toEqual(['urgent', 'asap', 'stat', 'routine']);
  });
});
