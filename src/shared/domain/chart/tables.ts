import { catalogue, type SyncedTable } from '#shared/sync/catalogue.ts';

/** What of a patient is the front desk's: who it is, when they come, who pays, and what is written about the work itself. */
const ofTheDesk: ReadonlySet<string> = new Set([
  'patient',
  'patient_link',
  'patient_telecom',
  'patient_identifier',
  'patient_photo',
  'coverage',
  'consent',
  'appointment',
  'appointment_series',
  'waitlist_entry',
  'invoice',
  'invoice_line',
  'charge_item',
  'payment',
  'claim_item',
  'claim_response_item',
  'task',
  'conflict',
  'patient_account_link',
  'patient_link_code',
]);

/** Whether rows of a table are in the chart of a patient, so that a restriction closes them. A table nobody thought of here is. */
export const isOfChart = (table: string): boolean => {
  const known = (catalogue as Readonly<Record<string, SyncedTable>>)[table];
  return known?.scope !== undefined && !ofTheDesk.has(table);
};
