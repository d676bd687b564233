import { LocalError } from '#main/data/local/error.ts';
import { someLocation } from '#tests/support/sync-local.ts';
import { Died } from './boundary.ts';
import { copyFolder, switchOff } from './copies.ts';
import type { SimDesk } from './desk.ts';
import { Refused } from './model/rules.ts';
import { newUuid } from './random.ts';
import { nextAct } from './workload.ts';
import { comeBack, type World } from './world.ts';

/** Everything that goes on and goes wrong while a seed runs: people at work, and faults. */

/** Again and again, about every `milliseconds`, while the storm lasts. */
const often = (world: World, what: string, milliseconds: number | null, happen: () => void) => {
  if (milliseconds === null) return;
  const random = world.random.fork(what);
  const plan = () => {
    world.timeline.after(random.between(1, 2 * milliseconds), what, () => {
      if (!world.stormy) return;
      happen();
      plan();
    });
  };
  plan();
};

/** One act of a person. Only what the store says is done is acknowledged. */
const act = (world: World, desk: SimDesk) => {
  const life = desk.life;
  if (life === null || !desk.look(({ store }) => store.ready())) return;
  const next = nextAct(desk, { rows: world.clinic.rows, random: world.random, token: world.token });
  if (next === null) return;
  const { kind, user, write } = next;
  try {
    const { n } = life.local.store.mutate({ kind, user }, write);
    // Dead after its commit: nobody was told.
    if (n === 0 || desk.life !== life) return;
    world.timeline.note(`${desk.name} ${kind} ${n}`);
    world.watch.acknowledge(desk, n);
    if (world.profile.deaths !== null && world.profile.powerCuts && world.random.chance(0.06)) {
      // The worst moment: the person has just been told.
      world.timeline.after(world.random.between(0, 30), `${desk.name} loses power`, () => {
        if (world.stormy && desk.life === life) desk.die('power');
      });
    }
    if (world.random.chance(0.2)) {
      void life.engine.verdict(n, 3_000).then(
        (verdict) => world.timeline.note(`${desk.name} heard ${n} ${verdict?.status}`),
        (error) => {
          if (!(error instanceof Died)) throw error;
        },
      );
    }
  } catch (error) {
    // The person was told that it failed; the store says that nothing of it was written.
    if (error instanceof Died || error instanceof LocalError) return;
    throw error;
  }
};

/** A person settles something parked: sends it again, or gives it up. */
const tidy = (world: World, desk: SimDesk) => {
  const life = desk.life;
  if (life === null || !desk.look(({ store }) => store.ready())) return;
  const parked = desk.look(({ db }) =>
    db.prepare(`SELECT n FROM outbox WHERE status = 'parked' ORDER BY n`).pluck().all(),
  ) as number[];
  if (parked.length === 0) return;
  const n = world.random.pick(parked);
  try {
    if (world.random.chance(0.5)) {
      const again = life.local.store.resend(n);
      if (again !== null && desk.life === life) world.watch.acknowledge(desk, again);
    } else life.local.store.withdraw(n);
  } catch (error) {
    if (!(error instanceof Died || error instanceof LocalError)) throw error;
  }
};

/** Somebody looks for a patient of another site, and opens the chart. */
const openChart = (world: World, desk: SimDesk) => {
  const life = desk.life;
  if (life === null || !desk.look(({ store }) => store.ready())) return;
  const ids = [...(world.server.model.state.rows.get('patient')?.keys() ?? [])].sort();
  void life.engine.openPatient(world.random.pick(ids), 5_000).then(
    (here) => world.timeline.note(`${desk.name} opened ${here}`),
    (error) => {
      if (!(error instanceof Died)) throw error;
    },
  );
};

/** Somebody at the centre with psql. */
const administer = (world: World) => {
  const { server, random, clinic, profile, token } = world;
  if (!server.up) return;
  const { state } = server.model;
  try {
    server.model.administer((tx) => {
      const ids = [...(state.rows.get('patient')?.keys() ?? [])].sort();
      const many = profile.largeTransactions && random.chance(0.3) ? 12 : random.between(1, 3);
      for (let count = 0; count < many; count += 1) {
        if (random.chance(0.7)) tx.update('patient', random.pick(ids), { city: token(), phone: token() });
        else
          tx.insert(
            'location',
            someLocation({ id: newUuid(random), kind: 'room', part_of: clinic.rows.site, name: token() }),
          );
      }
      if (random.chance(0.2)) {
        const schedules = [...(state.rows.get('schedule')?.keys() ?? [])].sort();
        if (schedules.length > 0) tx.delete('schedule', random.pick(schedules));
      }
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
};

const outage = (world: World, desk: SimDesk) => {
  if (!desk.online) return;
  desk.online = false;
  world.timeline.after(world.random.between(500, 60_000), `${desk.name} is on the network again`, () => {
    desk.online = true;
  });
};

const crashCentre = (world: World) => {
  const { server, timeline, random } = world;
  if (!server.up) return;
  server.crash();
  timeline.after(random.between(200, 30_000), 'the centre starts', () => {
    if (!server.up) server.restart();
  });
};

/** The centre's disk is lost; it goes on from a backup of earlier. */
const restoreCentre = (world: World) => {
  const { server, timeline, random } = world;
  if (!server.up) return;
  server.crash();
  server.restore();
  timeline.after(random.between(5_000, 30_000), 'the centre is restored', () => {
    if (!server.up) server.restart();
  });
};

const diskTrouble = (world: World, desk: SimDesk) => {
  if (desk.trouble !== 'none') return;
  desk.trouble = world.random.pick(['full', 'failing', 'read-only'] as const);
  world.timeline.after(world.random.between(200, 30_000), `${desk.name}'s disk is well again`, () => {
    desk.trouble = 'none';
  });
};

const clockJump = (world: World, desk: SimDesk) => {
  desk.clockOffset += world.random.pick([-86_400_000, -3_600_000, -1_000, 1_000, 3_600_000, 86_400_000]);
};

/** A workstation is off for 1 to 90 days; to the others it is minutes, for nothing of theirs depends on it. */
const night = (world: World, desk: SimDesk) => {
  if (desk.life === null) return;
  if (world.profile.deaths !== null && world.random.chance(0.3)) {
    desk.dieAfter(world.random.between(0, 1), 'kill', 'files');
  }
  switchOff(desk, () => {
    if (desk.life !== null) return;
    desk.clockOffset += world.random.between(1, 90) * 86_400_000;
    comeBack(world, desk, world.random.between(5_000, 60_000));
  });
};

const suspend = (world: World, desk: SimDesk) => {
  const device = world.server.model.state.devices.get(desk.login);
  if (device === undefined || device.suspended) return;
  device.suspended = true;
  world.timeline.after(world.random.between(5_000, 60_000), `${desk.name} may come back`, () => {
    const now = world.server.model.state.devices.get(desk.login);
    if (now !== undefined) now.suspended = false;
  });
};

/** Plans what happens at one workstation and to it. */
const occupy = (world: World, desk: SimDesk) => {
  const { profile } = world;
  const each = (what: string, milliseconds: number | null, happen: (one: SimDesk) => void) =>
    often(world, `${desk.name} ${what}`, milliseconds, () => happen(desk));
  each('works', profile.pace, (one) => act(world, one));
  each('tidies', profile.pace * 8, (one) => tidy(world, one));
  each('opens a chart', profile.scoped ? profile.pace * 4 : null, (one) => openChart(world, one));
  each('will die', profile.deaths, (one) => {
    const ending = profile.powerCuts && world.random.chance(0.5) ? 'power' : 'kill';
    if (world.random.chance(0.3)) one.die(ending);
    else if (world.random.chance(0.4)) one.dieAfter(world.random.between(0, 14), ending, 'files');
    else one.dieAfter(world.random.between(0, 120), ending);
  });
  each('is cut off', profile.outages, (one) => outage(world, one));
  each('disk', profile.diskTroubles, (one) => diskTrouble(world, one));
  each('clock', profile.clockJumps, (one) => clockJump(world, one));
  each('night', profile.nights, (one) => night(world, one));
  each('is suspended', profile.suspensions, (one) => suspend(world, one));
};

/** One folder is copied, often that of a workstation that was taken along and has work that waits. */
const planCopy = (world: World, desk: SimDesk, milliseconds: number) => {
  const { timeline, random } = world;
  timeline.after(milliseconds, `${desk.name} is taken along`, () => {
    if (!world.stormy) return;
    if (random.chance(0.6)) outage(world, desk);
    timeline.after(random.between(0, 15_000), `${desk.name} may be copied`, () => {
      if (world.stormy) copyFolder(world, desk, (twin) => occupy(world, twin));
    });
  });
};

/** Plans everything of a seed. */
export const raise = (world: World): void => {
  const { profile, desks, timeline, server } = world;
  for (const desk of desks) comeBack(world, desk, world.random.between(0, 2_000));
  for (const desk of desks) occupy(world, desk);
  if (profile.copies !== null) planCopy(world, world.random.pick(desks), profile.copies);
  often(world, 'the centre crashes', profile.centreCrashes, () => crashCentre(world));
  if (profile.restores !== null) {
    server.backup();
    often(world, 'a backup', profile.restores, () => server.backup());
    often(world, 'the centre is lost', profile.restores * 2, () => restoreCentre(world));
  }
  often(world, 'somebody with psql', profile.administrator, () => administer(world));
  timeline.after(profile.span, 'the storm ends', () => calm(world));
};

/** Everything that was wrong is put right; from here on the clinic must come to rest by itself. */
const calm = (world: World) => {
  const { server, desks } = world;
  world.stormy = false;
  if (!server.up) server.restart();
  for (const device of server.model.state.devices.values()) device.suspended = false;
  for (const desk of desks) {
    desk.online = true;
    desk.trouble = 'none';
    desk.dieAfter(Number.POSITIVE_INFINITY, 'kill');
    if (desk.life === null) comeBack(world, desk, 1_000);
  }
};
