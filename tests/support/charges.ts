import type { Local } from '#main/data/local/open.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';

const rowId = (n: number): string => `01900000-0000-7000-8000-cc${String(n).padStart(10, '0')}`;

/** An insurer, and something of the price list. */
export const insurer: RowOf<'organization'> = {
  ...blank('organization'),
  id: rowId(1),
  kind: 'payer',
  name: 'Mutuelle',
  active: 1,
  created_at: '2026-01-01T00:00:00.000Z',
};
export const consultation: RowOf<'charge_item_definition'> = {
  ...blank('charge_item_definition'),
  id: rowId(2),
  code: 'C1',
  title: 'Consultation',
  active: 1,
};

/** A charge by hand of 1,000 of a currency, the patient's alone; `more` says what is otherwise. */
export const someCharge = (
  more: Partial<RowOf<'charge_item'>> & Pick<RowOf<'charge_item'>, 'patient_id'>,
): RowOf<'charge_item'> => ({
  ...blank('charge_item'),
  id: crypto.randomUUID(),
  definition_id: consultation.id,
  status: 'billable',
  source_kind: 'manual',
  title: 'Consultation',
  quantity: '1',
  unit_price: 1000,
  currency: 'RWF',
  tax_rate: 0,
  discount: 0,
  occurred_at: '2026-11-23T07:00:00.000Z',
  created_at: '2026-11-23T07:00:00.000Z',
  ...more,
});

/** What charges are of: the clinic's currency, an insurer and an entry of the price list. */
export const seedBilling = ({ store }: Pick<Local, 'store'>): void => {
  store.mutate({ kind: 'seed', user: null }, (writer) => {
    const key = 'clinic.currency';
    writer.insert('setting', { id: settingId(key, null), key, location_id: null, value: '"RWF"' });
    writer.insert('organization', insurer);
    writer.insert('charge_item_definition', consultation);
  });
};

/** Writes charges down, and returns their ids. */
export const putCharges = (
  { store }: Pick<Local, 'store'>,
  ...charges: readonly RowOf<'charge_item'>[]
): readonly string[] => {
  store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const charge of charges) writer.insert('charge_item', charge);
  });
  return charges.map(({ id }) => id);
};
