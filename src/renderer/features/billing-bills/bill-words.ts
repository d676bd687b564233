import type { InvoiceState } from '#shared/domain/billing/balance.ts';

type Toned = { readonly status: InvoiceState; readonly kind: 'invoice' | 'credit-note' };

/** What a bill is in words: a key of `billing.state`. Of a credit note nothing is to be paid. */
export const stateOf = ({ status, kind }: Toned): InvoiceState | 'credit-note' =>
  kind === 'credit-note' && status === 'issued' ? 'credit-note' : status;

/** Whether somebody has to do something about it. */
export const toneOf = ({ status, kind }: Toned): 'wait' | 'done' | 'past' => {
  if (status === 'balanced') return 'done';
  return kind === 'invoice' && (status === 'issued' || status === 'draft') ? 'wait' : 'past';
};
