import { z } from 'zod';
import { claimLineStates } from '#shared/domain/billing/claims.ts';
import { ClaimId, ClaimItemId, InvoiceLineId, OrganizationId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const amount = z.number().int();
const text = (most: number) => z.string().trim().max(most, 'too-long');

/** The payer's part of a line of a bill that can be claimed. */
export const ClaimCandidate = z.object({
  lineId: InvoiceLineId,
  patientName: z.string(),
  invoiceNumber: z.string(),
  issuedAt: z.string(),
  title: z.string(),
  currency: z.string(),
  /** What is left to be claimed, in minor units. */
  amount,
  /** Claimed before, and answered with less. */
  again: z.boolean(),
});
export type ClaimCandidate = z.infer<typeof ClaimCandidate>;

export const ClaimView = z.object({
  id: ClaimId,
  number: z.string(),
  payerName: z.string(),
  status: z.enum(['active', 'cancelled']),
  currency: z.string(),
  submittedAt: z.string(),
  lines: z.number().int(),
  /** Lines without an answer. */
  open: z.number().int(),
  amount,
  paid: amount,
  certainty,
});
export type ClaimView = z.infer<typeof ClaimView>;

export const ClaimLineView = z.object({
  id: ClaimItemId,
  /** Its number on the claim, as the file that is sent has it. */
  line: z.number().int(),
  patientName: z.string(),
  invoiceNumber: z.string(),
  title: z.string(),
  amount,
  paid: amount,
  state: z.enum(claimLineStates),
  /** Of the last answer. */
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  certainty,
});
export type ClaimLineView = z.infer<typeof ClaimLineView>;

/** Why a line of a remittance is not taken. */
export const remittanceProblems = [
  'malformed-row',
  'missing-column',
  'claim',
  'line',
  'amount',
  'too-much',
  'reason',
  'twice',
] as const;

export const claimCalls = defineCalls({
  /** The payers of the clinic by name. */
  'claims.payers': {
    kind: 'query',
    needs: 'claim.read',
    input: z.object({}),
    output: z.array(z.object({ id: OrganizationId, name: z.string() })),
  },
  /** What can be claimed of a payer, the oldest bill first; at most 500, `more` tells whether that is all. */
  'claims.candidates': {
    kind: 'query',
    needs: 'claim.read',
    input: z.object({ payerId: OrganizationId }),
    output: z.object({ candidates: z.array(ClaimCandidate), more: z.boolean() }),
  },
  /** Claims these lines of a payer in one batch. `changed-meanwhile` where one of them cannot be claimed any more. */
  'claims.submit': {
    kind: 'command',
    needs: 'claim.create',
    input: z.object({ payerId: OrganizationId, lineIds: z.array(InvoiceLineId).min(1).max(500) }),
    output: z.object({ id: ClaimId, number: z.string() }),
  },
  /** Claims, the latest first. */
  'claims.page': {
    kind: 'query',
    needs: 'claim.read',
    input: z.object({
      before: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ claims: z.array(ClaimView), next: z.string().nullable() }),
  },
  'claims.get': {
    kind: 'query',
    needs: 'claim.read',
    input: z.object({ id: ClaimId }),
    output: z.object({ claim: ClaimView, lines: z.array(ClaimLineView) }),
  },
  /** The claim as CSV for the payer, one line each. */
  'claims.export': {
    kind: 'command',
    needs: 'claim.read',
    input: z.object({ id: ClaimId }),
    output: z.object({ name: z.string(), csv: z.string() }),
  },
  /** A claim nobody has answered does not count any more; its lines can be claimed anew. */
  'claims.cancel': {
    kind: 'command',
    needs: 'claim.update',
    input: z.object({ id: ClaimId }),
    output: z.null(),
  },
  /** What the payer said of one line: an amount as it is typed (zero: rejected) under the reference of the transfer or letter. */
  'claims.answer': {
    kind: 'command',
    needs: 'claim.update',
    input: z.object({
      itemId: ClaimItemId,
      amount: z.string().max(40),
      reasonCode: text(100).default(''),
      reason: text(1000).default(''),
      remittance: text(200).min(1, 'required'),
    }),
    output: z.null(),
  },
  /**
   * A remittance as CSV with the columns CLAIM, LINE, AMOUNT and, where wanted, CODE and REASON (one of them for what is not paid in full).
   * Nothing is written unless `apply` and every line is good: it comes in whole or not at all. `known`: lines that came in before under
   * this reference, which are not taken twice.
   */
  'claims.import': {
    kind: 'command',
    needs: 'claim.update',
    input: z.object({
      csv: z.string().max(1_000_000),
      remittance: text(200).min(1, 'required'),
      apply: z.boolean(),
    }),
    output: z.object({
      problems: z.array(
        z.object({ line: z.number().int(), code: z.enum(remittanceProblems), value: z.string() }),
      ),
      counts: z.object({
        paid: z.number().int(),
        partial: z.number().int(),
        rejected: z.number().int(),
        known: z.number().int(),
      }),
      /** What is paid, for each currency, in minor units. */
      sums: z.array(z.object({ currency: z.string(), amount })),
      applied: z.boolean(),
    }),
  },
});
