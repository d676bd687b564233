import { live, startDesk, until } from './centre.ts';

export interface WatchTask {
  readonly url: string;
  /** The patient whose arrival ends the watch: mutations arrive in order, so then all are here. */
  readonly last: string;
}

/** `live`: watching. Then when the last one was seen, in nanoseconds of the machine's own clock. */
export type WatchWord = 'live' | { readonly all: string };

const say = (word: WatchWord): void => {
  process.send?.(word);
};

const { url, last } = JSON.parse(process.argv[2] ?? '') as WatchTask;
const desk = startDesk(url);
await until(desk.engine, live);
const seen = desk.local.db.prepare('SELECT count(*) AS n FROM patient WHERE id = ?');
const arrived = new Promise<bigint>((resolve) => {
  const stop = desk.local.onChanged(() => {
    if ((seen.get(last) as { n: number }).n === 0) return;
    stop();
    resolve(process.hrtime.bigint());
  });
});
say('live');
say({ all: String(await arrived) });
await desk.stop();
process.disconnect();
