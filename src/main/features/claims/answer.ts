import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { claimOutcome, claimPaymentId, claimResponseId, paidOfClaim } from '#shared/domain/billing/claims.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { answersTo, findClaim, findItem, type ItemRow } from './repository.ts';

/** What a payer answers to a line that was claimed. */
export interface Answer {
  readonly item: ItemRow;
  /** What of the line was not paid yet. */
  readonly left: number;
  readonly amount: number;
  readonly reasonCode: string;
  readonly reason: string;
  readonly remittance: string;
}

/** Writes an answer and the payment that came with it; the payer pays to the clinic, not into a till. */
export const putAnswer = (
  deps: FeatureDeps,
  writer: LocalWriter,
  { item, left, amount, reasonCode, reason, remittance }: Answer,
  userId: string | null,
): void => {
  const at = instant(deps.clock.now());
  const id = claimResponseId(item.id, remittance);
  const paymentId = amount > 0 ? claimPaymentId(id) : null;
  const recorded = { recorded_at: at, recorded_by: userId };
  if (paymentId !== null)
    writer.insert('payment', {
      ...blank('payment'),
      id: paymentId,
      patient_id: item.patient_id,
      invoice_id: item.invoice_id,
      kind: 'payment',
      method: 'bank-transfer',
      amount,
      currency: item.currency,
      reference: remittance,
      payer_id: item.payer_id,
      location_id: item.location_id,
      paid_at: at,
      ...recorded,
    });
  writer.insert('claim_response_item', {
    ...blank('claim_response_item'),
    id,
    claim_item_id: item.id,
    patient_id: item.patient_id,
    outcome: claimOutcome(left, amount),
    amount,
    reason_code: reasonCode === '' ? null : reasonCode,
    reason: reason === '' ? null : reason,
    payment_id: paymentId,
    remittance,
    received_at: at,
    ...recorded,
  });
};

export const answer = (
  deps: FeatureDeps,
  { itemId, amount: typed, reasonCode, reason, remittance }: Parsed<'claims.answer'>,
  connection: Connection,
): Result<null> => {
  const { store } = deps;
  const item = findItem(store, itemId);
  const claim = item && findClaim(store, item.claim_id);
  if (item === undefined || claim?.status !== 'active') return fail('not-found');
  const answers = answersTo(store, [itemId]);
  if (answers.some(({ id }) => id === claimResponseId(itemId, remittance))) return fail('duplicate');
  const left = item.amount - paidOfClaim(answers);
  const read = readAmount(typed, item.currency);
  const amount = read.ok ? read.value : 0;
  const fields = {
    ...(!read.ok && { amount: read.error }),
    ...(amount > left && { amount: 'out-of-bounds' }),
    ...(read.ok && amount < left && reasonCode === '' && reason === '' && { reason: 'required' }),
  };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  write(deps, 'claim.answer', connection, (writer) =>
    putAnswer(
      deps,
      writer,
      { item, left, amount, reasonCode, reason, remittance },
      connection.user?.id ?? null,
    ),
  );
  return ok(null);
};
