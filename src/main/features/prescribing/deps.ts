import type { FeatureDeps } from '#main/core/deps.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import type {
  OtherPrescription,
  PrescribedDose,
  PrescribedMedicine,
} from '#shared/domain/safety/prescription.ts';
import type { Result } from '#shared/kernel/result.ts';

/** A medicine for a patient, to be looked at by every check. */
export interface SafetyQuestion {
  readonly patientId: string;
  readonly medicine: PrescribedMedicine;
  readonly dose: PrescribedDose;
  /** Versions that are not to be found as other medicines: the one that is renewed, changed or handed out. */
  readonly without: readonly string[];
  /** What is prescribed in the same moment. */
  readonly besides: readonly OtherPrescription[];
}

export interface PrescribingDeps extends FeatureDeps {
  readonly safetyOf: (question: SafetyQuestion) => readonly Finding[];
  readonly checkPin: (user: Pick<SignedInUser, 'id'>, pin: string) => Promise<Result<null>>;
}
