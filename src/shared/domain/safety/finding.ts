import { z } from 'zod';
import { severities } from './facts.ts';

/** What is looked at for every prescription. */
export const checks = [
  'allergy-ingredient',
  'allergy-class',
  'cross-reactivity',
  'duplicate-ingredient',
  'duplicate-class',
  'interaction',
  'dose',
  'pregnancy',
  'renal',
] as const;
export type CheckCode = (typeof checks)[number];

export const warningReasons = [
  'allergy-to-ingredient',
  'allergy-text',
  'allergy-to-class',
  'allergy-same-class',
  'cross-reacts',
  'same-ingredient',
  'same-ingredient-other-route',
  'same-class',
  'same-class-other-route',
  'interacts',
  'dose-not-positive',
  'dose-above',
  'dose-far-above',
  'dose-below',
  'day-above',
  'day-far-above',
  'day-below',
  'schedule-too-often',
  'schedule-too-seldom',
  'pregnancy-advice',
  'renal-advice',
] as const;

export const notCheckedReasons = [
  'dataset-missing',
  'dataset-incomplete',
  'free-text-medicine',
  'ingredient-unknown',
  'allergies-not-recorded',
  'allergy-uncoded',
  'allergy-unknown-substance',
  'other-medicine-unknown',
  'no-interaction-facts',
  'no-interaction-facts-route',
  'dose-missing',
  'dose-unreadable',
  'unit-missing',
  'unit-not-comparable',
  'strength-missing',
  'frequency-missing',
  'schedule-not-told',
  'route-missing',
  'no-dose-range',
  'no-dose-range-age',
  'no-dose-range-route',
  'age-unknown',
  'weight-missing',
  'weight-too-old',
  'weight-implausible',
  'sex-unknown',
  'pregnancy-unknown',
  'pregnancy-too-old',
  'no-pregnancy-facts',
  'renal-unknown',
  'renal-too-old',
  'no-renal-facts',
] as const;

export const okReasons = ['nothing-found', 'not-applicable', 'no-allergies', 'no-other-medicines'] as const;

export const Finding = z.object({
  check: z.enum(checks),
  status: z.enum(['ok', 'warning', 'not-checked']),
  severity: z.enum(severities).nullable(),
  /** Whom it is about: an ingredient, another medicine, a substance; empty where it is about the prescription. */
  subject: z.string(),
  reason: z.enum([...warningReasons, ...notCheckedReasons, ...okReasons]),
  /** What the words of the reason are filled with. */
  params: z.record(z.string(), z.string()),
  /** Name and version of the data set it was checked against. */
  dataset: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;
export type Reason = Finding['reason'];

/** The columns of a `detected_issue` that say what was found. */
export interface IssueColumns {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly subject: string;
  readonly detail: string;
  readonly dataset: string | null;
}

/** A finding as a row of `detected_issue` holds it, so that {@link findingOf} gives it back in any language. */
export const issueOf = (finding: Finding): IssueColumns => ({
  code: `${finding.check}:${finding.reason}`,
  severity: finding.severity,
  subject: finding.subject.slice(0, 200) || finding.check,
  detail: JSON.stringify(finding.params).slice(0, 4000),
  dataset: finding.dataset?.slice(0, 200) ?? null,
});

const paramsOf = (detail: string | null): unknown => {
  try {
    return JSON.parse(detail ?? '{}');
  } catch {
    return {};
  }
};

/** The finding a row of `detected_issue` holds; null where another program wrote it. */
export const findingOf = (issue: {
  readonly code: string;
  readonly severity: string | null;
  readonly subject: string;
  readonly detail: string | null;
  readonly dataset: string | null;
  readonly outcome: string;
}): Finding | null => {
  const [check, reason] = issue.code.split(':');
  const found = Finding.safeParse({
    check,
    status: issue.outcome === 'not-checked' ? 'not-checked' : 'warning',
    severity: issue.severity,
    subject: issue.subject,
    reason,
    params: paramsOf(issue.detail),
    dataset: issue.dataset,
  });
  return found.success ? found.data : null;
};
