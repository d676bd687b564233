import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { ChargeItemDetails, ChargeItemView, PriceView } from '#shared/contract/prices.ts';
import type { ChargeCategory } from '#shared/domain/billing/charge.ts';
import { orderTests } from '#shared/domain/orders/catalogue.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { priceAt, priceId } from '#shared/domain/prices/price.ts';
import { changedFields, isChangedElsewhere } from '#shared/domain/records/changes.ts';
import type {
  ChargeItemId,
  LocationId,
  MedicineId,
  OrganizationId,
  PriceId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf, RowOf } from '#shared/sync/catalogue.ts';
import { importPrices } from './csv-import.ts';
import { putPrice, today } from './put.ts';
import {
  findItem,
  findPrice,
  items,
  medicinesOf,
  type PriceRow,
  payers,
  prices,
  sites,
  visitPrices,
  visitTypes,
} from './repository.ts';

const priceView = (row: PriceRow): PriceView => ({
  id: row.id as PriceId,
  locationId: row.location_id as LocationId | null,
  payerId: row.payer_id as OrganizationId | null,
  validFrom: row.valid_from,
  amount: row.amount,
  currency: row.currency,
});

/** An entry of an earlier version has no category; one of a kind of visits is a visit. */
const categoryOf = (visitTypeId: string | null, category: string | null): ChargeCategory =>
  visitTypeId === null ? ((category ?? 'other') as ChargeCategory) : 'visit';

const detailsOf = (row: LocalRowOf<'charge_item_definition'>): ChargeItemDetails => ({
  code: row.code,
  title: row.title,
  category: categoryOf(row.visit_type_id, row.category),
  taxRate: row.tax_rate,
  visitTypeId: row.visit_type_id as VisitTypeId | null,
  serviceCode: row.service_code,
  medicineId: row.medicine_id as MedicineId | null,
  active: row.active === 1,
});

const list = (deps: FeatureDeps): Output<'prices.list'> => {
  const { store, settings } = deps;
  const rows = items(store);
  const byItem = Map.groupBy(prices(store), (row) => row.definition_id);
  const uncertain = store.uncertain(
    'charge_item_definition',
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map(
      (row): ChargeItemView => ({
        ...detailsOf(row),
        id: row.id as ChargeItemId,
        visitTypeName: row.visit_type_name,
        medicineName: row.medicine_name,
        prices: (byItem.get(row.id) ?? []).map(priceView),
        certainty: uncertain.get(row.id) ?? 'confirmed',
      }),
    ),
    sites: sites(store).map(({ id, name }) => ({ id: id as LocationId, name })),
    payers: payers(store).map(({ id, name, active }) => ({ id, name, active: active === 1 })),
    currency: settings.of('clinic.currency', null),
    today: today(deps),
  };
};

/** Of several things charged for one kind of visit the first that has a price counts. */
export const fees = (
  { store }: FeatureDeps,
  { locationId, day }: Parsed<'prices.fees'>,
): Output<'prices.fees'> => {
  const byItem = Map.groupBy(visitPrices(store), (row) => row.definition_id);
  const found = new Map<string, Output<'prices.fees'>[number]>();
  for (const rows of byItem.values()) {
    const [first] = rows;
    const price = priceAt(rows.map(priceView), { siteId: locationId, payerId: null }, day);
    if (first === undefined || price === null || found.has(first.visit_type_id)) continue;
    found.set(first.visit_type_id, {
      visitTypeId: first.visit_type_id as VisitTypeId,
      title: first.title,
      amount: price.amount,
      currency: price.currency,
    });
  }
  return [...found.values()];
};

const fold = (code: string) => code.toLocaleLowerCase();

/** What raises it is of its category, and of no other. */
const columns = (details: ChargeItemDetails): Omit<RowOf<'charge_item_definition'>, 'id'> => {
  const category = categoryOf(details.visitTypeId, details.category);
  return {
    code: details.code,
    title: details.title,
    category,
    tax_rate: details.taxRate,
    visit_type_id: details.visitTypeId,
    service_code: category === 'procedure' ? details.serviceCode : null,
    medicine_id: category === 'medicine' ? details.medicineId : null,
    active: details.active ? 1 : 0,
  };
};

const isOneOf = <T>(value: T | null, isKnown: (value: T) => boolean): boolean =>
  value === null || isKnown(value);

/** What is wrong with an entry of the price list, by field. */
const problemsOf = ({ store }: FeatureDeps, details: ChargeItemDetails, known: string | null) => ({
  ...(items(store).some((one) => one.id !== known && fold(one.code) === fold(details.code)) && {
    code: 'duplicate',
  }),
  ...(!isOneOf(details.visitTypeId, (id) => visitTypes(store).some((type) => type.id === id)) && {
    visitTypeId: 'invalid',
  }),
  ...(!isOneOf(details.serviceCode, (code) => orderTests.some((test) => test.code === code)) && {
    serviceCode: 'invalid',
  }),
  ...(!isOneOf(details.medicineId, (id) => medicinesOf(store, { id }).length > 0) && {
    medicineId: 'invalid',
  }),
});

const define = (
  deps: FeatureDeps,
  { id: known, was, ...details }: Parsed<'prices.define'>,
  connection: Connection,
): Result<{ id: ChargeItemId }> => {
  const { store } = deps;
  const row = known === null ? undefined : findItem(store, known);
  if (known !== null && row === undefined) return fail('not-found');
  if (row && was !== null && isChangedElsewhere(detailsOf(row), was, details))
    return fail('changed-meanwhile');
  const fields = problemsOf(deps, details, known);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const id = known ?? deps.newId();
  const changes = row && { ...detailsOf(row), ...changedFields(was ?? detailsOf(row), details) };
  write(deps, 'price.define', connection, (writer) =>
    changes === undefined
      ? writer.insert('charge_item_definition', { id, ...columns(details) })
      : writer.update('charge_item_definition', id, columns(changes)),
  );
  return ok({ id: id as ChargeItemId });
};

const set = (
  deps: FeatureDeps,
  { amount: typed, ...where }: Parsed<'prices.set'>,
  connection: Connection,
): Result<{ id: PriceId }> => {
  const { store, settings } = deps;
  const currency = settings.of('clinic.currency', null);
  if (currency === null) return fail('no-currency');
  if (findItem(store, where.definitionId) === undefined) return fail('not-found');
  const read = readAmount(typed, currency);
  const isSite = where.locationId === null || sites(store).some(({ id }) => id === where.locationId);
  const isPayer = where.payerId === null || payers(store).some(({ id }) => id === where.payerId);
  const fields = {
    ...(!read.ok && { amount: read.error }),
    ...(!isSite && { locationId: 'invalid' }),
    ...(!isPayer && { payerId: 'invalid' }),
  };
  if (!read.ok || !isSite || !isPayer) return fail('invalid-input', { fields });
  const price = { ...where, amount: read.value, currency };
  write(deps, 'price.set', connection, (writer) => putPrice(writer, price));
  const place = { siteId: where.locationId, payerId: where.payerId };
  return ok({ id: priceId(where.definitionId, place, where.validFrom) as PriceId });
};

const takeBack = (
  deps: FeatureDeps,
  { id }: Parsed<'prices.takeBack'>,
  connection: Connection,
): Result<null> => {
  const row = findPrice(deps.store, id);
  if (row === undefined) return fail('not-found');
  if (row.amount === null) return ok(null);
  write(deps, 'price.take-back', connection, (writer) =>
    writer.update('charge_item_price', id, { amount: null }),
  );
  return ok(null);
};

/** What the clinic charges for, and what it costs where and from when. */
export const priceHandlers = (
  deps: FeatureDeps,
): Handlers<
  'prices.list' | 'prices.fees' | 'prices.define' | 'prices.set' | 'prices.takeBack' | 'prices.import'
> => ({
  'prices.list': () => ok(list(deps)),
  'prices.fees': (input) => ok(fees(deps, input)),
  'prices.define': (input, connection) => define(deps, input, connection),
  'prices.set': (input, connection) => set(deps, input, connection),
  'prices.takeBack': (input, connection) => takeBack(deps, input, connection),
  'prices.import': (input, connection) => importPrices(deps, input, connection),
});
