import type { InvoiceLineRow, InvoiceRow, PaymentRow } from './books.ts';
import type { PaymentMethod } from './payment.ts';
import type { TillEvent } from './till.ts';

export interface MovedRow extends PaymentRow {
  /** Null of a use and of a release: no money moves. */
  readonly method: PaymentMethod | null;
  readonly reference: string | null;
  readonly sessionId: string | null;
}

export interface SessionEvent {
  readonly id: string;
  readonly sessionId: string;
  readonly event: TillEvent;
}

export interface Rows {
  readonly invoices: readonly InvoiceRow[];
  readonly lines: readonly InvoiceLineRow[];
  readonly payments: readonly MovedRow[];
  readonly events: readonly SessionEvent[];
}

/** What one step wrote, all of it or nothing. */
export interface Mutation extends Rows {
  readonly desk: number;
  /** Of how many steps it is. */
  readonly step: number;
}

export interface ClinicOfHistory {
  readonly currency: string;
  readonly patients: readonly string[];
  readonly payer: string;
  /** Who works at each desk; there are as many desks. */
  readonly cashiers: readonly string[];
  readonly supervisor: string;
  readonly newId: () => string;
}
