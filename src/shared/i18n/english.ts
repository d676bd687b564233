import { absence } from './en/absence.ts';
import { access } from './en/access.ts';
import { accounts } from './en/accounts.ts';
import { allergies } from './en/allergies.ts';
import { appointments } from './en/appointments.ts';
import { audit } from './en/audit.ts';
import { billing } from './en/billing.ts';
import { billingReports } from './en/billing-reports.ts';
import { calendarEntry } from './en/calendar-entry.ts';
import { calls } from './en/calls.ts';
import { chart } from './en/chart.ts';
import { claims } from './en/claims.ts';
import { clinic } from './en/clinic.ts';
import { concepts } from './en/concepts.ts';
import { conflicts } from './en/conflicts.ts';
import { duplicates } from './en/duplicates.ts';
import { findings } from './en/findings.ts';
import { formulary } from './en/formulary.ts';
import { holidays } from './en/holidays.ts';
import { importing } from './en/import.ts';
import { kiosk } from './en/kiosk.ts';
import { mail } from './en/mail.ts';
import { notes } from './en/notes.ts';
import { oversight } from './en/oversight.ts';
import { overview } from './en/overview.ts';
import { panelDesk } from './en/panel-desk.ts';
import { panelPaper } from './en/panel-paper.ts';
import { patients } from './en/patients.ts';
import { payers } from './en/payers.ts';
import { payments } from './en/payments.ts';
import { prescribing } from './en/prescribing.ts';
import { prices } from './en/prices.ts';
import { printing } from './en/printing.ts';
import { problems } from './en/problems.ts';
import { protection } from './en/protection.ts';
import { records } from './en/records.ts';
import { safety } from './en/safety.ts';
import { scheduling } from './en/scheduling.ts';
import { series } from './en/series.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { stock } from './en/stock.ts';
import { sync } from './en/sync.ts';
import { till } from './en/till.ts';
import { visits } from './en/visits.ts';
import { waitlist } from './en/waitlist.ts';
import { workstations } from './en/workstations.ts';
import { panelEnglish } from './panel-english.ts';
import type { Words } from './words.ts';

/** Every text of the product in English; a feature adds its file here and in each other language. */
export const english = {
  ...panelEnglish,
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
} as const;

/** What a complete language consists of. */
export type Catalogue = Words<typeof english>;
