import { v5 } from 'uuid';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a25';

/** What raises a charge by itself: a visit (its appointment), a request that was carried out, what was handed out. */
export const raisingKinds = ['visit', 'procedure', 'dispense'] as const;
export type RaisingKind = (typeof raisingKinds)[number];

/** What something is that is charged for; the centre's domain `charge_category` has the same list. */
export const chargeCategories = ['visit', 'procedure', 'medicine', 'product', 'other'] as const;
export type ChargeCategory = (typeof chargeCategories)[number];

/**
 * The id of the charge that an act raises of an entry of the price list: made of all three (a UUID version 5), so that two workstations
 * that raise it without hearing of each other write one row.
 */
export const chargeItemId = (sourceKind: RaisingKind, sourceId: string, definitionId: string): string =>
  v5(`${sourceKind} ${sourceId} ${definitionId}`, namespace);
