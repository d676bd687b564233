import { hash32 } from './random.ts';

/**
 * Virtual time. Things happen in the order of their instants, those of one instant in the order they were planned; after
 * each one every promise that can go on goes on. Nothing waits for real time.
 */
export interface Timeline {
  /** Milliseconds since the beginning. */
  now(): number;
  /** Plans `fire`; returns the way to call it off. */
  after(milliseconds: number, what: string, fire: () => void): () => void;
  /** Lets the next thing happen. False when nothing is planned. */
  step(): Promise<boolean>;
  /** How many things have happened. */
  steps(): number;
  /** A fingerprint of everything that happened, in order. */
  trace(): string;
  /** Adds to the fingerprint, and to the log when one is kept. */
  note(what: string): void;
  log(): readonly string[];
}

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly what: string;
  readonly fire: () => void;
  off: boolean;
}

const before = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap of what is planned, soonest first. */
const createHeap = () => {
  const heap: Planned[] = [];
  const at = (index: number) => heap[index] as Planned;
  const swap = (a: number, b: number) => {
    const held = at(a);
    heap[a] = at(b);
    heap[b] = held;
  };
  const down = () => {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const smaller = left + 1 < heap.length && before(at(left + 1), at(left)) ? left + 1 : left;
      if (!before(at(smaller), at(index))) return;
      swap(smaller, index);
      index = smaller;
    }
  };
  return {
    push: (planned: Planned) => {
      heap.push(planned);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!before(at(index), at(parent))) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop: (): Planned | undefined => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        heap[0] = last;
        down();
      }
      return first;
    },
  };
};

/** The event loop's own queue, three times round: a promise chain ends in the first, a turn given away in the next. */
const drain = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) await new Promise<void>((done) => setImmediate(done));
};

/** `keep` lines of the log are remembered. `survives` says which errors of a thing that happens are no failure of the run. */
export const createTimeline = (keep: number, survives: (error: unknown) => boolean): Timeline => {
  const heap = createHeap();
  const log: string[] = [];
  let now = 0;
  let order = 0;
  let steps = 0;
  let trace: readonly [number, number] = [0x811c9dc5, 0x01234567];
  const note = (what: string) => {
    trace = [hash32(what, trace[0]), hash32(what, trace[1] ^ 0x5bd1e995)];
    if (keep === 0) return;
    log.push(`${(now / 1000).toFixed(3)} ${what}`);
    if (log.length > keep) log.shift();
  };
  return {
    now: () => now,
    after: (milliseconds, what, fire) => {
      order += 1;
      const planned: Planned = {
        at: now + Math.max(0, Math.round(milliseconds)),
        order,
        what,
        fire,
        off: false,
      };
      heap.push(planned);
      return () => {
        planned.off = true;
      };
    },
    step: async () => {
      let next = heap.pop();
      while (next?.off === true) next = heap.pop();
      if (next === undefined) return false;
      now = next.at;
      steps += 1;
      note(`${now} ${next.what}`);
      try {
        next.fire();
      } catch (error) {
        if (!survives(error)) throw error;
      }
      await drain();
      return true;
    },
    steps: () => steps,
    trace: () => trace.map((part) => (part >>> 0).toString(16).padStart(8, '0')).join(''),
    note,
    log: () => log,
  };
};
