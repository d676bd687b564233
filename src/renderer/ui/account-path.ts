/** Where a patient's balance and payments are; with an invoice, where that one is paid. */
export const accountPath = (patientId: string, invoiceId: string | null = null): string =>
  `/patients/${patientId}/account${invoiceId === null ? '' : `/${invoiceId}`}`;
