import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { GlassOpening } from '#shared/contract/chart.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { roles } from '#shared/contract/permissions.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findOpening, type OpeningRow, openingsToReview, reviewedOpenings } from './review-repository.ts';

/** More than anybody looks through at once. */
const most = 200;

const views = (reader: LocalReader, rows: readonly OpeningRow[]): GlassOpening[] => {
  const uncertain = reader.uncertain(
    'break_glass',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id as PatientId,
    patientName: fullName({ family: row.patient_family, given: row.patient_given }),
    patientMrn: row.patient_mrn,
    accountName: row.account_name,
    role: roles.find((role) => role === row.account_role) ?? null,
    reason: row.reason,
    startedAt: row.started_at,
    untilAt: row.until_at,
    review:
      row.reviewed_at === null ? null : { at: row.reviewed_at, by: row.reviewer_name, note: row.review_note },
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** What was looked at longer ago is history: 400 days. */
const lookedBack = 400 * 86_400_000;

export const openings = (
  { store, clock }: FeatureDeps,
  { reviewed }: Parsed<'chart.openings'>,
): Output<'chart.openings'> => {
  const rows = reviewed
    ? reviewedOpenings(store, instant(clock.now() - lookedBack), most + 1)
    : openingsToReview(store, instant(0), most + 1);
  return { openings: views(store, rows.slice(0, most)), more: rows.length > most };
};

/** Writes down that an opening was looked at; once, so that nobody's judgement is replaced by another's. */
export const review = (
  deps: FeatureDeps,
  { id, note }: Parsed<'chart.review'>,
  { user }: Connection,
): Result<GlassOpening> => {
  const row = findOpening(deps.store, id);
  if (row === undefined || user === null) return fail('not-found');
  if (row.reviewed_at !== null) return fail('changed-meanwhile');
  deps.store.mutate({ kind: 'chart.review', user: user.id }, (writer) =>
    writer.update('break_glass', id, {
      reviewed_at: instant(deps.clock.now()),
      reviewed_by: user.id,
      review_note: note || null,
    }),
  );
  deps.engine.wake();
  const after = findOpening(deps.store, id);
  const [view] = after === undefined ? [] : views(deps.store, [after]);
  return view === undefined ? fail('not-found') : ok(view);
};
