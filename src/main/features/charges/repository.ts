import { isBilled } from '#main/data/local/billed.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type ChargeRow = LocalRowOf<'charge_item'> & { readonly payer_name: string | null };

const shown = localDb
  .selectFrom('charge_item as c')
  .leftJoin('organization as o', 'o.id', 'c.payer_id')
  .selectAll('c')
  .select('o.name as payer_name');

/** Charges of one person that stand and are not billed, the latest first. */
export const openCharges = (reader: LocalReader, patientId: string, limit: number): readonly ChargeRow[] =>
  reader.all<ChargeRow>(
    shown
      .where('c.patient_id', 'in', samePatient(patientId))
      .where('c.status', '=', 'billable')
      .where(isBilled('c.id'), '=', 0)
      .orderBy('c.occurred_at', 'desc')
      .orderBy('c.id', 'desc')
      .limit(limit),
  );

/** One charge that stands and is not billed. */
export const findOpenCharge = (reader: LocalReader, id: string): ChargeRow | undefined =>
  reader.get<ChargeRow>(
    shown.where('c.id', '=', id).where('c.status', '=', 'billable').where(isBilled('c.id'), '=', 0),
  );

export const isCharge = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('charge_item').select('id').where('id', '=', id)) !== undefined;

/** Whether there is such a record, and something of the price list that is still charged. */
export const isPatient = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('patient').select('id').where('id', '=', id)) !== undefined;

export const isEntry = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('charge_item_definition').select('id').where('id', '=', id).where('active', '=', 1),
  ) !== undefined;

export const isPractitioner = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('practitioner').select('id').where('id', '=', id)) !== undefined;
