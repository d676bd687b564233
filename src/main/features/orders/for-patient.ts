import { sql } from 'kysely';
import type { FeatureDeps } from '#main/core/deps.ts';
import { type PageAsked, pageBack, pageOf } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { ResultValue } from '#shared/contract/orders.ts';
import type { PanelReport } from '#shared/contract/panel-records.ts';
import { analyteOfCode, codesOf } from '#shared/domain/orders/catalogue.ts';
import type { ResultRule } from '#shared/domain/panel/release.ts';
import { type ObservationRow, type ReportRow, reportRows, valuesOf } from './repository.ts';
import { reportViews, resultValues, whoseOn } from './view.ts';

/** FHIR's statuses of what is done: nothing preliminary, cancelled or entered in error. */
const done = ['final', 'amended', 'corrected', 'appended'];
const isDone = ({ status }: ObservationRow): boolean => done.includes(status);

type Deps = Pick<FeatureDeps, 'store' | 'home'>;

/** A page of what patients see, and where the next one begins. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * Whether a report is one its patient sees: done, in nobody's place, and, by the rule, looked at. One that another corrects is
 * known to be wrong and never shown, even while the right one still waits for a clinician.
 */
const isShown = (rule: ResultRule) =>
  sql<boolean>`r.status IN (${sql.join(done)})
    AND NOT EXISTS (SELECT 1 FROM diagnostic_report c WHERE c.corrects = r.id)
    ${
      rule === 'acknowledged'
        ? sql`AND EXISTS (SELECT 1 FROM result_acknowledgement k WHERE k.report_id = r.id)`
        : sql``
    }`;

const reportsShown = (patientId: string, rule: ResultRule) =>
  reportRows.where('r.patient_id', 'in', samePatient(patientId)).where(isShown(rule));

/** One report of a person, where they see it. */
export const shownReport = (patientId: string, id: string, rule: ResultRule) =>
  reportsShown(patientId, rule).where('r.id', '=', id);

/** The reports of a person that they see, the newest first. */
export const shownReports = (patientId: string, rule: ResultRule, asked: PageAsked) =>
  pageBack(reportsShown(patientId, rule), 'r.effective_at', 'r.id', asked);

/** Values with one of these codes in reports that are shown, the newest first. */
export const shownValues = (
  patientId: string,
  codes: readonly string[],
  rule: ResultRule,
  asked: PageAsked,
) => {
  const all = localDb
    .selectFrom('observation as o')
    .innerJoin('diagnostic_report as r', 'r.id', 'o.report_id')
    .selectAll('o')
    .where('o.patient_id', 'in', samePatient(patientId))
    .where('o.code', 'in', codes)
    .where('o.status', 'in', done)
    .where(isShown(rule));
  return pageBack(all, 'o.effective_at', 'o.id', asked);
};

const endOf = ({ effective_at: at, id }: { readonly effective_at: string; readonly id: string }) => ({
  at,
  id,
});

/** What was found, and nothing of who was asked, who read it and what was noted. */
const viewsOf = ({ store, home }: Deps, rows: readonly ReportRow[]): PanelReport[] => {
  const stands = new Set(
    valuesOf(
      store,
      rows.map(({ id }) => id),
    )
      .filter(isDone)
      .map(({ id }) => id),
  );
  return reportViews(store, rows, home().timeZone).map((view): PanelReport => {
    const { id, test, display, performer, effectiveAt, flag, conclusion, isCorrection, values } = view;
    const shown = values.filter((value) => stands.has(value.id));
    return { id, test, display, performer, effectiveAt, flag, conclusion, isCorrection, values: shown };
  });
};

/** Results as their patient sees them. */
export const reportsForPatient = (
  deps: Deps,
  patientId: string,
  rule: ResultRule,
  asked: PageAsked,
): Page<PanelReport> => {
  const found = deps.store.all<ReportRow>(shownReports(patientId, rule, asked));
  const { rows, next } = pageOf(found, asked.limit, endOf);
  return { items: viewsOf(deps, rows), next };
};

/** One result as its patient sees it; null where it is not one they see. */
export const reportForPatient = (
  deps: Deps,
  patientId: string,
  id: string,
  rule: ResultRule,
): PanelReport | null => {
  const row = deps.store.get<ReportRow>(shownReport(patientId, id, rule));
  return row === undefined ? null : (viewsOf(deps, [row])[0] ?? null);
};

/** One kind of value over time, as its patient sees it. */
export const valuesForPatient = (
  { store, home }: Deps,
  patientId: string,
  code: string,
  rule: ResultRule,
  asked: PageAsked,
): Page<ResultValue & { readonly effectiveAt: string }> => {
  const analyte = analyteOfCode(code);
  const codes = analyte === undefined ? [code] : codesOf(analyte);
  const found = store.all<ObservationRow>(shownValues(patientId, codes, rule, asked));
  const { rows, next } = pageOf(found, asked.limit, endOf);
  const whose = whoseOn(store, patientId, home().timeZone);
  const values = resultValues(store, rows, (row) => whose(row.effective_at));
  return { items: values.map(({ row, ...value }) => ({ ...value, effectiveAt: row.effective_at })), next };
};
