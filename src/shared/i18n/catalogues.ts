import { absence as absenceEnglish } from './en/absence.ts';
import { access as accessEnglish } from './en/access.ts';
import { accounts as accountsEnglish } from './en/accounts.ts';
import { allergies as allergiesEnglish } from './en/allergies.ts';
import { app as appEnglish } from './en/app.ts';
import { appointments as appointmentsEnglish } from './en/appointments.ts';
import { audit as auditEnglish } from './en/audit.ts';
import { calendarEntry as calendarEntryEnglish } from './en/calendar-entry.ts';
import { calls as callsEnglish } from './en/calls.ts';
import { chart as chartEnglish } from './en/chart.ts';
import { clinic as clinicEnglish } from './en/clinic.ts';
import { common as commonEnglish } from './en/common.ts';
import { concepts as conceptsEnglish } from './en/concepts.ts';
import { conflicts as conflictsEnglish } from './en/conflicts.ts';
import { documents as documentsEnglish } from './en/documents.ts';
import { duplicates as duplicatesEnglish } from './en/duplicates.ts';
import { errors as errorsEnglish } from './en/errors.ts';
import { findings as findingsEnglish } from './en/findings.ts';
import { formulary as formularyEnglish } from './en/formulary.ts';
import { holidays as holidaysEnglish } from './en/holidays.ts';
import { importing as importEnglish } from './en/import.ts';
import { kiosk as kioskEnglish } from './en/kiosk.ts';
import { mail as mailEnglish } from './en/mail.ts';
import { notes as notesEnglish } from './en/notes.ts';
import { orders as ordersEnglish } from './en/orders.ts';
import { oversight as oversightEnglish } from './en/oversight.ts';
import { overview as overviewEnglish } from './en/overview.ts';
import { panel as panelEnglish } from './en/panel.ts';
import { panelAccount as panelAccountEnglish } from './en/panel-account.ts';
import { panelBooking as panelBookingEnglish } from './en/panel-booking.ts';
import { panelCalendar as panelCalendarEnglish } from './en/panel-calendar.ts';
import { panelDesk as panelDeskEnglish } from './en/panel-desk.ts';
import { panelPaper as panelPaperEnglish } from './en/panel-paper.ts';
import { panelRecords as panelRecordsEnglish } from './en/panel-records.ts';
import { particulars as particularsEnglish } from './en/particulars.ts';
import { patients as patientsEnglish } from './en/patients.ts';
import { prescribing as prescribingEnglish } from './en/prescribing.ts';
import { prices as pricesEnglish } from './en/prices.ts';
import { printing as printingEnglish } from './en/printing.ts';
import { problems as problemsEnglish } from './en/problems.ts';
import { protection as protectionEnglish } from './en/protection.ts';
import { records as recordsEnglish } from './en/records.ts';
import { safety as safetyEnglish } from './en/safety.ts';
import { scheduling as schedulingEnglish } from './en/scheduling.ts';
import { series as seriesEnglish } from './en/series.ts';
import { session as sessionEnglish } from './en/session.ts';
import { settings as settingsEnglish } from './en/settings.ts';
import { shell as shellEnglish } from './en/shell.ts';
import { sync as syncEnglish } from './en/sync.ts';
import { visits as visitsEnglish } from './en/visits.ts';
import { vitals as vitalsEnglish } from './en/vitals.ts';
import { waitlist as waitlistEnglish } from './en/waitlist.ts';
import { workstations as workstationsEnglish } from './en/workstations.ts';
import { absence as absenceFrench } from './fr/absence.ts';
import { access as accessFrench } from './fr/access.ts';
import { accounts as accountsFrench } from './fr/accounts.ts';
import { allergies as allergiesFrench } from './fr/allergies.ts';
import { app as appFrench } from './fr/app.ts';
import { appointments as appointmentsFrench } from './fr/appointments.ts';
import { audit as auditFrench } from './fr/audit.ts';
import { calendarEntry as calendarEntryFrench } from './fr/calendar-entry.ts';
import { calls as callsFrench } from './fr/calls.ts';
import { chart as chartFrench } from './fr/chart.ts';
import { clinic as clinicFrench } from './fr/clinic.ts';
import { common as commonFrench } from './fr/common.ts';
import { concepts as conceptsFrench } from './fr/concepts.ts';
import { conflicts as conflictsFrench } from './fr/conflicts.ts';
import { documents as documentsFrench } from './fr/documents.ts';
import { duplicates as duplicatesFrench } from './fr/duplicates.ts';
import { errors as errorsFrench } from './fr/errors.ts';
import { findings as findingsFrench } from './fr/findings.ts';
import { formulary as formularyFrench } from './fr/formulary.ts';
import { holidays as holidaysFrench } from './fr/holidays.ts';
import { importing as importFrench } from './fr/import.ts';
import { kiosk as kioskFrench } from './fr/kiosk.ts';
import { mail as mailFrench } from './fr/mail.ts';
import { notes as notesFrench } from './fr/notes.ts';
import { orders as ordersFrench } from './fr/orders.ts';
import { oversight as oversightFrench } from './fr/oversight.ts';
import { overview as overviewFrench } from './fr/overview.ts';
import { panel as panelFrench } from './fr/panel.ts';
import { panelAccount as panelAccountFrench } from './fr/panel-account.ts';
import { panelBooking as panelBookingFrench } from './fr/panel-booking.ts';
import { panelCalendar as panelCalendarFrench } from './fr/panel-calendar.ts';
import { panelDesk as panelDeskFrench } from './fr/panel-desk.ts';
import { panelPaper as panelPaperFrench } from './fr/panel-paper.ts';
import { panelRecords as panelRecordsFrench } from './fr/panel-records.ts';
import { particulars as particularsFrench } from './fr/particulars.ts';
import { patients as patientsFrench } from './fr/patients.ts';
import { prescribing as prescribingFrench } from './fr/prescribing.ts';
import { prices as pricesFrench } from './fr/prices.ts';
import { printing as printingFrench } from './fr/printing.ts';
import { problems as problemsFrench } from './fr/problems.ts';
import { protection as protectionFrench } from './fr/protection.ts';
import { records as recordsFrench } from './fr/records.ts';
import { safety as safetyFrench } from './fr/safety.ts';
import { scheduling as schedulingFrench } from './fr/scheduling.ts';
import { series as seriesFrench } from './fr/series.ts';
import { session as sessionFrench } from './fr/session.ts';
import { settings as settingsFrench } from './fr/settings.ts';
import { shell as shellFrench } from './fr/shell.ts';
import { sync as syncFrench } from './fr/sync.ts';
import { visits as visitsFrench } from './fr/visits.ts';
import { vitals as vitalsFrench } from './fr/vitals.ts';
import { waitlist as waitlistFrench } from './fr/waitlist.ts';
import { workstations as workstationsFrench } from './fr/workstations.ts';
import type { Words } from './words.ts';

/** Every text of the product in English; a feature adds its file here and in each other language. */
const english = {
  absence: absenceEnglish,
  access: accessEnglish,
  accounts: accountsEnglish,
  allergies: allergiesEnglish,
  app: appEnglish,
  appointments: appointmentsEnglish,
  audit: auditEnglish,
  calendarEntry: calendarEntryEnglish,
  calls: callsEnglish,
  chart: chartEnglish,
  clinic: clinicEnglish,
  common: commonEnglish,
  concepts: conceptsEnglish,
  conflicts: conflictsEnglish,
  documents: documentsEnglish,
  duplicates: duplicatesEnglish,
  errors: errorsEnglish,
  formulary: formularyEnglish,
  findings: findingsEnglish,
  prescribing: prescribingEnglish,
  holidays: holidaysEnglish,
  import: importEnglish,
  kiosk: kioskEnglish,
  mail: mailEnglish,
  orders: ordersEnglish,
  notes: notesEnglish,
  oversight: oversightEnglish,
  overview: overviewEnglish,
  workstations: workstationsEnglish,
  panelBooking: panelBookingEnglish,
  panelCalendar: panelCalendarEnglish,
  particulars: particularsEnglish,
  panel: panelEnglish,
  panelAccount: panelAccountEnglish,
  panelPaper: panelPaperEnglish,
  panelRecords: panelRecordsEnglish,
  panelDesk: panelDeskEnglish,
  patients: patientsEnglish,
  printing: printingEnglish,
  problems: problemsEnglish,
  protection: protectionEnglish,
  records: recordsEnglish,
  safety: safetyEnglish,
  scheduling: schedulingEnglish,
  series: seriesEnglish,
  session: sessionEnglish,
  prices: pricesEnglish,
  settings: settingsEnglish,
  shell: shellEnglish,
  sync: syncEnglish,
  visits: visitsEnglish,
  vitals: vitalsEnglish,
  waitlist: waitlistEnglish,
} as const;

/** What a complete language consists of. */
export type Catalogue = Words<typeof english>;

const french: Catalogue = {
  absence: absenceFrench,
  access: accessFrench,
  accounts: accountsFrench,
  allergies: allergiesFrench,
  app: appFrench,
  appointments: appointmentsFrench,
  audit: auditFrench,
  calendarEntry: calendarEntryFrench,
  calls: callsFrench,
  chart: chartFrench,
  clinic: clinicFrench,
  common: commonFrench,
  concepts: conceptsFrench,
  conflicts: conflictsFrench,
  documents: documentsFrench,
  duplicates: duplicatesFrench,
  errors: errorsFrench,
  formulary: formularyFrench,
  findings: findingsFrench,
  prescribing: prescribingFrench,
  holidays: holidaysFrench,
  import: importFrench,
  kiosk: kioskFrench,
  mail: mailFrench,
  orders: ordersFrench,
  notes: notesFrench,
  oversight: oversightFrench,
  overview: overviewFrench,
  workstations: workstationsFrench,
  panelBooking: panelBookingFrench,
  panelCalendar: panelCalendarFrench,
  particulars: particularsFrench,
  panel: panelFrench,
  panelAccount: panelAccountFrench,
  panelPaper: panelPaperFrench,
  panelRecords: panelRecordsFrench,
  panelDesk: panelDeskFrench,
  patients: patientsFrench,
  printing: printingFrench,
  problems: problemsFrench,
  protection: protectionFrench,
  records: recordsFrench,
  safety: safetyFrench,
  scheduling: schedulingFrench,
  series: seriesFrench,
  session: sessionFrench,
  prices: pricesFrench,
  settings: settingsFrench,
  shell: shellFrench,
  sync: syncFrench,
  visits: visitsFrench,
  vitals: vitalsFrench,
  waitlist: waitlistFrench,
};

/** Languages the product speaks, with the name each gives itself and the locale for dates and numbers. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  fr: { name: 'Français', locale: 'fr-FR' },
} as const;
export type Language = keyof typeof languages;

export const catalogues: Readonly<Record<Language, Catalogue>> = { en: english, fr: french };
