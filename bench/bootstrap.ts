import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { againstFloor, atMost, type Bench, median } from './measure.ts';
import { startCentre } from './support/centre.ts';
import type { CopyReport, CopyTask } from './support/copy-worker.ts';
import { fillPatients } from './support/fill.ts';
import { cipher } from './support/local.ts';

/** Each copy runs in a process of its own, so that its memory is its own too. */
const inProcess = async (task: CopyTask): Promise<CopyReport> => {
  const child = fork(fileURLToPath(new URL('./support/copy-worker.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const [report] = (await once(child, 'message')) as [CopyReport];
  await once(child, 'exit');
  return report;
};

/** A first copy of N patients with indexes, checks and progress, against COPY and a bare prepared insert of the same rows. */
export const bootstrap: Bench = async ({ rows }) => {
  const count = rows ?? 200_000;
  const runs = count > 300_000 ? 1 : 3;
  const centre = await startCentre();
  const ours: CopyReport[] = [];
  const floor: CopyReport[] = [];
  try {
    await fillPatients(centre, count);
    for (let run = 0; run < runs; run += 1) {
      floor.push(await inProcess({ kind: 'floor', url: centre.url, rows: count }));
      ours.push(await inProcess({ kind: 'workstation', url: await centre.enrol(`W${run}`), rows: count }));
    }
  } finally {
    await centre.stop();
  }
  const rate = (reports: readonly CopyReport[]) => count / (median(reports.map(({ ms }) => ms)) / 1000);
  const common = { bench: 'bootstrap', rows: count, cipher, runs } as const;
  const rss = Math.max(...ours.map(({ rssMegabytes }) => rssMegabytes));
  return [
    againstFloor(
      { ...common, metric: 'throughput', value: rate(ours), unit: 'rows/s', floor: rate(floor) },
      { atLeast: 0.7 },
    ),
    atMost({ ...common, metric: 'rss', value: rss, unit: 'MB' }, 300),
  ];
};
