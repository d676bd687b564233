import { useLocation } from 'wouter';
import { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { BillsList } from './BillsList.tsx';
import { InvoiceScreen } from './InvoiceScreen.tsx';
import { PatientBill } from './PatientBill.tsx';

/** What patients were billed: all of it, one patient's, or one invoice, as the address says. */
export function BillsTab() {
  const [location] = useLocation();
  const [, , , first = '', second = ''] = location.split('/');
  const patient = first === 'of' ? PatientId.safeParse(second) : undefined;
  if (patient?.success) return <PatientBill key={patient.data} patientId={patient.data} />;
  const invoice = InvoiceId.safeParse(first);
  return invoice.success ? <InvoiceScreen key={invoice.data} id={invoice.data} /> : <BillsList />;
}
