import type { InvoiceLineView } from '#shared/contract/invoices.ts';

/** What is open beside a bill. */
export type Sheet =
  /** Null: all that is left of the bill. */
  | { readonly kind: 'credit'; readonly line: InvoiceLineView | null }
  | { readonly kind: 'discount'; readonly line: InvoiceLineView };
