import { copyFileSync, existsSync } from 'node:fs';
import type { Centre } from '#main/data/central/centre.ts';
import { LocalError } from '#main/data/local/error.ts';
import { databaseFile, mirrorFile } from '#main/data/local/files.ts';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { type SyncEngine, startSync } from '#main/sync/engine.ts';
import type { Timers } from '#main/sync/timers.ts';
import { Died, type Gate, removeGate, setGate, sqliteError } from './boundary.ts';
import type { Bug } from './bug.ts';
import {
  copyFiles,
  type FileGate,
  type Growth,
  hasLooseEnd,
  losePower,
  type Synced,
  simulatedDisk,
  walOf,
} from './disk.ts';
import { newUuid, type Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import { type WireContext, wireCentre } from './wire.ts';

/** Every simulated workstation has the same key: what is proven here is not secrecy. */
export const deskKey = Buffer.alloc(32, 7);

/** How a workstation ends: its process alone, or the power with what the disk had not been told to keep. */
export type Ending = 'kill' | 'power';

/** What the disk does to a write. */
export type DiskTrouble = 'none' | 'full' | 'failing' | 'read-only';

/** A running workstation. */
export interface Life {
  readonly local: Local;
  readonly engine: SyncEngine;
  readonly number: number;
}

export interface SimDesk {
  readonly name: string;
  /** The number of its login at the centre. */
  readonly login: number;
  readonly folder: string;
  /** Null while it is switched off. */
  readonly life: Life | null;
  /** Whether a power cut has taken the end of its mirror: then the database alone has the work of that moment. */
  readonly looseEndLost: boolean;
  /** Commits so far, of all its lives. */
  readonly commits: number;
  /** How its last life ended; null after a shutdown in order, and before the first. */
  readonly lastEnding: Ending | null;
  online: boolean;
  trouble: DiskTrouble;
  /** What its clock is ahead of the true time. */
  clockOffset: number;
  /** Whether it runs and has stopped speaking to the centre, as one of two copies. */
  readonly stopped: boolean;
  /** Switches it on. Null when it died while starting. */
  start(): Life | null;
  /** Ends it at this instant. */
  die(ending: Ending): void;
  /** Lets it die so many calls into SQLite and steps of file operations from now, or so many of the latter alone. */
  dieAfter(steps: number, ending: Ending, of?: 'all' | 'files'): void;
  /** Ends it as a person does, at rest. */
  shutDown(): Promise<void>;
  /** Copies its data folder as it is at this instant. */
  copyTo(folder: string): void;
  /** Puts an older copy of its data folder in place while it is off; with `mirror` the outbox's mirror stays the newest. */
  putBack(from: string, mirror: boolean): void;
  /** An administrator has given it another login, which counts from its next start. */
  enrol(identity: DeskIdentity): void;
  /** Looks into the database without that counting as anything the workstation does. */
  look<T>(work: (local: Local) => T): T;
  close(): void;
}

/** A workstation as the centre knows it. */
export interface DeskIdentity {
  /** The number of the login. */
  readonly no: number;
  readonly id: string;
}

export interface DeskContext {
  readonly timeline: Timeline;
  readonly wire: Omit<WireContext, 'connected' | 'hears' | 'random'>;
  readonly random: Random;
  readonly epoch: number;
  readonly bug: Bug | null;
  /** Called when it has died. */
  readonly died: (desk: SimDesk) => void;
  /** Called when it dies before a step that was counted. */
  readonly diesAt: (desk: SimDesk, step: string) => void;
  /** Called after each change of the tables, at once. */
  readonly changed: (desk: SimDesk) => void;
  readonly log: (desk: SimDesk, event: string, details: Readonly<Record<string, unknown>>) => void;
}

/** As the host does: a copy that was another workstation's goes on under the login it was given. */
const takeIdentity = ({ replica }: Local, { id }: DeskIdentity): void => {
  const { device_id } = replica.state();
  if (device_id !== null && device_id !== id) replica.forgetIdentity();
};

const writes = /^\s*(INSERT|UPDATE|DELETE|COMMIT$)/i;

/** A workstation that starts from the files in `first`. */
export const createDesk = (
  name: string,
  identity: DeskIdentity,
  first: string,
  context: DeskContext,
): SimDesk => {
  const { timeline, random } = context;
  const engineRandom = random.fork('engine');
  const ids = random.fork('ids');
  const wireRandom = random.fork('wire');
  const tail = random.fork('tail');
  let folder = first;
  let known = identity;
  let number = 0;
  let life: Life | null = null;
  let opening: Local | null = null;
  let alive = false;
  let looking = false;
  let commits = 0;
  let countdown: { steps: number; readonly ending: Ending; readonly of: 'all' | 'files' } | null = null;
  let lastEnding: Ending | null = null;
  let looseEndLost = false;
  let synchronous = 'FULL';
  let synced: Synced = { salt: '', size: 0 };
  let mirror: Growth | null = null;
  const wires = new Set<Centre>();
  const timerOffs = new Set<() => void>();

  const countDown = (step: string) => {
    if (countdown === null) return;
    countdown.steps -= 1;
    if (countdown.steps >= 0) return;
    timeline.note(`${name} dies before ${step.slice(0, 40)}`);
    context.diesAt(desk, step);
    desk.die(countdown.ending);
    throw new Died();
  };

  const fileGateOf =
    (own: number): FileGate =>
    (step) => {
      if (looking) return;
      if (own !== number || !alive) throw new Died();
      countDown(`file: ${step}`);
    };

  const gateOf = (own: number): Gate => ({
    pass: (sql) => {
      if (looking) return;
      if (own !== number || !alive) throw new Died();
      const pragma = /synchronous = (\w+)/.exec(sql);
      if (pragma?.[1] !== undefined) synchronous = pragma[1];
      if (sql === 'COMMIT done') {
        commits += 1;
        if (synchronous === 'FULL') synced = walOf(folder);
      }
      if (countdown?.of === 'all') countDown(sql);
      if (desk.trouble !== 'none' && writes.test(sql)) {
        const code = { full: 'SQLITE_FULL', failing: 'SQLITE_IOERR_WRITE', 'read-only': 'SQLITE_READONLY' };
        throw sqliteError(code[desk.trouble]);
      }
    },
  });

  const timersOf = (own: number): Timers => {
    const running = new Map<string, () => void>();
    const clear = (timer: string) => {
      running.get(timer)?.();
      running.delete(timer);
    };
    const timers: Timers = {
      set: (timer, milliseconds, fire) => {
        clear(timer);
        const off = timeline.after(milliseconds, `${name} timer ${timer}`, () => {
          running.delete(timer);
          timerOffs.delete(off);
          if (alive && own === number) fire();
        });
        timerOffs.add(off);
        running.set(timer, off);
      },
      clear,
      clearAll: () => {
        for (const timer of [...running.keys()]) clear(timer);
      },
    };
    return context.bug?.timers?.(timers) ?? timers;
  };

  /** Whatever the dead process held: its connections, its timers, its file handles. */
  const abandon = () => {
    for (const off of timerOffs) off();
    timerOffs.clear();
    for (const wire of wires) void wire.close();
    wires.clear();
    const dead = life?.local ?? opening;
    life = null;
    opening = null;
    if (dead === null) return;
    const path = dead.db.name;
    // Not now: the call in which it died is still on the stack.
    setImmediate(() => {
      looking = true;
      try {
        dead.close();
      } catch {
        // A statement of the dead process is still open; the files have been copied, nobody reads these any more.
      } finally {
        looking = false;
        removeGate(path);
      }
    });
  };

  const desk: SimDesk = {
    name,
    get login() {
      return known.no;
    },
    get folder() {
      return folder;
    },
    get life() {
      return life;
    },
    get lastEnding() {
      return lastEnding;
    },
    get stopped() {
      return life !== null && desk.look(() => life?.engine.status().problem === 'cloned');
    },
    get looseEndLost() {
      return looseEndLost;
    },
    get commits() {
      return commits;
    },
    online: true,
    trouble: 'none',
    clockOffset: 0,
    start: () => {
      number += 1;
      alive = true;
      mirror = null;
      synchronous = 'FULL';
      const own = number;
      setGate(databaseFile(folder), gateOf(own));
      try {
        const clock = { now: () => context.epoch + timeline.now() + desk.clockOffset };
        // Not of the clock, so that one seed has the same ids whatever the clocks say.
        const newId = () => newUuid(ids);
        const disk = simulatedDisk(timeline, name, fileGateOf(own), (of) => {
          mirror = of;
        });
        opening = openLocal({
          folder,
          key: deskKey,
          clock,
          newId,
          disk: context.bug?.disk?.(disk, fileGateOf(own)) ?? disk,
        });
        // Nobody else opens it, and a lock for each read is a call into the system.
        opening.db.pragma('locking_mode = EXCLUSIVE');
        synced = walOf(folder);
        const local = context.bug?.local?.(opening, random) ?? opening;
        takeIdentity(local, known);
        local.onChanged(() => context.changed(desk));
        const wire: WireContext = {
          ...context.wire,
          random: wireRandom,
          connected: () => desk.online,
          hears: (what) => timeline.note(what),
        };
        const engine = startSync({
          local,
          app: 'chaos',
          clock,
          random: engineRandom.next,
          timers: timersOf(own),
          centre: () => {
            const centre = wireCentre(wire, name, () => known.no);
            wires.add(centre);
            return context.bug?.centre?.(centre, random) ?? centre;
          },
          log: (event, details) => context.log(desk, event, details),
        });
        local.onChanged(() => engine.wake());
        opening = null;
        // It may have died on the way without a word: what only looks is not allowed to end a process.
        if (!alive || number !== own) return null;
        life = { local, engine, number };
        return life;
      } catch (error) {
        if (error instanceof Died) return null;
        const refused =
          error instanceof LocalError && (error.code === 'disk-full' || error.code === 'disk-failed');
        if (!refused || desk.trouble === 'none') throw error;
        // It says so to the person in front of it, and is started again later.
        alive = false;
        looking = true;
        opening?.close();
        looking = false;
        opening = null;
        context.died(desk);
        return null;
      }
    },
    die: (ending) => {
      if (!alive) return;
      alive = false;
      lastEnding = ending;
      // What was lost stays lost until the mirror has been written anew.
      looseEndLost = mirror === null ? looseEndLost : ending === 'power' && hasLooseEnd(mirror);
      countdown = null;
      const next = `${first}-${number}`;
      copyFiles(folder, next);
      if (ending === 'power') losePower({ folder, to: next, random: tail }, synced, mirror);
      abandon();
      folder = next;
      context.died(desk);
    },
    dieAfter: (steps, ending, of = 'all') => {
      countdown = { steps, ending, of };
    },
    shutDown: async () => {
      const ending = life;
      if (ending === null) return;
      if (countdown?.of === 'all') countdown = null;
      lastEnding = null;
      looseEndLost = false;
      const path = databaseFile(folder);
      // Told to stop, and its window closed: what it waits for is given up.
      const stopped = ending.engine.stop();
      for (const wire of wires) void wire.close();
      wires.clear();
      await stopped;
      if (life !== ending) return;
      life = null;
      try {
        ending.local.close();
      } finally {
        // Closed or not, nothing of this process is left.
        removeGate(path);
        alive = false;
        countdown = null;
        if (ending.local.db.open) ending.local.db.close();
      }
    },
    copyTo: (to) => copyFiles(folder, to),
    putBack: (from, mirror) => {
      const newest = folder;
      number += 1;
      folder = `${first}-${number}`;
      copyFiles(from, folder);
      if (mirror && existsSync(mirrorFile(newest))) copyFileSync(mirrorFile(newest), mirrorFile(folder));
      lastEnding = 'kill';
      looseEndLost = false;
    },
    enrol: (given) => {
      known = given;
    },
    look: (work) => {
      const local = life?.local;
      if (local === undefined) throw new Error(`${name} is off`);
      const before = looking;
      looking = true;
      try {
        return work(local);
      } finally {
        looking = before;
      }
    },
    close: () => {
      looking = true;
      try {
        alive = false;
        abandon();
      } finally {
        looking = false;
      }
    },
  };
  return desk;
};
