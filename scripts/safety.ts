import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { ingredientMatcher } from '#shared/domain/safety/matching.ts';

/**
 * `npm run safety -- match medications.csv`: how many prescriptions of a file in Synthea's format the bundled data set can be
 * asked about, and which names it does not know. Reads one column, `DESCRIPTION`, a row at a time.
 */
const usage = 'Usage: npm run safety -- match <medications.csv>';
const mostShown = 20;

interface Tally {
  whole: number;
  partly: number;
  none: number;
  readonly unmatched: Map<string, number>;
}

const read = async (file: string): Promise<Tally> => {
  const match = ingredientMatcher(knowledgeOf(bundledDataset, bundledDataset.facts));
  const tally: Tally = { whole: 0, partly: 0, none: 0, unmatched: new Map() };
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
    const { DESCRIPTION: text } = row as { readonly DESCRIPTION?: string };
    if (text === undefined) throw new Error('The file has no column DESCRIPTION.');
    const { ingredients, unmatched } = match(text);
    if (ingredients.length === 0) tally.none += 1;
    else if (unmatched.length > 0) tally.partly += 1;
    else tally.whole += 1;
    if (unmatched.length > 0) tally.unmatched.set(text, (tally.unmatched.get(text) ?? 0) + 1);
  }
  return tally;
};

const [command, file] = process.argv.slice(2);
if (command !== 'match' || file === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const { whole, partly, none, unmatched } = await read(file);
  console.log(`${bundledDataset.name} ${bundledDataset.version}`);
  console.log(`prescriptions       ${whole + partly + none}`);
  console.log(`matched             ${whole}`);
  console.log(`matched in part     ${partly}`);
  console.log(`not matched         ${none}`);
  for (const [text, count] of [...unmatched].toSorted((a, b) => b[1] - a[1]).slice(0, mostShown))
    console.log(`${String(count).padStart(6)}  ${text}`);
}
