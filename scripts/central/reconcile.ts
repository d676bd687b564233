import {
  countedTables,
  type Reconciled,
  reconcileCentre,
} from '#main/data/central/reconcile/reconcile-centre.ts';
import type { Command, Outcome } from './command.ts';
import { billMonth } from './demo-month.ts';
import { table } from './table.ts';

const outcome = ({ counts, statements, seconds }: Reconciled): Outcome => {
  const violations = statements.reduce((sum, statement) => sum + statement.violations, 0);
  const rows = statements.map((statement) => [
    statement.name,
    statement.violations === 0 ? 'ok' : `${statement.violations} times not`,
  ]);
  const problems = statements
    .filter((statement) => statement.problems.length > 0)
    .flatMap(({ name, problems: told }) => ['', `${name}: not so`, ...told.map((problem) => `  ${problem}`)]);
  const read = countedTables.map((name) => `${counts[name]} of ${name}`).join(', ');
  const verdict = violations === 0 ? 'Everything adds up' : `${violations} things do not add up`;
  return {
    text: [
      `Rows read: ${read}`,
      '',
      table(['Statement', 'Holds'], rows),
      ...problems,
      '',
      `${verdict}; ${seconds.toFixed(1)} s.`,
    ].join('\n'),
    failed: violations > 0,
  };
};

export const reconcile: Command = {
  name: 'reconcile',
  summary: 'Add up invoices, payments and tills anew; exit status 1 when something does not add up',
  options: {
    demo: {
      type: 'boolean',
      help: 'of a month that is made up, in a database of its own that is removed then',
    },
    seed: { type: 'string', example: '<number>', help: 'another such month' },
  },
  run: async ({ url, flag, number, say }) => {
    if (!flag('demo')) return outcome(await reconcileCentre(url));
    return billMonth(url, number('seed') ?? 1, say, async (demo) => outcome(await reconcileCentre(demo)));
  },
};
