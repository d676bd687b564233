import {
  type ChargeRow,
  chargesIn,
  findCharge,
  type InvoiceRow,
  linesThatBill,
  openCharges,
} from '#main/core/billed/rows.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { mostLines } from '#shared/contract/invoices.ts';
import { discountOf, isQuantity, priceOf } from '#shared/domain/billing/line.ts';
import { readTaxRate } from '#shared/domain/billing/rate.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { InvoiceId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { ownNumber, seriesOf } from './number.ts';
import { findInvoice } from './repository.ts';

type Of = Pick<InvoiceRow, 'payer_id' | 'currency'>;
const isOf = (charge: ChargeRow, { payer_id, currency }: Of): boolean =>
  charge.payer_id === payer_id && charge.currency === currency;

/** A draft is changed until it was issued or given up, wherever that was. */
export const findDraft = ({ store }: FeatureDeps, id: string): Result<InvoiceRow> => {
  const row = findInvoice(store, id);
  if (row === undefined || row.kind !== 'invoice') return fail('not-found');
  return row.status === 'draft' ? ok(row) : fail('changed-meanwhile');
};

/** Makes a draft of open charges. */
export const draft = (
  deps: FeatureDeps,
  { patientId, payerId, currency, chargeIds }: Parsed<'invoices.draft'>,
  connection: Connection,
): Result<Output<'invoices.draft'>> => {
  const { store } = deps;
  const open = openCharges(store, patientId);
  const of = { payer_id: payerId, currency };
  const chosen =
    chargeIds === null
      ? open.filter((charge) => isOf(charge, of))
      : open.filter(({ id }) => chargeIds.some((one) => one === id));
  if (chosen.length === 0 || chosen.length < new Set(chargeIds ?? []).size) return fail('not-found');
  if (!chosen.every((charge) => isOf(charge, of)))
    return fail('invalid-input', { fields: { chargeIds: 'mixed' } });
  const number = ownNumber(deps, store);
  if (number === null) return fail('not-ready');
  const siteId = store.workstation()?.locationId ?? null;
  const id = deps.newId();
  write(deps, 'invoice.draft', connection, (writer) => {
    writer.insert('invoice', {
      ...blank('invoice'),
      id,
      patient_id: patientId,
      series: seriesOf(deps, 'invoice', siteId),
      provisional_number: number,
      status: 'draft',
      currency,
      total: 0,
      kind: 'invoice',
      location_id: siteId,
      payer_id: payerId,
      payer_total: 0,
      created_at: instant(deps.clock.now()),
      created_by: connection.user?.id ?? null,
    });
    for (const charge of chosen) writer.update('charge_item', charge.id, { invoice_id: id });
  });
  return ok({ id: id as InvoiceId });
};

/** Takes charges into a draft, or out. */
export const change = (
  deps: FeatureDeps,
  { id, add, remove }: Parsed<'invoices.change'>,
  connection: Connection,
): Result<null> => {
  const { store } = deps;
  const found = findDraft(deps, id);
  if (!found.ok) return found;
  const held = chargesIn(store, id);
  const open = openCharges(store, found.value.patient_id);
  const added = open.filter((charge) => add.some((one) => one === charge.id));
  if (added.length < new Set(add).size) return fail('not-found');
  if (!added.every((charge) => isOf(charge, found.value)))
    return fail('invalid-input', { fields: { add: 'mixed' } });
  if (held.length + added.length > mostLines) return fail('invalid-input', { fields: { add: 'too-many' } });
  write(deps, 'invoice.change', connection, (writer) => {
    for (const charge of added) writer.update('charge_item', charge.id, { invoice_id: id });
    for (const charge of held.filter((one) => remove.some((other) => other === one.id)))
      writer.update('charge_item', charge.id, { invoice_id: null });
  });
  return ok(null);
};

/** Gives a draft up: its charges are open again. */
export const giveUp = (
  deps: FeatureDeps,
  { id }: Parsed<'invoices.giveUp'>,
  connection: Connection,
): Result<null> => {
  const found = findDraft(deps, id);
  if (!found.ok) return found;
  write(deps, 'invoice.give-up', connection, (writer) => {
    for (const charge of chargesIn(writer, id)) writer.update('charge_item', charge.id, { invoice_id: null });
    writer.update('invoice', id, { status: 'cancelled' });
  });
  return ok(null);
};

/** A discount as it was typed: an amount, or with a percent sign a rate of the price. */
const typedDiscount = (charge: ChargeRow, typed: string): Result<number, string> => {
  const text = typed.trim();
  if (text === '') return { ok: true, value: 0 };
  if (!isQuantity(charge.quantity)) return { ok: false, error: 'quantity' };
  if (!text.endsWith('%')) return readAmount(text, charge.currency);
  const rate = readTaxRate(text);
  return rate.ok ? { ok: true, value: discountOf(charge.unit_price, charge.quantity, rate.value) } : rate;
};

/** Takes something off a charge. */
export const discount = (
  deps: FeatureDeps,
  { chargeId, discount: typed, reason }: Parsed<'invoices.discount'>,
  connection: Connection,
): Result<null> => {
  const { store } = deps;
  const charge = findCharge(store, chargeId);
  if (charge === undefined || charge.status !== 'billable') return fail('not-found');
  if (linesThatBill(store, [chargeId]).length > 0) return fail('changed-meanwhile');
  const read = typedDiscount(charge, typed);
  const tooMuch = read.ok && read.value > priceOf(charge.unit_price, charge.quantity);
  const fields = {
    ...(!read.ok && { discount: read.error }),
    ...(tooMuch && { discount: 'more-than-price' }),
    ...(read.ok && read.value > 0 && reason === '' && { reason: 'required' }),
  };
  if (!read.ok || Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const value = read.value;
  write(deps, 'invoice.discount', connection, (writer) =>
    writer.update('charge_item', chargeId, {
      discount: value,
      discount_reason: value === 0 ? null : reason,
    }),
  );
  return ok(null);
};
