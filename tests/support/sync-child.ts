/**
 * A workstation's process for tests that end it in the middle of its work. Arguments: what to do, the data folder, the
 * key in hexadecimal, the centre's URL, and where in a first copy it ends itself with SIGKILL: the phase (or any later one) and how far in
 * it. Each line on standard output is something that has really happened.
 */
import { connectCentre } from '#main/data/central/client.ts';
import { openLocal } from '#main/data/local/open.ts';
import { checkpointsInWorker, copyInWorker } from '#main/sync/copy-in-worker.ts';
import { startSync } from '#main/sync/engine.ts';
import { somePatient } from './sync-local.ts';

const [work, folder = '', key = '', url = '', lastPhase = '', lastRow = ''] = process.argv.slice(2);
const phases = ['copying', 'indexing', 'catching-up', 'history'];
const say = (line: string) => process.stdout.write(`${line}\n`);
const local = openLocal({ folder, key: Buffer.from(key, 'hex') });

/** Registers patients one after the other and says each number after its commit. */
const write = () => {
  const row = somePatient({ mrn: `CHILD-${local.replica.state().last_n}`, address_line: 'x'.repeat(500) });
  const { n } = local.store.mutate({ kind: 'patient.register', user: null }, (writer) => {
    writer.insert('patient', row);
    writer.update('patient', row.id, { city: 'Lyon' });
  });
  say(`${n} ${row.id}`);
  setImmediate(write);
};

say('open');
if (work === 'write') write();
if (work === 'sync' || work === 'copy') {
  const access = { folder, key: Buffer.from(key, 'hex'), source: url };
  const engine = startSync({
    local,
    centre: () => connectCentre(url),
    app: 'child',
    copier: copyInWorker(access),
    checkpoints: checkpointsInWorker(access),
  });
  engine.onStatus(({ bootstrap }) => {
    if (work !== 'copy') return;
    const phase = bootstrap === null ? phases.length : phases.indexOf(bootstrap.phase);
    const wanted = phases.indexOf(lastPhase);
    if (bootstrap === null && local.replica.state().phase !== 'ready') return;
    if (phase > wanted || (phase === wanted && (bootstrap?.rows ?? 0) >= Number(lastRow))) {
      process.kill(process.pid, 'SIGKILL');
    }
  });
  local.onChanged(() => engine.wake());
  if (work === 'sync') write();
}
