import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { columnsOf } from '#shared/sync/catalogue.ts';
import { live, startDesk, until } from './centre.ts';
import { bareDatabase, bareInsert, removeFolder, temporaryFolder } from './local.ts';

export interface CopyTask {
  readonly kind: 'floor' | 'workstation';
  readonly url: string;
  readonly rows: number;
}

export interface CopyReport {
  readonly ms: number;
  /** The most memory the process ever held. */
  readonly rssMegabytes: number;
}

const page = 5000;

/** Keyset pages by COPY, split at tabs, into a bare table: no check, no second index, nothing to resume. */
const leastCopy = async (url: string, rows: number): Promise<number> => {
  const folder = temporaryFolder();
  const db = bareDatabase(folder);
  db.pragma('synchronous = NORMAL');
  const insert = bareInsert(db);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = columnsOf('patient').map(([name]) => name);
  const insertPage = db.transaction((lines: readonly string[]) => {
    for (const line of lines) insert.run(line.split('\t').map((cell) => (cell === '\\N' ? null : cell)));
  });
  const start = performance.now();
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; done < rows; ) {
    const chunks: Buffer[] = [];
    const query = `copy (select ${columns.join(', ')} from clinichub.patient where id > '${after}' order by id limit ${page}) to stdout`;
    for await (const chunk of client.query(copyTo(query))) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString('utf8').slice(0, -1).split('\n');
    insertPage(lines);
    done += lines.length;
    after = lines.at(-1)?.slice(0, 36) ?? after;
  }
  const ms = performance.now() - start;
  await client.end();
  db.close();
  removeFolder(folder);
  return ms;
};

const wholeCopy = async (url: string, rows: number): Promise<number> => {
  const start = performance.now();
  const desk = startDesk(url);
  await until(desk.engine, live);
  const ms = performance.now() - start;
  const { n } = desk.local.db.prepare('SELECT count(*) AS n FROM patient').get() as { n: number };
  await desk.stop();
  if (n !== rows) throw new Error(`${n} of ${rows} patients arrived`);
  return ms;
};

const task = JSON.parse(process.argv[2] ?? '') as CopyTask;
const ms =
  task.kind === 'floor' ? await leastCopy(task.url, task.rows) : await wholeCopy(task.url, task.rows);
process.send?.({ ms, rssMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies CopyReport);
process.disconnect();
