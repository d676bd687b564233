import type { SyncStatus } from '#shared/contract/sync.ts';
import type { HelloReply } from '#shared/sync/wire.ts';
import { afterFailures, jittered, pacing } from './pacing.ts';

/**
 * What the synchronisation does next, as a pure function of what it knows and what happened: no clock, no network,
 * no database. `engine.ts` carries the effects out and reports what came of them.
 */

export type Problem = NonNullable<SyncStatus['problem']>;
export type TimerName = 'poll' | 'retry' | 'debounce' | 'calm';
/**
 * One at a time. `copy` loads the first copy, or a new one, `history` the next of its older rows; `recover` finds out what a
 * centre that was restored has forgotten; `files` sends or fetches one part of a file; `verify` compares a part of the copy with the centre, when all of it is here;
 * `wipe` destroys this copy, which needs no connection; `farewell` tells the centre that it is done.
 */
export type Job =
  | 'hello'
  | 'recover'
  | 'copy'
  | 'push'
  | 'pull'
  | 'history'
  | 'files'
  | 'verify'
  | 'wipe'
  | 'farewell';

export interface PlannerState {
  /** `resting`: a try failed, the next one waits. `stopped`: the centre refuses us, or we must not go on. */
  readonly mode: 'working' | 'resting' | 'stopped' | 'ended';
  readonly job: Job | null;
  /** Whether the centre has answered `hello` on this connection. */
  readonly greeted: boolean;
  /** Where the local copy is: `none` or unfinished, `loaded` but not caught up, `complete`. */
  readonly copy: 'none' | 'loaded' | 'complete';
  /** Older rows are still to come: they do when there is nothing more urgent. */
  readonly history: boolean;
  /** Parts of files are to be exchanged, when there is nothing more urgent; `asked`: somebody waits for one. */
  readonly files: 'no' | 'due' | 'asked';
  /** Steps of the history and of files since the last pull: notifications may be lost, so now and then a pull goes first. */
  readonly steps: number;
  /** The centre has another history than ours: what it forgot is to be found first. */
  readonly recover: boolean;
  /** The copy cannot be continued: send what waits, then load a new one. */
  readonly renew: boolean;
  readonly wantPush: boolean;
  /** Woken while a job ran: what that job says of the outbox may be from before. */
  readonly woken: boolean;
  readonly wantPull: boolean;
  readonly listening: 'no' | 'asked' | 'yes';
  /** Tries that failed since the centre last answered. */
  readonly failures: number;
  readonly problem: Problem | null;
  /** No further exchange without a person's decision, whoever asks. */
  readonly halted: boolean;
  /** The centre has ordered the end of this copy: send what waits, then destroy it, then tell the centre. */
  readonly wiping: 'no' | 'ordered' | 'destroyed';
  /** A try out of turn is allowed again. */
  readonly calm: boolean;
  /** Somebody wished for a try before it was allowed again: it comes as soon as it is. */
  readonly wished: boolean;
  readonly cursor: number;
  /** The newest seq a notification named since the last pull. */
  readonly heard: number;
  /** Notifications come faster than pulls: those of the next moment are answered together. */
  readonly hushed: boolean;
  /**
   * Whether a part of the copy is to be compared when nothing else is due; `whole`: all of it, one part after the other, which
   * may be `paused` until the next poll.
   */
  readonly verify: 'no' | 'due' | 'whole' | 'paused';
  /** Pushes made since the last pull: after some of them a pull goes first, so a long outbox never starves it. */
  readonly pushes: number;
}

export type PlannerEvent =
  | {
      readonly type: 'started';
      readonly copy: PlannerState['copy'];
      readonly waiting: boolean;
      readonly cursor: number;
      readonly halted: 'cloned' | null;
      /** Whether older rows are still to come. */
      readonly history: boolean;
      readonly wiping: boolean;
      /** Whether files wait here or there; not told: as it was. So in the events below. */
      readonly files?: boolean;
    }
  | { readonly type: 'woken' }
  | { readonly type: 'notified'; readonly seq: number }
  | { readonly type: 'timer'; readonly name: TimerName }
  | {
      readonly type: 'greeted';
      readonly state: HelloReply['state'];
      readonly waiting: boolean;
      readonly files?: boolean;
    }
  | { readonly type: 'recovered'; readonly waiting: boolean }
  | { readonly type: 'copied' }
  | { readonly type: 'wiped' }
  | { readonly type: 'parted' }
  | { readonly type: 'pushed'; readonly more: boolean }
  | { readonly type: 'pulled'; readonly cursor: number; readonly head: number; readonly files?: boolean }
  /** `stale`: what came leans on something only a pull brings, or is whole only after one. */
  | { readonly type: 'history'; readonly more: boolean; readonly stale: boolean }
  /** `asked`: somebody waits for one of those that are left. */
  | { readonly type: 'files'; readonly more: boolean; readonly asked: boolean }
  /** A person opens a document whose file is not here. */
  | { readonly type: 'files-asked' }
  | {
      readonly type: 'verified';
      readonly step: 'rest' | 'again' | 'pull' | 'over' | 'copy';
      readonly waiting: boolean;
    }
  /** A person wants the whole copy compared now. */
  | { readonly type: 'verify-asked' }
  | { readonly type: 'listening' }
  | { readonly type: 'deaf' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stop' };

/**
 * - `lost`: the centre was not reached, or the connection ended;
 * - `again`: it answered, the same call may succeed later;
 * - `greet`: what we believe of the centre is out of date, ask anew;
 * - `renew`: what is here does not fit what comes: send what waits, then copy anew;
 * - `refused`: it will not have us, for this reason, until somebody changes something there;
 * - `halt`: going on would do harm.
 */
export type Failure =
  | { readonly kind: 'lost'; readonly problem?: Problem }
  | { readonly kind: 'again' | 'greet' | 'renew' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'halt'; readonly problem: 'cloned' };

export type Effect =
  | { readonly type: 'run'; readonly job: Job; readonly renew?: boolean; readonly whole?: boolean }
  | { readonly type: 'listen' | 'ack' | 'disconnect' }
  | { readonly type: 'set-timer'; readonly name: TimerName; readonly milliseconds: number }
  | { readonly type: 'clear-timer'; readonly name: TimerName };

export interface Plan {
  readonly state: PlannerState;
  readonly effects: readonly Effect[];
}

export const initialState: PlannerState = {
  mode: 'working',
  job: null,
  greeted: false,
  copy: 'none',
  history: false,
  files: 'no',
  steps: 0,
  recover: false,
  renew: false,
  wantPush: false,
  wantPull: false,
  listening: 'no',
  failures: 0,
  problem: null,
  halted: false,
  wiping: 'no',
  calm: true,
  wished: false,
  woken: false,
  cursor: 0,
  heard: 0,
  hushed: false,
  verify: 'no',
  pushes: 0,
};

/** Nothing unsent is destroyed, and nothing but that keeps the end of this copy waiting. */
const lastJob = (state: PlannerState): Job => {
  if (state.wiping === 'destroyed') return 'farewell';
  if (!state.wantPush && state.files === 'no') return 'wipe';
  if (!state.greeted) return 'hello';
  return state.wantPush ? 'push' : 'files';
};

/** What an event that may tell says of files; somebody who waits for one is not forgotten over it. */
const filesAfter = (state: PlannerState, files: boolean | undefined): PlannerState['files'] =>
  files === undefined || (files && state.files === 'asked') ? state.files : files ? 'due' : 'no';

/** The most urgent job, or null. */
const nextJob = (state: PlannerState): Job | null => {
  if (state.wiping !== 'no') return lastJob(state);
  if (!state.greeted) return 'hello';
  if (state.recover) return 'recover';
  if (state.renew) return state.wantPush ? 'push' : 'copy';
  if (state.copy === 'none') return 'copy';
  if (state.copy === 'loaded') return 'pull';
  if (state.wantPush && state.wantPull) return state.pushes < pacing.pushesInARow ? 'push' : 'pull';
  if (state.wantPush || state.wantPull) return state.wantPush ? 'push' : 'pull';
  if (state.files === 'asked') return 'files';
  if (state.history) return 'history';
  if (state.files === 'due') return 'files';
  return state.verify === 'due' || state.verify === 'whole' ? 'verify' : null;
};

/** Starts the next job when none runs, or rests until the poll. */
const proceed = (state: PlannerState, before: readonly Effect[], random: () => number): Plan => {
  if (state.mode !== 'working' || state.job !== null) return { state, effects: before };
  const job = nextJob(state);
  if (job === null) {
    const milliseconds = jittered(pacing.poll, random);
    return { state, effects: [...before, { type: 'set-timer', name: 'poll', milliseconds }] };
  }
  const run: Effect =
    job === 'copy'
      ? { type: 'run', job, renew: state.renew }
      : job === 'verify'
        ? { type: 'run', job, whole: state.verify === 'whole' }
        : { type: 'run', job };
  // What is heard before a pull begins it brings: only what is heard meanwhile asks for another. A seq that never comes,
  // which anybody who may notify can name, is asked for once.
  const heard = job === 'pull' ? 0 : state.heard;
  return {
    state: { ...state, job, heard },
    effects: [...before, { type: 'clear-timer', name: 'poll' }, run],
  };
};

const listen = (state: PlannerState): Plan =>
  state.listening === 'no'
    ? { state: { ...state, listening: 'asked' }, effects: [{ type: 'listen' }] }
    : { state, effects: [] };

/** The centre answered: whatever was wrong is over. */
const answered = (state: PlannerState): PlannerState => ({
  ...state,
  job: null,
  woken: false,
  failures: 0,
  problem: null,
});

const stop = (state: PlannerState, problem: Problem, halted: boolean, random: () => number): Plan => {
  const milliseconds = jittered(pacing.refused, random);
  return {
    state: { ...state, mode: 'stopped', job: null, greeted: false, listening: 'no', problem, halted },
    effects: [
      { type: 'clear-timer', name: 'poll' },
      { type: 'disconnect' },
      ...(halted ? [] : [{ type: 'set-timer', name: 'retry', milliseconds } as const]),
    ],
  };
};

/** What the centre does not take from a copy that is to end, it never will. */
const refusedAtTheEnd = (state: PlannerState, failure: Failure): boolean =>
  state.wiping === 'ordered' &&
  (state.job === 'push' || state.job === 'hello' || state.job === 'files') &&
  (failure.kind === 'refused' || failure.kind === 'halt');

const failed = (state: PlannerState, failure: Failure, random: () => number): Plan => {
  if (refusedAtTheEnd(state, failure))
    return proceed({ ...state, job: null, wantPush: false, files: 'no' }, [], random);
  if (state.wiping === 'destroyed' && failure.kind === 'refused') return parted(state);
  if (failure.kind === 'halt') return stop(state, failure.problem, true, random);
  if (failure.kind === 'refused') return stop(state, failure.problem, false, random);
  const failures = state.failures + 1;
  const lost = failure.kind === 'lost';
  return {
    state: {
      ...state,
      mode: 'resting',
      job: null,
      failures,
      greeted: failure.kind === 'again' ? state.greeted : false,
      renew: state.renew || failure.kind === 'renew',
      listening: lost ? 'no' : state.listening,
      problem: failure.kind === 'lost' ? (failure.problem ?? 'unreachable') : state.problem,
      // Before a copy catches up with a centre it has lost sight of, it is looked at whether that still has what is needed.
      copy: failure.kind !== 'again' && state.copy === 'loaded' ? 'none' : state.copy,
      // What the centre cannot take now does not keep what it has for us waiting.
      pushes: state.job === 'push' ? pacing.pushesInARow : 0,
    },
    effects: [
      { type: 'clear-timer', name: 'poll' },
      ...(lost ? [{ type: 'disconnect' } as const] : []),
      { type: 'set-timer', name: 'retry', milliseconds: afterFailures(failures, random) },
    ],
  };
};

/** This copy is no more and the centre knows, or does not want to know. */
const parted = (state: PlannerState): Plan => ({
  state: {
    ...state,
    mode: 'stopped',
    job: null,
    greeted: false,
    listening: 'no',
    problem: 'wipe',
    halted: true,
  },
  effects: [
    { type: 'clear-timer', name: 'poll' },
    { type: 'clear-timer', name: 'retry' },
    { type: 'disconnect' },
  ],
});

const greeted = (
  state: PlannerState,
  event: Extract<PlannerEvent, { type: 'greeted' }>,
  random: () => number,
): Plan => {
  if (state.wiping === 'ordered' || event.state === 'wipe') {
    const ending: PlannerState = {
      ...answered(state),
      greeted: true,
      wiping: 'ordered',
      wantPush: event.waiting,
      files: filesAfter(state, event.files),
    };
    return proceed(ending, [], random);
  }
  if (event.state === 'outdated') {
    return stop(state, event.state, false, random);
  }
  const known: PlannerState = {
    ...answered(state),
    greeted: true,
    recover: event.state === 'diverged',
    renew: state.renew || event.state === 'behind',
    wantPush: event.waiting || state.woken,
    wantPull: true,
    files: filesAfter(state, event.files),
  };
  const { state: hearing, effects } = listen(known);
  return proceed(hearing, effects, random);
};

const hush: Effect = { type: 'set-timer', name: 'debounce', milliseconds: pacing.debounce };

const pulled = (
  state: PlannerState,
  { cursor, head, files }: Extract<PlannerEvent, { type: 'pulled' }>,
  random: () => number,
): Plan => {
  const level = cursor >= head;
  // Heard while this pull was under way.
  const more = state.heard > head;
  const complete = state.copy === 'complete' || level;
  const next: PlannerState = {
    ...answered(state),
    failures: state.wantPush ? state.failures : 0,
    cursor,
    copy: complete ? 'complete' : state.copy,
    wantPull: !level || state.woken,
    heard: more ? state.heard : 0,
    hushed: state.hushed || more,
    files: filesAfter(state, files),
    pushes: 0,
    steps: 0,
  };
  // The centre keeps its ledger for the slowest workstation: it is told where we are now and then, not each time.
  const first = state.copy !== 'complete' && complete;
  const effects: readonly Effect[] = [
    ...(first ? [{ type: 'ack' } as const] : []),
    ...(more && !state.hushed ? [hush] : []),
  ];
  return proceed(next, effects, random);
};

/** A step of the history is over. What was heard meanwhile goes first. */
const older = (
  state: PlannerState,
  { more, stale }: Extract<PlannerEvent, { type: 'history' }>,
  random: () => number,
): Plan => {
  const steps = state.steps + 1;
  const wantPull = state.wantPull || stale || state.heard > state.cursor || steps >= pacing.stepsInARow;
  return proceed(
    { ...answered(state), history: more, steps, wantPull, wantPush: state.wantPush || state.woken },
    [],
    random,
  );
};

/** A part of a file is exchanged. Rows that wait or were heard of meanwhile go before the next one. */
const filed = (
  state: PlannerState,
  { more, asked }: Extract<PlannerEvent, { type: 'files' }>,
  random: () => number,
): Plan => {
  const steps = state.steps + 1;
  const wantPull = state.wantPull || state.heard > state.cursor || steps >= pacing.stepsInARow;
  const files = !more ? 'no' : asked ? 'asked' : 'due';
  return proceed(
    { ...answered(state), files, steps, wantPull, wantPush: state.wantPush || state.woken },
    [],
    random,
  );
};

/** A step of the comparison is done. What waits here now (the note of a repair) and what the centre has comes before the next one. */
const verified = (
  state: PlannerState,
  { step, waiting }: Extract<PlannerEvent, { type: 'verified' }>,
  random: () => number,
): Plan => {
  const rested = state.verify === 'whole' ? 'paused' : 'no';
  const ends = step === 'over' || step === 'copy';
  return proceed(
    {
      ...answered(state),
      verify: ends ? 'no' : step === 'rest' ? rested : state.verify,
      wantPush: state.wantPush || waiting,
      wantPull: state.wantPull || step === 'pull',
      renew: state.renew || step === 'copy',
    },
    [],
    random,
  );
};

/** The first notification of a burst is answered at once, those that come while it is being answered by one more pull. */
const notified = (state: PlannerState, seq: number, random: () => number): Plan => {
  if (seq <= state.cursor || state.copy !== 'complete') return { state, effects: [] };
  const heard: PlannerState = { ...state, heard: Math.max(state.heard, seq) };
  if (state.hushed || state.job !== null) return { state: heard, effects: [] };
  return proceed({ ...heard, wantPull: true }, [], random);
};

/** A wish to exchange now. While resting, one try out of turn in a while; a halt stays a halt. */
const hurried = (state: PlannerState, random: () => number): Plan => {
  if (state.halted || state.mode === 'ended') return { state, effects: [] };
  if (state.mode === 'working') return proceed(state, [], random);
  if (!state.calm || state.job !== null) return { state: { ...state, wished: true }, effects: [] };
  return proceed(
    { ...state, mode: 'working', calm: false, wished: false },
    [
      { type: 'clear-timer', name: 'retry' },
      { type: 'set-timer', name: 'calm', milliseconds: pacing.calm },
    ],
    random,
  );
};

/** A poll looks at a part of the copy too, once there is a whole one. */
const verifyAfterPoll = ({ verify, copy }: PlannerState): PlannerState['verify'] =>
  verify === 'paused' ? 'whole' : verify === 'no' && copy === 'complete' ? 'due' : verify;

const timer = (state: PlannerState, name: TimerName, random: () => number): Plan => {
  if (name === 'calm') {
    const calm: PlannerState = { ...state, calm: true, wished: false };
    return state.wished && state.mode !== 'working' ? hurried(calm, random) : { state: calm, effects: [] };
  }
  if (name === 'debounce') {
    const more = state.heard > state.cursor;
    return proceed({ ...state, hushed: false, wantPull: state.wantPull || more }, [], random);
  }
  if (name === 'retry') {
    return state.halted
      ? { state, effects: [] }
      : proceed({ ...state, mode: state.mode === 'ended' ? 'ended' : 'working' }, [], random);
  }
  if (state.mode !== 'working' || !state.greeted) return { state, effects: [] };
  const { state: hearing, effects } = listen({
    ...state,
    wantPull: true,
    wantPush: true,
    verify: verifyAfterPoll(state),
  });
  return proceed(hearing, [{ type: 'ack' }, ...effects], random);
};

const started = (
  state: PlannerState,
  { copy, waiting, cursor, halted, wiping, history, files }: Extract<PlannerEvent, { type: 'started' }>,
  random: () => number,
): Plan => {
  const known: PlannerState = {
    ...state,
    copy,
    cursor,
    history,
    files: filesAfter(state, files),
    wiping: wiping ? 'ordered' : 'no',
    wantPush: waiting,
    wantPull: true,
  };
  return halted === null || wiping ? proceed(known, [], random) : stop(known, halted, true, random);
};

/**
 * A connection that was lost may come back to another centre: a backup was restored, and others have written since. Only a
 * greeting finds that out.
 */
const deaf = (state: PlannerState, random: () => number): Plan =>
  proceed(
    { ...state, listening: 'no', wantPull: true, greeted: state.greeted && state.listening !== 'yes' },
    [],
    random,
  );

/** What to do next. `random` gives numbers from 0 up to 1; nothing else is read from outside. */
export const plan = (state: PlannerState, event: PlannerEvent, random: () => number): Plan => {
  if (state.mode === 'ended') return { state, effects: [] };
  switch (event.type) {
    case 'started':
      return started(state, event, random);
    case 'woken':
      return hurried({ ...state, wantPush: true, wantPull: true, woken: state.job !== null }, random);
    case 'notified':
      return notified(state, event.seq, random);
    case 'timer':
      return timer(state, event.name, random);
    case 'greeted':
      return greeted(state, event, random);
    case 'recovered':
      return proceed(
        { ...answered(state), recover: false, renew: true, wantPush: event.waiting || state.woken },
        [],
        random,
      );
    case 'copied':
      return proceed({ ...answered(state), copy: 'loaded', history: true, renew: false }, [], random);
    case 'wiped':
      return proceed({ ...state, job: null, wiping: 'destroyed' }, [], random);
    case 'parted':
      return parted(state);
    case 'pushed':
      return proceed(
        {
          ...answered(state),
          wantPush: event.more || state.woken,
          wantPull: true,
          pushes: state.pushes + 1,
        },
        [],
        random,
      );
    case 'pulled':
      return pulled(state, event, random);
    case 'history':
      return older(state, event, random);
    case 'files':
      return filed(state, event, random);
    case 'files-asked':
      return proceed({ ...state, files: 'asked' }, [], random);
    case 'verified':
      return verified(state, event, random);
    case 'verify-asked':
      return hurried({ ...state, verify: 'whole', wantPull: true }, random);
    case 'listening':
      return proceed({ ...state, listening: 'yes', wantPull: true }, [], random);
    case 'deaf':
      return deaf(state, random);
    case 'failed':
      return failed(state, event.failure, random);
    case 'stop':
      return { state: { ...state, mode: 'ended' }, effects: [{ type: 'disconnect' }] };
  }
};
