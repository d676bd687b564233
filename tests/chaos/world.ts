import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Died } from './boundary.ts';
import type { Bug } from './bug.ts';
import type { Clinic } from './clinic.ts';
import { damageFiles } from './damage.ts';
import { createDesk, type DeskIdentity, type SimDesk } from './desk.ts';
import { copyState } from './model/centre.ts';
import type { ModelState } from './model/state.ts';
import { type Profile, profileOf } from './profile.ts';
import { createRandom, type Random } from './random.ts';
import { createServer, type Server } from './server.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { createWatch, type Watch } from './watch.ts';
import { noFaults, type WireFaults } from './wire.ts';

/** One simulated clinic: a centre, workstations, the wires between them, and who watches. */
export interface World {
  readonly clinic: Clinic;
  readonly timeline: Timeline;
  readonly server: Server;
  readonly desks: readonly SimDesk[];
  /** One more workstation, switched off, from the files in `folder`. */
  addDesk(name: string, identity: DeskIdentity, folder: string): SimDesk;
  /** An empty place for files of this seed. */
  place(name: string): string;
  readonly watch: Watch;
  readonly profile: Profile;
  readonly random: Random;
  readonly bug: Bug | null;
  /** Faults happen and people work until this is false. */
  stormy: boolean;
  /** Requests under way, also those nobody waits for any more. */
  readonly underWay: { count: number };
  /** Whether a workstation that is off will come back by itself. */
  readonly coming: Map<SimDesk, true>;
  /** Workstations that are off because they died in the middle of a file operation. */
  readonly atFile: Set<SimDesk>;
  /** Notes that something went wrong as planned, to be counted. */
  happened(what: string): void;
  readonly tally: ReadonlyMap<string, number>;
  token(): string;
  close(): void;
}

export interface WorldOptions {
  readonly seed: number;
  readonly clinic: Clinic;
  /** An empty folder for this seed's files. */
  readonly folder: string;
  readonly bug: Bug | null;
  /** Milliseconds added to every workstation's clock, by login. */
  readonly clocks?: readonly number[];
  /** Lines of the log to keep. */
  readonly keep: number;
}

const epoch = Date.parse('2026-11-23T08:00:00.000Z');

const foldersOf = ({ clinic, folder }: WorldOptions, { desks, blank }: Profile): readonly string[] =>
  Array.from({ length: desks }, (_, index) => {
    const template = index >= desks - blank ? clinic.blank : (clinic.folders[index] ?? clinic.blank);
    const own = join(folder, `desk-${index + 1}`);
    cpSync(template, own, { recursive: true });
    return own;
  });

/** Switches a workstation on again a while after it went off. */
export const comeBack = (world: World, desk: SimDesk, milliseconds: number): void => {
  if (world.coming.has(desk)) return;
  world.coming.set(desk, true);
  world.timeline.after(milliseconds, `${desk.name} starts`, () => {
    world.coming.delete(desk);
    if (desk.life !== null) return;
    // Who loses the end of both files at once has lost it.
    if (
      world.stormy &&
      world.profile.damage &&
      !desk.looseEndLost &&
      world.random.chance(world.atFile.has(desk) ? 0.7 : 0.4)
    ) {
      const inOrder = desk.lastEnding === null;
      const damage = damageFiles(desk.folder, world.random, inOrder);
      world.timeline.note(`${desk.name}: ${damage}`);
      world.happened(damage);
      if (world.atFile.has(desk)) world.happened('damage after an end at a file');
      world.watch.died(desk);
    }
    world.atFile.delete(desk);
    if (world.stormy && world.profile.deaths !== null && world.random.chance(0.15)) {
      desk.dieAfter(world.random.between(0, 9), 'kill', 'files');
    }
    const life = desk.start();
    if (life !== null) world.watch.started(desk);
  });
};

/** Some workstations hold what their site and role need; the copies they begin with are of the whole clinic. */
const placeDevices = (state: ModelState, { rows }: Clinic, random: Random) => {
  for (const device of state.devices.values()) {
    if (random.chance(0.3)) continue;
    device.scope = 'site';
    device.location = random.pick([rows.site, rows.other]);
    device.role = random.pick(['whole', 'front-desk', 'consulting-room']);
  }
};

export const createWorld = (options: WorldOptions): World => {
  const { seed, clinic, bug, clocks, keep } = options;
  const random = createRandom(seed);
  const profile = profileOf(random.fork('profile'));
  const timeline = createTimeline(keep, (error) => error instanceof Died);
  const state = copyState(clinic.state);
  if (profile.largeTransactions) state.mostChanges = 6;
  if (profile.scoped) placeDevices(state, clinic, random.fork('scope'));
  const server = createServer(timeline, state, bug?.quirks?.() ?? {});
  const underWay = { count: 0 };
  const atFile = new Set<SimDesk>();
  const tally = new Map<string, number>();
  let tokens = 0;
  const watch = createWatch(clinic, server);
  const wire = {
    timeline,
    server,
    underWay,
    faults: (): WireFaults => (world.stormy ? profile.wire : noFaults),
  };
  const newDesk = (name: string, identity: DeskIdentity, folder: string, own: Random) =>
    createDesk(name, identity, folder, {
      timeline,
      wire,
      random: own,
      epoch,
      bug,
      died: (desk) => {
        watch.died(desk);
        comeBack(world, desk, world.random.between(500, 40_000));
      },
      diesAt: (desk, step) => {
        if (!step.startsWith('file: ')) return;
        world.happened(`dies before ${step.slice(6)}`);
        atFile.add(desk);
      },
      changed: watch.changed,
      log: (desk, event, { name: error, sqlstate, kind, problem }) =>
        timeline.note(`${desk.name} ${event} ${error} ${sqlstate} ${kind} ${problem}`),
    });
  const desks = foldersOf(options, profile).map((folder, index) => {
    const no = index + 1;
    const id = state.devices.get(no)?.id ?? '';
    return newDesk(`D${no}`, { no, id }, folder, random.fork(`desk ${index}`));
  });
  for (const [index, desk] of desks.entries()) {
    desk.clockOffset = clocks?.[index] ?? random.fork(`clock ${index}`).between(-3, 3) * 86_400_000;
  }
  const world: World = {
    clinic,
    timeline,
    server,
    desks,
    addDesk: (name, identity, folder) => {
      const desk = newDesk(name, identity, folder, random.fork(name));
      desks.push(desk);
      return desk;
    },
    place: (name) => join(options.folder, name),
    happened: (what) => {
      tally.set(what, (tally.get(what) ?? 0) + 1);
    },
    tally,
    atFile,
    watch,
    profile,
    random: random.fork('world'),
    bug,
    stormy: true,
    underWay,
    coming: new Map(),
    token: () => {
      tokens += 1;
      return `t${tokens}`;
    },
    close: () => {
      for (const desk of desks) desk.close();
    },
  };
  return world;
};
