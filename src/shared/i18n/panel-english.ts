import { app } from './en/app.ts';
import { common } from './en/common.ts';
import { documents } from './en/documents.ts';
import { errors } from './en/errors.ts';
import { orders } from './en/orders.ts';
import { panel } from './en/panel.ts';
import { panelAccount } from './en/panel-account.ts';
import { panelBooking } from './en/panel-booking.ts';
import { panelCalendar } from './en/panel-calendar.ts';
import { panelRecords } from './en/panel-records.ts';
import { particulars } from './en/particulars.ts';
import { vitals } from './en/vitals.ts';
import type { Words } from './words.ts';

/** What the patients' page says, in English: all that is fetched for it. A test finds what it needs besides. */
export const panelEnglish = {
  app,
  common,
  documents,
  errors,
  orders,
  panel,
  panelAccount,
  panelBooking,
  panelCalendar,
  panelRecords,
  particulars,
  vitals,
} as const;

/** What a language consists of for the patients' page. */
export type PanelCatalogue = Words<typeof panelEnglish>;
