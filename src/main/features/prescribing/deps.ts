import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { CheckedAgain, PrescriptionDraft, SafetyAnswer } from '#shared/contract/safety.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { OtherPrescription } from '#shared/domain/safety/prescription.ts';
import type { Result } from '#shared/kernel/result.ts';

/** What the checks of prescriptions offer. */
interface SafetyChecks {
  /** `excludes`: versions it takes the place of; `besides`: what is prescribed in the same moment. */
  check(
    patientId: string,
    draft: PrescriptionDraft,
    excludes: readonly string[],
    besides: readonly OtherPrescription[],
  ): Result<SafetyAnswer>;
  /** Each active prescription against what is known now. */
  recheck(patientId: string): Result<{ readonly prescriptions: readonly CheckedAgain[] }>;
}

/** Who reads what waits for doctors. */
interface Inboxes {
  /** The signed-in practitioner first, then those who are away and have given what waits for them to this one. */
  readFor(connection: Connection): readonly string[];
  /** Whether a practitioner reads what waits for them here. */
  isReader(practitionerId: string): boolean;
}

export interface PrescribingDeps extends FeatureDeps {
  readonly safety: SafetyChecks;
  readonly inboxes: Inboxes;
  readonly checkPin: (user: Pick<SignedInUser, 'id'>, pin: string) => Promise<Result<null>>;
}
