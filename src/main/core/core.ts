import { v7 } from 'uuid';
import type { Blobs } from '#main/data/local/blobs.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import { accessHandlers } from '#main/features/access/service.ts';
import { accountHandlers } from '#main/features/accounts/service.ts';
import { allergyHandlers } from '#main/features/allergies/service.ts';
import { appHandlers, type HostInfo } from '#main/features/app/service.ts';
import { absenceHandlers } from '#main/features/appointments/absence/service.ts';
import { affectedHandlers } from '#main/features/appointments/affected.ts';
import { appointmentCommands } from '#main/features/appointments/booking.ts';
import { callListHandlers } from '#main/features/appointments/call-list/service.ts';
import { appointmentsForPatients } from '#main/features/appointments/for-patients.ts';
import { holdCommands, ownHold } from '#main/features/appointments/holds.ts';
import { oversightHandlers } from '#main/features/appointments/oversight/service.ts';
import { findPlace } from '#main/features/appointments/placing.ts';
import { seriesHandlers } from '#main/features/appointments/series.ts';
import { appointmentQueries } from '#main/features/appointments/service.ts';
import { workMinutes } from '#main/features/appointments/work-hours.ts';
import { auditHandlers } from '#main/features/audit/service.ts';
import { billingReportHandlers } from '#main/features/billing-reports/service.ts';
import { chargeHandlers } from '#main/features/charges/service.ts';
import { chartHandlers } from '#main/features/chart/service.ts';
import { claimHandlers } from '#main/features/claims/service.ts';
import { clinicHandlers } from '#main/features/clinic/service.ts';
import { conceptHandlers } from '#main/features/concepts/service.ts';
import { conflictHandlers, conflictsHere } from '#main/features/conflicts/service.ts';
import { diagnosticsHandlers } from '#main/features/diagnostics/service.ts';
import { documentHandlers } from '#main/features/documents/service.ts';
import { draftHandlers } from '#main/features/drafts/service.ts';
import { encounterHandlers } from '#main/features/encounters/service.ts';
import { formularyHandlers } from '#main/features/formulary/service.ts';
import { importHandlers } from '#main/features/import/service.ts';
import { invoiceHandlers } from '#main/features/invoices/service.ts';
import { kioskHandlers } from '#main/features/kiosk/service.ts';
import { mailHandlers } from '#main/features/mail/service.ts';
import { noteHandlers } from '#main/features/notes/service.ts';
import { readFor } from '#main/features/orders/inbox.ts';
import { isReader } from '#main/features/orders/repository.ts';
import { orderHandlers } from '#main/features/orders/service.ts';
import { overviewHandlers } from '#main/features/overview/service.ts';
import { createPanelAccounts } from '#main/features/panel-account/service.ts';
import { panelBookingHandlers } from '#main/features/panel-booking/service.ts';
import { calendarFeeds } from '#main/features/panel-calendar/feed.ts';
import { panelCalendarHandlers } from '#main/features/panel-calendar/service.ts';
import { panelDeskHandlers } from '#main/features/panel-desk/service.ts';
import { createPanelNews } from '#main/features/panel-news/news.ts';
import { joinRecords, mergingOf } from '#main/features/patients/merge.ts';
import { registerFromPanel, updatePatient } from '#main/features/patients/registration.ts';
import { patientHandlers } from '#main/features/patients/service.ts';
import { alikeRecords } from '#main/features/patients/similar.ts';
import { payerHandlers } from '#main/features/payers/service.ts';
import { paymentHandlers } from '#main/features/payments/service.ts';
import { practitionerHandlers, practitioners } from '#main/features/practitioners/service.ts';
import { prescribingHandlers } from '#main/features/prescribing/service.ts';
import { fees, priceHandlers } from '#main/features/prices/service.ts';
import { printingHandlers } from '#main/features/printing/service.ts';
import { problemHandlers } from '#main/features/problems/service.ts';
import { protectionHandlers } from '#main/features/protection/service.ts';
import { safetyAdminHandlers } from '#main/features/safety/admin.ts';
import { safetyOf } from '#main/features/safety/check.ts';
import { safetyHandlers } from '#main/features/safety/service.ts';
import { holidayHandlers } from '#main/features/scheduling/holidays.ts';
import { schedulingHandlers } from '#main/features/scheduling/service.ts';
import { settingHandlers } from '#main/features/settings/service.ts';
import { shellHandlers } from '#main/features/shell/service.ts';
import { stockForDispensing } from '#main/features/stock/dispensing.ts';
import { stockHandlers } from '#main/features/stock/service.ts';
import { syncHandlers, wholeStatus } from '#main/features/sync/service.ts';
import { tillHandlers } from '#main/features/till/service.ts';
import { updateHandlers } from '#main/features/updates/service.ts';
import { visitCommands } from '#main/features/visits/commands.ts';
import { visitQueries } from '#main/features/visits/service.ts';
import { vitalsHandlers } from '#main/features/vitals/service.ts';
import { type WaitlistDeps, waitlistHandlers } from '#main/features/waitlist/service.ts';
import { workstationHandlers } from '#main/features/workstations/service.ts';
import { createCredentials } from '#main/session/credentials.ts';
import { type SessionLimits, sessionLimits } from '#main/session/limits.ts';
import { patientSignIn } from '#main/session/patient-sign-in.ts';
import { createPins } from '#main/session/pin.ts';
import { createRefusedNames } from '#main/session/refused-names.ts';
import { createSessions, type Sessions } from '#main/session/session.ts';
import { createThrottle } from '#main/session/throttle.ts';
import { createTokens } from '#main/session/tokens.ts';
import { tryMemory } from '#main/session/try-memory.ts';
import { unlockHandlers } from '#main/session/unlock.ts';
import type { SyncEngine } from '#main/sync/engine.ts';
import type { CallName } from '#shared/contract/contract.ts';
import { type Clock, steadyClock } from '#shared/kernel/clock.ts';
import type { FeatureDeps } from './deps.ts';
import type { DiagnosticSources } from './diagnostics.ts';
import type { Connection, Core, Handlers } from './dispatch.ts';
import { createEvents } from './events.ts';
import { homeOf } from './home.ts';
import { createKeptAnswers } from './kept-answers.ts';
import type { Log } from './log.ts';
import type { OutgoingMail } from './mail/mail.ts';
import { createMailQueue } from './mail/mail-queue.ts';
import { panelChartHandlers } from './panel-chart.ts';
import type { PrintHost } from './printing.ts';
import type { Protection } from './protection.ts';
import { settingsOf } from './settings.ts';
import { inUnit, withUnits } from './unit.ts';
import type { UpdateHost } from './updates.ts';
import type { WindowHost } from './windows.ts';

/** What a router is made of: every call, and who is asking. */
export interface RouterDeps {
  readonly handlers: Handlers<CallName>;
  readonly sessions: Pick<Sessions, 'current' | 'held'>;
  readonly log: Log;
}

export interface CoreDeps {
  readonly store: LocalStore;
  readonly engine: SyncEngine;
  /** The files of documents. */
  readonly blobs: Blobs;
  /** Tells which tables a commit changed. */
  readonly onChanged: (listener: (tables: readonly string[]) => void) => () => void;
  readonly clock: Clock;
  /** Counts on whatever is done to the clock; this process's own where nothing is said. */
  readonly steady?: Clock;
  /** What bounds sessions; the clinic's settings where nothing is said. */
  readonly limits?: SessionLimits;
  readonly log: Log;
  readonly host: Omit<HostInfo, 'mail'>;
  /** Null where a browser prints. */
  readonly printing: PrintHost | null;
  /** Null where a browser opens its windows. */
  readonly windows: WindowHost | null;
  /** Null where somebody else puts newer versions in. */
  readonly updates: UpdateHost | null;
  /** Carries messages to people; nobody does where nothing is said. */
  readonly outgoingMail?: OutgoingMail | null;
  readonly protection: Protection;
  readonly diagnostics: DiagnosticSources;
  /** `createRouter` of the transport room; this room does not know transports. */
  readonly route: (deps: RouterDeps) => Core['dispatch'];
  /** Ends what the host started for this core, after the core itself has come to rest. */
  readonly onStopped?: () => Promise<void> | void;
}

/** How often it is looked for sessions that nobody uses, milliseconds. */
const glance = 1000;
/** How often answers that were kept long enough are taken away, and registrations that nobody came back for, milliseconds. */
const tidied = 600_000;

/** Puts the services together: what both hosts hold. */
export const createCore = (deps: CoreDeps): Core => {
  const { engine, clock, log } = deps;
  const store = withUnits(deps.store);
  const newId = () => v7();
  // Its work is nobody's piece of work: what it writes later is no part of the call that sent something.
  const mail = createMailQueue({
    store: deps.store,
    clock,
    log,
    newId,
    outgoing: deps.outgoingMail ?? null,
  });
  const features: FeatureDeps = {
    store,
    engine,
    clock,
    log,
    newId,
    home: () => homeOf(store),
    settings: settingsOf(store),
  };
  const news = createPanelNews({ ...features, store: deps.store, mail });
  const { limits = sessionLimits(features), steady = steadyClock } = deps;
  const syncing = { ...features, limits, conflictsHere: () => conflictsHere(features) };
  const events = createEvents((error) => log.error('event listener failed', error));
  const throttle = createThrottle(clock, tryMemory(store));
  const refusedNames = createRefusedNames(features);
  const sessions = createSessions(
    { ...features, steady, limits, tell: (type, connection) => events.emit({ type }, connection) },
    throttle,
    refusedNames,
  );
  const pins = createPins(features);
  const safety = safetyOf(features);
  const inboxes = {
    readFor: (connection: Connection) => readFor(features, connection),
    isReader: (practitionerId: string) => isReader(store, practitionerId),
  };
  const placeOf: WaitlistDeps['placeOf'] = (visit, connection) =>
    findPlace(features, { ...visit, ownHold: ownHold(features, connection) });
  const panelHere = () => deps.host.host === 'headless' && store.workstation()?.wholeClinic === true;
  const tokens = createTokens({ ...features, limits, sessions });
  const answers = createKeptAnswers(features);
  const panelAccounts = createPanelAccounts({
    ...features,
    mail,
    sessions,
    throttle,
    limits,
    panelHere,
    registerPatient: (details, accountId, besides) =>
      registerFromPanel(features, details, accountId, besides),
    joinRecords: (writer, chartId, recordId, accountId) =>
      joinRecords(features, writer, { id: chartId, otherId: recordId }, accountId),
    updatePatient: (input, connection) => updatePatient(features, input, connection),
  });
  const visits = visitCommands(features);
  const calendars = calendarFeeds({ ...features, clinic: () => homeOf(store).name ?? 'ClinicHub' });
  let commits = 0;
  const handlers: Handlers<CallName> = {
    ...appHandlers(features, { ...deps.host, mail: mail.on }),
    ...diagnosticsHandlers(features, deps.host, deps.diagnostics),
    ...mailHandlers(mail),
    ...sessions.handlers,
    ...pins.handlers,
    ...createCredentials({ ...features, limits }, sessions, throttle),
    ...patientSignIn({ ...features, limits, panelHere }, sessions, throttle, refusedNames),
    ...unlockHandlers({ ...features, sessions, throttle, pins, limits }),
    ...accessHandlers(features),
    ...workstationHandlers(features),
    ...billingReportHandlers(features),
    ...overviewHandlers({
      ...features,
      workMinutes: (date, locationId) => workMinutes(store, date, locationId),
    }),
    ...accountHandlers(features),
    ...panelChartHandlers(features, deps.blobs),
    ...panelAccounts.handlers,
    ...panelBookingHandlers({
      ...features,
      fees: (input) => fees(features, input),
      practitioners: () => practitioners(features),
      appointments: appointmentsForPatients(features),
    }),
    ...panelDeskHandlers({
      ...features,
      alike: (id) => alikeRecords(features, id),
      merging: (wish) => mergingOf(features, wish),
    }),
    ...kioskHandlers({
      ...features,
      throttle,
      host: deps.host.host,
      signOut: (connection) => void sessions.handlers['session.signOut']({}, connection),
      arrive: async (step, user) => visits['visits.step'](step, { id: 'kiosk', user }),
    }),
    ...panelCalendarHandlers(features),
    ...syncHandlers(syncing),
    ...patientHandlers(features),
    ...practitionerHandlers(features),
    ...clinicHandlers(features),
    ...priceHandlers(features),
    ...payerHandlers(features),
    ...chargeHandlers(features),
    ...stockHandlers(features),
    ...invoiceHandlers(features),
    ...claimHandlers(features),
    ...paymentHandlers(features),
    ...tillHandlers({ ...features, checkPin: pins.check }),
    ...settingHandlers(features),
    ...appointmentQueries(features),
    ...appointmentCommands(features),
    ...holdCommands(features),
    ...seriesHandlers(features),
    ...affectedHandlers(features),
    ...absenceHandlers(features),
    ...callListHandlers(features),
    ...oversightHandlers(features),
    ...schedulingHandlers(features),
    ...holidayHandlers(features),
    ...conflictHandlers(features),
    ...chartHandlers(features),
    ...auditHandlers(features),
    ...documentHandlers({ ...features, blobs: deps.blobs }),
    ...encounterHandlers(features),
    ...visitQueries(features),
    ...visits,
    ...vitalsHandlers(features),
    ...orderHandlers(features),
    ...allergyHandlers(features),
    ...problemHandlers(features),
    ...conceptHandlers(features),
    ...prescribingHandlers({
      ...features,
      safety,
      inboxes,
      stock: stockForDispensing(features),
      checkPin: pins.check,
    }),
    ...draftHandlers(features),
    ...noteHandlers({ ...features, checkPin: pins.check }),
    ...printingHandlers(deps.printing),
    ...shellHandlers(deps.windows),
    ...updateHandlers(deps.updates),
    ...protectionHandlers(features, deps.protection),
    ...waitlistHandlers({ ...features, placeOf }),
    ...safetyHandlers(features, safety),
    ...safetyAdminHandlers(features),
    ...formularyHandlers({ ...features, knowledge: () => safety.inUse().knowledge }),
    ...importHandlers({ ...features, emit: (report) => events.emit({ type: 'import', report }) }),
  };
  const watch = setInterval(() => sessions.lockAll('unused'), glance);
  watch.unref();
  const tidy = setInterval(() => {
    try {
      answers.sweep();
      panelAccounts.sweep();
      refusedNames.sweep();
    } catch (error) {
      log.error('what is over was not taken away', error);
    }
  }, tidied);
  tidy.unref();
  mail.start();
  // What was decided while this host was off.
  news.heard(['appointment']);
  const stopHearing = [
    () => clearInterval(watch),
    () => clearInterval(tidy),
    engine.onStatus((status) => events.emit({ type: 'sync', status: wholeStatus(syncing, status) })),
    deps.onChanged((tables) => {
      commits += 1;
      events.changed(tables);
      news.heard(tables);
      if (tables.includes('staff_account') || tables.includes('patient_account')) sessions.review();
    }),
  ];
  return {
    dispatch: deps.route({ handlers, sessions, log }),
    connect: sessions.connect,
    disconnect: sessions.disconnect,
    onEvent: events.on,
    lock: () => sessions.lockAll('open'),
    programs: async (use) => use({ tokens, answers, calendars, commits: () => commits, inUnit }),
    stop: async () => {
      for (const stop of stopHearing) stop();
      try {
        await handlers['import.cancel']({}, sessions.connect());
        await handlers['concepts.cancelImport']({}, sessions.connect());
        await handlers['formulary.cancelImport']({}, sessions.connect());
        events.stop();
        news.stop();
        await mail.stop();
        await engine.stop();
      } finally {
        await deps.onStopped?.();
      }
    },
  };
};
