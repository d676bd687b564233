import { live, startDesk, until } from './centre.ts';

export interface ArrivalTask {
  readonly url: string;
}

/** The first word says that it is watching; each later one names the newest patient and when it was seen, in nanoseconds of the machine's own clock. */
export type ArrivalWord = { readonly id: string; readonly at: string } | 'live';

const say = (word: ArrivalWord): void => {
  process.send?.(word);
};

const { url } = JSON.parse(process.argv[2] ?? '') as ArrivalTask;
const desk = startDesk(url);
await until(desk.engine, live);
const newest = desk.local.db.prepare('SELECT id FROM patient ORDER BY rowid DESC LIMIT 1');
const stop = desk.local.onChanged(() => {
  const row = newest.get() as { id: string } | undefined;
  if (row !== undefined) say({ id: row.id, at: String(process.hrtime.bigint()) });
});
process.once('message', async () => {
  stop();
  await desk.stop();
  process.disconnect();
});
say('live');
