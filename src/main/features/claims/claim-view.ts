import type { LocalReader } from '#main/data/local/store.ts';
import type { ClaimCandidate, ClaimLineView, ClaimView } from '#shared/contract/claims.ts';
import { claimLineState, paidOfClaim } from '#shared/domain/billing/claims.ts';
import type { ClaimId, ClaimItemId, InvoiceLineId } from '#shared/kernel/ids.ts';
import { answersTo, type CandidateRow, type ClaimRow, type ItemRow, itemsOf } from './repository.ts';

/** The fiscal number once there is one, until then the desk's. */
export const invoiceNumber = (row: {
  readonly provisional_number: string;
  readonly series: string;
  readonly fiscal_number: number | null;
}): string => (row.fiscal_number === null ? row.provisional_number : `${row.series}-${row.fiscal_number}`);

/** What of a line can still be claimed. */
export const claimable = ({ payer_share, credited, paid }: CandidateRow): number =>
  payer_share + credited - paid;

export const candidateView = (row: CandidateRow): ClaimCandidate => ({
  lineId: row.line_id as InvoiceLineId,
  patientName: row.patient_name,
  invoiceNumber: invoiceNumber(row),
  issuedAt: row.issued_at,
  title: row.title,
  currency: row.currency,
  amount: claimable(row),
  again: row.last_item !== null,
});

export const claimViews = (reader: LocalReader, rows: readonly ClaimRow[]): ClaimView[] => {
  const uncertain = reader.uncertain(
    'claim',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as ClaimId,
    number: row.number,
    payerName: row.payer_name,
    status: row.status === 'cancelled' ? 'cancelled' : 'active',
    currency: row.currency,
    submittedAt: row.submitted_at ?? row.created_at,
    lines: row.lines,
    open: row.open,
    amount: row.amount,
    paid: row.paid,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** A line of a claim with what was answered to it. */
export interface Claimed {
  readonly row: ItemRow;
  readonly line: number;
  readonly answers: ReturnType<typeof answersTo>;
}

export const linesOf = (reader: LocalReader, claimId: string): readonly Claimed[] => {
  const rows = itemsOf(reader, claimId);
  const answers = Map.groupBy(
    answersTo(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ claim_item_id }) => claim_item_id,
  );
  return rows.map((row, index) => ({ row, line: index + 1, answers: answers.get(row.id) ?? [] }));
};

export const lineViews = (reader: LocalReader, lines: readonly Claimed[]): ClaimLineView[] => {
  const items = reader.uncertain(
    'claim_item',
    lines.map(({ row }) => row.id),
  );
  const said = reader.uncertain(
    'claim_response_item',
    lines.flatMap(({ answers }) => answers.map(({ id }) => id)),
  );
  return lines.map(({ row, line, answers }) => {
    const last = answers.at(-1);
    const known = answers.map(({ id }) => said.get(id)).find((certainty) => certainty !== undefined);
    return {
      id: row.id as ClaimItemId,
      line,
      patientName: row.patient_name,
      invoiceNumber: invoiceNumber(row),
      title: row.title,
      amount: row.amount,
      paid: paidOfClaim(answers),
      state: claimLineState(row.amount, answers),
      reasonCode: last?.reason_code ?? null,
      reason: last?.reason ?? null,
      certainty: items.get(row.id) ?? known ?? 'confirmed',
    };
  });
};
