import type { Catalogue } from './english.ts';
import { absence } from './fr/absence.ts';
import { access } from './fr/access.ts';
import { accounts } from './fr/accounts.ts';
import { allergies } from './fr/allergies.ts';
import { appointments } from './fr/appointments.ts';
import { audit } from './fr/audit.ts';
import { billing } from './fr/billing.ts';
import { billingReports } from './fr/billing-reports.ts';
import { calendarEntry } from './fr/calendar-entry.ts';
import { calls } from './fr/calls.ts';
import { chart } from './fr/chart.ts';
import { claims } from './fr/claims.ts';
import { clinic } from './fr/clinic.ts';
import { concepts } from './fr/concepts.ts';
import { conflicts } from './fr/conflicts.ts';
import { duplicates } from './fr/duplicates.ts';
import { findings } from './fr/findings.ts';
import { formulary } from './fr/formulary.ts';
import { holidays } from './fr/holidays.ts';
import { importing } from './fr/import.ts';
import { kiosk } from './fr/kiosk.ts';
import { mail } from './fr/mail.ts';
import { notes } from './fr/notes.ts';
import { oversight } from './fr/oversight.ts';
import { overview } from './fr/overview.ts';
import { panelDesk } from './fr/panel-desk.ts';
import { panelPaper } from './fr/panel-paper.ts';
import { patients } from './fr/patients.ts';
import { payers } from './fr/payers.ts';
import { payments } from './fr/payments.ts';
import { prescribing } from './fr/prescribing.ts';
import { prices } from './fr/prices.ts';
import { printing } from './fr/printing.ts';
import { problems } from './fr/problems.ts';
import { protection } from './fr/protection.ts';
import { records } from './fr/records.ts';
import { safety } from './fr/safety.ts';
import { scheduling } from './fr/scheduling.ts';
import { series } from './fr/series.ts';
import { session } from './fr/session.ts';
import { settings } from './fr/settings.ts';
import { shell } from './fr/shell.ts';
import { stock } from './fr/stock.ts';
import { sync } from './fr/sync.ts';
import { till } from './fr/till.ts';
import { visits } from './fr/visits.ts';
import { waitlist } from './fr/waitlist.ts';
import { workstations } from './fr/workstations.ts';
import { panelFrench } from './panel-french.ts';

export const french: Catalogue = {
  ...panelFrench,
  absence,
  access,
  accounts,
  allergies,
  appointments,
  audit,
  billing,
  billingReports,
  calendarEntry,
  calls,
  chart,
  claims,
  clinic,
  concepts,
  conflicts,
  duplicates,
  findings,
  formulary,
  holidays,
  import: importing,
  kiosk,
  mail,
  notes,
  oversight,
  overview,
  panelDesk,
  panelPaper,
  patients,
  payments,
  prescribing,
  prices,
  payers,
  printing,
  problems,
  protection,
  records,
  safety,
  scheduling,
  series,
  session,
  settings,
  shell,
  stock,
  sync,
  till,
  visits,
  waitlist,
  workstations,
};
