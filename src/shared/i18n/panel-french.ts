import { app } from './fr/app.ts';
import { common } from './fr/common.ts';
import { documents } from './fr/documents.ts';
import { errors } from './fr/errors.ts';
import { orders } from './fr/orders.ts';
import { panel } from './fr/panel.ts';
import { panelAccount } from './fr/panel-account.ts';
import { panelBooking } from './fr/panel-booking.ts';
import { panelCalendar } from './fr/panel-calendar.ts';
import { panelRecords } from './fr/panel-records.ts';
import { particulars } from './fr/particulars.ts';
import { vitals } from './fr/vitals.ts';
import type { PanelCatalogue } from './panel-english.ts';

export const panelFrench: PanelCatalogue = {
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
};
