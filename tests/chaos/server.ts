import { copyState, createModelCentre, type ModelCentre } from './model/centre.ts';
import type { Quirks } from './model/quirks.ts';
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
  readonly heard: Map<string, string>;
  onCommit(listener: (seq: number) => void): () => void;
  /** Called with each start and each end. */
  onTurn(listener: () => void): () => void;
}

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
    return model;
  };
  let model = start(first);
  let up = true;
  let starts = 1;
  let kept: ModelState | null = null;
  const turned = () => {
    starts += 1;
    for (const listener of turns) listener();
  };
  return {
    heard: new Map(),
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
      turned();
    },
    restart: () => {
      up = true;
      turned();
    },
    backup: () => {
      kept = copyState(model.state);
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
