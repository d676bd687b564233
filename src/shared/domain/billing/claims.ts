import { v5 } from 'uuid';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a32';

/**
 * The id of a line of an invoice on a claim, of the first time it is claimed (`turn` 1), the second ...: made of both (a UUID version 5), so
 * that of two desks that claim it without hearing of each other the centre takes one.
 */
export const claimItemId = (lineId: string, turn: number): string => v5(`item ${lineId} ${turn}`, namespace);

/** The id of what a payer answered about a line in one remittance; and of the payment that came with it. */
export const claimResponseId = (itemId: string, remittance: string): string =>
  v5(`response ${itemId} ${remittance.trim().toLowerCase()}`, namespace);
export const claimPaymentId = (responseId: string): string => v5(`payment ${responseId}`, namespace);

export const claimLineStates = ['open', 'paid', 'part', 'rejected'] as const;
export type ClaimLineState = (typeof claimLineStates)[number];

/** What a payer answered to a line that was claimed; in minor units, zero of a rejection. */
export interface ClaimAnswer {
  readonly amount: number;
}

/** What was paid of a line that was claimed. */
export const paidOfClaim = (answers: readonly ClaimAnswer[]): number =>
  answers.reduce((sum, { amount }) => sum + amount, 0);

/** How a line that was claimed stands: nothing but the answers tells. */
export const claimLineState = (claimed: number, answers: readonly ClaimAnswer[]): ClaimLineState => {
  if (answers.length === 0) return 'open';
  const paid = paidOfClaim(answers);
  if (paid >= claimed) return 'paid';
  return paid > 0 ? 'part' : 'rejected';
};

/** What an answer is called (FHIR ClaimResponse.outcome, of one line). */
export const claimOutcome = (left: number, amount: number): 'paid' | 'partial' | 'rejected' => {
  if (amount === 0) return 'rejected';
  return amount < left ? 'partial' : 'paid';
};
