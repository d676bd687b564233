import { isBilled } from '#main/data/local/billed.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { chargeItemId, type RaisingKind } from '#shared/domain/billing/charge.ts';
import { isQuantity } from '#shared/domain/billing/line.ts';
import { priceAt, type StandingPrice } from '#shared/domain/prices/price.ts';
import { instant } from '#shared/kernel/clock.ts';
import { isDecimal, roundDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import { blank, type LocalRowOf } from '#shared/sync/catalogue.ts';
import type { FeatureDeps } from './deps.ts';

type Deps = Pick<FeatureDeps, 'clock' | 'home' | 'settings'>;
type ChargeRow = LocalRowOf<'charge_item'>;

/** Prices of one kind of visit, test or medicine at one site; it bounds what is read. */
const mostPrices = 500;
/** Charges of one act, coverages of one person. */
const few = 100;

/** Who pays for a person, and what of it in basis points. */
interface Cover {
  readonly payorId: string;
  readonly rate: number | null;
}

/** The payer's coverage of a person on a day, the one that was added last; null where they pay themselves. */
export const coverOn = (reader: LocalReader, patientId: string, day: string): Cover | null => {
  const row = reader.get(
    localDb
      .selectFrom('coverage as v')
      .innerJoin('organization as o', 'o.id', 'v.payor_id')
      .select(['o.id', 'v.cover_rate'])
      .where('v.patient_id', 'in', samePatient(patientId))
      .where('v.voided_at', 'is', null)
      .where('o.active', '=', 1)
      .where((eb) => eb.or([eb('v.start_date', 'is', null), eb('v.start_date', '<=', day)]))
      .where((eb) => eb.or([eb('v.end_date', 'is', null), eb('v.end_date', '>=', day)]))
      .orderBy('v.created_at', 'desc')
      .orderBy('v.id', 'desc')
      .limit(1),
  );
  return row === undefined ? null : { payorId: row.id, rate: row.cover_rate };
};

/** What of the price list an act raises. */
type Raising =
  | { readonly by: 'visit-type'; readonly id: string }
  /** A visit of no kind, such as that of who walked in. */
  | { readonly by: 'any-visit' }
  | { readonly by: 'service'; readonly code: string }
  | { readonly by: 'medicine'; readonly id: string }
  | { readonly by: 'entry'; readonly id: string };

const entries = (raising: Raising) => {
  const all = localDb.selectFrom('charge_item_definition as c').where('c.active', '=', 1);
  switch (raising.by) {
    case 'visit-type':
      return all.where('c.visit_type_id', '=', raising.id);
    case 'any-visit':
      return all.where('c.category', '=', 'visit').where('c.visit_type_id', 'is', null);
    case 'service':
      return all.where('c.service_code', '=', raising.code);
    case 'medicine':
      return all.where('c.medicine_id', '=', raising.id);
    case 'entry':
      return all.where('c.id', '=', raising.id);
  }
};

interface Place {
  readonly siteId: string | null;
  readonly payerId: string | null;
  readonly day: string;
}

/** Something of the price list and what it costs. */
interface Priced
  extends StandingPrice<{
    locationId: string | null;
    payerId: string | null;
    validFrom: string;
    amount: number | null;
    currency: string;
  }> {
  readonly definitionId: string;
  readonly title: string;
  readonly taxRate: number | null;
}

/** Of several entries of the price list the first by title that has a price counts, as where the fee is said. */
export const pricedEntry = (reader: LocalReader, raising: Raising, place: Place): Priced | null => {
  const rows = reader.all(
    entries(raising)
      .innerJoin('charge_item_price as p', 'p.definition_id', 'c.id')
      .select([
        'c.id as definitionId',
        'c.title',
        'c.tax_rate as taxRate',
        'p.location_id as locationId',
        'p.payer_id as payerId',
        'p.valid_from as validFrom',
        'p.amount',
        'p.currency',
      ])
      .where('p.valid_from', '<=', place.day)
      .where((eb) => eb.or([eb('p.location_id', 'is', null), eb('p.location_id', '=', place.siteId)]))
      .where((eb) => eb.or([eb('p.payer_id', 'is', null), eb('p.payer_id', '=', place.payerId)]))
      .orderBy('c.title')
      .orderBy('c.id')
      .limit(mostPrices),
  );
  for (const prices of Map.groupBy(rows, ({ definitionId }) => definitionId).values()) {
    const price = priceAt(prices, place, place.day);
    if (price !== null) return price;
  }
  return null;
};

/** Charges an act raised, those that were taken away too. */
export const chargesOfAct = (
  reader: LocalReader,
  kind: RaisingKind,
  sourceId: string,
): readonly (ChargeRow & { readonly billed: 0 | 1 })[] =>
  reader.all(
    localDb
      .selectFrom('charge_item as c')
      .selectAll('c')
      .select(isBilled('c.id').as('billed'))
      .where('c.source_id', '=', sourceId)
      .where('c.source_kind', '=', kind)
      .limit(few),
  );

interface Act {
  readonly kind: RaisingKind;
  readonly sourceId: string;
  readonly patientId: string;
  readonly locationId: string | null;
  readonly practitionerId: string | null;
  readonly quantity: string;
  /** The day at its place, `YYYY-MM-DD`. */
  readonly day: string;
  readonly user: string | null;
}

/** What it costs that day, of whoever pays then, as it stays on the charge whatever becomes of the price list. */
export const snapshotOf = (priced: Priced, cover: Cover | null) => ({
  title: priced.title,
  unit_price: priced.amount,
  currency: priced.currency,
  tax_rate: priced.taxRate ?? 0,
  payer_id: cover?.payorId ?? null,
  cover_rate: cover?.rate ?? null,
});

/**
 * Raises the charge of an act in the mutation of the act. Nothing is raised without a currency or a price, nor where a charge of this act
 * stands or a person took it away; what was withdrawn with the act is raised again, as it costs now.
 */
const raise = (deps: Deps, writer: LocalWriter, raising: Raising, act: Act): void => {
  if (deps.settings.of('clinic.currency', null) === null) return;
  const cover = coverOn(writer, act.patientId, act.day);
  const place = { siteId: act.locationId, payerId: cover?.payorId ?? null, day: act.day };
  const priced = pricedEntry(writer, raising, place);
  if (priced === null) return;
  const earlier = chargesOfAct(writer, act.kind, act.sourceId);
  if (earlier.some(({ status }) => status !== 'entered-in-error')) return;
  const id = chargeItemId(act.kind, act.sourceId, priced.definitionId);
  const at = instant(deps.clock.now());
  const said = {
    ...snapshotOf(priced, cover),
    status: 'billable',
    quantity: act.quantity,
    location_id: act.locationId,
    practitioner_id: act.practitionerId,
    discount: 0,
    discount_reason: null,
    occurred_at: at,
  } as const;
  if (earlier.some((row) => row.id === id)) writer.update('charge_item', id, said);
  else
    writer.insert('charge_item', {
      ...blank('charge_item'),
      ...said,
      id,
      patient_id: act.patientId,
      definition_id: priced.definitionId,
      source_kind: act.kind,
      source_id: act.sourceId,
      created_at: at,
      created_by: act.user,
    });
};

/** What an act raised and is not billed is of another practitioner. */
export const handOverCharges = (
  writer: LocalWriter,
  kind: RaisingKind,
  sourceId: string,
  practitionerId: string,
): void => {
  for (const { id, status, billed } of chargesOfAct(writer, kind, sourceId))
    if (status === 'billable' && billed === 0)
      writer.update('charge_item', id, { practitioner_id: practitionerId });
};

/**
 * Withdraws what an act raised, as the act was none. What was billed stays, for a credit note to take back, and what a person took away
 * stays taken away.
 */
export const withdrawCharges = (writer: LocalWriter, kind: RaisingKind, sourceId: string): void => {
  for (const { id, status, billed } of chargesOfAct(writer, kind, sourceId))
    if (status === 'billable' && billed === 0)
      writer.update('charge_item', id, { status: 'entered-in-error', invoice_id: null });
};

type Visit = Pick<
  LocalRowOf<'appointment'>,
  'id' | 'patient_id' | 'location_id' | 'practitioner_id' | 'visit_type_id' | 'time_zone'
>;

/** The fee of a visit, by its kind at its site. */
export const raiseVisitCharge = (deps: Deps, writer: LocalWriter, visit: Visit, user: string | null): void =>
  raise(
    deps,
    writer,
    visit.visit_type_id === null ? { by: 'any-visit' } : { by: 'visit-type', id: visit.visit_type_id },
    {
      kind: 'visit',
      sourceId: visit.id,
      patientId: visit.patient_id,
      locationId: visit.location_id,
      practitionerId: visit.practitioner_id,
      quantity: '1',
      day: dayAt(deps.clock.now(), visit.time_zone),
      user,
    },
  );

const today = (deps: Deps): string => dayAt(deps.clock.now(), deps.home().timeZone);

/** What a request costs that was carried out at a site, by its code in the catalogue; one in words has none. */
export const raiseProcedureCharge = (
  deps: Deps,
  writer: LocalWriter,
  request: Pick<LocalRowOf<'service_request'>, 'id' | 'patient_id' | 'code' | 'requester_id'>,
  { locationId, user }: { readonly locationId: string | null; readonly user: string | null },
): void => {
  if (request.code === null) return;
  raise(
    deps,
    writer,
    { by: 'service', code: request.code },
    {
      kind: 'procedure',
      sourceId: request.id,
      patientId: request.patient_id,
      locationId,
      practitionerId: request.requester_id,
      quantity: '1',
      day: today(deps),
      user,
    },
  );
};

interface HandedOut {
  readonly dispenseId: string;
  readonly patientId: string;
  /** The medicine that was handed out, which may be another than the one that was prescribed; null: in words. */
  readonly medicineId: string | null;
  readonly quantity: string;
  readonly locationId: string | null;
  readonly practitionerId: string | null;
  readonly user: string | null;
}

/** Thousandths are the smallest part that is billed. */
const billedQuantity = (quantity: string): string =>
  isDecimal(quantity) ? tidyDecimal(roundDecimal(quantity, 3)) : '';

/** What was handed out of a medicine of the formulary; a quantity no bill can hold raises nothing. */
export const raiseDispenseCharge = (deps: Deps, writer: LocalWriter, handed: HandedOut): void => {
  const quantity = billedQuantity(handed.quantity);
  if (handed.medicineId === null || !isQuantity(quantity)) return;
  const { dispenseId, patientId, medicineId, locationId, practitionerId, user } = handed;
  raise(
    deps,
    writer,
    { by: 'medicine', id: medicineId },
    {
      kind: 'dispense',
      sourceId: dispenseId,
      patientId,
      locationId,
      practitionerId,
      quantity,
      day: today(deps),
      user,
    },
  );
};
