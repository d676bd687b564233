/** Where an invoice, or the bill of a patient, is shown. */
export const billPath = (invoiceId: string): string => `/billing/bills/${invoiceId}`;
export const patientBillPath = (patientId: string): string => `/billing/bills/of/${patientId}`;
