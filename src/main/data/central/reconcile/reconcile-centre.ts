import type pg from 'pg';
import type { Books, Violation } from '#shared/domain/billing/books.ts';
import { reconcile, statements } from '#shared/domain/billing/statements.ts';
import { withAdmin } from '../admin-connection.ts';
import { atOneMoment } from '../ledger/check-centre.ts';
import { createProblems } from '../ledger/check-chain.ts';
import { requireMigrated } from '../migrated.ts';
import { patientBooks, seriesBooks, tillBooks } from './read-books.ts';
import { stockProblems, stockStatements } from './read-stock.ts';

/** The tables of money that were read, and how many rows of each. */
export const countedTables = ['invoice', 'invoice_line', 'payment', 'till_session', 'till_event'] as const;
export type Counts = Readonly<Record<(typeof countedTables)[number], number>>;

export interface Reconciled {
  readonly counts: Counts;
  /** What was stated, with how often it does not hold, and the first of those in words. They hold ids and amounts. */
  readonly statements: readonly {
    readonly name: string;
    readonly violations: number;
    readonly problems: readonly string[];
  }[];
  readonly seconds: number;
}

const complete = 'every row is of a patient or a session that is there';

/** A violation, of the stock room's movements too. */
interface Found extends Omit<Violation, 'table'> {
  readonly table: Violation['table'] | 'stock_movement';
}

const createTally = () => {
  const counts = { invoice: 0, invoice_line: 0, payment: 0, till_session: 0, till_event: 0 };
  const found = new Map(
    [...[...statements, ...stockStatements].map(({ name }) => name), complete].map((name) => [
      name,
      { violations: 0, problems: createProblems() },
    ]),
  );
  const add = ({ statement, table, id, found: what }: Found): void => {
    const entry = found.get(statement);
    if (entry === undefined) return;
    entry.violations += 1;
    entry.problems.add(`${id === '' ? table : `${table} ${id}`}: ${what}`);
  };
  return {
    counts,
    add,
    look: (books: Books): void => {
      counts.invoice += books.invoices.length;
      counts.invoice_line += books.lines.length;
      counts.payment += books.payments.length;
      counts.till_session += books.sessions.length;
      // The opening is the session itself.
      counts.till_event += books.sessions.reduce((sum, { events }) => sum + events.length - 1, 0);
      reconcile(books).forEach(add);
    },
    all: (): Reconciled['statements'] =>
      [...found].map(([name, { violations, problems }]) => ({ name, violations, problems: problems.all() })),
  };
};

const lookAtAll = async (client: pg.ClientBase, page: number): Promise<Omit<Reconciled, 'seconds'>> => {
  const tally = createTally();
  for (const read of [patientBooks, tillBooks, seriesBooks])
    for await (const books of read(client, page)) tally.look(books);
  for (const statement of stockStatements)
    for (const problem of await stockProblems(client, statement))
      tally.add({ statement: statement.name, table: 'stock_movement', ...problem });
  for (const table of countedTables) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::integer as n from clinichub.${table}`,
    );
    const missed = (rows[0]?.n ?? 0) - tally.counts[table];
    if (missed !== 0)
      tally.add({ statement: complete, table, id: '', found: `${missed} rows are of nobody that is there` });
  }
  return { counts: tally.counts, statements: tally.all() };
};

/**
 * Holds the statements of billing against the centre at `url` as it is at one moment, a part at a time, while workstations go on.
 * Changes nothing. `page`: how many patients, sessions or numbers are read together. Throws a {@link CentreAdminError}.
 */
export const reconcileCentre = (url: string, page = 500): Promise<Reconciled> =>
  withAdmin(url, async (client) => {
    const from = performance.now();
    await requireMigrated(client);
    const found = await atOneMoment(client, () => lookAtAll(client, page));
    return { ...found, seconds: (performance.now() - from) / 1000 };
  });
