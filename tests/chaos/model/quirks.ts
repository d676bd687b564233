import type { TableName } from '#shared/sync/catalogue.ts';

/**
 * Ways in which a model centre can be told to be wrong, to see that the oracles notice. A centre without quirks is the
 * one the conformance test holds against PostgreSQL.
 */
export interface Quirks {
  /** A mutation that came before is applied once more. */
  readonly forgetsNumbers?: boolean;
  /** A number that came with another hash gets the stored verdict. */
  readonly trustsClones?: boolean;
  /** Whether a change made without knowing of another's loses to it. */
  readonly loses?: (write: {
    readonly at: string;
    readonly tbl: TableName;
    readonly pk: string;
    readonly column: string;
  }) => boolean;
  /** What was written, for a centre that compares the clocks of workstations. */
  readonly wrote?: (write: {
    readonly at: string;
    readonly tbl: TableName;
    readonly pk: string;
    readonly columns: readonly string[];
  }) => void;
  /** The losing value of a merge is thrown away. */
  readonly forgetsLosers?: boolean;
  /** Each change of a mutation is a transaction of its own. */
  readonly splitsGroups?: boolean;
  /** The answer to a push, and the word that it is backed up, leave before it is on the disk. */
  readonly answersBeforeCommit?: boolean;
  /** A greeting is not compared with the ledger. */
  readonly trustsCursors?: boolean;
  /** Numbers are taken when a transaction begins, and a reader may pass by one that has not ended. */
  readonly numbersAtBegin?: boolean;
  /** A pull brings every change, whoever holds the patient. */
  readonly sendsEverything?: boolean;
  /** A suspended workstation is answered all the same. */
  readonly servesSuspended?: boolean;
}
