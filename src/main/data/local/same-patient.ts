import { type RawBuilder, sql } from 'kysely';
import { localDb } from './query.ts';
import type { LocalReader } from './store.ts';

const family = (first: string): string => `WITH RECURSIVE family (id) AS (
  ${first}
  UNION SELECT p.merged_into FROM family JOIN patient p ON p.id = family.id WHERE p.merged_into IS NOT NULL
  UNION SELECT p.id FROM family JOIN patient p ON p.merged_into = family.id
)`;

/** `family (id)`: the record whose id is bound and all it is merged with, in either direction. */
export const familySql = family('VALUES (?)');

/**
 * The ids of all records of one person, for `in`: what was written for a merged record is read with the one that goes on.
 * @example query.where('a.patient_id', 'in', samePatient(id))
 */
export const samePatient = (id: string): RawBuilder<string> => {
  const [before = '', after = ''] = family('VALUES (\u0000)').split('\u0000');
  return sql<string>`(${sql.raw(before)}${id}${sql.raw(after)} SELECT id FROM family)`;
};

/** The ids of all records of one person, the given one among them. */
export const recordsOf = (reader: LocalReader, id: string): ReadonlySet<string> => {
  const records = sql<{ readonly id: string }>`${samePatient(id)}`.as('records');
  return new Set(reader.all(localDb.selectFrom(records).select('records.id')).map((row) => row.id));
};
