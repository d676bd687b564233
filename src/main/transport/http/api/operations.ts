import type { Operation } from './operation.ts';
import { appointmentOperations } from './operations/appointments.ts';
import { auditOperations } from './operations/audit.ts';
import { authOperations } from './operations/auth.ts';
import { dashboardOperations } from './operations/dashboards.ts';
import { invoiceOperations } from './operations/invoices.ts';
import { patientOperations } from './operations/patients.ts';
import { paymentOperations } from './operations/payments.ts';
import { practitionerOperations } from './operations/practitioners.ts';
import { prescriptionOperations } from './operations/prescriptions.ts';
import { recordOperations } from './operations/records.ts';
import { scheduleOperations } from './operations/schedules.ts';
import { userOperations } from './operations/users.ts';

/** Every operation of the documented API, in the order of the document. */
export const operations: readonly Operation[] = [
  ...authOperations,
  ...userOperations,
  ...patientOperations,
  ...practitionerOperations,
  ...scheduleOperations,
  ...appointmentOperations,
  ...prescriptionOperations,
  ...recordOperations,
  ...invoiceOperations,
  ...paymentOperations,
  ...dashboardOperations,
  ...auditOperations,
];
