import { live, startDesk, until } from './centre.ts';
import { startTicker } from './ticker.ts';

export interface StallTask {
  readonly url: string;
  /** The centre has so many appointments, of which most are over. */
  readonly appointments: number;
}

/** Delays of a 1 ms timer in this thread, in milliseconds, by what was going on. */
export interface StallReport {
  readonly copy: readonly number[];
  readonly history: readonly number[];
  /** Until the desk works, and until all is here. */
  readonly readyMs: number;
  readonly wholeMs: number;
}

const { url, appointments } = JSON.parse(process.argv[2] ?? '') as StallTask;
const start = performance.now();
const desk = startDesk(url);
const ticker = startTicker();
const { engine, local } = desk;
await until(engine, live);
const readyMs = performance.now() - start;
const copy = ticker.take();
await until(engine, ({ bootstrap }) => bootstrap === null);
const wholeMs = performance.now() - start;
const history = ticker.take();
ticker.stop();
const { n } = local.db.prepare('SELECT count(*) AS n FROM appointment').get() as { n: number };
await desk.stop();
if (n !== appointments) throw new Error(`${n} of ${appointments} appointments arrived`);
process.send?.({ copy, history, readyMs, wholeMs } satisfies StallReport);
process.disconnect();
