import type { FeatureDeps } from '#main/core/deps.ts';
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

export interface PrescribingDeps extends FeatureDeps {
  readonly safety: SafetyChecks;
  readonly checkPin: (user: Pick<SignedInUser, 'id'>, pin: string) => Promise<Result<null>>;
}
