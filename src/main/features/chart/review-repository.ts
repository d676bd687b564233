import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type OpeningRow = LocalRowOf<'break_glass'> & {
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
  readonly account_name: string;
  readonly account_role: string;
  readonly reviewer_name: string | null;
};

// Cross joins: the opening by its index first, then the rest by id.
const shown = localDb
  .selectFrom('break_glass as b')
  .crossJoin('patient as p')
  .crossJoin('staff_account as s')
  .leftJoin('staff_account as r', 'r.id', 'b.reviewed_by')
  .whereRef('p.id', '=', 'b.patient_id')
  .whereRef('s.id', '=', 'b.account_id')
  .selectAll('b')
  .select([
    'p.family as patient_family',
    'p.given as patient_given',
    'p.mrn as patient_mrn',
    's.display_name as account_name',
    's.role as account_role',
    'r.display_name as reviewer_name',
  ]);

/** Openings since an instant that nobody has looked at, the oldest first. */
export const openingsToReview = (reader: LocalReader, since: string, limit: number): readonly OpeningRow[] =>
  reader.all<OpeningRow>(
    shown
      .where('b.reviewed_at', 'is', null)
      .where('b.started_at', '>=', since)
      .orderBy('b.started_at')
      .limit(limit),
  );

/** Openings since an instant that somebody has looked at, the latest first. */
export const reviewedOpenings = (reader: LocalReader, since: string, limit: number): readonly OpeningRow[] =>
  reader.all<OpeningRow>(
    shown
      .where('b.reviewed_at', 'is not', null)
      .where('b.started_at', '>=', since)
      .orderBy('b.started_at', 'desc')
      .limit(limit),
  );

export const findOpening = (reader: LocalReader, id: string): OpeningRow | undefined =>
  reader.get<OpeningRow>(shown.where('b.id', '=', id));
