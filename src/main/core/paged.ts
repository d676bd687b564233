import { type SelectQueryBuilder, sql } from 'kysely';

/** Where a page that goes back in time ends: a moment and an id, as a row has them. */
export interface PageEnd {
  readonly at: string;
  readonly id: string;
}

/** What a page is asked by: the `next` of the page before it, and how many rows of it are shown. */
export interface PageAsked {
  readonly before: string | null;
  readonly limit: number;
}

/** The place a caller was given; anything else is before everything. */
export const pageEndOf = (before: string | null): PageEnd | null => {
  if (before === null) return null;
  const [at = '', id = ''] = before.split('|');
  return { at, id };
};

/** `(at, id)` before the end of the page before, for `where`; the columns as the query names them. */
export const beforeEnd = (at: string, id: string, { at: last, id: lastId }: PageEnd) =>
  sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) < (${last}, ${lastId})`;

/**
 * The rows of `some` that begin after a page, the latest first, one more than is shown: what comes after them is known by it. Both columns
 * as the query names them.
 * @example reader.all(pageBack(conditions(patientId), 'recorded_at', 'id', asked))
 */
export const pageBack = <DB, TB extends keyof DB, O>(
  some: SelectQueryBuilder<DB, TB, O>,
  at: string,
  id: string,
  { before, limit }: PageAsked,
): SelectQueryBuilder<DB, TB, O> => {
  const end = pageEndOf(before);
  return (end === null ? some : some.where(beforeEnd(at, id, end)))
    .orderBy(sql.ref(at), 'desc')
    .orderBy(sql.ref(id), 'desc')
    .limit(limit + 1);
};

/** The rows of a page out of one more than it shows, and where the next one begins. */
export const pageOf = <R>(
  rows: readonly R[],
  limit: number,
  endOf: (row: R) => PageEnd,
): { readonly rows: readonly R[]; readonly next: string | null } => {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const end = last === undefined ? null : endOf(last);
  return { rows: rows.slice(0, limit), next: end === null ? null : `${end.at}|${end.id}` };
};
