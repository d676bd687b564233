/** The invariants, as docs/sync-protocol.md numbers them. */
export const oracleNames = {
  I1: 'what was acknowledged has one effect or verdict, exactly once',
  I2: 'groups are atomic on both sides',
  I3: 'seq is dense, the cursor never goes back',
  I4: 'a replica equals the rows of the centre in its scope',
  I5: 'a user always sees own pending work',
  I6: 'no clinical value vanishes without a history row',
  I7: 'foreign keys hold at every visible instant',
  I8: 'nothing outside scope, nothing after revocation',
  I9: 'when faults stop, all is quiet within a bound',
  I10: 'the file is sound after any crash',
  I11: 'the result does not depend on device clocks',
} as const;

export type OracleName = keyof typeof oracleNames;

/** What an oracle saw that must not be. */
export class Violation extends Error {
  readonly oracle: OracleName;

  constructor(oracle: OracleName, message: string) {
    super(`${oracle} (${oracleNames[oracle]}): ${message}`);
    this.name = 'Violation';
    this.oracle = oracle;
  }
}
