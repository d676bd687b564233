import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterFailures, pacing } from './pacing.ts';
import {
  type Effect,
  type Failure,
  initialState,
  type PlannerEvent,
  type PlannerState,
  plan,
} from './planner.ts';

const half = () => 0.5;

/** Plans event after event; returns the state reached and the effects of the last event. */
const after = (...events: readonly PlannerEvent[]) => {
  let state = initialState;
  let effects: readonly Effect[] = [];
  for (const event of events) ({ state, effects } = plan(state, event, half));
  return { state, effects, jobs: jobsOf(effects) };
};

const jobsOf = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'run' ? [effect.job] : []));

const started = (more: Partial<Extract<PlannerEvent, { type: 'started' }>> = {}): PlannerEvent => ({
  type: 'started',
  copy: 'complete',
  waiting: false,
  cursor: 5,
  halted: null,
  history: false,
  wiping: false,
  ...more,
});
const ok = (waiting = false): PlannerEvent => ({ type: 'greeted', state: 'ok', waiting });
const level: PlannerEvent = { type: 'pulled', cursor: 5, head: 5 };
const failure = (value: Failure): PlannerEvent => ({ type: 'failed', failure: value });

describe('a workstation', () => {
  test('that heard of a change a restored centre no longer has asks once, not for ever', () => {
    const debounce: PlannerEvent = { type: 'timer', name: 'debounce' };
    const heard: readonly PlannerEvent[] = [started(), ok(), { type: 'notified', seq: 9 }];
    expect(after(...heard, level, debounce).jobs).toEqual(['pull']);
    expect(after(...heard, level, debounce, level).effects).toEqual([
      { type: 'set-timer', name: 'poll', milliseconds: pacing.poll },
    ]);
    expect(after(...heard, level, debounce, level, debounce).jobs).toEqual([]);
  });

  test('begins its copy again when the centre no longer keeps what the copy must catch up with', () => {
    const fresh: PlannerEvent = { type: 'greeted', state: 'new', waiting: false };
    const caught = [started({ copy: 'none', cursor: 0 }), fresh, { type: 'copied' } as const];
    const gone = failure({ kind: 'greet' });
    const again = after(...caught, gone, { type: 'timer', name: 'retry' }, fresh);
    expect(again.jobs).toEqual(['copy']);
  });

  test('greets, listens, and pulls before it rests until the poll', () => {
    expect(after(started()).jobs).toEqual(['hello']);
    const greeted = after(started(), ok());
    expect(greeted.jobs).toEqual(['pull']);
    expect(greeted.effects).toContainEqual({ type: 'listen' });
    expect(after(started(), ok(), level).effects).toEqual([
      { type: 'set-timer', name: 'poll', milliseconds: pacing.poll },
    ]);
  });

  test.each([
    [0, 12_000, 48_000],
    [1, 18_000, 72_000],
  ])(
    'asks every 15 s, and once a minute where it is refused, give or take a fifth (%i)',
    (dice, poll, retry) => {
      const planned = (...events: readonly PlannerEvent[]) =>
        events.reduce<{ state: PlannerState; effects: readonly Effect[] }>(
          ({ state }, event) => plan(state, event, () => dice),
          { state: initialState, effects: [] },
        ).effects;
      expect(planned(started(), ok(), level)).toContainEqual({
        type: 'set-timer',
        name: 'poll',
        milliseconds: poll,
      });
      const no = failure({ kind: 'refused', problem: 'suspended' });
      expect(planned(started(), no)).toContainEqual({
        type: 'set-timer',
        name: 'retry',
        milliseconds: retry,
      });
    },
  );

  test('tells the centre with each poll how far it is', () => {
    const polled = after(started(), ok(), { type: 'listening' }, level, { type: 'timer', name: 'poll' });
    expect(polled.effects).toContainEqual({ type: 'ack' });
    expect(after(started(), ok(), level).effects).not.toContainEqual({ type: 'ack' });
  });

  test('without a copy loads one, catches up, and only then is complete', () => {
    const none = started({ copy: 'none', cursor: 0, waiting: true });
    const fresh: PlannerEvent = { type: 'greeted', state: 'new', waiting: true };
    expect(after(none, fresh).jobs).toEqual(['copy']);
    expect(after(none, fresh, { type: 'copied' }).jobs).toEqual(['pull']);
    const behind = after(none, fresh, { type: 'copied' }, { type: 'pulled', cursor: 3, head: 9 });
    expect([behind.state.copy, behind.jobs]).toEqual(['loaded', ['pull']]);
    const whole = after(none, fresh, { type: 'copied' }, { type: 'pulled', cursor: 9, head: 9 });
    expect(whole.state.copy).toBe('complete');
    expect(whole.effects).toContainEqual({ type: 'ack' });
    expect(whole.jobs).toEqual(['push']);
  });

  test('exchanges files when rows, older ones too, are done, and before it compares the copy', () => {
    const files: PlannerEvent = { type: 'pulled', cursor: 5, head: 5, files: true };
    const part: PlannerEvent = { type: 'files', more: true, asked: false };
    const events = [started({ history: true }), ok(true), { type: 'pushed', more: false }, files] as const;
    const page: PlannerEvent = { type: 'history', more: false, stale: false };
    expect(after(...events).jobs).toEqual(['history']);
    expect(after(...events, page).jobs).toEqual(['files']);
    expect(after(...events, page, part).jobs).toEqual(['files']);
    const asked = after(...events, { type: 'verify-asked' }, page, level);
    expect(asked.jobs).toEqual(['files']);
    const last = after(...events, page, { type: 'files', more: false, asked: false });
    expect([last.jobs, last.state.files]).toEqual([[], 'no']);
  });

  test('what is made here or heard of waits for one part of a file, not for the file', () => {
    const files: PlannerEvent = { type: 'pulled', cursor: 5, head: 5, files: true };
    const part: PlannerEvent = { type: 'files', more: true, asked: false };
    expect(after(started(), ok(), files, { type: 'woken' }, part).jobs).toEqual(['push']);
    expect(after(started(), ok(), files, { type: 'notified', seq: 9 }, part).jobs).toEqual(['pull']);
    const many = Array.from({ length: pacing.stepsInARow }, () => part);
    expect(after(started(), ok(), files, ...many.slice(1)).jobs).toEqual(['files']);
    expect(after(started(), ok(), files, ...many).jobs).toEqual(['pull']);
    const cut = after(started(), ok(), files, failure({ kind: 'lost' }), { type: 'timer', name: 'retry' });
    expect(cut.jobs).toEqual(['hello']);
    expect(cut.state.files).toBe('due');
  });

  test('a file that somebody waits for goes before older rows', () => {
    const page: PlannerEvent = { type: 'history', more: true, stale: false };
    const events = [started({ history: true }), ok(), level, { type: 'files-asked' }] as const;
    expect(after(...events, page).jobs).toEqual(['files']);
    expect(after(...events, page, { type: 'files', more: true, asked: true }).jobs).toEqual(['files']);
    expect(after(...events, page, { type: 'files', more: true, asked: false }).jobs).toEqual(['history']);
    expect(after(started(), ok(), level, { type: 'files-asked' }).jobs).toEqual(['files']);
  });

  test('a copy that is to be wiped sends its files first, as far as the centre takes them', () => {
    const wipe: PlannerEvent = { type: 'greeted', state: 'wipe', waiting: false, files: true };
    const part: PlannerEvent = { type: 'files', more: true, asked: false };
    expect(after(started(), wipe).jobs).toEqual(['files']);
    expect(after(started(), wipe, part).jobs).toEqual(['files']);
    expect(after(started(), wipe, { type: 'files', more: false, asked: false }).jobs).toEqual(['wipe']);
    const refused = failure({ kind: 'refused', problem: 'failed' });
    expect(after(started(), wipe, refused).jobs).toEqual(['wipe']);
    // After a restart the order is known and the centre is not greeted yet.
    expect(after(started({ wiping: true, files: true })).jobs).toEqual(['hello']);
    expect(after(started({ wiping: true, files: false })).jobs).toEqual(['wipe']);
  });

  test('far behind sends all that waits before it copies anew', () => {
    const behind: PlannerEvent = { type: 'greeted', state: 'behind', waiting: true };
    expect(after(started(), behind).jobs).toEqual(['push']);
    expect(after(started(), behind, { type: 'pushed', more: true }).jobs).toEqual(['push']);
    const last = after(started(), behind, { type: 'pushed', more: false });
    expect(last.effects).toContainEqual({ type: 'run', job: 'copy', renew: true });
  });

  test('pulls after some pushes of a long outbox, and goes on pushing after each pull', () => {
    const events: PlannerEvent[] = [started(), ok(true)];
    const jobs: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      const [job] = after(...events).jobs;
      jobs.push(job ?? 'none');
      events.push(job === 'push' ? { type: 'pushed', more: true } : { type: 'pulled', cursor: i, head: 99 });
    }
    const round = [...Array.from({ length: pacing.pushesInARow }, () => 'push'), 'pull'];
    expect(jobs).toEqual([...round, ...round]);
  });

  test('work made while a job ends is not forgotten, whatever the job says of the outbox', () => {
    const woken: PlannerEvent = { type: 'woken' };
    const level: PlannerEvent = { type: 'pulled', cursor: 1, head: 1 };
    expect(after(started(), woken, ok(false)).jobs).toEqual(['push']);
    expect(after(started(), ok(true), woken, { type: 'pushed', more: false }).jobs).toEqual(['push']);
    expect(after(started(), ok(true), { type: 'pushed', more: false }, woken, level).jobs).toEqual(['push']);
  });

  test('fetches older rows when nothing else is to do, one page at a time, and rests when all are here', () => {
    const events = [started({ history: true }), ok(true), { type: 'pushed', more: false }, level] as const;
    expect(after(...events.slice(0, 2)).jobs).toEqual(['push']);
    expect(after(...events).jobs).toEqual(['history']);
    const page: PlannerEvent = { type: 'history', more: true, stale: false };
    expect(after(...events, page).jobs).toEqual(['history']);
    const last = after(...events, { type: 'history', more: false, stale: false });
    expect(last.jobs).toEqual([]);
    expect(last.effects).toContainEqual({ type: 'set-timer', name: 'poll', milliseconds: pacing.poll });
    expect(after(started({ copy: 'none', history: false }), ok(), { type: 'copied' }, level).jobs).toEqual([
      'history',
    ]);
  });

  test('between two pages of older rows does what the desk or the centre wants first', () => {
    const events = [started({ history: true }), ok(), level] as const;
    const page: PlannerEvent = { type: 'history', more: true, stale: false };
    expect(after(...events, { type: 'woken' }, page).jobs).toEqual(['push']);
    expect(after(...events, { type: 'notified', seq: 9 }, page).jobs).toEqual(['pull']);
    expect(after(...events, { ...page, stale: true }).jobs).toEqual(['pull']);
    const many = Array.from({ length: pacing.stepsInARow }, () => page);
    expect(after(...events, ...many.slice(1)).jobs).toEqual(['history']);
    expect(after(...events, ...many).jobs).toEqual(['pull']);
  });

  test('whose push fails pulls first when it tries again', () => {
    const { state } = after(started(), ok(true), failure({ kind: 'again' }), {
      type: 'timer',
      name: 'retry',
    });
    expect(state.job).toBe('pull');
  });

  const notified = (seq: number): PlannerEvent => ({ type: 'notified', seq });
  const quiet = [started(), ok(), level] as const;
  const window: PlannerEvent = { type: 'timer', name: 'debounce' };

  test('pulls at once for a notification, not for its own past', () => {
    expect(after(...quiet, notified(5)).effects).toEqual([]);
    expect(after(...quiet, notified(6)).jobs).toEqual(['pull']);
    const done: PlannerEvent = { type: 'pulled', cursor: 6, head: 6 };
    expect(after(...quiet, notified(6), done).jobs).toEqual([]);
    expect(after(...quiet, notified(6), done, notified(7)).jobs).toEqual(['pull']);
  });

  test('that hears of something newer while pulling pulls once more, for all that comes in a moment', () => {
    const done: PlannerEvent = { type: 'pulled', cursor: 6, head: 6 };
    const during = after(...quiet, notified(6), notified(7), done);
    expect(during.jobs).toEqual([]);
    expect(during.effects).toContainEqual({
      type: 'set-timer',
      name: 'debounce',
      milliseconds: pacing.debounce,
    });
    expect(after(...quiet, notified(6), notified(7), done, notified(8)).jobs).toEqual([]);
    expect(after(...quiet, notified(6), notified(7), done, notified(8), window).jobs).toEqual(['pull']);
    expect(after(...quiet, notified(6), done, window).jobs).toEqual([]);
    const covered: PlannerEvent = { type: 'pulled', cursor: 7, head: 7 };
    expect(after(...quiet, notified(6), notified(7), covered).effects).not.toContainEqual(
      expect.objectContaining({ name: 'debounce' }),
    );
  });

  test('greets anew when it can hear the centre no more: the one that comes back may have been restored', () => {
    const heard = [started(), ok(), { type: 'listening' }, level, level] as const;
    expect(after(...heard, { type: 'deaf' }).jobs).toEqual(['hello']);
    // That listening could not begin says nothing of the kind.
    expect(after(started(), ok(), level, { type: 'deaf' }).jobs).toEqual(['pull']);
  });

  test('that is behind goes on pulling whatever it hears', () => {
    const behind: PlannerEvent = { type: 'pulled', cursor: 6, head: 9 };
    expect(after(...quiet, notified(6), notified(10), behind).jobs).toEqual(['pull']);
  });
});

describe('comparing the copy with the centre', () => {
  const poll: PlannerEvent = { type: 'timer', name: 'poll' };
  const sent: PlannerEvent = { type: 'pushed', more: false };
  const verified = (
    step: Extract<PlannerEvent, { type: 'verified' }>['step'],
    waiting = false,
  ): PlannerEvent => ({
    type: 'verified',
    step,
    waiting,
  });
  const quiet = [started(), ok(), level, poll, sent, level] as const;

  test('comes after all else, once for each poll', () => {
    expect(after(started(), ok(), level).jobs).toEqual([]);
    expect(after(...quiet.slice(0, 4)).jobs).toEqual(['push']);
    expect(after(...quiet.slice(0, 5)).jobs).toEqual(['pull']);
    expect(after(...quiet).effects).toContainEqual({ type: 'run', job: 'verify', whole: false });
    const rested = after(...quiet, verified('rest'));
    expect(rested.jobs).toEqual([]);
    expect(rested.effects).toContainEqual({ type: 'set-timer', name: 'poll', milliseconds: pacing.poll });
    expect(after(...quiet, verified('rest'), { type: 'notified', seq: 6 }, level).jobs).toEqual([]);
  });

  test('pulls when the centre has gone on, and goes on where it was', () => {
    expect(after(...quiet, verified('pull')).jobs).toEqual(['pull']);
    expect(after(...quiet, verified('pull'), level).jobs).toEqual(['verify']);
    expect(after(...quiet, verified('again')).jobs).toEqual(['verify']);
  });

  test('lets work made here, or the note of a repair, go first', () => {
    expect(after(...quiet, { type: 'woken' }, verified('again')).jobs).toEqual(['push']);
    expect(after(...quiet, verified('again', true)).jobs).toEqual(['push']);
    expect(after(...quiet, verified('again', true), sent, level).jobs).toEqual(['verify']);
  });

  test('asked for by a person, goes on part after part until the pass is over, with a pause where one is needed', () => {
    const asked = [started(), ok(), level, { type: 'verify-asked' }, level] as const;
    expect(after(...asked).effects).toContainEqual({ type: 'run', job: 'verify', whole: true });
    expect(after(...asked, verified('again')).jobs).toEqual(['verify']);
    expect(after(...asked, verified('rest')).jobs).toEqual([]);
    const resumed = after(...asked, verified('rest'), poll, sent, level);
    expect(resumed.effects).toContainEqual({ type: 'run', job: 'verify', whole: true });
    expect(after(...asked, verified('over')).state).toMatchObject({ verify: 'no', job: null });
  });

  test('that finds too much wrong sends what waits and copies anew', () => {
    expect(after(...quiet, { type: 'woken' }, verified('copy')).jobs).toEqual(['push']);
    const copying = after(...quiet, verified('copy'));
    expect(copying.effects).toContainEqual({ type: 'run', job: 'copy', renew: true });
  });

  test('is nothing for a copy that is not whole', () => {
    const loading = after(started({ copy: 'loaded' }), ok(), { type: 'pulled', cursor: 3, head: 9 }, poll);
    expect(loading.state.verify).toBe('no');
  });
});

describe('after a failure', () => {
  test('a lost connection is greeted and listened to anew', () => {
    const lost = after(started(), ok(), failure({ kind: 'lost' }));
    expect(lost.state).toMatchObject({
      mode: 'resting',
      problem: 'unreachable',
      greeted: false,
      listening: 'no',
    });
    expect(lost.effects).toContainEqual({ type: 'disconnect' });
    const again = after(started(), ok(), failure({ kind: 'lost' }), { type: 'timer', name: 'retry' });
    expect(again.jobs).toEqual(['hello']);
  });

  test('pauses grow and stay within their bound, anywhere from nothing to all of it', () => {
    expect([1, 2, 3, 20].map((n) => afterFailures(n, () => 0.999))).toEqual([999, 1998, 3996, 29970]);
    expect(afterFailures(20, () => 0)).toBe(50);
  });

  test('a wish out of turn is granted once in a while', () => {
    const base = [started(), ok(), failure({ kind: 'lost' })] as const;
    expect(after(...base, { type: 'woken' }).jobs).toEqual(['hello']);
    const twice = [...base, { type: 'woken' }, failure({ kind: 'lost' }), { type: 'woken' }] as const;
    expect(after(...twice).jobs).toEqual([]);
    expect(after(...base, { type: 'timer', name: 'calm' }, { type: 'woken' }).jobs).toEqual(['hello']);
  });

  test('a wish that comes too soon after the last is granted a moment later, once', () => {
    const wish: PlannerEvent = { type: 'woken' };
    const calm: PlannerEvent = { type: 'timer', name: 'calm' };
    const lost = failure({ kind: 'lost' });
    const tooSoon = [started(), ok(), lost, wish, lost, wish] as const;
    expect(after(...tooSoon, calm).jobs).toEqual(['hello']);
    expect(after(...tooSoon, calm).effects).toContainEqual({ type: 'clear-timer', name: 'retry' });
    expect(after(...tooSoon, calm, lost, calm).jobs).toEqual([]);
    expect(after(started(), ok(), lost, wish, lost, calm).jobs).toEqual([]);
  });

  test('a refusal stops with its reason, asks again later, and recovers', () => {
    const refused = after(started(), failure({ kind: 'refused', problem: 'suspended' }));
    expect(refused.state).toMatchObject({ mode: 'stopped', problem: 'suspended', halted: false });
    const later = after(started(), failure({ kind: 'refused', problem: 'suspended' }), {
      type: 'timer',
      name: 'retry',
    });
    expect(later.jobs).toEqual(['hello']);
  });

  test('a halt is final for whoever asks, also after a restart', () => {
    const cloned = failure({ kind: 'halt', problem: 'cloned' });
    for (const first of [[started(), cloned], [started({ halted: 'cloned' })]] as const) {
      for (const event of [
        { type: 'woken' },
        { type: 'timer', name: 'retry' },
        { type: 'notified', seq: 99 },
      ] as const) {
        const { state, jobs } = after(...first, event);
        expect(jobs).toEqual([]);
        expect(state).toMatchObject({ mode: 'stopped', problem: 'cloned' });
      }
    }
  });

  test('a centre that says outdated is neither pushed to nor pulled from', () => {
    const told = after(started(), { type: 'greeted', state: 'outdated', waiting: true });
    expect(told.jobs).toEqual([]);
    expect(told.state).toMatchObject({ mode: 'stopped', problem: 'outdated' });
  });

  test('a centre that lost a part of its history is asked what it forgot, told it, and copied anew', () => {
    const told = [started(), { type: 'greeted', state: 'diverged', waiting: false }] as const;
    expect(after(...told).jobs).toEqual(['recover']);
    const found = [...told, { type: 'recovered', waiting: true }] as const;
    expect(after(...found).jobs).toEqual(['push']);
    const { effects } = after(...found, { type: 'pushed', more: false });
    expect(effects).toContainEqual({ type: 'run', job: 'copy', renew: true });
  });

  test('what does not fit what is here leads to a new copy, after a pause and after what waits', () => {
    const broken = [started(), ok(), failure({ kind: 'renew' })] as const;
    expect(after(...broken).state).toMatchObject({ mode: 'resting', greeted: false, renew: true });
    const again = [...broken, { type: 'timer', name: 'retry' }] as const;
    expect(after(...again).jobs).toEqual(['hello']);
    expect(after(...again, ok(true)).jobs).toEqual(['push']);
    expect(after(...again, ok()).effects).toContainEqual({ type: 'run', job: 'copy', renew: true });
  });
});

const outcome = fc.constantFrom('done', 'lost', 'again', 'greet', 'refused');
const nudge = fc.constantFrom<PlannerEvent>(
  { type: 'woken' },
  { type: 'notified', seq: 12 },
  { type: 'listening' },
  { type: 'deaf' },
  { type: 'verify-asked' },
  ...(['poll', 'retry', 'debounce', 'calm'] as const).map((name) => ({ type: 'timer', name }) as const),
);

const verifySteps = ['rest', 'again', 'pull', 'copy'] as const;

/** What a centre with `outbox` mutations to come, `pages` of older rows and its head at 12 answers. */
const answer = (
  state: PlannerState,
  world: { outbox: number; cursor: number; pages: number; ranges: number },
): PlannerEvent => {
  switch (state.job) {
    case 'push':
      world.outbox = Math.max(0, world.outbox - 1);
      return { type: 'pushed', more: world.outbox > 0 };
    case 'pull':
      world.cursor = Math.min(12, world.cursor + 4);
      return { type: 'pulled', cursor: world.cursor, head: 12 };
    case 'copy':
      return { type: 'copied' };
    case 'history':
      world.pages = Math.max(0, world.pages - 1);
      return { type: 'history', more: world.pages > 0, stale: world.pages === 2 };
    case 'verify':
      world.ranges -= 1;
      return {
        type: 'verified',
        step: world.ranges < 0 ? 'over' : (verifySteps[world.ranges % 4] ?? 'rest'),
        waiting: false,
      };
    default:
      return { type: 'greeted', state: state.copy === 'complete' ? 'ok' : 'new', waiting: world.outbox > 0 };
  }
};

test('whatever happens, one job runs at a time, and when faults stop all is sent, pulled and quiet (I9)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(outcome, nudge), { maxLength: 60 }),
      fc.nat(5),
      fc.boolean(),
      (events, outbox, copied) => {
        const world = { outbox, cursor: 0, pages: 4, ranges: 9 };
        let state = initialState;
        const timers = new Set<string>();
        let running = 0;
        const feed = (event: PlannerEvent) => {
          if (['pushed', 'pulled', 'copied', 'greeted', 'history', 'verified', 'failed'].includes(event.type))
            running -= 1;
          const next = plan(state, event, half);
          state = next.state;
          for (const effect of next.effects) {
            if (effect.type === 'run') running += 1;
            if (effect.type === 'set-timer') timers.add(effect.name);
            if (effect.type === 'clear-timer') timers.delete(effect.name);
          }
          expect(running).toBe(state.job === null ? 0 : 1);
          if (event.type === 'timer') return;
          expect(state.job !== null || timers.size > 0, 'nothing runs and no timer will wake it').toBe(true);
        };
        feed(started({ copy: copied ? 'complete' : 'none', waiting: outbox > 0, cursor: 0, history: true }));
        for (const event of events) {
          if (typeof event !== 'string') {
            if (event.type === 'timer' && !timers.delete(event.name)) continue;
            feed(event);
          } else if (state.job !== null) {
            feed(
              event === 'done'
                ? answer(state, world)
                : failure(
                    event === 'refused' ? { kind: event, problem: 'failed' } : { kind: event as 'lost' },
                  ),
            );
          }
        }
        for (let step = 0; step < 60; step += 1) {
          if (state.job !== null) feed(answer(state, world));
          else if (timers.delete('retry')) feed({ type: 'timer', name: 'retry' });
          else if (timers.delete('debounce')) feed({ type: 'timer', name: 'debounce' });
          else break;
        }
        expect(state).toMatchObject({
          job: null,
          mode: 'working',
          copy: 'complete',
          history: false,
          wantPush: false,
          wantPull: false,
        });
        expect(world).toMatchObject({ outbox: 0, cursor: 12, pages: 0 });
        expect(timers.has('poll')).toBe(true);
      },
    ),
    { seed: 20261123, numRuns: 2000 },
  );
});

describe('a copy whose end the centre has ordered', () => {
  const wipe = (waiting: boolean): PlannerEvent => ({ type: 'greeted', state: 'wipe', waiting });
  const pushed = (more: boolean): PlannerEvent => ({ type: 'pushed', more });
  const wiped: PlannerEvent = { type: 'wiped' };

  test('sends what waits, is destroyed, tells the centre, and does nothing more', () => {
    expect(after(started({ waiting: true }), wipe(true)).jobs).toEqual(['push']);
    expect(after(started({ waiting: true }), wipe(true), pushed(true)).jobs).toEqual(['push']);
    expect(after(started({ waiting: true }), wipe(true), pushed(true), pushed(false)).jobs).toEqual(['wipe']);
    expect(after(started(), wipe(false)).jobs).toEqual(['wipe']);
    expect(after(started(), wipe(false), wiped).jobs).toEqual(['farewell']);
    const over = after(started(), wipe(false), wiped, { type: 'parted' });
    expect(over.state).toMatchObject({ mode: 'stopped', problem: 'wipe', halted: true });
    expect(over.effects).toContainEqual({ type: 'disconnect' });
    for (const event of [{ type: 'woken' }, { type: 'timer', name: 'retry' }] as const)
      expect(plan(over.state, event, half).effects).toEqual([]);
  });

  test('is not destroyed while what waits cannot be sent, and no pull or copy comes between', () => {
    for (const kind of ['lost', 'again'] as const) {
      const resting = after(started({ waiting: true }), wipe(true), failure({ kind }));
      expect(resting.jobs).toEqual([]);
      expect(plan(resting.state, { type: 'timer', name: 'retry' }, half).effects).toContainEqual({
        type: 'run',
        job: kind === 'lost' ? 'hello' : 'push',
      });
    }
    const heard = after(started({ copy: 'none', waiting: true }), wipe(true), { type: 'notified', seq: 9 });
    expect(plan(heard.state, pushed(true), half).effects).toContainEqual({ type: 'run', job: 'push' });
  });

  test.each([
    { kind: 'refused', problem: 'suspended' },
    { kind: 'refused', problem: 'login-refused' },
    { kind: 'halt', problem: 'cloned' },
  ] as const)('is destroyed when the centre will not take what waits: %o', (refusal) => {
    expect(after(started({ waiting: true }), wipe(true), failure(refusal)).jobs).toEqual(['wipe']);
    expect(after(started({ waiting: true, wiping: true }), failure(refusal)).jobs).toEqual(['wipe']);
  });

  test('is destroyed at the next start, without the centre when nothing waits', () => {
    expect(after(started({ wiping: true })).jobs).toEqual(['wipe']);
    expect(after(started({ wiping: true, halted: 'cloned' })).jobs).toEqual(['wipe']);
    expect(after(started({ wiping: true, waiting: true })).jobs).toEqual(['hello']);
    expect(after(started({ wiping: true, waiting: true }), ok(true)).jobs).toEqual(['push']);
  });

  test('is destroyed although the centre went away meanwhile; the centre is told when it is back', () => {
    const away = after(started(), wipe(false), wiped, failure({ kind: 'lost' }));
    expect(away.state.wiping).toBe('destroyed');
    const again = plan(away.state, { type: 'timer', name: 'retry' }, half);
    expect(jobsOf(again.effects)).toEqual(['farewell']);
    expect(
      after(started(), wipe(false), wiped, failure({ kind: 'refused', problem: 'login-refused' })).state,
    ).toMatchObject({
      mode: 'stopped',
      problem: 'wipe',
    });
  });

  test('that could not be destroyed is tried again', () => {
    const failed = after(started(), wipe(false), failure({ kind: 'refused', problem: 'failed' }));
    expect(failed.state.wiping).toBe('ordered');
    expect(jobsOf(plan(failed.state, { type: 'timer', name: 'retry' }, half).effects)).toEqual(['wipe']);
  });
});

test('a server that cannot prove to be the centre is told apart from one that does not answer', () => {
  expect(after(started(), failure({ kind: 'lost', problem: 'untrusted' })).state).toMatchObject({
    mode: 'resting',
    problem: 'untrusted',
  });
});
