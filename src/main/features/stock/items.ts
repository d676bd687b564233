import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { levelId } from '#shared/domain/stock/ids.ts';
import { readWhole } from '#shared/domain/stock/quantity.ts';
import type { LocationId, StockItemId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  findItem,
  findLevel,
  findStore,
  hasMedicine,
  hasMoved,
  items,
  openSites,
  stores,
} from './repository.ts';

export const saveItem = (
  deps: FeatureDeps,
  { id: known, ...details }: Parsed<'stock.saveItem'>,
  connection: Connection,
): Result<{ id: StockItemId }> => {
  const { store } = deps;
  const row = known === null ? undefined : findItem(store, known);
  if (known !== null && row === undefined) return fail('not-found');
  const fields = {
    ...(items(store).some((one) => one.id !== known && fold(one.title) === fold(details.title)) && {
      title: 'duplicate',
    }),
    // A number that meant tablets would mean packs.
    ...(row && row.unit !== details.unit && hasMoved(store, row.id) && { unit: 'moved' }),
    ...(details.medicineId !== null && !hasMedicine(store, details.medicineId) && { medicineId: 'invalid' }),
  };
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const id = known ?? deps.newId();
  const to = {
    title: details.title,
    unit: details.unit,
    medicine_id: details.medicineId,
    active: details.active ? 1 : 0,
  } as const;
  write(deps, 'stock.item', connection, (writer) =>
    row === undefined ? writer.insert('stock_item', { id, ...to }) : writer.update('stock_item', id, to),
  );
  return ok({ id: id as StockItemId });
};

/** A number that may be left out. */
const optional = (typed: string) =>
  typed.trim() === '' ? ({ ok: true, value: null } as const) : readWhole(typed);

export const setLevel = (
  deps: FeatureDeps,
  { itemId, locationId, ...typed }: Parsed<'stock.setLevel'>,
  connection: Connection,
): Result<null> => {
  const { store } = deps;
  if (findItem(store, itemId) === undefined || findStore(store, locationId) === undefined)
    return fail('not-found');
  const [minimum, fillTo] = [optional(typed.minimum), optional(typed.fillTo)];
  const fields = {
    ...(!minimum.ok && { minimum: minimum.error }),
    ...(!fillTo.ok && { fillTo: fillTo.error }),
    ...(minimum.ok && (minimum.value ?? 0) < 0 && { minimum: 'negative' }),
    ...(fillTo.ok && (fillTo.value ?? 0) < 0 && { fillTo: 'negative' }),
  };
  if (!minimum.ok || !fillTo.ok || Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const id = levelId(itemId, locationId);
  const to = { minimum: minimum.value, fill_to: fillTo.value };
  write(deps, 'stock.level', connection, (writer) =>
    findLevel(writer, id) === undefined
      ? writer.insert('stock_level', { id, item_id: itemId, location_id: locationId, ...to })
      : writer.update('stock_level', id, to),
  );
  return ok(null);
};

export const saveStore = (
  deps: FeatureDeps,
  { id: known, siteId, name, active }: Parsed<'stock.saveStore'>,
  connection: Connection,
): Result<{ id: LocationId }> => {
  const { store } = deps;
  const row = known === null ? undefined : findStore(store, known);
  if (known !== null && row === undefined) return fail('not-found');
  const site = openSites(store).find((one) => one.id === (row?.part_of ?? siteId));
  if (site === undefined && active) return fail(known === null ? 'not-found' : 'site-closed');
  const isTaken = stores(store).some(
    (one) => one.id !== known && one.site_id === (row?.part_of ?? siteId) && fold(one.name) === fold(name),
  );
  if (isTaken) return fail('invalid-input', { fields: { name: 'duplicate' } });
  const id = known ?? deps.newId();
  write(deps, 'stock.store', connection, (writer) => {
    if (row !== undefined) return writer.update('location', id, { name, active: active ? 1 : 0 });
    writer.insert('location', {
      ...blank('location'),
      id,
      kind: 'store',
      part_of: siteId,
      name,
      time_zone: site?.time_zone ?? deps.home().timeZone,
      active: active ? 1 : 0,
    });
  });
  return ok({ id: id as LocationId });
};
