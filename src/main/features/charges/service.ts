import { coverOn, pricedEntry, snapshotOf } from '#main/core/charges.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import { idsIn, practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { ChargeView } from '#shared/contract/charges.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { isQuantity, lineAmounts } from '#shared/domain/billing/line.ts';
import { instant } from '#shared/kernel/clock.ts';
import { isPositive, numberProblem, readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import type {
  ChargeId,
  ChargeItemId,
  InvoiceId,
  OrganizationId,
  PatientId,
  PractitionerId,
} from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type ChargeRow,
  findOpenCharge,
  isCharge,
  isEntry,
  isPatient,
  isPractitioner,
  openCharges,
} from './repository.ts';

/** What one patient's list shows. */
const mostShown = 200;

const amountsOf = (row: ChargeRow): ChargeView['amounts'] => {
  const amounts = lineAmounts({
    unitPrice: row.unit_price,
    quantity: row.quantity,
    discount: row.discount,
    taxRate: row.tax_rate,
    coverRate: row.payer_id === null ? 0 : (row.cover_rate ?? 0),
  });
  return amounts.ok ? amounts.value : null;
};

const views = (reader: LocalReader, rows: readonly ChargeRow[]): ChargeView[] => {
  const doctors = practitionerNames(reader, idsIn(rows.map((row) => row.practitioner_id)));
  const uncertain = reader.uncertain(
    'charge_item',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as ChargeId,
    patientId: row.patient_id as PatientId,
    definitionId: row.definition_id as ChargeItemId,
    title: row.title,
    sourceKind: row.source_kind,
    occurredAt: row.occurred_at,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    currency: row.currency,
    taxRate: row.tax_rate,
    discount: row.discount,
    discountReason: row.discount_reason,
    payerId: row.payer_id as OrganizationId | null,
    payerName: row.payer_name,
    coverRate: row.cover_rate,
    practitionerId: row.practitioner_id as PractitionerId | null,
    practitionerName: row.practitioner_id === null ? null : (doctors.get(row.practitioner_id) ?? null),
    invoiceId: row.invoice_id as InvoiceId | null,
    amounts: amountsOf(row),
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

const shown = ({ store }: FeatureDeps, id: string): Result<ChargeView> => {
  const row = findOpenCharge(store, id);
  const [view] = views(store, row === undefined ? [] : [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

const open = ({ store }: FeatureDeps, { patientId }: Parsed<'charges.open'>): Output<'charges.open'> => {
  const rows = openCharges(store, patientId, mostShown + 1);
  return { charges: views(store, rows.slice(0, mostShown)), more: rows.length > mostShown };
};

const readQuantity = (typed: string): Result<string, string> => {
  const read = readDecimal(typed);
  if (read === null) return { ok: false, error: numberProblem(typed) ?? 'number' };
  const quantity = tidyDecimal(read);
  if (!isPositive(quantity)) return { ok: false, error: 'above-zero' };
  return isQuantity(quantity) ? ok(quantity) : { ok: false, error: 'out-of-bounds' };
};

const add = (
  deps: FeatureDeps,
  { patientId, definitionId, quantity: typed, practitionerId }: Parsed<'charges.add'>,
  connection: Connection,
): Result<ChargeView> => {
  const { store } = deps;
  if (deps.settings.of('clinic.currency', null) === null) return fail('no-currency');
  if (!isPatient(store, patientId) || !isEntry(store, definitionId)) return fail('not-found');
  if (practitionerId !== null && !isPractitioner(store, practitionerId)) return fail('not-found');
  const day = dayAt(deps.clock.now(), deps.home().timeZone);
  const locationId = store.workstation()?.locationId ?? null;
  const cover = coverOn(store, patientId, day);
  const place = { siteId: locationId, payerId: cover?.payorId ?? null, day };
  const priced = pricedEntry(store, { by: 'entry', id: definitionId }, place);
  const quantity = readQuantity(typed);
  const fields = {
    ...(!quantity.ok && { quantity: quantity.error }),
    ...(priced === null && { definitionId: 'no-price' }),
  };
  if (!quantity.ok || priced === null) return fail('invalid-input', { fields });
  const id = deps.newId();
  const at = instant(deps.clock.now());
  write(deps, 'charge.add', connection, (writer) =>
    writer.insert('charge_item', {
      ...blank('charge_item'),
      ...snapshotOf(priced, cover),
      id,
      patient_id: patientId,
      definition_id: definitionId,
      status: 'billable',
      source_kind: 'manual',
      quantity: quantity.value,
      discount: 0,
      location_id: locationId,
      practitioner_id: practitionerId,
      occurred_at: at,
      created_at: at,
      created_by: connection.user?.id ?? null,
    }),
  );
  return shown(deps, id);
};

/** The charge as long as it stands and is not billed. */
const opened = ({ store }: FeatureDeps, id: string): Result<ChargeRow> => {
  const row = findOpenCharge(store, id);
  if (row !== undefined) return ok(row);
  return fail(isCharge(store, id) ? 'changed-meanwhile' : 'not-found');
};

const remove = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'charges.remove'>,
  connection: Connection,
): Result<null> => {
  const found = opened(deps, id);
  if (!found.ok) return found;
  write(deps, 'charge.remove', connection, (writer) =>
    writer.update('charge_item', id, { status: 'not-billable', status_reason: reason, invoice_id: null }),
  );
  return ok(null);
};

type Calls = 'charges.open' | 'charges.add' | 'charges.remove';

/** What is to be billed: looked at, added by hand, taken away. */
export const chargeHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'charges.open': (input) => ok(open(deps, input)),
  'charges.add': (input, connection) => add(deps, input, connection),
  'charges.remove': (input, connection) => remove(deps, input, connection),
});
