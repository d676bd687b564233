import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { visitStages } from '#shared/domain/appointments/stage.ts';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import { type Course, isInClinic, statusOfStage, visitState } from './course.ts';
import {
  callingStep,
  canStep,
  type Moment,
  mayStep,
  nextSteps,
  type StepColumns,
  stepKeys,
  stepOfKey,
  stepped,
  stepRules,
  usualStep,
  type Visit,
  visitSteps,
  waitsFor,
} from './steps.ts';

const desk = permissionsOf('reception');
const now = Date.parse('2026-11-24T08:00:00.000Z');
const moment: Moment = { now, today: '2026-11-24' };
const plain: Visit = {
  status: 'booked',
  stage: null,
  needsRebooking: false,
  voided: false,
  startAt: '2026-11-24T07:30:00.000Z',
  startLocal: '2026-11-24T09:30',
};
const course = fc.record<Course>({
  status: fc.constantFrom(...appointmentStatuses),
  stage: fc.constantFrom(null, ...visitStages),
});
const anyStep = fc.constantFrom(...visitSteps);
const instants = fc.option(
  fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((at) => at.toISOString()),
);

describe('the course of a visit', () => {
  it('is told by the status where both columns do not fit', () => {
    fc.assert(
      fc.property(course, (one) => {
        const state = visitState(one);
        if (one.stage !== null && statusOfStage[one.stage] === one.status) expect(state).toBe(one.stage);
        else expect(visitState({ ...one, stage: null })).toBe(state);
      }),
    );
  });

  it('knows every stage by the status it implies', () => {
    for (const stage of visitStages) expect(visitState({ status: statusOfStage[stage], stage })).toBe(stage);
  });
});

describe('who is next', () => {
  it.each(['nurse', 'doctor'] as const)('for a %s can be called from wherever they wait', (role) => {
    const { from } = stepRules[callingStep[role]];
    const states = visitStages.filter((state) => waitsFor(role, state));
    expect(states.length).toBeGreaterThan(0);
    for (const state of states) expect(from).toContain(state);
  });

  it('is for a doctor whom the nurse has seen, and not for the nurse again', () => {
    expect(waitsFor('doctor', 'waiting-doctor')).toBe(true);
    expect(waitsFor('nurse', 'waiting-doctor')).toBe(false);
    expect(waitsFor('doctor', 'with-doctor')).toBe(false);
  });
});

describe('a step', () => {
  it('leads to the state the table names, with the columns that say so', () => {
    fc.assert(
      fc.property(course, anyStep, instants, instants, (before, step, arrived_at, called_at) => {
        const columns: StepColumns = {
          ...before,
          stage_at: null,
          arrived_at,
          called_at,
          nurse_at: null,
          left_at: null,
        };
        const after = stepped(step, columns, '2026-11-24T08:00:00.000Z');
        expect(visitState(after)).toBe(stepRules[step].to);
        expect(after.stage_at).toBe('2026-11-24T08:00:00.000Z');
        // What was known of the arrival is never written over.
        if (arrived_at !== null) expect(after.arrived_at).toBe(arrived_at);
        if (isInClinic(visitState(after)) && arrived_at === null && step !== 'call')
          expect(after.arrived_at === null).toBe(step !== 'arrive' && step !== 'check-in');
      }),
    );
  });

  it('starts from no cancelled, voided or requested appointment, and from none that lost its slot', () => {
    fc.assert(
      fc.property(course, anyStep, fc.boolean(), fc.boolean(), (one, step, voided, needsRebooking) => {
        const visit: Visit = { ...plain, ...one, voided, needsRebooking };
        const state = visitState(visit);
        const ended = voided || needsRebooking || state === 'cancelled' || state === 'requested';
        if (ended) expect(canStep(step, visit, moment)).toBe(false);
      }),
    );
  });

  it('never starts where it leads, so that taking it twice is seen', () => {
    for (const step of visitSteps) expect(stepRules[step].from).not.toContain(stepRules[step].to);
  });

  it('of arriving is taken on the day of the appointment only, a no-show not before its time', () => {
    expect(canStep('arrive', plain, moment)).toBe(true);
    expect(canStep('arrive', { ...plain, startLocal: '2026-11-25T09:30' }, moment)).toBe(false);
    expect(canStep('no-show', plain, moment)).toBe(true);
    expect(canStep('no-show', { ...plain, startAt: '2026-11-24T08:00:00.001Z' }, moment)).toBe(false);
    expect(canStep('arrive', { ...plain, status: 'noshow' }, moment)).toBe(true);
  });

  it('has a key no other step in reach has', () => {
    fc.assert(
      fc.property(course, (one) => {
        const next = nextSteps({ ...plain, ...one }, desk, moment);
        const keys = next.map((step) => stepKeys[step]);
        // Checkout and done share one: the first of both is meant.
        const shared = next.includes('checkout') && next.includes('done') ? 1 : 0;
        expect(new Set(keys).size).toBe(keys.length - shared);
      }),
    );
    const inCare: Visit = { ...plain, status: 'checked-in', stage: 'with-doctor' };
    expect(stepOfKey('k', inCare, desk, moment)).toBe('checkout');
    expect(stepOfKey('k', { ...plain, status: 'fulfilled', stage: 'checkout' }, desk, moment)).toBe('done');
    expect(stepOfKey('a', inCare, desk, moment)).toBeUndefined();
  });

  it('that leads on is offered first: who waits for the doctor is called, not sent back to the nurse', () => {
    const usual = (one: Course) => usualStep(one, nextSteps({ ...plain, ...one }, desk, moment));
    expect(usual(plain)).toBe('arrive');
    expect(usual({ status: 'noshow', stage: null })).toBe('arrive');
    expect(usual({ status: 'checked-in', stage: 'waiting-doctor' })).toBe('call');
    expect(usual({ status: 'fulfilled', stage: 'checkout' })).toBe('done');
    expect(usual({ status: 'fulfilled', stage: 'done' })).toBeUndefined();
  });

  it('is the desk\u2019s where somebody comes, and a doctor\u2019s too afterwards', () => {
    expect(visitSteps.filter((step) => !mayStep(step, permissionsOf('doctor')))).toEqual([
      'arrive',
      'check-in',
    ]);
    expect(visitSteps.every((step) => mayStep(step, desk))).toBe(true);
  });

  it('reaches every state from a booking, and an end from every state', () => {
    const reach = (from: Visit): Set<string> => {
      const seen = new Map([[visitState(from), from]]);
      for (const visit of seen.values())
        for (const step of nextSteps(visit, desk, moment)) {
          const columns = {
            ...visit,
            stage_at: null,
            arrived_at: null,
            nurse_at: null,
            called_at: null,
            left_at: null,
          };
          const { status, stage } = stepped(step, columns, '');
          if (!seen.has(visitState({ status, stage })))
            seen.set(visitState({ status, stage }), { ...visit, status, stage });
        }
      return new Set(seen.keys());
    };
    expect(reach(plain)).toEqual(new Set(['booked', 'noshow', ...visitStages]));
    for (const stage of visitStages) {
      const ends = reach({ ...plain, status: statusOfStage[stage], stage });
      expect(ends.has('done') || ends.has('left-unseen'), stage).toBe(true);
    }
  });
});
