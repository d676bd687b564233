import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useClient } from '#renderer/client/provider.tsx';
import { mayCall } from '#renderer/client/session.ts';
import { PermissionsScreen } from '#renderer/features/access/PermissionsScreen.tsx';
import { UsersScreen } from '#renderer/features/accounts/UsersScreen.tsx';
import { AffectedList } from '#renderer/features/appointments/AffectedList.tsx';
import { AbsenceScreen } from '#renderer/features/appointments/absence/AbsenceScreen.tsx';
import { draftOf, useAbsence } from '#renderer/features/appointments/absence/store.ts';
import { CallsScreen } from '#renderer/features/appointments/call-list/CallsScreen.tsx';
import { DayScreen } from '#renderer/features/appointments/DayScreen.tsx';
import { MyDayScreen } from '#renderer/features/appointments/MyDayScreen.tsx';
import { OversightScreen } from '#renderer/features/appointments/oversight/OversightScreen.tsx';
import { RebookingCard } from '#renderer/features/appointments/RebookingCard.tsx';
import { useAppointments } from '#renderer/features/appointments/store.ts';
import { TaskLine } from '#renderer/features/appointments/TaskLine.tsx';
import { AuditScreen } from '#renderer/features/audit/AuditScreen.tsx';
import { PatientBills } from '#renderer/features/billing-bills/PatientBills.tsx';
import { AccountCard } from '#renderer/features/billing-payments/AccountCard.tsx';
import { AccountScreen } from '#renderer/features/billing-payments/AccountScreen.tsx';
import { OpeningsReview } from '#renderer/features/chart/OpeningsReview.tsx';
import { PlacesScreen } from '#renderer/features/clinic/PlacesScreen.tsx';
import type { Leaving } from '#renderer/features/clinic/PractitionerSheet.tsx';
import { PractitionersScreen } from '#renderer/features/clinic/PractitionersScreen.tsx';
import { CodeSystemsScreen } from '#renderer/features/concepts/CodeSystemsScreen.tsx';
import {
  type BookingCards,
  InboxScreen,
  isInboxView,
  type RecordsCards,
  type RequestCards,
} from '#renderer/features/conflicts/InboxScreen.tsx';
import { FormularyScreen } from '#renderer/features/formulary/FormularyScreen.tsx';
import { ImportScreen } from '#renderer/features/import/ImportScreen.tsx';
import { MyNotesScreen } from '#renderer/features/notes/MyNotesScreen.tsx';
import { TemplatesScreen } from '#renderer/features/notes/TemplatesScreen.tsx';
import { isResultsView, ResultsScreen } from '#renderer/features/orders/ResultsScreen.tsx';
import { OverviewScreen } from '#renderer/features/overview/OverviewScreen.tsx';
import { PatientAccess } from '#renderer/features/panel-desk/PatientAccess.tsx';
import { PatientAccountsScreen } from '#renderer/features/panel-desk/PatientAccountsScreen.tsx';
import { RequestCard } from '#renderer/features/panel-desk/RequestCard.tsx';
import { RequestLine } from '#renderer/features/panel-desk/RequestLine.tsx';
import { DuplicatesScreen } from '#renderer/features/patients/DuplicatesScreen.tsx';
import { MergeScreen } from '#renderer/features/patients/MergeScreen.tsx';
import { PatientScreen } from '#renderer/features/patients/PatientScreen.tsx';
import { PatientsScreen } from '#renderer/features/patients/PatientsScreen.tsx';
import { RegisterInline } from '#renderer/features/patients/RegisterSheet.tsx';
import { PayersScreen } from '#renderer/features/payers/PayersScreen.tsx';
import { Renewals } from '#renderer/features/prescribing/Renewals.tsx';
import { PricesScreen } from '#renderer/features/prices/PricesScreen.tsx';
import { CallList } from '#renderer/features/printing/CallList.tsx';
import { DayPapers } from '#renderer/features/printing/DayPapers.tsx';
import { EmptyForm } from '#renderer/features/printing/EmptyForm.tsx';
import { MedicineLabel } from '#renderer/features/printing/MedicineLabel.tsx';
import { PatientPapers } from '#renderer/features/printing/PatientPapers.tsx';
import { PrescriptionPaper } from '#renderer/features/printing/PrescriptionPaper.tsx';
import { ReceiptPaper } from '#renderer/features/printing/ReceiptPaper.tsx';
import { RecordsCard } from '#renderer/features/records-requests/RecordsCard.tsx';
import { RecordsLine } from '#renderer/features/records-requests/RecordsLine.tsx';
import { isSafetyView, SafetyScreen } from '#renderer/features/safety/SafetyScreen.tsx';
import { HolidaysScreen } from '#renderer/features/scheduling/HolidaysScreen.tsx';
import { isScheduleView, ScheduleScreen } from '#renderer/features/scheduling/ScheduleScreen.tsx';
import { SettingsScreen } from '#renderer/features/settings/SettingsScreen.tsx';
import { StockScreen } from '#renderer/features/stock/StockScreen.tsx';
import { useFix } from '#renderer/features/sync/fix-store.ts';
import { QueueScreen } from '#renderer/features/visits/QueueScreen.tsx';
import { AddSheet } from '#renderer/features/waitlist/AddSheet.tsx';
import { MatchesSheet } from '#renderer/features/waitlist/MatchesSheet.tsx';
import { PatientWaiting } from '#renderer/features/waitlist/PatientWaiting.tsx';
import { WaitlistScreen } from '#renderer/features/waitlist/WaitlistScreen.tsx';
import { WorkstationsScreen } from '#renderer/features/workstations/WorkstationsScreen.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { oversightPath } from '#renderer/ui/oversight-path.ts';
import { chosenPart, isDayPaper, isPatientPaper } from '#renderer/ui/print-paths.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { isChartView } from '#shared/domain/chart/views.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { DispenseId, PatientId, PaymentId, PractitionerId } from '#shared/kernel/ids.ts';
import { type Area, areasOf } from './areas.ts';
import { Billing } from './Billing.tsx';
import { Chart } from './Chart.tsx';
import { type Section, sectionsOf } from './sections.ts';

/** A booking that lost its time is an appointment's matter, shown among what waits for a decision. */
const booking: BookingCards = {
  line: (task) => <TaskLine task={task} />,
  card: ({ task, ...rest }) => <RebookingCard key={task.id} task={task} {...rest} />,
};

/** Somebody who wants to use the panel waits there, too. */
const panel: RequestCards = {
  line: (request) => <RequestLine request={request} />,
  card: ({ request, ...rest }) => <RequestCard key={request.id} request={request} {...rest} />,
};

/** So is what patients ask for of their records. */
const records: RecordsCards = {
  line: (request) => <RecordsLine request={request} />,
  card: ({ request, ...rest }) => <RecordsCard key={request.id} request={request} {...rest} />,
};

/** Registers a patient inside a sheet, for who may. */
const registeringFor = (user: SignedInUser) =>
  mayCall(user, 'patients.register')
    ? { renderRegister: (register: Parameters<typeof RegisterInline>[0]) => <RegisterInline {...register} /> }
    : {};

/** Which screen an address shows. Somebody has the areas of the rail, the sections of the clinic and nothing else. */
export function Routes({ user }: { user: SignedInUser }) {
  const areas = areasOf(user);
  const registering = registeringFor(user);
  const sections = sectionsOf(user);
  const has = (name: Area['name'] | Section['name']) =>
    areas.some((area) => area.name === name) || sections.some((section) => section.name === name);
  return (
    <Switch>
      <Route path="/">{areas[0] ? <Redirect to={areas[0].path} replace /> : <Nothing />}</Route>
      {has('overview') && (
        <Route path="/overview">
          <OverviewScreen />
        </Route>
      )}
      {has('oversight') && (
        <Route path={oversightPath}>
          <OversightScreen />
        </Route>
      )}
      {has('day') && (
        <Route path="/day">
          <DayScreen
            {...registering}
            renderWait={(wait) => <AddSheet {...wait} />}
            renderMatches={(matches) => <MatchesSheet {...matches} />}
          />
        </Route>
      )}
      {has('myDay') && (
        <Route path="/my-day">
          <MyDayScreen />
        </Route>
      )}
      {has('queue') && (
        <Route path="/queue">
          <QueueScreen {...registering} />
        </Route>
      )}
      {has('waitlist') && (
        <Route path="/waitlist">
          <Waitlist user={user} />
        </Route>
      )}
      {has('tasks') && (
        <Route path="/tasks/:view?">
          {({ view }) =>
            view === undefined || isInboxView(view) ? (
              <InboxScreen view={view ?? 'here'} booking={booking} panel={panel} records={records} />
            ) : (
              <NotFound />
            )
          }
        </Route>
      )}
      {has('results') && (
        <Route path="/results/:view?">
          {({ view = 'inbox' }) =>
            isResultsView(view) ? (
              <ResultsScreen view={view} renderRenewals={() => <Renewals />} />
            ) : (
              <NotFound />
            )
          }
        </Route>
      )}
      {mayCall(user, 'patients.register') && (
        <Route path="/patients/new">
          <PatientsScreen registering />
        </Route>
      )}
      {mayCall(user, 'patients.merge') && (
        <Route path="/patients/duplicates">
          <DuplicatesScreen />
        </Route>
      )}
      {mayCall(user, 'patients.merge') && (
        <Route path="/patients/:id/merge/:other">
          {({ id, other }) => <Merge key={`${id} ${other}`} id={id} other={other} />}
        </Route>
      )}
      {mayCall(user, 'chart.open') && (
        <Route path="/patients/:id/chart/:view?">{(part) => <OfChart {...part} />}</Route>
      )}
      {mayCall(user, 'payments.balance') && (
        <Route path="/patients/:id/account">{({ id }) => <OfAccount key={id} id={id} />}</Route>
      )}
      {has('patients') && (
        <Route path="/patients/:id">
          {({ id }) => (
            <PatientScreen
              key={id}
              id={id}
              renderMore={(patient) => (
                <>
                  <AccountCard patient={patient} />
                  <PatientWaiting patient={patient} />
                  <PatientAccess patient={patient} />
                  <PatientBills patient={patient} />
                </>
              )}
            />
          )}
        </Route>
      )}
      {has('patients') && (
        <Route path="/patients">
          <PatientsScreen />
        </Route>
      )}
      {has('calls') && (
        <Route path="/calls">
          <CallsScreen />
        </Route>
      )}
      {has('absence') && (
        <Route path="/absence">
          <AbsenceScreen />
        </Route>
      )}
      {has('stock') && (
        <Route path="/stock/:tab?/:id?">{({ tab, id }) => <StockScreen tab={tab} id={id} />}</Route>
      )}
      {has('billing') && (
        <Route path="/billing/:tab?/*?">{({ tab }) => <Billing user={user} tab={tab} />}</Route>
      )}
      {has('patients') && (
        <Route path="/print/patient/:id/:document/:appointment?">{(parts) => <OfPatient {...parts} />}</Route>
      )}
      {has('day') && (
        <Route path="/print/day/:date/:document/:practitioner?">{(parts) => <OfDay {...parts} />}</Route>
      )}
      {has('calls') && (
        <Route path="/print/calls/:day/:practitioner">
          {({ day, practitioner }) => (
            <CallList day={chosenPart(day)} practitionerId={chosenPart(practitioner)} />
          )}
        </Route>
      )}
      {mayCall(user, 'prescriptions.sheet') && mayCall(user, 'prescriptions.printed') && (
        <Route path="/print/prescription/:id/:number">{(parts) => <OfPrescription {...parts} />}</Route>
      )}
      {mayCall(user, 'prescriptions.label') && (
        <Route path="/print/medicine/:id/:dispense">
          {({ id, dispense }) => {
            const [patient, given] = [PatientId.safeParse(id), DispenseId.safeParse(dispense)];
            return patient.success && given.success ? (
              <MedicineLabel patientId={patient.data} dispenseId={given.data} />
            ) : (
              <NotFound />
            );
          }}
        </Route>
      )}
      {mayCall(user, 'payments.get') && (
        <Route path="/print/receipt/:id">{({ id }) => <OfReceipt key={id} id={id} />}</Route>
      )}
      <Route path="/print/registration">
        <EmptyForm />
      </Route>
      {has('notes') && (
        <Route path="/notes">
          <MyNotesScreen />
        </Route>
      )}
      {has('noteTemplates') && (
        <Route path="/note-templates">
          <TemplatesScreen />
        </Route>
      )}
      {has('schedule') && (
        <Route path="/schedule/:view?">
          {({ view = 'exceptions' }) =>
            isScheduleView(view) ? (
              <ScheduleScreen
                view={view}
                renderAffected={({ id }) => <AffectedList key={id} exceptionId={id} />}
              />
            ) : (
              <NotFound />
            )
          }
        </Route>
      )}
      {sections[0] && (
        <Route path="/clinic">
          <Redirect to={sections[0].path} replace />
        </Route>
      )}
      {has('practitioners') && (
        <Route path="/practitioners">
          <PractitionersScreen renderAbsence={(leaving) => <ToAbsence user={user} leaving={leaving} />} />
        </Route>
      )}
      {has('places') && (
        <Route path="/places">
          <PlacesScreen />
        </Route>
      )}
      {has('holidays') && (
        <Route path="/holidays">
          <HolidaysScreen renderAffected={({ id }) => <AffectedList key={id} exceptionId={id} />} />
        </Route>
      )}
      {has('prices') && (
        <Route path="/prices">
          <PricesScreen />
        </Route>
      )}
      {has('payers') && (
        <Route path="/payers">
          <PayersScreen />
        </Route>
      )}
      {has('settings') && (
        <Route path="/settings">
          <SettingsScreen />
        </Route>
      )}
      {has('formulary') && (
        <Route path="/formulary">
          <FormularyScreen />
        </Route>
      )}
      {has('safety') && (
        <Route path="/safety/:view?">
          {({ view = 'data' }) => (isSafetyView(view) ? <SafetyScreen view={view} /> : <NotFound />)}
        </Route>
      )}
      {has('audit') && (
        <Route path="/audit">
          <AuditScreen />
        </Route>
      )}
      {has('openings') && (
        <Route path="/openings">
          <OpeningsReview />
        </Route>
      )}
      {has('codeSystems') && (
        <Route path="/code-systems">
          <CodeSystemsScreen />
        </Route>
      )}
      {has('import') && (
        <Route path="/import">
          <ImportScreen />
        </Route>
      )}
      {has('workstations') && (
        <Route path="/workstations/:view?">{({ view }) => <WorkstationsScreen view={view} />}</Route>
      )}
      {has('users') && (
        <Route path="/users">
          <UsersScreen onFix={useFix.getState().open} />
        </Route>
      )}
      {has('patientAccounts') && (
        <Route path="/patient-accounts">
          <PatientAccountsScreen />
        </Route>
      )}
      {has('permissions') && (
        <Route path="/permissions">
          <PermissionsScreen />
        </Route>
      )}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** A doctor's appointments ahead find other times in the plan of an absence; Enter goes there. */
function ToAbsence({ user, leaving }: { user: SignedInUser; leaving: Leaving }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  if (!mayCall(user, 'absence.apply')) return null;
  const plan = () => {
    const { practitioner, first, last } = leaving;
    const { id, prefix, given, family } = practitioner;
    const name = [prefix, given, family].filter(Boolean).join(' ');
    const draft = draftOf(first, id, t('clinic.practitioner.leave'), last);
    useAbsence.getState().start(user.id, draft, { id, name });
    navigate('/absence');
  };
  return (
    <Button autoFocus onClick={plan}>
      {t('clinic.practitioner.toAbsence')}
    </Button>
  );
}

function OfChart({ id, view = 'summary' }: { id: string; view?: string }) {
  const known = PatientId.safeParse(id);
  return known.success && isChartView(view) ? <Chart id={known.data} view={view} /> : <NotFound />;
}

function Merge({ id, other }: { id: string; other: string }) {
  const [left, right] = [PatientId.safeParse(id), PatientId.safeParse(other)];
  return left.success && right.success ? (
    <MergeScreen leftId={left.data} rightId={right.data} />
  ) : (
    <NotFound />
  );
}

function OfPatient({ id, document, appointment }: { id: string; document: string; appointment?: string }) {
  const known = PatientId.safeParse(id);
  return known.success && isPatientPaper(document) ? (
    <PatientPapers id={known.data} document={document} appointment={appointment} />
  ) : (
    <NotFound />
  );
}

function OfAccount({ id }: { id: string }) {
  const known = PatientId.safeParse(id);
  return known.success ? <AccountScreen id={known.data} /> : <NotFound />;
}

function OfReceipt({ id }: { id: string }) {
  const known = PaymentId.safeParse(id);
  return known.success ? <ReceiptPaper id={known.data} /> : <NotFound />;
}

function OfPrescription({ id, number }: { id: string; number: string }) {
  const known = PatientId.safeParse(id);
  return known.success ? <PrescriptionPaper patientId={known.data} number={number} /> : <NotFound />;
}

function OfDay({ date, document, practitioner }: { date: string; document: string; practitioner?: string }) {
  const known = PractitionerId.safeParse(practitioner);
  return isCalendarDate(date) && isDayPaper(document) && (practitioner === undefined || known.success) ? (
    <DayPapers date={date} document={document} practitioner={known.data ?? null} />
  ) : (
    <NotFound />
  );
}

/** The list, and the booking sheet of the day for who is to get a time from it. */
function Waitlist({ user }: { user: SignedInUser }) {
  const [, navigate] = useLocation();
  const client = useClient();
  const { today } = useFormat();
  const book = async (entry: WaitlistEntryView) => {
    const patient = await client.call('patients.get', { id: entry.patientId });
    const { claim, openBooking, editDraft } = useAppointments.getState();
    const [date = today()] = [entry.startDate, today()].toSorted().toReversed();
    const { practitionerId, locationId, minutes, visitTypeId, note } = entry;
    claim(user.id);
    openBooking({ practitionerId, locationId, date, time: '', minutes });
    editDraft({ patient, note, visitTypeId, request: false, waitlistEntryId: entry.id });
    navigate(`/day?date=${date}`);
  };
  return <WaitlistScreen {...registeringFor(user)} onBook={(entry) => void book(entry)} />;
}

/** An administrator has taken everything from the role. */
function Nothing() {
  const { t } = useTranslation();
  return (
    <div>
      <h1 className="visually-hidden">{t('app.name')}</h1>
      <EmptyState text={t('access.nothing')} />
    </div>
  );
}

function NotFound() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <div>
      <h1 className="visually-hidden">{t('app.notFound.title')}</h1>
      <EmptyState
        text={`${t('app.notFound.title')}. ${t('app.notFound.text')}`}
        action={<Button onClick={() => navigate('/')}>{t('app.notFound.home')}</Button>}
      />
    </div>
  );
}
