import { parseArgs } from 'node:util';
import { api } from './api.ts';
import { board } from './board.ts';
import { bootstrap } from './bootstrap.ts';
import { chart } from './chart.ts';
import { commit } from './commit.ts';
import { duplicates } from './duplicates.ts';
import { growth } from './growth.ts';
import { knownAddress } from './known.ts';
import { latency } from './latency.ts';
import { type Bench, type Measure, table } from './measure.ts';
import { push } from './push.ts';
import { search } from './search.ts';
import { slots } from './slots.ts';
import { stall } from './stall.ts';
import { wire } from './wire.ts';

const benches: Readonly<Record<string, Bench>> = {
  bootstrap,
  push,
  latency,
  commit,
  search,
  duplicates,
  slots,
  board,
  chart,
  stall,
  growth,
  wire,
  api,
  known: knownAddress,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, rows: { type: 'string' } },
});
const rows = values.rows === undefined ? undefined : Number(values.rows.replaceAll('_', ''));
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));

if (unknown.length > 0 || (rows !== undefined && !(Number.isInteger(rows) && rows > 0))) {
  process.stderr.write(
    `usage: npm run bench -- [${Object.keys(benches).join('|')}]... [--rows N] [--json]\n`,
  );
  process.exit(2);
}

const all: Measure[] = [];
for (const name of names) {
  const bench = benches[name];
  if (bench === undefined) continue;
  const measures = await bench({ rows });
  all.push(...measures);
  if (values.json) for (const measure of measures) process.stdout.write(`${JSON.stringify(measure)}\n`);
}
if (!values.json) process.stdout.write(`${table(all)}\n`);
