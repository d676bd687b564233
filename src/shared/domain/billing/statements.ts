import type { Books, Statement, Violation } from './books.ts';
import { invoiceStatements } from './invoice-statements.ts';
import { paymentStatements } from './payment-statements.ts';
import { tillStatements } from './till-statements.ts';

/**
 * What always holds of money: said once for `npm run central -- reconcile`, the property tests and the simulator. Each is true of an
 * empty clinic, and of books that hold everything of some patients, sessions or series.
 */
export const statements: readonly Statement[] = [
  ...invoiceStatements,
  ...paymentStatements,
  ...tillStatements,
];

/** What does not hold of these books. */
export const reconcile = (books: Books): readonly Violation[] =>
  statements.flatMap(({ name, check }) =>
    check(books).map((violation) => ({ statement: name, ...violation })),
  );
