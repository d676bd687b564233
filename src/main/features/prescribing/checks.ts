import type { LocalWriter } from '#main/data/local/store.ts';
import { answerTo, type Override } from '#shared/domain/prescribing/override.ts';
import { parseRoute } from '#shared/domain/prescribing/routes.ts';
import { type Finding, issueOf } from '#shared/domain/safety/finding.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { placed } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import { type ReadLine, safetyDraft } from './lines.ts';
import type { PrescriptionRow } from './repository.ts';

/** The versions of the prescription a line answers: they go when it comes. */
const answered = (deps: PrescribingDeps, { answers }: ReadLine): readonly string[] => {
  const found = answers === null ? null : placed(deps.store, answers.id);
  return found?.ok ? found.value.chain.versions.map(({ id }) => id) : [];
};

/** What the checks say of each line, with the other lines as medicines the patient is to take as well. */
export const checkLines = (
  deps: PrescribingDeps,
  patientId: string,
  lines: readonly ReadLine[],
): Result<readonly (readonly Finding[])[]> => {
  const excludes = lines.flatMap((line) => answered(deps, line));
  const found: (readonly Finding[])[] = [];
  for (const [index, line] of lines.entries()) {
    const besides = lines
      .filter((_, at) => at !== index)
      .map(({ medicine, route }, at) => ({
        id: `line ${at}`,
        name: medicine.name,
        ingredients: medicine.ingredients,
        route: route === null ? null : (parseRoute(route) ?? route),
      }));
    const answer = deps.safety.check(patientId, safetyDraft(line), excludes, besides);
    if (!answer.ok) return answer;
    found.push(answer.value.findings);
  }
  return ok(found);
};

/** What the checks say by now of a version that holds and is active. */
export const checkStored = (deps: PrescribingDeps, row: PrescriptionRow): Result<readonly Finding[]> => {
  const again = deps.safety.recheck(row.patient_id);
  if (!again.ok) return again;
  const own = again.value.prescriptions.find(({ prescriptionId }) => prescriptionId === row.id);
  return own === undefined ? fail('changed-meanwhile') : ok(own.findings);
};

/** As much of the findings as fits the column; the rows of `detected_issue` have the rest. */
const mostKept = 100;

/** What was checked, against which data, and what came of it: kept with the version that was signed. */
export const checkedText = (findings: readonly Finding[], at: string): string =>
  JSON.stringify({
    at,
    dataset: findings.find(({ dataset }) => dataset !== null)?.dataset ?? null,
    findings: findings.slice(0, mostKept).map(({ check, status, severity, reason, subject }) => ({
      check,
      status,
      severity,
      reason,
      subject: subject.slice(0, 80),
    })),
  });

/** Who answers for what was found. */
export interface Answering {
  readonly accountId: string;
  readonly practitionerId: string | null;
  readonly overrides: readonly Override[];
}

/** Writes down what was found, what was not checked and why somebody went on all the same. */
export const recordIssues = (
  deps: PrescribingDeps,
  writer: LocalWriter,
  about: { readonly patientId: string; readonly prescriptionId: string; readonly line: number },
  findings: readonly Finding[],
  { accountId, practitionerId, overrides }: Answering,
): void => {
  const at = instant(deps.clock.now());
  for (const finding of findings) {
    if (finding.status === 'ok') continue;
    const answer = finding.status === 'warning' ? answerTo(overrides, about.line, finding) : undefined;
    const shown = finding.status === 'warning' ? 'shown' : 'not-checked';
    writer.insert('detected_issue', {
      ...blank('detected_issue'),
      ...issueOf(finding),
      id: deps.newId(),
      patient_id: about.patientId,
      medication_request_id: about.prescriptionId,
      outcome: answer === undefined ? shown : 'overridden',
      reason_code: answer?.reasonCode ?? null,
      reason: answer?.reason || null,
      practitioner_id: practitionerId,
      recorded_at: at,
      recorded_by: accountId,
    });
  }
};
