import { rmSync } from 'node:fs';
import { Died, installBoundaries } from './boundary.ts';
import { chaosFolder, createClinic } from './clinic.ts';
import { runSeed } from './run.ts';

process.on('unhandledRejection', (e) => {
  if (!(e instanceof Died)) {
    console.error('UNHANDLED', e);
    process.exit(1);
  }
});
installBoundaries();
const folder = chaosFolder();
const clinic = await createClinic(folder);
const [from, to, keep] = process.argv.slice(2).map(Number) as [number, number, number];
const t = performance.now();
let steps = 0,
  n = 0,
  muts = 0,
  bad = 0,
  rest = 0;
for (let s = from; s <= to; s++) {
  let o;
  try {
    o = await runSeed(s, clinic, folder, { keep: keep || 0 });
  } catch (e) {
    console.log(s, 'THREW', e);
    bad++;
    if (bad > 5) break;
    continue;
  }
  steps += o.steps;
  n++;
  muts += o.mutations;
  rest += o.rest;
  if (o.oracle) {
    bad++;
    console.log(s, o.message, o.steps);
    if (keep) console.log(o.log.join('\n'));
    if (bad > 15) break;
  } else if (keep) console.log(o.log.join('\n'));
}
console.log({
  n,
  perSeed: (performance.now() - t) / n,
  steps: steps / n,
  muts: muts / n,
  rest: rest / n,
  bad,
});
rmSync(folder, { recursive: true });
