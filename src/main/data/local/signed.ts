import type { Statements } from './statements.ts';

/**
 * Lets `work` bring rows to what the centre says, the versions of signed notes and prescriptions among them, inside the caller's
 * transaction: they come, go with their chart and are put right by the synchronisation alone. Everything else that would change
 * or delete one is refused by SQLite itself (0232_signed). Where `work` throws, the transaction is rolled back, and this with it.
 */
export const asReplica = <T>({ run }: Pick<Statements, 'run'>, work: () => T): T => {
  const isOuter = run('INSERT INTO replica_write (one) VALUES (1) ON CONFLICT DO NOTHING') === 1;
  const value = work();
  if (isOuter) run('DELETE FROM replica_write');
  return value;
};
