import type { z } from 'zod';
import type { AppError } from '#shared/kernel/result.ts';
import { absenceCalls } from './absence.ts';
import { accessCalls } from './access.ts';
import { accountCalls } from './accounts.ts';
import { allergyCalls } from './allergies.ts';
import { appCalls } from './app.ts';
import { appointmentCalls } from './appointments.ts';
import { auditCalls } from './audit.ts';
import { billingReportCalls } from './billing-reports.ts';
import { callListCalls } from './call-list.ts';
import { chargeCalls } from './charges.ts';
import { chartCalls } from './chart.ts';
import { claimCalls } from './claims.ts';
import { clinicCalls } from './clinic.ts';
import { conceptCalls } from './concepts.ts';
import { conflictCalls } from './conflicts.ts';
import { diagnosticsCalls } from './diagnostics.ts';
import { documentCalls } from './documents.ts';
import { draftCalls } from './drafts.ts';
import { formularyCalls } from './formulary.ts';
import { holidayCalls } from './holidays.ts';
import { importCalls } from './import.ts';
import { invoiceCalls } from './invoices.ts';
import { kioskCalls } from './kiosk.ts';
import { mailCalls } from './mail.ts';
import { noteCalls } from './notes.ts';
import { orderCalls } from './orders.ts';
import { oversightCalls } from './oversight.ts';
import { overviewCalls } from './overview.ts';
import { pageCalls } from './pages.ts';
import { panelCalls } from './panel.ts';
import { panelAccountCalls } from './panel-account.ts';
import { panelBillingCalls } from './panel-billing.ts';
import { panelBookingCalls } from './panel-booking.ts';
import { panelCalendarCalls } from './panel-calendar.ts';
import { panelDeskCalls } from './panel-desk.ts';
import { panelPeopleCalls } from './panel-people.ts';
import { panelPrescriptionCalls } from './panel-prescriptions.ts';
import { panelRecordsCalls } from './panel-records.ts';
import { patientMergeCalls } from './patient-merge.ts';
import { patientCalls } from './patients.ts';
import { payerCalls } from './payers.ts';
import { paymentCalls } from './payments.ts';
import { practitionerCalls } from './practitioners.ts';
import { prescriptionCalls } from './prescriptions.ts';
import { priceCalls } from './prices.ts';
import { printingCalls } from './printing.ts';
import { problemCalls } from './problems.ts';
import { protectionCalls } from './protection.ts';
import { safetyCalls } from './safety.ts';
import { schedulingCalls } from './scheduling.ts';
import { seriesCalls } from './series.ts';
import { sessionCalls } from './session.ts';
import { settingCalls } from './settings.ts';
import { shellCalls } from './shell.ts';
import { stockCalls } from './stock.ts';
import { syncCalls } from './sync.ts';
import { tillCalls } from './till.ts';
import { updateCalls } from './updates.ts';
import { visitCalls } from './visits.ts';
import { vitalsCalls } from './vitals.ts';
import { waitlistCalls } from './waitlist.ts';
import { workstationCalls } from './workstations.ts';

/** Every call a screen or another program can make. Both transports, the client and the permission check read this map. */
export const contract = {
  ...appCalls,
  ...diagnosticsCalls,
  ...mailCalls,
  ...sessionCalls,
  ...panelCalls,
  ...panelRecordsCalls,
  ...panelPrescriptionCalls,
  ...panelBillingCalls,
  ...panelAccountCalls,
  ...panelPeopleCalls,
  ...panelDeskCalls,
  ...kioskCalls,
  ...panelBookingCalls,
  ...panelCalendarCalls,
  ...accessCalls,
  ...overviewCalls,
  ...billingReportCalls,
  ...workstationCalls,
  ...accountCalls,
  ...syncCalls,
  ...patientCalls,
  ...patientMergeCalls,
  ...practitionerCalls,
  ...clinicCalls,
  ...settingCalls,
  ...priceCalls,
  ...invoiceCalls,
  ...payerCalls,
  ...chargeCalls,
  ...paymentCalls,
  ...tillCalls,
  ...claimCalls,
  ...stockCalls,
  ...appointmentCalls,
  ...seriesCalls,
  ...absenceCalls,
  ...callListCalls,
  ...oversightCalls,
  ...schedulingCalls,
  ...holidayCalls,
  ...conflictCalls,
  ...visitCalls,
  ...prescriptionCalls,
  ...noteCalls,
  ...printingCalls,
  ...shellCalls,
  ...updateCalls,
  ...protectionCalls,
  ...vitalsCalls,
  ...allergyCalls,
  ...problemCalls,
  ...conceptCalls,
  ...waitlistCalls,
  ...importCalls,
  ...safetyCalls,
  ...formularyCalls,
  ...chartCalls,
  ...orderCalls,
  ...documentCalls,
  ...auditCalls,
  ...draftCalls,
  ...pageCalls,
} as const;

export type Contract = typeof contract;
export type CallName = keyof Contract;
/** What a caller passes. */
export type Input<N extends CallName> = z.input<Contract[N]['input']>;
/** What a service receives, defaults filled in. */
export type Parsed<N extends CallName> = z.output<Contract[N]['input']>;
export type Output<N extends CallName> = z.output<Contract[N]['output']>;

/** What a transport carries back. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };
