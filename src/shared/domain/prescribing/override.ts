/** Why somebody prescribes all the same; `other` says it in words. */
export const overrideReasons = [
  'tolerated-before',
  'no-alternative',
  'benefit-outweighs',
  'doubtful-record',
  'dose-intended',
  'will-monitor',
  'specialist-advice',
  'other',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** The part of a finding that tells it from the others of a prescription. */
export interface FindingName {
  readonly check: string;
  readonly reason: string;
  readonly subject: string;
}

/** One name for a finding, the same each time it is found. */
export const findingKey = ({ check, reason, subject }: FindingName): string =>
  JSON.stringify([check, reason, subject]);

/** An answer to one finding of one line. */
export interface Override {
  readonly line: number;
  readonly finding: string;
  readonly reasonCode: OverrideReason;
  readonly reason: string;
}

interface Weighed extends FindingName {
  readonly status: string;
  readonly severity: string | null;
}

/** Whether a finding stands in the way until a doctor has said why it does not. */
export const isGrave = ({ status, severity }: Weighed): boolean =>
  status === 'warning' && severity === 'high';

/** The answer to a finding; without words `other` is none. */
export const answerTo = (
  overrides: readonly Override[],
  line: number,
  finding: FindingName,
): Override | undefined =>
  overrides.find(
    (one) =>
      one.line === line &&
      one.finding === findingKey(finding) &&
      (one.reasonCode !== 'other' || one.reason.trim() !== ''),
  );

/** The grave findings nobody has answered, with their line. */
export const unanswered = <F extends Weighed>(
  lines: readonly (readonly F[])[],
  overrides: readonly Override[],
): readonly { readonly line: number; readonly finding: F }[] =>
  lines.flatMap((findings, line) =>
    findings
      .filter((finding) => isGrave(finding) && answerTo(overrides, line, finding) === undefined)
      .map((finding) => ({ line, finding })),
  );

/** Names a finding as rows of `detected_issue` hold it, which keep no empty subject. */
export const issueName = ({ code, subject }: { readonly code: string; readonly subject: string }): string =>
  `${code} ${subject}`;
