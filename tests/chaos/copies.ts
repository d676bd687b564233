import { LocalError } from '#main/data/local/error.ts';
import { Died } from './boundary.ts';
import type { SimDesk } from './desk.ts';
import { newUuid } from './random.ts';
import type { Image } from './watch.ts';
import { comeBack, type World } from './world.ts';

/** Two computers on copies of one data folder, and a folder that is set back to an older copy of itself. */

const isDiskError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');

/** Ends a workstation in order and goes on with `then`; where it ends otherwise on the way, that counts as well. */
export const switchOff = (desk: SimDesk, then: () => void): void => {
  void desk.shutDown().then(then, (error) => {
    if (!(error instanceof Died || error instanceof LocalError || isDiskError(error))) throw error;
    then();
  });
};

/** An administrator gives a workstation that has stopped as a copy a login of its own. */
const enrolAnew = (world: World, desk: SimDesk) => {
  const { server, random } = world;
  const before = server.model.state.devices.get(desk.login);
  if (!server.up || desk.life === null) return;
  const device = server.model.enrol(`${desk.name} anew`, newUuid(random));
  if (before !== undefined && random.chance(0.7)) {
    device.scope = before.scope;
    device.location = before.location;
    device.role = before.role;
  }
  desk.enrol(device);
  world.happened('enrolled anew');
  switchOff(desk, () => {
    if (desk.life === null) comeBack(world, desk, random.between(500, 10_000));
  });
};

/** Somebody looks at these workstations now and again, also when all faults are over. */
const attend = (world: World, desks: readonly SimDesk[]) => {
  const { timeline, random, profile } = world;
  const noticed = new Set<SimDesk>();
  const look = () => {
    for (const desk of desks) {
      if (noticed.has(desk) || !desk.stopped) continue;
      noticed.add(desk);
      world.happened('stopped as a copy');
      if (!profile.enrolsAnew) continue;
      timeline.after(random.between(1_000, 30_000), `${desk.name} is enrolled anew`, () => {
        noticed.delete(desk);
        if (desk.stopped) enrolAnew(world, desk);
      });
    }
    timeline.after(5_000, 'somebody looks after the copies', look);
  };
  look();
};

/** Another computer is switched on with a copy of the folder, under the same login. */
const startTwin = (world: World, desk: SimDesk, image: Image, folder: string): SimDesk => {
  const device = world.server.model.state.devices.get(desk.login);
  const twin = world.addDesk(`${desk.name}t`, { no: desk.login, id: device?.id ?? '' }, folder);
  twin.clockOffset = desk.clockOffset;
  world.watch.began(twin, image);
  world.happened('a twin starts');
  comeBack(world, twin, world.random.between(0, 20_000));
  return twin;
};

/** The folder is set back to the copy, or the database alone is and the outbox's mirror tells of the rest. */
const setBack = (world: World, desk: SimDesk, image: Image, folder: string) => {
  const databaseAlone = !desk.looseEndLost && world.random.chance(0.3);
  desk.putBack(folder, databaseAlone);
  world.timeline.note(`${desk.name} is set back, ${databaseAlone ? 'its database alone' : 'whole'}`);
  world.happened(databaseAlone ? 'a database set back' : 'a folder set back');
  world.watch.putBack(desk, databaseAlone ? null : image);
};

/** Copies a workstation's folder; a while later the copy is used. `occupy` puts people in front of a workstation. */
export const copyFolder = (world: World, desk: SimDesk, occupy: (desk: SimDesk) => void): void => {
  const { timeline, random, profile, watch } = world;
  // What such a folder holds is not certain yet, and the copy may be damaged before it is ever opened.
  if (desk.life === null && desk.looseEndLost) return;
  const folder = world.place(`${desk.name}-copy`);
  desk.copyTo(folder);
  const image = watch.copied(desk);
  timeline.note(`${desk.name} is copied`);
  if (!profile.putsBack) {
    const twin = startTwin(world, desk, image, folder);
    occupy(twin);
    attend(world, [desk, twin]);
    return;
  }
  timeline.after(random.between(5_000, 40_000), `${desk.name} is set back`, () => {
    if (!world.stormy) return;
    desk.die('kill');
    setBack(world, desk, image, folder);
    comeBack(world, desk, random.between(0, 5_000));
    attend(world, [desk]);
  });
};
