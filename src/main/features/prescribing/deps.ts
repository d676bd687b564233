import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { DispenseView, StockPick, StockProposal } from '#shared/contract/prescriptions.ts';
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

/** What a prescription asks of the stock room. */
interface StockWish {
  readonly medicineId: string | null;
  readonly quantityUnit: string | null;
  /** The last day of the treatment, where it is known. */
  readonly until: string | null;
}

/** What the stock room does for a prescription. */
export interface StockRoom {
  propose(
    wish: StockWish,
    asked: {
      readonly quantity: string;
      readonly locationId: string | null;
      readonly itemId: string | null;
    },
  ): StockProposal;
  /** Whether what was picked may be handed out. Nothing is written. */
  check(wish: StockWish, quantity: string, pick: StockPick): Result<unknown>;
  handOut(writer: LocalWriter, dispenseId: string, pick: StockPick, user: string): void;
  /** The medicine of what was picked, which may stand in for the one that was prescribed. */
  medicineOf(pick: StockPick): string | null;
  /** Puts back what a dispense took. */
  putBack(writer: LocalWriter, dispenseId: string, reason: string, user: string | null): void;
  batchesOf(dispenseIds: readonly string[]): ReadonlyMap<string | null, DispenseView['batches']>;
}

export interface PrescribingDeps extends FeatureDeps {
  readonly safety: SafetyChecks;
  readonly inboxes: Inboxes;
  readonly stock: StockRoom;
  readonly checkPin: (user: Pick<SignedInUser, 'id'>, pin: string) => Promise<Result<null>>;
}
