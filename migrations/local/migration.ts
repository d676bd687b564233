/** One step of a workstation's schema. Frozen once released: a later step corrects an earlier one. */
export interface LocalMigration {
  /** Rises in tens, so that a fix can be told apart from a feature at a glance. */
  readonly number: number;
  readonly name: string;
  /** Statements in order; they run in one transaction with the note that this step was taken. */
  readonly statements: readonly string[];
}
