import { catchBugs, caughtTable, runSeeds } from './campaign.ts';
import { createPool } from './pool.ts';

const [what, a, b] = process.argv.slice(2);
const pool = await createPool();
const t = performance.now();
if (what === 'bugs') console.log(caughtTable(await catchBugs(pool, Number(a), b ?? '')));
else {
  let bad = 0;
  const o = await runSeeds(
    pool,
    Number(a),
    Number(b),
    (x) => {
      if (x.oracle && bad++ < 12) console.log(x.seed, x.message);
    },
    12,
  );
  console.log(o.length, 'seeds', ((performance.now() - t) / o.length).toFixed(1), 'ms each');
}
console.log(((performance.now() - t) / 1000).toFixed(1), 's');
await pool.close();
