import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atMost, type Bench, percentile } from './measure.ts';
import { startCentre } from './support/centre.ts';
import { fillAppointments, fillPatients } from './support/fill.ts';
import { cipher } from './support/local.ts';
import type { StallReport, StallTask } from './support/stall-worker.ts';
import { startTicker } from './support/ticker.ts';

const inProcess = async (task: StallTask): Promise<StallReport> => {
  const child = fork(fileURLToPath(new URL('./support/stall-worker.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const [report] = (await once(child, 'message')) as [StallReport];
  await once(child, 'exit');
  return report;
};

/**
 * How long the thread that serves the screens is kept busy while a first copy of `rows` patients and half as many
 * appointments arrives: every millisecond of the time is a key press that might have come.
 */
export const stall: Bench = async ({ rows }) => {
  const patients = rows ?? 100_000;
  const appointments = Math.ceil(patients / 2);
  const centre = await startCentre();
  try {
    await fillPatients(centre, patients);
    await fillAppointments(centre, appointments);
    const url = await centre.enrol('W');
    const idle = startTicker();
    const { copy, history, readyMs, wholeMs } = await inProcess({ url, appointments });
    idle.stop();
    const floor = percentile(idle.take(), 0.99);
    const p99 = percentile([...copy, ...history], 0.99);
    const common = { bench: 'stall', rows: patients, cipher } as const;
    return [
      { ...atMost({ ...common, metric: 'p99', value: p99, unit: 'ms' }, 16), floor, ratio: p99 / floor },
      { ...common, metric: 'p99-copy', value: percentile(copy, 0.99), unit: 'ms', runs: copy.length },
      {
        ...common,
        metric: 'p99-history',
        value: percentile(history, 0.99),
        unit: 'ms',
        runs: history.length,
      },
      { ...common, metric: 'max-copy', value: percentile(copy, 1), unit: 'ms' },
      { ...common, metric: 'max-history', value: percentile(history, 1), unit: 'ms' },
      { ...common, metric: 'desk-works', value: readyMs, unit: 'ms' },
      { ...common, metric: 'all-here', value: wholeMs, unit: 'ms' },
    ];
  } finally {
    await centre.stop();
  }
};
