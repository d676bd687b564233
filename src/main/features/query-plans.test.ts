import type { Compilable } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountOf, linesOf, type PaymentRow } from '#main/core/account.ts';
import * as billedRows from '#main/core/billed/rows.ts';
import * as raising from '#main/core/charges.ts';
import * as access from '#main/core/chart-access.ts';
import { openedBetween } from '#main/core/opening.ts';
import type { OwnPatient } from '#main/core/own-patient.ts';
import * as requests from '#main/core/patient-requests.ts';
import { alikeRows, waysToAlike } from '#main/data/local/alike.ts';
import { goingOn } from '#main/data/local/merged.ts';
import * as names from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import * as occupancy from '#main/features/appointments/occupancy.ts';
import { type OversightFilter, standings } from '#shared/contract/oversight.ts';
import { timelineKinds } from '#shared/domain/chart/timeline.ts';
import type {
  LocationId,
  PatientId,
  PractitionerId,
  StaffAccountId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';
import * as allergies from './allergies/repository.ts';
import * as calls from './appointments/call-list/repository.ts';
import * as changes from './appointments/changes/repository.ts';
import * as oversight from './appointments/oversight/repository.ts';
import * as appointments from './appointments/repository.ts';
import * as reports from './billing-reports/repository.ts';
import * as charges from './charges/repository.ts';
import * as chart from './chart/repository.ts';
import * as reviews from './chart/review-repository.ts';
import { timelineRows } from './chart/timeline-repository.ts';
import * as claims from './claims/repository.ts';
import * as concepts from './concepts/repository.ts';
import * as conflicts from './conflicts/repository.ts';
import * as drafts from './drafts/repository.ts';
import * as encounters from './encounters/repository.ts';
import * as formulary from './formulary/repository.ts';
import * as invoices from './invoices/repository.ts';
import * as kiosk from './kiosk/repository.ts';
import * as notes from './notes/repository.ts';
import { shownReports, shownValues } from './orders/for-patient.ts';
import * as orders from './orders/repository.ts';
import * as overview from './overview/repository.ts';
import * as billed from './panel-billing/repository.ts';
import * as panelBooking from './panel-booking/repository.ts';
import * as calendars from './panel-calendar/repository.ts';
import * as panelDesk from './panel-desk/repository.ts';
import * as news from './panel-news/repository.ts';
import * as ownRecords from './panel-records/repository.ts';
import * as merging from './patients/merge-repository.ts';
import * as patientPages from './patients/page.ts';
import * as particulars from './patients/particulars-repository.ts';
import * as patients from './patients/repository.ts';
import * as payments from './payments/repository.ts';
import { renewedAmong } from './prescribing/for-patient.ts';
import * as prescribing from './prescribing/repository.ts';
import * as problems from './problems/repository.ts';
import * as safety from './safety/repository.ts';
import * as stock from './stock/repository.ts';
import * as sync from './sync/repository.ts';
import * as tills from './till/repository.ts';
import * as visits from './visits/repository.ts';
import * as vitals from './vitals/repository.ts';
import * as waitlist from './waitlist/repository.ts';
import * as workstations from './workstations/repository.ts';

let clinic: Clinic;
beforeAll(() => {
  clinic = openClinic();
});
afterAll(() => clinic.close());

it('plans do not depend on what a table held when somebody counted it', () => {
  const counted = clinic.temporary.local.db
    .prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'`)
    .all();
  expect(counted).toEqual([]);
});

/** The plan of every query `read` makes. */
const plansOf = (read: (reader: LocalReader) => unknown): readonly string[] => {
  const plans: string[] = [];
  const explain = (query: Compilable) => {
    const { sql, parameters } = query.compile();
    const steps = clinic.temporary.local.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    plans.push(...(steps as readonly { readonly detail: string }[]).map((step) => step.detail));
    return [];
  };
  read({
    all: explain,
    get: (query) => void explain(query),
    certainty: () => 'confirmed',
    uncertain: () => new Map(),
  });
  return plans;
};

const somebody = {
  mrn: 'x',
  family: 'Habimana Uwase',
  given: 'Jean Paul',
  gender: 'male',
  birthDate: '2001-02-03',
  birthDateEstimated: false,
  phone: '+250788123456',
  otherPhones: ['+250788123457'],
  identifiers: ['NI 119', 'PPN 22'],
  email: null,
  addressLine: null,
  city: null,
};
const day = { date: '2026-11-23', from: '2026-11-22', to: '2026-11-25' };
const days = { from: '2026-10-24', to: day.date, locationId: null };
const formPlace = { account_id: 'x', patient_id: 'y', form: 'allergy', subject: '' };
const inClinic = { date: day.date, locationId: null, practitionerId: null };
const sought = {
  filter: {
    from: day.date,
    until: day.date,
    locationId: null,
    practitionerId: null,
    visitTypeId: 'x' as VisitTypeId,
    personId: 'x' as StaffAccountId,
    patientId: null,
    outcomes: ['booked', 'noshow'],
    standing: null,
    overbooked: true,
    unanswered: null,
  },
  order: 'desc',
  after: { startAt: day.from, id: 'x' },
} as const satisfies oversight.Sought;
const soughtBy = (more: Partial<OversightFilter>) =>
  ({ ...sought, filter: { ...sought.filter, ...more } }) as oversight.Sought;
const soughtInvoices: invoices.ListAsked = {
  draftsOnly: false,
  during: null,
  locationId: null,
  patientId: null,
  before: null,
  limit: 51,
};
const soughtPatients = { mrn: null, birthDate: null, locationId: null, after: 'x' as PatientId };
const taken = someAppointment({ patient_id: 'x', practitioner_id: 'y', location_id: 'z' });
const own = (approved: boolean) => ({ patientId: 'x', approved }) as OwnPatient;
const hours = { practitionerId: 'x', locationId: 'y' };
const pageBefore = { before: 'a|b', limit: 20 };
const span = { from: day.from, until: day.to, locationId: null };
const somePayment = { id: 'x', patient_id: 'x', payer_id: 'x', recorded_by: 'x' } as PaymentRow;
const reads: readonly (readonly [string, (reader: LocalReader) => unknown])[] = [
  ['what can be claimed', (reader) => claims.candidateRows(reader, 'x')],
  ['what of it can be claimed', (reader) => claims.candidatesAmong(reader, 'x', ['y', 'z'])],
  ['claims', (reader) => claims.claimsPage(reader, pageBefore)],
  ['claim of a number', (reader) => claims.claimNumbered(reader, 'x')],
  ['one claim', (reader) => claims.findClaim(reader, 'x')],
  ['lines of a claim', (reader) => claims.itemsOf(reader, 'x')],
  ['one line of a claim', (reader) => claims.findItem(reader, 'x')],
  ['answers of payers', (reader) => claims.answersTo(reader, ['x', 'y'])],
  ['insurance with a payer', (reader) => claims.coverageOf(reader, 'x', 'y')],
  ['a session of a till', (reader) => tills.findSession(reader, 'x')],
  ['open sessions of tills', (reader) => tills.openSessions(reader, ['x', 'y'], 1e12)],
  ['sessions of a day', (reader) => tills.sessionsBetween(reader, 'x', day.from, day.to)],
  ['sessions of a site', (reader) => tills.sessionsOfSite(reader, 'x', pageBefore)],
  ['what happened at tills', (reader) => tills.eventsOf(reader, ['x', 'y'])],
  ['money at tills', (reader) => tills.moneyOf(reader, ['x', 'y'])],
  ['what a store has', (reader) => stock.stockOf(reader, 'x')],
  ['an item in a store', (reader) => stock.batchesOf(reader, 'x', 'y')],
  ['a batch in a store', (reader) => stock.batchIn(reader, 'x', 'y')],
  ['movements the centre has not seen', (reader) => stock.waitingOf(reader, 'x')],
  ['movements and what takes them back', (reader) => stock.movementsById(reader, ['x', 'y'])],
  ['both sides of a transfer', (reader) => stock.transferRows(reader, ['x'])],
  ['what batches cost', (reader) => stock.costsOf(reader, ['x'])],
  ['counts of a batch', (reader) => stock.countsOf(reader, 'x', 'y')],
  ['what was handed out of the stock', (reader) => stock.dispensedBy(reader, ['x'])],
  ['calendar of a patient', (reader) => calendars.entriesOf(reader, own(true), day.from, day.to)],
  ['calendar of who asked', (reader) => calendars.entriesOf(reader, own(false), day.from, day.to)],
  ['entry of a calendar', (reader) => calendars.entryById(reader, own(true), 'x')],
  ['address of a calendar', (reader) => calendars.accountOfFeed(reader, 'x')],
  ['addresses of an account', (reader) => calendars.openFeeds(reader, 'x')],
  ['last address of an account', (reader) => calendars.closedFeed(reader, 'x')],
  ['a link of the panel', (reader) => panelDesk.findLink(reader, 'x')],
  ['who looks after a patient', (reader) => panelDesk.linksOfPatient(reader, 'x')],
  [
    'by what an account sees somebody',
    (reader) => panelDesk.seenBy(reader, { account_id: 'x', patient_id: 'y' }),
  ],
  ['what an account has lost', (reader) => news.hasLost(reader, 'x', 'y')],
  ['who waits to be recognised', (reader) => panelDesk.requestedLinks(reader, 100)],
  ['how many wait to be recognised', (reader) => panelDesk.countRequested(reader)],
  ['codes of a patient', (reader) => panelDesk.openCodes(reader, 'x')],
  ['what a new record has ahead', (reader) => panelDesk.countToCome(reader, 'x', day.from)],
  ['records of accounts', (reader) => panelDesk.countsOfAccounts(reader, ['x', 'y'])],
  ['names of patients’ accounts', (reader) => names.patientAccountNames(reader, ['x', 'y'])],
  ['whose card it is', (reader) => kiosk.personOfNumber(reader, 'x')],
  ['who is expected at a kiosk', (reader) => kiosk.appointmentsOn(reader, 'x', day.date, 'y')],
  ['new bookings of the panel', (reader) => news.newAppointments(reader)],
  ['new links of the panel', (reader) => news.newLinks(reader)],
  ['watched appointments of the panel', (reader) => news.watchedAppointments(reader, '')],
  ['decided links of the panel', (reader) => news.decidedLinks(reader)],
  ['board', (reader) => appointments.appointmentsOfDay(reader, day)],
  ['board of a site', (reader) => appointments.appointmentsOfDay(reader, { ...day, locationId: 'x' })],
  ['day of a doctor', (reader) => appointments.appointmentsOfDay(reader, { ...day, practitionerId: 'x' })],
  ['one appointment', (reader) => appointments.findAppointment(reader, 'x')],
  ['requests', (reader) => appointments.openRequests(reader, 'x')],
  ['history', (reader) => appointments.appointmentsOfPatient(reader, 'x', { startAt: 'a', id: 'b' }, 50)],
  ['tasks', (reader) => appointments.openTasks(reader, 'x')],
  ['tasks about', (reader) => appointments.openTasksAbout(reader, 'x')],
  ['oversight: how far', (reader) => oversight.lastLookedAt(reader, sought, 5000)],
  ...standings.map(
    (standing) =>
      [
        `oversight: ${standing}`,
        (reader: LocalReader) => oversight.fitting(reader, soughtBy({ standing }), sought.after, 201),
      ] as const,
  ),
  [
    'oversight of requests',
    (reader) => oversight.fitting(reader, soughtBy({ unanswered: true }), undefined, 201),
  ],
  [
    'oversight of a doctor',
    (reader) =>
      oversight.fitting(reader, soughtBy({ practitionerId: 'x' as PractitionerId }), undefined, 201),
  ],
  ['what an absence did', (reader) => changes.stepsAt(reader, day.from, 'absence-move')],
  ['what changes of many did', (reader) => changes.stepsSince(reader, day.from, 'appointment-bulk')],
  ['open tasks of a code', (reader) => changes.openTasksOfCode(reader, 'x', 'y')],
  ['whom to ring', (reader) => calls.appointmentsToTell(reader, day.from)],
  ['calls about', (reader) => calls.tasksAbout(reader, ['x', 'y'])],
  ['further phones', (reader) => calls.phonesOf(reader, ['x', 'y'])],
  ['held around', (reader) => occupancy.heldAround(reader, 1e12, 1e12)],
  [
    'visits of a kind',
    (reader) =>
      occupancy.visitsOfKind(reader, {
        visitTypeId: 'x',
        practitionerIds: ['y', 'z'],
        from: day.date,
        to: day.date,
        itself: null,
      }),
  ],
  ['exceptions', (reader) => appointments.exceptionsBetween(reader, day.date, day.date)],
  ['one exception', (reader) => appointments.findException(reader, 'x')],
  ['kind of visit', (reader) => appointments.findVisitType(reader, 'x')],
  ['specialities', (reader) => appointments.specialtiesOfActive(reader, 'x')],
  [
    'movable of anybody',
    (reader) => appointments.movableBetween(reader, { ...day, practitionerId: null, locationId: null }),
  ],
  [
    'movable of one',
    (reader) => appointments.movableBetween(reader, { ...day, practitionerId: 'x', locationId: 'y' }),
  ],
  [
    'taken during',
    (reader) =>
      occupancy.takenDuring(
        reader,
        { practitionerIds: ['x'], roomIds: ['y'] },
        { from: 1e12, to: 1e12, itself: 'z' },
      ),
  ],
  ['held by a patient', (reader) => occupancy.heldByPatient(reader, 'x', 1e12, 1e12)],
  ['conflicts about', (reader) => appointments.conflictsAbout(reader, ['x'])],
  ['open conflicts', (reader) => conflicts.openConflicts(reader)],
  ['settled conflicts', (reader) => conflicts.settledConflicts(reader, 100)],
  ['one conflict', (reader) => conflicts.findConflict(reader, 'x')],
  ['any row', (reader) => conflicts.findRow(reader, 'schedule', 'x')],
  ['one patient', (reader) => patients.findPatient(reader, 'x')],
  ['patients by id', (reader) => patients.patientsById(reader, ['x', 'y'])],
  ['recent patients', (reader) => patients.recentPatients(reader, 'x', 20)],
  ['possibly alike', (reader) => waysToAlike(somebody).map((way) => way(reader))],
  ['further phones', (reader) => particulars.telecomsOf(reader, 'x')],
  ['identifiers', (reader) => particulars.identifiersOf(reader, 'x')],
  ['coverage', (reader) => particulars.coveragesOf(reader, 'x')],
  ['consents', (reader) => particulars.consentsOf(reader, 'x')],
  ['photos', (reader) => particulars.photosOf(reader, 'x')],
  ['compared by id', (reader) => alikeRows(reader, ['x', 'y'])],
  ['record that goes on', (reader) => goingOn(reader, ['x', 'y'])],
  ['merged into one', (reader) => merging.mergedInto(reader, 'x')],
  ['counts of a chart', (reader) => merging.chartCounts(reader, 'x')],
  ['overlapping times', (reader) => merging.overlappingTimes(reader, 'x', 'y', 'z')],
  ['links of patients', (reader) => merging.linksOf(reader, ['x', 'y'])],
  ['one link', (reader) => merging.findLink(reader, 'x')],
  [
    'registered between',
    (reader) => merging.registeredBetween(reader, { since: 0, until: 1e12, before: 'x' }, 25),
  ],
  [
    'opened between',
    (reader) =>
      openedBetween(
        reader,
        { event: 'chart-open', patientId: 'x', accountId: 'y', outcome: 'success' },
        'y',
        'z',
      ),
  ],
  ['how far patients are looked through', (reader) => patientPages.lastLookedAt(reader, 'x', 5000)],
  ...[{ mrn: 'x' }, { birthDate: '1985-02-03' }, { locationId: 'x' as LocationId }, {}].map(
    (more) =>
      [
        `a page of patients by ${Object.keys(more)[0] ?? 'nothing'}`,
        (reader: LocalReader) =>
          patientPages.registeredAfter(reader, { ...soughtPatients, ...more }, 'y', 51),
      ] as const,
  ),
  ['encounters', (reader) => encounters.encountersOf(reader, 'x', { at: day.from, id: 'y' }, 51)],
  ['one encounter', (reader) => encounters.findEncounter(reader, 'x')],
  ...[true, false].flatMap((approved) => {
    const own = { patientId: 'x', approved } as OwnPatient;
    const page = { now: day.from, after: { startAt: day.from, id: 'y' }, limit: 21 };
    const around = { from: day.from, to: day.to, itself: 'y' };
    return [
      ['what a patient has ahead', (reader: LocalReader) => panelBooking.upcomingOf(reader, own, page)],
      ['what a patient had', (reader: LocalReader) => panelBooking.pastOf(reader, own, page)],
      ['one of a patient', (reader: LocalReader) => panelBooking.ownAppointment(reader, own, 'y')],
      ['a patient is held', (reader: LocalReader) => panelBooking.heldOf(reader, own, around)],
      ['made in the panel', (reader: LocalReader) => panelBooking.openOf(reader, own, day.from)],
    ] as const;
  }),
  ...(
    [
      { by: 'visit-type', id: 'x' },
      { by: 'any-visit' },
      { by: 'service', code: 'x' },
      { by: 'medicine', id: 'x' },
      { by: 'entry', id: 'x' },
    ] as const
  ).map(
    (what) =>
      [
        `what something costs: ${what.by}`,
        (reader: LocalReader) =>
          raising.pricedEntry(reader, what, { siteId: 'x', payerId: 'y', day: day.date }),
      ] as const,
  ),
  ['who pays for a patient', (reader) => raising.coverOn(reader, 'x', day.date)],
  ['charges of a visit', (reader) => raising.chargesOfAct(reader, 'visit', 'x')],
  ['open charges', (reader) => charges.openCharges(reader, 'x', 201)],
  ['one open charge', (reader) => charges.findOpenCharge(reader, 'x')],
  ['a payer’s name', (reader) => particulars.payerName(reader, 'x')],
  ['invoices', (reader) => invoices.invoicesOf(reader, 'x', { at: day.from, id: 'y' }, 51)],
  ['one invoice', (reader) => invoices.findInvoice(reader, 'x')],
  ...[
    { draftsOnly: true },
    { patientId: 'x' },
    { locationId: 'x' },
    { during: { from: 'a', until: 'b' } },
    {},
  ].map(
    (more) =>
      [
        `a list of invoices by ${Object.keys(more)[0] ?? 'nothing'}`,
        (reader: LocalReader) => invoices.invoicesListed(reader, { ...soughtInvoices, ...more }),
      ] as const,
  ),
  [
    'invoices by number',
    (reader) => invoices.invoicesNumbered(reader, { provisional: 'x', series: 'y', fiscal: 1 }),
  ],
  ['whether a number is taken', (reader) => invoices.isNumberTaken(reader, 'x')],
  ['lines', (reader) => billedRows.linesOf(reader, ['x', 'y'])],
  ['credit notes', (reader) => billedRows.creditNotesOf(reader, ['x', 'y'])],
  ['payments of invoices', (reader) => billedRows.paymentsOn(reader, ['x', 'y'])],
  ['lines that bill a charge', (reader) => billedRows.linesThatBill(reader, ['x', 'y'])],
  ['charges in no draft', (reader) => billedRows.openCharges(reader, 'x')],
  ['charges in a draft', (reader) => billedRows.chargesIn(reader, 'x')],
  ['greatest MRN', (reader) => patients.greatestMrn(reader, 'a', 'b')],
  ['restrictions', (reader) => access.restrictionsOf(reader, 'x')],
  ['broken glass', (reader) => access.glassOf(reader, 'x', 'y')],
  ['a visit with somebody', (reader) => access.hasVisit(reader, 'x', 'y', day.from)],
  ['whether a patient is here', (reader) => access.isHere(reader, 'x', day.date)],
  [
    'encounters with somebody',
    (reader) =>
      access.encountersWith(
        reader,
        'x',
        { id: 'y' as StaffAccountId, practitionerId: 'z' as PractitionerId },
        day.from,
      ),
  ],
  ['allergies', (reader) => chart.allergiesOf(reader, 'x')],
  ['flags', (reader) => chart.flagsOf(reader, 'x')],
  ['one flag', (reader) => chart.findFlag(reader, 'x')],
  ['latest of a code', (reader) => chart.latestOf(reader, 'x', '29463-7', 1)],
  ['openings to review', (reader) => reviews.openingsToReview(reader, day.from, 201)],
  ['openings reviewed', (reader) => reviews.reviewedOpenings(reader, day.from, 201)],
  ['one opening', (reader) => reviews.findOpening(reader, 'x')],
  ['whose chart', (reader) => chart.findPatient(reader, 'x')],
  ...timelineKinds.map(
    (kind) =>
      [
        `timeline: ${kind}`,
        (reader: LocalReader) =>
          timelineRows(reader, kind, { patientId: 'x', before: { at: day.from, id: 'y' }, limit: 51 }),
      ] as const,
  ),
  ['medicine', (reader) => formulary.findMedicine(reader, 'x')],
  ['medicine by code', (reader) => formulary.findByCode(reader, 'x', 'y')],
  [
    'medicines that begin so',
    (reader) => formulary.medicinesBeginning(reader, { first: 'x', match: '"x" *', offeredOnly: true }),
  ],
  ['medicines by words', (reader) => formulary.medicinesWith(reader, { match: '"x" *', offeredOnly: true })],
  ['some medicines', (reader) => formulary.medicinesById(reader, ['x', 'y'])],
  ['medicines by name', (reader) => formulary.medicinesAfter(reader, { name: 'x', id: 'y' }, 100)],
  ['data sets', (reader) => safety.datasets(reader)],
  ['one data set', (reader) => safety.findDataset(reader, 'x')],
  ['kinds of facts', (reader) => safety.factKindsOf(reader, 'x')],
  ['manifest', (reader) => safety.manifestOf(reader, 'x', 'y')],
  [
    'overrides',
    (reader) =>
      safety.overridesOf(
        reader,
        { practitionerId: 'x', from: 'a', until: 'b', before: { at: 'c', id: 'd' } },
        50,
      ),
  ],
  ['what was prescribed', (reader) => safety.prescriptionNames(reader, ['x', 'y'])],
  ['record numbers', (reader) => safety.patientMrns(reader, ['x', 'y'])],
  ['active data set', (reader) => safety.activeDataset(reader)],
  ['count of facts', (reader) => safety.factCount(reader, 'x')],
  ['facts', (reader) => safety.factsOf(reader, 'x')],
  ['whom to check for', (reader) => safety.findPatient(reader, 'x')],
  ['allergies to check', (reader) => safety.allergiesOf(reader, 'x')],
  ['prescriptions to check', (reader) => safety.prescriptionsOf(reader, 'x')],
  ['medicines by id', (reader) => safety.medicinesById(reader, ['x', 'y'])],
  ['latest to check', (reader) => safety.latestOf(reader, 'x', 'y', 1)],
  ['notes that began', (reader) => notes.begunNotes(reader, 'x', { created_at: 'a', id: 'b' }, 11)],
  ['notes with answers', (reader) => notes.withAnswers(reader, ['x', 'y'])],
  ['who signed too', (reader) => notes.attestersOf(reader, ['x', 'y'])],
  ['notes to sign too', (reader) => notes.toCosign(reader, 'x')],
  ['drafts', (reader) => notes.draftsOf(reader, 'x', null)],
  ['drafts about a patient', (reader) => notes.draftsOf(reader, 'x', 'y')],
  ['one draft', (reader) => notes.findDraft(reader, 'x', 'y')],
  ['what was typed into a form', (reader) => drafts.findDrafts(reader, formPlace)],
  ['what was typed about a patient', (reader) => drafts.draftsOf(reader, formPlace)],
  ['forms typed long ago', (reader) => drafts.typedBefore(reader, 'x')],
  ['forms of a user', (reader) => drafts.idsOf(reader, 'x')],
  ['outbox', (reader) => sync.pendingMutations(reader)],
  ['tasks of any desk', (reader) => sync.tasksOfAnyDesk(reader)],
  ['parked', (reader) => sync.parkedWork(reader)],
  ['one parked', (reader) => sync.findParked(reader, 1)],
  ['patient names', (reader) => names.patientNames(reader, ['x'])],
  ['practitioner names', (reader) => names.practitionerNames(reader, ['x'])],
  ['location names', (reader) => names.locationNames(reader, ['x'])],
  ['account names', (reader) => names.accountNames(reader, ['x'])],
  ['today by doctor', (reader) => overview.countedByDoctor(reader, days)],
  ['what became of a period', (reader) => overview.counted(reader, days)],
  ['what became of a site', (reader) => overview.counted(reader, { ...days, locationId: 'x' })],
  ['waits until called', (reader) => overview.waited(reader, days, 'until-called')],
  ['waits past the time', (reader) => overview.waited(reader, days, 'past-time')],
  ['requests unanswered', (reader) => overview.unanswered(reader, days)],
  ['doctors with a name', (reader) => overview.doctorsNamed(reader, ['x'])],
  ['sites of workstations', (reader) => workstations.siteNames(reader, ['x'])],
  ['sites with a name', (reader) => overview.sitesNamed(reader, ['x'])],
  ['queue', (reader) => visits.inClinic(reader, inClinic)],
  ['queue of a site', (reader) => visits.inClinic(reader, { ...inClinic, locationId: 'x' })],
  ['queue of a doctor', (reader) => visits.inClinic(reader, { ...inClinic, practitionerId: 'x' })],
  ['visits that are over', (reader) => visits.countDone(reader, inClinic)],
  ['waiting room', (reader) => visits.calledOrWaiting(reader, inClinic)],
  ['one visit', (reader) => visits.findVisit(reader, 'x')],
  ['tickets', (reader) => visits.ticketsOf(reader, day.date)],
  ['open visit of a patient', (reader) => visits.openVisitOf(reader, 'x', day.date)],
  ['whether a time is taken', (reader) => visits.isTimeTaken(reader, taken)],
  ['whether something clinical was written', (reader) => visits.isClinicalSince(reader, 'x', day.from)],
  ['room of a doctor', (reader) => visits.roomOf(reader, hours, '2026-11-24T09:00')],
  ['some appointments', (reader) => appointments.appointmentsByIds(reader, ['x', 'y'])],
  ['a series', (reader) => appointments.appointmentsOfSeries(reader, 'x')],
  ['who waits', (reader) => waitlist.openEntries(reader)],
  [
    'who may wait for a time',
    (reader) =>
      waitlist.candidates(reader, {
        day: day.date,
        practitionerId: 'x',
        specialties: ['y'],
        locationId: 'z',
      }),
  ],
  ['who waits again', (reader) => waitlist.lostEntries(reader, day.from)],
  ['who no longer waits', (reader) => waitlist.closedEntries(reader)],
  ['what a patient waits for', (reader) => waitlist.entriesOf(reader, 'x')],
  ['one entry', (reader) => waitlist.findEntry(reader, 'x')],
  ['times of appointments', (reader) => names.appointmentTimes(reader, ['x'])],
  ['allergies', (reader) => allergies.allergiesOf(reader, 'x')],
  ['problems', (reader) => problems.problemsOf(reader, 'x')],
  ['codes by their beginning', (reader) => concepts.byCode(reader, 'x', 20)],
  ['codes by words', (reader) => concepts.byWords(reader, ['x', 'y'])],
  ['some codes', (reader) => concepts.conceptsByIds(reader, ['x', 'y'])],
  ['code systems', (reader) => concepts.systemsHere(reader)],
  ['codes of a system', (reader) => concepts.countOf(reader, 'x', 1)],
  ['codes that are offered', (reader) => concepts.offeredAfter(reader, 'x', 'y', 100)],
  ['codes of problems', (reader) => problems.retiredAmong(reader, ['x', 'y'])],
  ['edition of a system', (reader) => concepts.editionOf(reader, 'x')],
  ['vitals of a kind', (reader) => vitals.observedUnder(reader, 'x', 'y', { before: 'z', limit: 10 })],
  ['corrections', (reader) => vitals.correcting(reader, ['x', 'y'])],
  ['versions of prescriptions', (reader) => prescribing.versionsOf(reader, 'x')],
  ['prescriptions', (reader) => prescribing.prescriptionsById(reader, ['x', 'y'])],
  ['one prescription', (reader) => prescribing.findPrescription(reader, 'x')],
  ['handed out', (reader) => prescribing.dispensesOf(reader, ['x', 'y'])],
  ['one handed out', (reader) => prescribing.findDispense(reader, 'x')],
  ['found about prescriptions', (reader) => prescribing.issuesOf(reader, ['x', 'y'])],
  ['overridden', (reader) => prescribing.overriddenOf(reader, ['x', 'y'])],
  ['forks', (reader) => prescribing.forkConflicts(reader)],
  ['problem of a person', (reader) => prescribing.isProblemOf(reader, 'x', 'y')],
  ['one medicine', (reader) => prescribing.findMedicine(reader, 'x')],
  ['one template', (reader) => prescribing.findTemplate(reader, 'x')],
  ['templates', (reader) => prescribing.templatesFor(reader, 'x')],
  ['doctors', (reader) => prescribing.doctorAccounts(reader)],
  ['open tests', (reader) => orders.openRequests(reader, null)],
  ['open tests of a person', (reader) => orders.openRequests(reader, 'x')],
  ['one test', (reader) => orders.findRequest(reader, 'x')],
  ['one report', (reader) => orders.findReport(reader, 'x')],
  ['what replaced reports', (reader) => orders.correctionsOf(reader, ['x', 'y'])],
  ['values of reports', (reader) => orders.valuesOf(reader, ['x', 'y'])],
  ['who read reports', (reader) => orders.readingsOf(reader, ['x', 'y'])],
  ['names of values', (reader) => orders.conceptNames(reader, 'x', ['y', 'z'])],
  [
    'reports of a person',
    (reader) => orders.reportsOf(reader, 'x', { before: { at: 'a', id: 'b' }, limit: 20 }),
  ],
  [
    'values over time',
    (reader) =>
      orders.valuesOver(
        reader,
        { patientId: 'x', codes: ['y'] },
        { before: { at: 'a', id: 'b' }, limit: 20 },
      ),
  ],
  ['reports that wait', (reader) => orders.waitingReports(reader, ['x', 'y'])],
  ['how many wait', (reader) => orders.countWaiting(reader, ['x', 'y'])],
  ['what is to be done', (reader) => orders.openFollowUps(reader, ['x', 'y'])],
  ['one to be done', (reader) => orders.findFollowUp(reader, 'x')],
  ['one delegation', (reader) => orders.findDelegation(reader, 'x')],
  ['patient of a number', (reader) => orders.patientOfMrn(reader, 'x')],
  [
    'report of a file',
    (reader) => orders.isImported(reader, { patientId: 'x', test: 'crp', effectiveAt: day.from }),
  ],
  ['subjects', (reader) => sync.appointmentSubjects(reader, ['x'])],
  ['own allergies', (reader) => ownRecords.allergiesPage(reader, 'x', pageBefore)],
  ['what they say together', (reader) => ownRecords.allergyStatements(reader, 'x')],
  ['own problems', (reader) => ownRecords.conditionsPage(reader, 'x', pageBefore)],
  ['own vaccinations', (reader) => ownRecords.immunizationsPage(reader, 'x', pageBefore)],
  ['own documents', (reader) => ownRecords.documentsPage(reader, 'x', pageBefore)],
  ['an own document', (reader) => ownRecords.findDocument(reader, 'x', 'y')],
  ['own reports', (reader) => reader.all(shownReports('x', 'acknowledged', pageBefore))],
  ['own values', (reader) => reader.all(shownValues('x', ['y'], 'acknowledged', pageBefore))],
  ['who looked', (reader) => ownRecords.eventsUnder(reader, 'x', pageBefore)],
  ['closed charts opened', (reader) => ownRecords.glassBetween(reader, 'x', day.from)],
  ['who looks after somebody', (reader) => ownRecords.accountsOf(reader, 'x')],
  ['own requests', (reader) => requests.requestsOf(reader, 'x', 50)],
  ['own open requests', (reader) => requests.openRequestsOf(reader, 'x', 'renewal-request')],
  ['requests of patients', (reader) => requests.openRequests(reader, 'records-request')],
  ['one request', (reader) => requests.findRequest(reader, 'x', 'records-request')],
  ['what was renewed', (reader) => renewedAmong(reader, 'x', ['y', 'z'])],
  ['own invoices', (reader) => billed.invoicesPage(reader, 'x', pageBefore)],
  ['own payments', (reader) => billed.paymentsPage(reader, 'x', pageBefore)],
  ['an own payment', (reader) => billed.findPayment(reader, 'x', 'y')],
  ['all that was billed and paid', (reader) => accountOf(reader, 'x')],
  ['lines of an invoice', (reader) => linesOf(reader, 'x')],
  ['a ledger', (reader) => payments.paymentsOf(reader, 'x', pageBefore)],
  ['payments of a day', (reader) => payments.paymentsBetween(reader, span, pageBefore)],
  ['sums of a day', (reader) => payments.sumsBetween(reader, span)],
  ['a receipt or a reference', (reader) => payments.paymentsLike(reader, 'x', pageBefore)],
  ['what is left of payments', (reader) => payments.leftById(reader, [somePayment])],
  ['what payments name', (reader) => payments.namesOf(reader, [somePayment])],
  ['invoices of payments', (reader) => payments.invoicesById(reader, ['x'])],
  ['sessions of a cashier', (reader) => payments.sessionsOf(reader, 'x')],
  ['the last receipt', (reader) => payments.lastNumber(reader, 'x')],
  ['what was taken', (reader) => reports.takings(reader, [{ day: '2026-11-23', ...day }], 'x')],
  [
    'what was issued by doctor',
    (reader) => reports.turnover(reader, { ...day, locationId: null }, 'practitioner_id'),
  ],
  ['an own invoice', (reader) => billed.findInvoice(reader, 'x', 'y')],
];

it.each(reads)('%s reads by index, never through a whole table', (_name, read) => {
  const scans = plansOf(read).filter(
    (step) =>
      /^SCAN /.test(step) &&
      // The full-text index with a text to match, and what is bound or just computed.
      !/^SCAN (\(subquery-\d+\)|(json_each|VALUES|CONSTANT ROW|family|path|w|practitioner|staff_account|prescription_template|f VIRTUAL TABLE INDEX \d+:M\d)\b)/.test(
        step,
      ),
  );
  expect(scans).toEqual([]);
});

it.each(timelineKinds)(
  'of a timeline %s rows come from an index in their order, a page and no more',
  (kind) => {
    for (const before of [null, { at: day.from, id: 'y' }]) {
      const plans = plansOf((reader) => timelineRows(reader, kind, { patientId: 'x', before, limit: 51 }));
      expect(plans[0]).toMatch(/^SEARCH t USING INDEX \w+ \(patient_id=\?( AND \w+<\?)?\)$/);
      expect(plans).not.toContain('USE TEMP B-TREE FOR ORDER BY');
    }
  },
);

it('of one code the latest come from the index in their order, however many there are', () => {
  for (const read of [
    (reader: LocalReader) => vitals.observedUnder(reader, 'x', 'y', { before: null, limit: 10 }),
    (reader: LocalReader) => chart.latestOf(reader, 'x', 'y', 1),
  ]) {
    const plans = plansOf(read);
    expect(plans[0]).toMatch(/USING INDEX observation_patient \(patient_id=\? AND code=\?/);
    expect(plans).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  }
});

it('who looked at a record comes from the index in its order, however often it was opened', () => {
  for (const before of [null, 'a|b']) {
    const plans = plansOf((reader) => ownRecords.eventsUnder(reader, 'x', { before, limit: 20 }));
    expect(plans[0]).toMatch(/USING INDEX audit_event_entity \(entity_id=\?/);
    expect(plans.join()).not.toMatch(/TEMP B-TREE FOR ORDER BY/);
  }
});

it('all appointments are read by time, by doctor or by patient, in the order of the index and no further than a page', () => {
  const plans = (more: Partial<OversightFilter>) =>
    plansOf((reader) => oversight.fitting(reader, soughtBy(more), sought.after, 201));
  const range = 'start_at>? AND start_at<?';
  expect(plans({})).toContain(`SEARCH a USING INDEX appointment_start (${range})`);
  expect(plans({ practitionerId: 'x' as PractitionerId })).toContain(
    `SEARCH a USING INDEX appointment_practitioner (practitioner_id=? AND ${range})`,
  );
  expect(plans({ patientId: 'x' as PatientId }).join()).toMatch(/appointment_patient \(patient_id=\?/);
  expect(plans({})).not.toContain('USE TEMP B-TREE FOR ORDER BY');
});

it('a page of patients, of appointments or of a state comes from an index in its order', () => {
  const pages = (more: object) =>
    plansOf((reader) => patientPages.registeredAfter(reader, { ...soughtPatients, ...more }, 'y', 51));
  expect(pages({})).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  expect(pages({ locationId: 'x' })).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  expect(pages({ mrn: 'x' }).join()).toContain('patient_mrn (mrn=?)');
  expect(pages({ birthDate: '1985-02-03' }).join()).toContain('patient_birth_date (birth_date=?');
  const ofState = plansOf((reader) =>
    oversight.fitting(reader, { ...soughtBy({}), statuses: ['booked'] }, sought.after, 101),
  );
  expect(ofState).toContain('SEARCH a USING INDEX appointment_start (start_at>? AND start_at<?)');
});

it('what a patient has is found by the patient, one of them by its id', () => {
  const own = { patientId: 'x', approved: false } as OwnPatient;
  const page = { now: day.from, after: null, limit: 21 };
  const byPatient = 'SEARCH a USING INDEX appointment_patient (patient_id=?';
  for (const read of [panelBooking.upcomingOf, panelBooking.pastOf])
    expect(plansOf((reader) => read(reader, own, page)).join()).toContain(byPatient);
  expect(plansOf((reader) => panelBooking.openOf(reader, own, day.from)).join()).toContain(byPatient);
  expect(plansOf((reader) => panelBooking.ownAppointment(reader, own, 'y')).join()).toMatch(
    /SEARCH a USING INDEX sqlite_autoindex_appointment_1 \(id=\?\)/,
  );
});

it('requests are read by the index that holds nothing but requests', () => {
  expect(plansOf((reader) => appointments.openRequests(reader, 'x'))).toContain(
    'SEARCH a USING INDEX appointment_request (practitioner_id=?)',
  );
});

it('identifiers and further phones are found by their value', () => {
  const plans = plansOf((reader) => waysToAlike(somebody).map((way) => way(reader)));
  expect(plans).toContain('SEARCH n USING INDEX patient_identifier_value (value=?)');
  expect(plans).toContain('SEARCH t USING INDEX patient_telecom_value (value>? AND value<?)');
});

it('notices a whole table being read', () => {
  const scan = (reader: LocalReader) =>
    reader.all({ compile: () => ({ sql: 'SELECT * FROM patient WHERE city = 1', parameters: [] }) } as never);
  expect(plansOf(scan)).toEqual(['SCAN patient']);
});

it('the calendar of a patient comes from their own appointments, whatever the clinic has in that time', () => {
  for (const approved of [true, false]) {
    const plans = plansOf((reader) => calendars.entriesOf(reader, own(approved), day.from, day.to));
    expect(plans.join()).toMatch(
      /a USING INDEX appointment_patient \(patient_id=\? AND start_at>\? AND start_at<\?\)/,
    );
  }
});

it('who waits to be recognised is read by the index that holds nothing but them, in its order', () => {
  const plans = plansOf((reader) => panelDesk.requestedLinks(reader, 100));
  expect(plans.join()).toContain('USING INDEX patient_account_link_requested');
  expect(plans).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  expect(plansOf((reader) => panelDesk.countRequested(reader)).join()).toContain(
    'patient_account_link_requested',
  );
});

it('the day of somebody at a kiosk comes from their own appointments', () => {
  expect(plansOf((reader) => kiosk.appointmentsOn(reader, 'x', day.date, 'y')).join()).toMatch(
    /appointment_patient \(patient_id=\? AND start_at>\? AND start_at<\?\)/,
  );
});
