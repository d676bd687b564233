/**
 * One workstation of the real run, as a process that is ended with SIGKILL. Its standard input says `calm` (nobody works any
 * more) and `stop`; each line on its standard output is something that has really happened.
 */
import { createInterface } from 'node:readline';
import { connectCentre } from '#main/data/central/client.ts';
import { LocalError } from '#main/data/local/error.ts';
import { openLocal } from '#main/data/local/open.ts';
import { startSync } from '#main/sync/engine.ts';
import type { ClinicRows } from '../clinic.ts';
import { createRandom } from '../random.ts';
import { nextAct } from '../workload.ts';

const [folder = '', key = '', url = '', seed = '1', rowsText = '{}'] = process.argv.slice(2);
const rows = JSON.parse(rowsText) as ClinicRows;
const random = createRandom(Number(seed));
const say = (line: string) => process.stdout.write(`${line}\n`);
const local = openLocal({ folder, key: Buffer.from(key, 'hex') });
const engine = startSync({
  local,
  app: 'chaos',
  // A half-open connection is given up within the run.
  centre: () => connectCentre(url, { connectTimeout: 2_000, callTimeout: 4_000 }),
});
local.onChanged(() => engine.wake());

const outbox = local.db.prepare('SELECT hash FROM outbox WHERE n = ?').pluck();
let tokens = 0;
let calm = false;

const work = () => {
  if (calm) return;
  if (local.store.ready()) {
    say('ready');
    const token = () => {
      tokens += 1;
      return `${seed}-${process.pid}-${tokens}`;
    };
    const act = nextAct({ look: (read) => read(local) }, { rows, random, token });
    try {
      if (act !== null) {
        const { n } = local.store.mutate({ kind: act.kind, user: act.user }, act.write);
        if (n > 0) say(`ack ${n} ${outbox.get(n)}`);
      }
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
    }
  }
  setTimeout(work, random.between(1, 60));
};

/** Tells, after `calm`, how far it is, until the parent has heard enough. */
const tell = () => {
  const { connection, cursor, problem, bootstrap } = engine.status();
  const waiting = local.db.prepare(`SELECT count(*) FROM outbox WHERE status <> 'parked'`).pluck().get();
  say(`state ${connection} ${cursor} ${waiting} ${bootstrap === null ? 'whole' : 'arriving'} ${problem}`);
};

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'calm') {
    calm = true;
    setInterval(tell, 200).unref();
  }
  if (line === 'stop') {
    engine.stop().then(() => {
      local.close();
      process.exit(0);
    });
  }
});
say('open');
work();
