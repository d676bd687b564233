import { setImmediate as turn } from 'node:timers/promises';
import { againstFloor, type Bench, median } from './measure.ts';
import {
  bareDatabase,
  bareInsert,
  cipher,
  localWithPatients,
  removeFolder,
  temporaryFolder,
} from './support/local.ts';
import { person } from './support/people.ts';

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/**
 * One local write with its base image, outbox entry and mirror record, durable, against a bare durable insert. Runs
 * alternate so that the disk's mood hits both; in between the event loop has its turn, as the mirror's sync needs.
 */
export const commit: Bench = async ({ rows }) => {
  const runs = rows ?? 1000;
  const { local, remove } = localWithPatients(10_000);
  const folder = temporaryFolder();
  const bare = bareDatabase(folder);
  const insert = bareInsert(bare);
  const ours: number[] = [];
  const floor: number[] = [];
  try {
    for (let i = 0; i < runs + 50; i += 1) {
      const row = person(20_000 + i);
      const mine = timed(() =>
        local.store.mutate({ kind: 'bench', user: null }, (writer) => writer.insert('patient', row)),
      );
      await turn();
      const least = timed(() => insert.run(...Object.values(row)));
      if (i >= 50) {
        ours.push(mine);
        floor.push(least);
      }
    }
  } finally {
    bare.close();
    removeFolder(folder);
    remove();
  }
  return [
    againstFloor(
      {
        bench: 'commit',
        metric: 'write',
        value: median(ours),
        unit: 'ms',
        floor: median(floor),
        cipher,
        runs,
      },
      { atMost: 2 },
    ),
  ];
};
