import type { LocalWriter } from '#main/data/local/store.ts';
import { answerTo, type Override } from '#shared/domain/prescribing/override.ts';
import { type Finding, issueOf } from '#shared/domain/safety/finding.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { placed } from './chains.ts';
import type { PrescribingDeps } from './deps.ts';
import { doseOf, type ReadLine, storedDose, storedMedicine } from './lines.ts';
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
): readonly (readonly Finding[])[] => {
  const without = lines.flatMap((line) => answered(deps, line));
  return lines.map((line, index) =>
    deps.safetyOf({
      patientId,
      medicine: line.medicine,
      dose: doseOf(line),
      without,
      besides: lines.flatMap(({ medicine }, at) =>
        at === index ? [] : [{ id: `line ${at}`, name: medicine.name, ingredients: medicine.ingredients }],
      ),
    }),
  );
};

/** What the checks say by now of a version that holds. */
export const checkStored = (deps: PrescribingDeps, row: PrescriptionRow): readonly Finding[] =>
  deps.safetyOf({
    patientId: row.patient_id,
    medicine: storedMedicine(deps.store, row),
    dose: storedDose(row),
    without: [row.id],
    besides: [],
  });

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
