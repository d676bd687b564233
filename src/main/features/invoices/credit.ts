import { findCharge, type InvoiceRow, type LineRow } from '#main/core/billed/rows.ts';
import { creditsOf, issuedLine, type Stand, standsOf } from '#main/core/billed/stand.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { isIssued, type KeptStatus } from '#shared/domain/billing/balance.ts';
import {
  type Credited,
  type CreditProblem,
  creditLine,
  type IssuedLine,
  isTakenBack,
} from '#shared/domain/billing/credit.ts';
import { invoiceTotals } from '#shared/domain/billing/line.ts';
import { invoiceLineId } from '#shared/domain/billing/number.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import { numberProblem, readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import type { InvoiceId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { putIssued } from './issue.ts';
import { ownNumber, seriesOf } from './number.ts';
import { findInvoice } from './repository.ts';

type Asked = Parsed<'invoices.credit'>;
type AskedLine = NonNullable<Asked['lines']>[number];

const creditedOf = ({ by, typed }: AskedLine, currency: string): Result<Credited, string> => {
  if (by === 'rest') return { ok: true, value: 'rest' };
  if (by === 'amount') {
    const amount = readAmount(typed, currency);
    return amount.ok ? { ok: true, value: { amount: amount.value } } : amount;
  }
  const quantity = readDecimal(typed);
  return quantity === null
    ? { ok: false, error: typed.trim() === '' ? 'required' : (numberProblem(typed) ?? 'number') }
    : { ok: true, value: { quantity: tidyDecimal(quantity) } };
};

interface Taken {
  readonly line: LineRow;
  readonly credit: IssuedLine;
  /** Nothing is left of the line. */
  readonly whole: boolean;
}

const take = (stand: Stand, asked: AskedLine): Result<Taken, string> => {
  const line = stand.lines.find(({ id }) => id === asked.id);
  if (line === undefined) return { ok: false, error: 'not-found' };
  const credited = creditedOf(asked, stand.row.currency);
  if (!credited.ok) return credited;
  const earlier = creditsOf(stand.notes, line.id);
  const credit: Result<IssuedLine, CreditProblem> = creditLine(issuedLine(line), earlier, credited.value);
  if (!credit.ok) return credit;
  const whole = isTakenBack(issuedLine(line), [...earlier, credit.value]);
  return { ok: true, value: { line, credit: credit.value, whole } };
};

/** All that is left, line by line. */
const rest = ({ lines, notes }: Stand): readonly AskedLine[] =>
  lines
    .filter((line) => !isTakenBack(issuedLine(line), creditsOf(notes, line.id)))
    .map(({ id }) => ({ id: id as AskedLine['id'], by: 'rest', typed: '' }));

const lineOf = (noteId: string, { line, credit }: Taken, index: number): LineRow => ({
  ...line,
  id: invoiceLineId(noteId, line.id),
  invoice_id: noteId,
  line_no: index + 1,
  corrects: line.id,
  quantity: credit.quantity,
  discount: 0,
  discount_reason: null,
  net: credit.net,
  tax: credit.tax,
  gross: credit.gross,
  payer_share: credit.payerShare,
  patient_share: credit.patientShare,
});

/** What was credited whole is charged again, or is not to be billed any more. */
const releaseCharges = (
  writer: LocalWriter,
  taken: readonly Taken[],
  { chargeAgain, reason }: Pick<Asked, 'chargeAgain' | 'reason'>,
): void => {
  for (const { line, whole } of taken) {
    const charge = whole ? findCharge(writer, line.charge_item_id ?? '') : undefined;
    if (charge === undefined) continue;
    if (charge.invoice_id === line.invoice_id) writer.update('charge_item', charge.id, { invoice_id: null });
    if (!chargeAgain && charge.status === 'billable')
      writer.update('charge_item', charge.id, { status: 'not-billable', status_reason: reason });
  }
};

const corrected = ({ store }: FeatureDeps, id: string): InvoiceRow | undefined => {
  const row = findInvoice(store, id);
  return row?.kind === 'invoice' && isIssued({ status: row.status as KeptStatus }) ? row : undefined;
};

/** Makes and issues a credit note, which is the only way something issued is taken back. */
export const credit = (
  deps: FeatureDeps,
  { id, lines: asked, reason, chargeAgain }: Asked,
  connection: Connection,
): Result<Output<'invoices.credit'>> => {
  const { store, clock } = deps;
  const row = corrected(deps, id);
  const [stand] = row === undefined ? [] : standsOf(store, [row]);
  if (stand === undefined) return fail('not-found');
  const wanted = asked ?? rest(stand);
  if (new Set(wanted.map((one) => one.id)).size < wanted.length) return fail('invalid-input');
  const credits = wanted.map((one) => [one.id, take(stand, one)] as const);
  const fields = Object.fromEntries(
    credits.flatMap(([lineId, taken]) => (taken.ok ? [] : [[lineId, taken.error]])),
  );
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const taken = credits.flatMap(([, one]) => (one.ok ? [one.value] : []));
  const totals = invoiceTotals(taken.map((one) => one.credit));
  if (!totals.ok) return fail('changed-meanwhile');
  const number = ownNumber(deps, store);
  if (number === null) return fail('not-ready');
  const siteId = store.workstation()?.locationId ?? null;
  const noteId = deps.newId();
  const issuing = {
    at: instant(clock.now()),
    by: connection.user?.id ?? null,
    series: seriesOf(deps, 'credit-note', siteId),
  };
  write(deps, 'invoice.credit', connection, (writer) => {
    writer.insert('invoice', {
      ...blank('invoice'),
      id: noteId,
      patient_id: stand.row.patient_id,
      series: issuing.series,
      provisional_number: number,
      status: 'draft',
      currency: stand.row.currency,
      total: 0,
      kind: 'credit-note',
      corrects: id,
      location_id: siteId,
      payer_id: stand.row.payer_id,
      payer_total: 0,
      reason,
      created_at: issuing.at,
      created_by: issuing.by,
    });
    const lines = taken.map((one, index) => lineOf(noteId, one, index));
    putIssued(writer, noteId, lines, totals.value, issuing);
    releaseCharges(writer, taken, { chargeAgain, reason });
  });
  return ok({ id: noteId as InvoiceId });
};
