import { copyState, createModelCentre, type ModelCentre } from './model/centre.ts';
import type { Quirks } from './model/quirks.ts';
import type { Sent } from './model/settle.ts';
import type { ModelState } from './model/state.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** The machine the centre runs on: it can go down, come up, and be set back to a backup. */
export interface Server {
  readonly model: ModelCentre;
  readonly up: boolean;
  /** Changes with each start: what was on its way to the one before is lost. */
  readonly start: number;
  crash(): void;
  restart(): void;
  backup(): void;
  /** Goes on from the last backup; false when there is none. */
  restore(): boolean;
  /** Payloads by their hash, of everything that was ever sent. */
  readonly heard: ReadonlyMap<string, string>;
  hear(mutations: readonly Sent[]): void;
  /** Calls that a suspended workstation got an answer to. */
  readonly servedRevoked: readonly string[];
  /** A call of workstation `device` was answered. */
  served(device: number, call: string): void;
  onCommit(listener: (seq: number) => void): () => void;
  /** Called with each start and each end. */
  onTurn(listener: () => void): () => void;
}

/** A transaction that took its number early and ends late: who reads in between passes it by. */
const withHoles = (model: ModelCentre, timeline: Timeline): ModelCentre => {
  const ended = new Map<number, number>();
  model.onCommit((seq) => ended.set(seq, timeline.now() + (seq % 2 === 0 ? 400 : 0)));
  return {
    ...model,
    pull: (device, cursor, rows) => {
      const reply = model.pull(device, cursor, rows);
      return {
        ...reply,
        changes: reply.changes.filter(({ seq }) => (ended.get(seq) ?? 0) <= timeline.now()),
      };
    },
  };
};

const centreTime = Date.parse('2026-11-23T08:00:00.000Z');

export const createServer = (timeline: Timeline, first: ModelState, quirks: Quirks): Server => {
  const commits = new Set<(seq: number) => void>();
  const turns = new Set<() => void>();
  const now = () => new Date(centreTime + timeline.now()).toISOString();
  const start = (state: ModelState) => {
    const model = createModelCentre({ state, now, quirks });
    model.onCommit((seq) => {
      for (const listener of commits) listener(seq);
    });
    if (quirks.numbersAtBegin === true) return withHoles(model, timeline);
    if (quirks.answersBeforeCommit !== true) return model;
    return {
      ...model,
      push: (device: number, mutations: Parameters<ModelCentre['push']>[1]) => {
        safe = { state: copyState(state), until: timeline.now() + 30_000 };
        return model.push(device, mutations);
      },
      hello: (device: number, request: Parameters<ModelCentre['hello']>[1]) => ({
        ...model.hello(device, request),
        durable: state.seq,
      }),
    };
  };
  let up = true;
  let starts = 1;
  let kept: ModelState | null = null;
  // With the quirk that answers come before the commit: what is really on the disk.
  let safe: { readonly state: ModelState; readonly until: number } | null = null;
  let model = start(first);
  const turned = () => {
    starts += 1;
    for (const listener of turns) listener();
  };
  const heard = new Map<string, string>();
  const servedRevoked: string[] = [];
  return {
    heard,
    servedRevoked,
    served: (device, call) => {
      if (model.state.devices.get(device)?.suspended === true) servedRevoked.push(call);
    },
    hear: (mutations) => {
      for (const { hash, payload } of mutations) heard.set(hash, payload);
    },
    get model() {
      return model;
    },
    get up() {
      return up;
    },
    get start() {
      return starts;
    },
    crash: () => {
      up = false;
      if (safe !== null && safe.until > timeline.now()) model = start(safe.state);
      turned();
    },
    restart: () => {
      up = true;
      turned();
    },
    backup: () => {
      kept = copyState(model.state);
      // Told from the next greeting on: what a backup holds need not be remembered elsewhere.
      model.state.durable = kept.seq;
      kept.durable = kept.seq;
    },
    restore: () => {
      if (kept === null) return false;
      model = start(copyState(kept));
      turned();
      return true;
    },
    onCommit: (listener) => {
      commits.add(listener);
      return () => commits.delete(listener);
    },
    onTurn: (listener) => {
      turns.add(listener);
      return () => turns.delete(listener);
    },
  };
};

/** Picks one of the states a server gives while it is busy, short of something, or being stopped. */
export const passingState = (random: Random): string =>
  random.pick(['40001', '40P01', '53300', '53100', '55P03', '57014', '57P01', '08006']);
