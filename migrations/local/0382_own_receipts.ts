import type { LocalMigration } from './migration.ts';

/**
 * The receipts this workstation has numbered, and whether they were printed: a number stays given although the centre refuses the
 * payment, and what is printed again says that it is a copy. Payments are found by the number of the receipt and by their reference.
 */
export const ownReceipts: LocalMigration = {
  number: 382,
  name: 'own_receipts',
  statements: [
    `CREATE TABLE own_receipt (
      payment_id TEXT PRIMARY KEY NOT NULL,
      number INTEGER NOT NULL UNIQUE,
      printed_at TEXT
    ) STRICT`,
    'CREATE INDEX payment_receipt_number ON payment (receipt_number) WHERE receipt_number IS NOT NULL',
    'CREATE INDEX payment_reference ON payment (reference) WHERE reference IS NOT NULL',
  ],
};
