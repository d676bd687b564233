import { describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { queriesReading, reads } from './reads.ts';

describe('reads', () => {
  it('names every query of the contract and no command', () => {
    const queries = Object.entries(contract)
      .filter(([, call]) => call.kind === 'query')
      .map(([name]) => name);
    expect(Object.keys(reads).sort()).toEqual(queries.sort());
  });

  it('finds the queries that a change of a table makes old', () => {
    expect(queriesReading(['task'])).toEqual(expect.arrayContaining(['sync.outbox', 'appointments.tasks']));
    expect(queriesReading(['audit_event'])).toEqual([]);
    expect(queriesReading(['patient'])).toContain('patients.search');
  });
});
