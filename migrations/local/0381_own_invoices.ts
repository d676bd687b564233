import type { LocalMigration } from './migration.ts';

/**
 * The invoices that were printed here, so that the next print says that it is a copy; and how a desk looks through invoices: by number,
 * and by the time of issue, which of a draft is that it was begun.
 */
export const ownInvoices: LocalMigration = {
  number: 381,
  name: 'own_invoices',
  statements: [
    `CREATE TABLE own_invoice_print (
      invoice_id TEXT PRIMARY KEY NOT NULL,
      printed_at TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX invoice_provisional_number ON invoice (provisional_number)',
    'CREATE INDEX invoice_fiscal_number ON invoice (fiscal_number) WHERE fiscal_number IS NOT NULL',
    'CREATE INDEX invoice_time ON invoice (coalesce(issued_at, created_at), id)',
    `CREATE INDEX invoice_drafts ON invoice (coalesce(issued_at, created_at), id) WHERE status = 'draft'`,
  ],
};
